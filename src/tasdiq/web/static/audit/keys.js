/* Key events: who may sign what, valid by index, so that an audit needs no other knowledge. Mirrors record/keys.py: what
   follows from the `keys` field of a header; its form is left to key-events.js.

   1. Entry 0 constitutes the record, admits at least one member (a desk record exactly one) and exactly one log, and is
      signed by every member it admits.
   2. Later, to admit a member, log or publisher and to set cosigners, quorum or redaction takes a key of every member; a
      new member signs too. A desk record admits no second member.
   3. A member certifies its own officers.
   4. A key rotates only to the successor it committed to, and the successor signs; a revoked key may still rotate. Nobody
      commits to a key that has served, or that another has committed to.
   5. A member revokes its own keys and its officers'; every other member together, two at least, may revoke a member's
      keys; all members together the log's and the publisher's. A key that signs no longer may be revoked too, and a
      revoked one again from an earlier index: entries from there on are disputed, and never dropped.
   6. No public key serves twice, in any role, at any time; an encryption key is no signing key in its other form.
   7. A key signs from the index of the entry that brings it up to and including the one that rotates or revokes it.
   8. The holder of a member's or officer's key in use, or its member, names its encryption key; the newest stands. A
      rotation takes it along, unless the old key was revoked. */
(function (audit) {
  "use strict";

  const { InputError, Key, RoleError, bytes, canonical, checkpoint, isPrintable, keyIdOf, note, quoted, shape } = audit;
  const { encryption: x25519, keyEvents } = audit;

  /** Return the state after the key events of the entry at `index`, whose verified signers (a set) are `signers`. */
  async function apply(before, index, events, signers, origin) {
    const at = { index, signers, origin, before };
    let state = before.with({ keysAt: index });
    for (const [number, raw] of events.entries()) {
      const event = keyEvents.read(raw);
      if ((event.event === "constitute") !== (index === 0 && number === 0)) {
        throw new InputError("expected the event 'constitute' first in entry 0 and nowhere else", "keys");
      }
      state = await STEPS[event.event](state, event, at);
    }
    if (index === 0) requireFounding(state, signers);
    return state;
  }

  // Rules 2 and 5: every member signed; without `besides`, two others at least. Entry 0 is checked as a whole (rule 1).
  function requireMembers(at, doing, besides = "") {
    if (at.index === 0) return;
    const wanted = at.before.inRole("member", at.index).filter((key) => key.name !== besides);
    const missing = wanted.filter((key) => !at.signers.has(key.id)).map((key) => key.name);
    if (missing.length || wanted.length < (besides ? 2 : 1)) {
      const whose = besides ? `all members but ${besides}, two at least` : "all members";
      throw new RoleError(`${doing} takes the signatures of ${whose}; missing: ${missing.join(", ") || "another member"}`);
    }
  }

  // Rules 4 and 6.
  async function withNewKey(state, fields) {
    const id = await requireUnused(state, fields.publicKey);
    const taken = [id, ...state.keys.keys(), ...[...state.keys.values()].map((key) => key.next)];
    if (fields.next !== null && taken.includes(fields.next)) {
      throw new InputError(`expected a successor for ${fields.name} that never served and that nobody else committed to`);
    }
    return state.withKey(new Key({ id, ...fields }));
  }

  // Rule 6.
  async function requireUnused(state, publicKey) {
    const id = await keyIdOf(publicKey);
    const encrypts = state.encryptedTo.size && state.encryptedTo.has(bytes.toHex(x25519.otherForm(publicKey)));
    if (state.keys.has(id) || state.cosigned.has(bytes.toHex(publicKey)) || encrypts) {
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
    const publicKey = keyEvents.signingPublic(event.key);
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
    const publicKey = keyEvents.signingPublic(event.key);
    return withNewKey(state, { publicKey, role: "officer", name, member, next: event.next, since: at.index });
  }

  // Rule 4.
  async function rotate(state, event, at) {
    const old = known(state, event.old);
    const publicKey = keyEvents.signingPublic(event.key);
    const id = await keyIdOf(publicKey);
    if (old.rotated || old.next === null || old.next !== id) {
      throw new RoleError(`the key of ${old.name} rotates only to the successor it committed to`);
    }
    if (!at.signers.has(id)) throw new RoleError(`the successor of ${old.name}'s key must sign the rotation`);
    const retired = old.with({ rotated: true, until: old.until === null ? at.index : old.until });
    const { role, name, member } = old;
    const after = state.with({ encryption: takenAlong(state.encryption, old, id) }).withKey(retired);
    return withNewKey(after, { publicKey, role, name, member, next: event.next, since: at.index });
  }

  // Rule 8.
  function takenAlong(encryption, old, id) {
    if (old.until !== null || !encryption.has(old.id)) return encryption;
    const after = new Map(encryption).set(id, encryption.get(old.id));
    after.delete(old.id);
    return after;
  }

  // Rule 5.
  function revoke(state, event, at) {
    const key = known(state, event.key);
    const latest = key.until === null ? at.index : key.disputedFrom === null ? key.until : key.disputedFrom - 1;
    if (!(key.since <= event.from && event.from <= latest)) {
      const between = `${key.since} and ${latest}`;
      throw new InputError(`expected a key revoked from an index between ${between}, found ${event.from}`, "keys");
    }
    if (!(key.member && ownerSigned(state, key.member, at))) {
      requireMembers(at, `to revoke the key of ${key.name}`, key.member);
    }
    return state.withKey(key.with({ until: key.until === null ? at.index : key.until, disputedFrom: event.from }));
  }

  // Rules 6 and 8.
  function encryption(state, event, at) {
    const key = known(state, event.of);
    if (!key.member || key.until !== null) {
      throw new InputError("expected the key id of a member or officer whose key is in use", "keys");
    }
    if (!at.signers.has(key.id) && !ownerSigned(state, key.member, at)) {
      throw new RoleError(`the encryption key of ${key.name} is named by its own key or by ${key.member}'s`);
    }
    const publicKey = bytes.toHex(keyEvents.encryptionPublic(event.key));
    const signing = [...[...state.keys.values()].map((item) => item.publicKey), ...[...state.cosigned].map(bytes.fromHex)];
    if (state.encryptedTo.has(publicKey) || signing.some((item) => bytes.toHex(x25519.otherForm(item)) === publicKey)) {
      throw new InputError("this encryption key already serves in this record: every role needs its own key");
    }
    return state.with({
      encryption: new Map(state.encryption).set(key.id, publicKey),
      encryptedTo: new Set([...state.encryptedTo, publicKey]),
    });
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
    return note.verifier(shape.name(value.name, "a cosigner"), keyEvents.signingPublic(value.key), note.COSIGNATURE);
  }

  function quorum(state, event, at) {
    requireMembers(at, "to set the quorum");
    if (!(0 <= event.k && event.k <= state.cosigners.length)) {
      throw new InputError(`expected a quorum of at most ${state.cosigners.length} cosigners, found ${event.k}`);
    }
    return state.with({ quorum: event.k });
  }

  function redaction(state, event, at) {
    requireMembers(at, "to set how many sign a redaction");
    const most = state.members.length;
    if (!(0 <= event.k && event.k <= most)) {
      throw new InputError(`expected at most ${most} members to sign a redaction, found ${event.k}`);
    }
    return state.with({ redaction: event.k });
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

  const STEPS = { constitute, admit, certify, rotate, revoke, encryption, cosigners, quorum, redaction };

  audit.keys = { apply };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
