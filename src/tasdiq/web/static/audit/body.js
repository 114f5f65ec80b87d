/* Bodies: content that lies off the tree, bound to it by a salted commitment. Mirrors record/body.py.

   `body_commit = SHA-256("tasdiq/body/v1\0" || salt32 || plaintext)`.

   1. A body is canonical JSON of at most 8 MiB.
   2. A sealed body is an object with exactly the envelope's fields, padded to a power of two of at least 1 KiB. Sealed
      bodies never reach a reader, so this page checks none: they count as withheld. */
(function (audit) {
  "use strict";

  const { InputError, bytes, canonical, shape } = audit;
  const SALT_BYTES = 32;
  const LARGEST_BODY = 8 * 2 ** 20;
  const MOST_REFS = 16;
  const DOMAIN = "tasdiq/body/v1\0";

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

  /** Return a list of at most 16 distinct entry ids. */
  function readRefs(value) {
    return shape.texts(value, "refs", MOST_REFS).map((ref) => shape.entryId(ref, "a ref"));
  }

  audit.body = { SALT_BYTES, commit, read, readRefs };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
