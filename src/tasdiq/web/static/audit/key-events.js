/* Key events: what the `keys` field of a header may hold, and what follows. Mirrors the second half of record/keys.py.

       {"event": "constitute", "form": "desk" | "joint", "compiler": name}
       {"event": "admit", "role": "member" | "log" | "publisher", "name", "key": base64url, "next": key id | null}
       {"event": "certify", "member", "name", "key", "next"}            an officer of that member
       {"event": "rotate", "old": key id, "key", "next"}                to the successor the old key committed to
       {"event": "revoke", "key": key id, "from": index}                entries signed by it from there on are disputed
       {"event": "cosigners", "keys": [{"name", "key"}, …]}             replaces the list
       {"event": "quorum", "k": number}

   1. Entry 0 constitutes the record, admits at least one member (a desk record exactly one) and exactly one log, and is
      signed by every member it admits.
   2. Later, to admit a member, log or publisher and to set cosigners or quorum takes a key of every member; a new member
      signs too. A desk record admits no second member.
   3. A member certifies its own officers.
   4. A key rotates only to the successor it committed to, and the successor signs; a revoked key may still rotate.
   5. A member revokes its own key and its officers'; every other member together may revoke a member's key; all members
      together the log's and the publisher's.
   6. No public key serves twice, in any role, at any time.
   7. A key signs from the index of the entry that brings it up to and including the one that rotates or revokes it. */
(function (audit) {
  "use strict";

  const { InputError, RoleError, bytes, canonical, checkpoint, ed25519, isPrintable, note, quoted, shape } = audit;
  const { Key, keyIdOf } = audit.keys;
  const FIELDS = {
    constitute: { form: "str", compiler: "str" },
    admit: { role: "str", name: "str", key: "str", next: "object" },
    certify: { member: "str", name: "str", key: "str", next: "object" },
    rotate: { old: "str", key: "str", next: "object" },
    revoke: { key: "str", from: "int" },
    cosigners: { keys: "list" },
    quorum: { k: "int" },
  };
  const BRINGING = ["admit", "certify", "rotate"];

  /** Return the public keys that these events bring, by key id. */
  async function introduced(events) {
    const brought = new Map();
    for (const event of events.map(read)) {
      if (!BRINGING.includes(event.event)) continue;
      const publicKey = publicOf(event.key);
      brought.set(await keyIdOf(publicKey), publicKey);
    }
    return brought;
  }

  /** Return the state after the key events of the entry at `index`, whose verified signers (a set) are `signers`. */
  async function apply(before, index, events, signers, origin) {
    const at = { index, signers, origin, before };
    let state = before.with({ keysAt: index });
    for (const [number, raw] of events.entries()) {
      const event = read(raw);
      if ((event.event === "constitute") !== (index === 0 && number === 0)) {
        throw new InputError("expected the event 'constitute' first in entry 0 and nowhere else", "keys");
      }
      state = await STEPS[event.event](state, event, at);
    }
    if (index === 0) requireFounding(state, signers);
    return state;
  }

  function read(raw) {
    const name = shape.typeName(raw) === "dict" && Object.hasOwn(raw, "event") ? raw.event : null;
    if (typeof name !== "string" || !Object.hasOwn(FIELDS, name)) {
      const shown = quoted(name === null ? "None" : String(name), 40);
      throw new InputError(`expected a key event (${Object.keys(FIELDS).join(", ")}), found ${shown}`, "keys");
    }
    const event = shape.fields(raw, { event: "str", ...FIELDS[name] }, {}, `the key event ${name}`);
    if ("next" in event && event.next !== null) {
      if (typeof event.next !== "string") throw new InputError("expected a key id or null as 'next'", "keys");
      shape.entryId(event.next, "the successor's key id");
    }
    return event;
  }

  function publicOf(text) {
    const publicKey = canonical.unb64url(text, ed25519.PUBLIC_BYTES, "a public key");
    if (!ed25519.isSoundPoint(publicKey)) {
      throw new InputError("expected a sound Ed25519 key, found one of low order or in a second spelling", "keys");
    }
    return publicKey;
  }

  // Rules 2 and 5: a key of every member but `besides`; entry 0 is checked as a whole (rule 1).
  function requireMembers(at, doing, besides = "") {
    if (at.index === 0) return;
    const wanted = at.before.inRole("member", at.index).filter((key) => key.name !== besides);
    const missing = wanted.filter((key) => !at.signers.has(key.id)).map((key) => key.name);
    if (missing.length || !wanted.length) {
      throw new RoleError(`${doing} takes the signatures of all members; missing: ${missing.join(", ") || "all"}`);
    }
  }

  // Rule 6.
  async function withNewKey(state, fields) {
    const id = await requireUnused(state, fields.publicKey);
    return state.withKey(new Key({ id, ...fields }));
  }

  async function requireUnused(state, publicKey) {
    const id = await keyIdOf(publicKey);
    if (state.keys.has(id) || state.cosigned.has(bytes.toHex(publicKey))) {
      throw new InputError(`the key ${id.slice(0, 16)}… already serves in this record: every role needs its own key`);
    }
    return id;
  }

  function constitute(state, event) {
    const { form, compiler } = event;
    if (!["desk", "joint"].includes(form)) {
      throw new InputError(`expected the form desk or joint, found ${quoted(form, 20)}`, "keys");
    }
    if (!(compiler && [...compiler].length <= 200 && isPrintable(compiler))) {
      throw new InputError("expected 1-200 printable characters as the compiler", "keys");
    }
    if (!canonical.isNfc(compiler)) throw new InputError("expected the compiler's name in Unicode form NFC", "keys");
    return state.with({ form, compiler });
  }

  async function admit(state, event, at) {
    const { role, name } = event;
    if (!["member", "log", "publisher"].includes(role)) {
      throw new InputError(`expected the role member, log or publisher, found ${quoted(role, 20)}`, "keys");
    }
    if (role === "log" && checkpoint.requireOrigin(name) !== at.origin) {
      throw new InputError(
        `expected the log's key under the name of the origin ${at.origin}, found ${quoted(name, 80)}`
      );
    }
    if (role !== "log") shape.name(name, `the name of a ${role}`);
    requireMembers(at, `to admit a ${role}`);
    if (state.inRole(role).some((key) => key.name === name && key.until === null)) {
      throw new InputError(`the ${role} ${name} already has a key: rotate it instead`, "keys");
    }
    const publicKey = publicOf(event.key);
    if (role === "member" && at.index && state.form === "desk") {
      throw new RoleError("a desk record has one author: nobody else can be admitted");
    }
    if (role === "member" && !at.signers.has(await keyIdOf(publicKey))) {
      throw new RoleError(`the member ${name} must sign its own admission`);
    }
    const member = role === "member" ? name : "";
    return withNewKey(state, { publicKey, role, name, member, next: event.next, since: at.index });
  }

  // Rule 3.
  function certify(state, event, at) {
    const member = shape.name(event.member, "member");
    const name = shape.name(event.name, "the name of an officer");
    if (!ownerSigned(state, member, at)) {
      throw new RoleError(`an officer of ${member} is certified by ${member}'s own key, which has not signed`);
    }
    const publicKey = publicOf(event.key);
    return withNewKey(state, { publicKey, role: "officer", name, member, next: event.next, since: at.index });
  }

  // Rule 4.
  async function rotate(state, event, at) {
    const old = known(state, event.old);
    const publicKey = publicOf(event.key);
    const id = await keyIdOf(publicKey);
    if (old.rotated || old.next === null || old.next !== id) {
      throw new RoleError(`the key of ${old.name} rotates only to the successor it committed to`);
    }
    if (!at.signers.has(id)) throw new RoleError(`the successor of ${old.name}'s key must sign the rotation`);
    const retired = old.with({ rotated: true, until: old.until === null ? at.index : old.until });
    const { role, name, member } = old;
    return withNewKey(state.withKey(retired), { publicKey, role, name, member, next: event.next, since: at.index });
  }

  // Rule 5.
  function revoke(state, event, at) {
    const key = known(state, event.key);
    if (key.until !== null || !(key.since <= event.from && event.from <= at.index)) {
      throw new InputError(
        `expected a key in use, revoked from an index between ${key.since} and ${at.index}`, "keys"
      );
    }
    if (!(key.member && ownerSigned(state, key.member, at))) {
      requireMembers(at, `to revoke the key of ${key.name}`, key.role === "member" ? key.member : "");
    }
    return state.withKey(key.with({ until: at.index, disputedFrom: event.from }));
  }

  async function cosigners(state, event, at) {
    requireMembers(at, "to set the cosigners");
    const listed = await Promise.all(event.keys.map(cosigner));
    const publics = listed.map((item) => bytes.toHex(item.publicKey));
    if (new Set(publics).size !== listed.length || new Set(listed.map((item) => item.name)).size !== listed.length) {
      throw new InputError("expected every cosigner once, with its own name and key", "keys");
    }
    for (const [number, item] of listed.entries()) {
      const serves = (old) => old.name === item.name && bytes.toHex(old.publicKey) === publics[number];
      if (!state.cosigners.some(serves)) await requireUnused(state, item.publicKey);
    }
    const cosigned = new Set([...state.cosigned, ...publics]);
    return state.with({ cosigners: listed, cosigned, quorum: Math.min(state.quorum, listed.length) });
  }

  async function cosigner(item) {
    const value = shape.fields(item, { name: "str", key: "str" }, {}, "a cosigner");
    return note.verifier(shape.name(value.name, "a cosigner"), publicOf(value.key), note.COSIGNATURE);
  }

  function quorum(state, event, at) {
    requireMembers(at, "to set the quorum");
    if (!(0 <= event.k && event.k <= state.cosigners.length)) {
      throw new InputError(`expected a quorum of at most ${state.cosigners.length} cosigners, found ${event.k}`);
    }
    return state.with({ quorum: event.k });
  }

  function known(state, keyId) {
    const key = state.keys.get(shape.entryId(keyId, "a key id"));
    if (!key) throw new InputError(`the key ${keyId.slice(0, 16)}… never served in this record`, "keys");
    return key;
  }

  function ownerSigned(state, member, at) {
    return state.inRole("member", at.index).some((key) => key.name === member && at.signers.has(key.id));
  }

  // Rule 1.
  function requireFounding(state, signers) {
    const [members, logs] = [state.inRole("member"), state.inRole("log")];
    if (!members.length || logs.length !== 1 || (state.form === "desk" && members.length !== 1)) {
      throw new InputError("expected entry 0 to admit its members (a desk record: one) and exactly one log", "keys");
    }
    const missing = members.filter((key) => !signers.has(key.id)).map((key) => key.name);
    if (missing.length) {
      throw new RoleError(`entry 0 must be signed by every member it admits; missing: ${missing.join(", ")}`);
    }
  }

  const STEPS = { constitute, admit, certify, rotate, revoke, cosigners, quorum };

  audit.keyEvents = { introduced, apply };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
