/* Bodies: content that lies off the tree, bound to it by a salted commitment. Mirrors record/body.py.

   `body_commit = SHA-256("tasdiq/body/v1\0" || salt32 || plaintext)`.

   1. A body is canonical JSON of at most 8 MiB.
   2. A sealed body is an object with exactly the envelope's fields, padded to the next power of two from 1 KiB on. It
      reaches a reader only in a bundle that discloses something in it; elsewhere it counts as withheld. */
(function (audit) {
  "use strict";

  const { InputError, bytes, canonical, shape } = audit;
  const SALT_BYTES = 32;
  const LARGEST_BODY = 8 * 2 ** 20;
  const MOST_REFS = 16;
  const LEAST_SEALED = 1024;
  const DOMAIN = "tasdiq/body/v1\0";
  const ENVELOPE = {
    body: "object", claimed_time: "str", kind: "str", officer: "str", pad: "str", recipients: "list", refs: "list",
  };

  /** Return the commitment to a body, in hexadecimal. */
  async function commit(salt, plaintext) {
    if (salt.length !== SALT_BYTES) throw new InputError(`expected a salt of 32 bytes, found ${salt.length}`);
    return bytes.toHex(await bytes.sha256(bytes.join(DOMAIN, salt, plaintext)));
  }

  /** Read a public body: canonical JSON within the size limit. */
  function read(plaintext) {
    if (plaintext.length > LARGEST_BODY) {
      throw new InputError(`expected a body of at most ${LARGEST_BODY} bytes, found ${plaintext.length}: use attachments`);
    }
    return canonical.loads(plaintext);
  }

  /** Return the content of a plaintext: itself where the entry is public, what is sealed in it elsewhere. */
  function inner(access, plaintext) {
    return access === "public" ? plaintext : unseal(plaintext);
  }

  function unseal(plaintext) {
    const value = shape.fields(read(plaintext), ENVELOPE, {}, "a sealed body");
    if (!/^0*$/.test(value.pad) || plaintext.length !== padded(plaintext.length - value.pad.length)) {
      const found = `found ${plaintext.length} bytes`;
      throw new InputError(`expected a sealed body padded with zeros to the next power of two from 1024 on, ${found}`);
    }
    shape.kind(value.kind);
    shape.moment(value.claimed_time);
    readRefs(value.refs);
    if (value.officer) shape.name(value.officer, "officer");
    shape.texts(value.recipients, "recipients", 64).forEach((item) => shape.name(item, "a recipient"));
    return canonical.dumps(value.body);
  }

  function padded(bare) {
    let size = LEAST_SEALED;
    while (size < bare) size *= 2;
    return size;
  }

  /** Return a list of at most 16 distinct entry ids. */
  function readRefs(value) {
    return shape.texts(value, "refs", MOST_REFS).map((ref) => shape.entryId(ref, "a ref"));
  }

  audit.body = { SALT_BYTES, commit, inner, read, readRefs };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
