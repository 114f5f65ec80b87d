/* The form of key events: what may stand in the `keys` field of a header, and which keys it brings. Mirrors
   record/key_events.py.

       {"event": "constitute", "form": "desk" | "joint", "compiler": name}
       {"event": "admit", "role": "member" | "log" | "publisher", "name", "key": base64url, "next": key id | null}
       {"event": "certify", "member", "name", "key", "next"}            an officer of that member
       {"event": "rotate", "old": key id, "key", "next"}                to the successor the old key committed to
       {"event": "revoke", "key": key id, "from": index}                entries signed by it from there on are disputed
       {"event": "encryption", "of": key id, "key": base64url X25519}   what is for the holder of that key is encrypted to
       {"event": "cosigners", "keys": [{"name", "key"}, …]}             replaces the list
       {"event": "quorum", "k": number}                                 how many cosigners make a checkpoint evidentiary
       {"event": "redaction", "k": number}                              how many members sign a notice of redaction

   1. An event has exactly these fields. Keys are base64url without padding, key ids 64 lower-case hexadecimal digits.
   2. Signing keys are sound Ed25519 keys, encryption keys sound X25519 keys, each in its one spelling. */
(function (audit) {
  "use strict";

  const { InputError, canonical, ed25519, encryption, keyIdOf, quoted, shape } = audit;
  const FIELDS = {
    constitute: { form: "str", compiler: "str" },
    admit: { role: "str", name: "str", key: "str", next: "object" },
    certify: { member: "str", name: "str", key: "str", next: "object" },
    rotate: { old: "str", key: "str", next: "object" },
    revoke: { key: "str", from: "int" },
    encryption: { of: "str", key: "str" },
    cosigners: { keys: "list" },
    quorum: { k: "int" },
    redaction: { k: "int" },
  };
  const BRING_KEYS = ["admit", "certify", "rotate"];

  /** Return a key event whose fields are right; raise InputError otherwise. */
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

  /** Return the signing keys that these events bring, by key id. */
  async function introduced(events) {
    const bringing = events.map(read).filter((event) => BRING_KEYS.includes(event.event));
    const publics = bringing.map((event) => signingPublic(event.key));
    const ids = await Promise.all(publics.map(keyIdOf));
    return new Map(ids.map((id, at) => [id, publics[at]]));
  }

  /** Read a public signing key as key events write it. */
  function signingPublic(text) {
    const publicKey = canonical.unb64url(text, ed25519.PUBLIC_BYTES, "a public key");
    if (ed25519.isSoundPoint(publicKey)) return publicKey;
    throw new InputError("expected a sound Ed25519 key, found one of low order or in a second spelling", "keys");
  }

  /** Read a public encryption key as key events write it. */
  function encryptionPublic(text) {
    const publicKey = canonical.unb64url(text, encryption.PUBLIC_BYTES, "a public encryption key");
    if (encryption.isSoundKey(publicKey)) return publicKey;
    throw new InputError("expected a sound X25519 key, found one of low order or in a second spelling", "keys");
  }

  audit.keyEvents = { read, introduced, signingPublic, encryptionPublic };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
