/* The rules every entry meets at its index. Mirrors record/chain.py. For the entry at an index, given the key events before:

   1. It names this log's origin, and this log's charter (the id of entry 0); entry 0 names none and brings key events.
   2. Its `keys_at` is the index of the newest key event; entry 0 says 0.
   3. Every signature on it holds, by a key that may sign at this index.
   4. One of the signing keys belongs to the member it names.
   5. Its key events obey `keys`.

   That no id comes twice is left to the callers, who hold the ids. */
(function (audit) {
  "use strict";

  const { InputError, KeyState, RoleError, keyEvents, keys } = audit;

  /** What the next entry must fit: the log's origin and charter, and the keys. */
  class Chain {
    constructor(origin, charter = null, state = new KeyState({})) {
      Object.assign(this, { origin, charter, keys: state });
    }

    /** Return the chain after `entry` at `index`; raise InputError or RoleError if it does not fit. */
    async accept(entry, index) {
      this.requirePlace(entry, index);
      const events = entry.header.keys || [];
      const signers = await this.verified(entry, await keyEvents.introduced(events));
      const state = events.length ? await keys.apply(this.keys, index, events, signers, this.origin) : this.keys;
      requireSigners(entry, index, signers, state);
      if (!events.length) return this;
      return new Chain(this.origin, index === 0 ? entry.id : this.charter, state);
    }

    requirePlace(entry, index) {
      const { header } = entry;
      if (header.origin !== this.origin) {
        throw new InputError(`expected an entry for the log ${this.origin}, found one for ${header.origin}`);
      }
      if ((header.charter ?? null) !== this.charter) {
        throw new InputError("expected the id of this log's entry 0 as charter, found another", "charter");
      }
      if (index === 0 && !header.keys) {
        throw new InputError("expected entry 0 to constitute the record with key events", "keys");
      }
      if (header.keys_at !== this.keys.keysAt) {
        throw new InputError(
          `expected keys_at ${this.keys.keysAt}, the newest key event, found ${header.keys_at}: sign it again`, "keys_at"
        );
      }
    }

    async verified(entry, brought) {
      for (const [keyId] of entry.sigs) {
        const publicKey = this.keys.keys.get(keyId)?.publicKey || brought.get(keyId);
        if (!publicKey) {
          throw new RoleError(`the key ${keyId.slice(0, 16)}… that signed the entry is not known to this record`);
        }
        if (!(await entry.holds(keyId, publicKey))) {
          throw new InputError(`the signature of the key ${keyId.slice(0, 16)}… does not hold: the entry was altered`);
        }
      }
      return new Set(entry.sigs.map(([keyId]) => keyId));
    }
  }

  function requireSigners(entry, index, signers, state) {
    const members = new Set();
    for (const keyId of signers) {
      const key = state.keys.get(keyId);
      if (!key.validAt(index)) {
        throw new RoleError(`the key ${keyId.slice(0, 16)}… of ${key.name} may not sign at index ${index}: it was replaced or revoked`);
      }
      members.add(key.member);
    }
    if (!members.has(entry.header.member)) {
      throw new RoleError(`no key of the member ${entry.header.member} signed the entry`);
    }
  }

  audit.Chain = Chain;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
