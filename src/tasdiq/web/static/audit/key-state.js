/* Who may sign what, valid by index: the state that key events lead to. Mirrors the classes of record/keys.py; the rules by
   which events change it stand in keys.js.

   A key signs from the index of the entry that brings it up to and including the one that rotates or revokes it (rule 7).
   A key id is hex SHA-256 of the raw public key. */
(function (audit) {
  "use strict";

  const { bytes } = audit;

  /** Return the id of a public key. */
  async function keyIdOf(publicKey) {
    return bytes.toHex(await bytes.sha256(publicKey));
  }

  /** A key in its role; `member` is whom its signatures count for, "" for log and publisher. */
  class Key {
    constructor(fields) {
      Object.assign(this, { until: null, disputedFrom: null, rotated: false, ...fields });
    }

    /** Tell whether the key may sign the entry at `index`. */
    validAt(index) {
      return this.since <= index && (this.until === null || index <= this.until);
    }

    with(changes) {
      return new Key({ ...this, ...changes });
    }
  }

  /** The outcome of all key events up to index `keysAt`. `cosigned` are all keys that ever were a cosigner's, `encryption` the
      encryption key of each key id, `encryptedTo` all that ever were one (all in hex), `redaction` how many members must
      sign a notice of redaction. */
  class KeyState {
    constructor(fields) {
      Object.assign(this, { form: "", compiler: "", keys: new Map(), keysAt: 0 });
      Object.assign(this, { cosigners: [], cosigned: new Set(), quorum: 0 });
      Object.assign(this, { encryption: new Map(), encryptedTo: new Set(), redaction: 0 }, fields);
    }

    /** Return the members with a key that may sign now, in the order of their admission. */
    get members() {
      return this.inRole("member").filter((key) => key.until === null).map((key) => key.name);
    }

    with(changes) {
      return new KeyState({ ...this, ...changes });
    }

    withKey(key) {
      return this.with({ keys: new Map(this.keys).set(key.id, key) });
    }

    /** Return the keys of a role, or those of them valid at an index. */
    inRole(role, index = null) {
      return [...this.keys.values()].filter((key) => key.role === role && (index === null || key.validAt(index)));
    }

    /** Tell whether an entry at `index` carries a signature of a key later revoked from there on. */
    disputed(keyIds, index) {
      return keyIds.some((id) => {
        const start = this.keys.get(id)?.disputedFrom ?? null;
        return start !== null && start <= index;
      });
    }
  }

  Object.assign(audit, { Key, KeyState, keyIdOf });
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
