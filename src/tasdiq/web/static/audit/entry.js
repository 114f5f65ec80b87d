/* Entries: the header that is hashed and signed, and the leaf that goes into the tree. Mirrors record/entry.py.

   1. A leaf is the canonical JSON of `{"header": H, "sigs": [{"key", "sig"}]}`, sigs sorted by key, at most 65,535 bytes.
   2. H is at most 4 KiB and has exactly the fields below, with `charter` in every entry but the first, and `keys` in key
      events. Its texts are of narrow alphabets.
   3. The id is hex SHA-256 of canonical H: no signature changes it.
   4. A signature is Ed25519 over the DSSE encoding of type `application/vnd.tasdiq.entry.v1+json` and canonical H.
   5. Unless public, H says kind `sealed`, no refs and the time to the day; the rest stands in the sealed body. */
(function (audit) {
  "use strict";

  const { InputError, body, bytes, canonical, checkpoint, ed25519, quoted, shape, tiles } = audit;
  const PAYLOAD_TYPE = "application/vnd.tasdiq.entry.v1+json";
  const VERSION = 1;
  const LARGEST_HEADER = 4096;
  const MOST_SIGNATURES = 64;
  const NONCE_BYTES = 16;
  const SEALED_KIND = "sealed";
  const ACCESS = ["public", "joint", "named"];
  const HEADER = {
    access: "str", body_commit: "str", claimed_time: "str", keys_at: "int", kind: "str",
    member: "str", nonce: "str", origin: "str", refs: "list", v: "int",
  };
  const OPTIONAL = { charter: "str", keys: "list" };

  /** A leaf whose form is right; `sigs` are [key id, signature]. */
  class Entry {
    constructor(header, signed, sigs, leaf, id) {
      Object.assign(this, { header, signed, sigs, leaf, id });
      this.checks = new Map();
    }

    /** Tell whether the signature by `keyId` holds. The id is the key's hash: so this depends on nothing else, and may
        be started before the entry's turn comes. */
    holds(keyId, publicKey) {
      if (!this.checks.has(keyId)) {
        const signature = this.sigs.find(([key]) => key === keyId)[1];
        this.checks.set(keyId, ed25519.verify(publicKey, signature, ed25519.pae(PAYLOAD_TYPE, this.signed)));
      }
      return this.checks.get(keyId);
    }
  }

  /** Read a leaf strictly; raise InputError on any form but the one. */
  async function parseLeaf(leaf) {
    if (leaf.length > tiles.LARGEST_ENTRY) {
      throw new InputError(`expected a leaf of at most ${tiles.LARGEST_ENTRY} bytes, found ${leaf.length}`);
    }
    const value = shape.fields(canonical.loads(leaf), { header: "dict", sigs: "list" }, {}, "the leaf");
    const sigs = readSignatures(value.sigs);
    readHeader(value.header);
    const signed = canonical.dumps(value.header);
    if (signed.length > LARGEST_HEADER) {
      throw new InputError(`expected a header of at most ${LARGEST_HEADER} bytes, found ${signed.length}`);
    }
    if (!sigs.length) throw new InputError("expected a signature on the entry, found none", "sigs");
    return new Entry(value.header, signed, sigs, leaf, bytes.toHex(await bytes.sha256(signed)));
  }

  function readSignatures(listed) {
    if (listed.length > MOST_SIGNATURES) {
      throw new InputError(`expected at most ${MOST_SIGNATURES} signatures, found ${listed.length}`, "sigs");
    }
    const sigs = listed.map((item) => {
      const value = shape.fields(item, { key: "str", sig: "str" }, {}, "a signature");
      return [
        shape.entryId(value.key, "a key id"), canonical.unb64url(value.sig, ed25519.SIGNATURE_BYTES, "a signature"),
      ];
    });
    if (sigs.some(([key], at) => at > 0 && key <= sigs[at - 1][0])) {
      throw new InputError("expected the signatures sorted by key, each key once", "sigs");
    }
    return sigs;
  }

  /** Check the fields of a header (rules 2 and 5); what its key events say is left to `keys`. */
  function readHeader(value) {
    const header = shape.fields(value, HEADER, OPTIONAL, "the header");
    if (header.v !== VERSION) {
      throw new InputError(`expected version ${VERSION} of the entry format, found ${header.v}`, "v");
    }
    if (!ACCESS.includes(header.access)) {
      throw new InputError(`expected access public, joint or named, found ${quoted(header.access, 30)}`, "access");
    }
    readVocabulary(header);
    canonical.hexBytes(header.body_commit, 32, "body_commit");
    canonical.hexBytes(header.nonce, NONCE_BYTES, "nonce");
    body.readRefs(header.refs);
    if (header.keys_at < 0) throw new InputError("expected an index as keys_at", "keys_at");
    checkSealing(header);
  }

  function readVocabulary(header) {
    shape.kind(header.kind);
    shape.name(header.member, "member");
    shape.moment(header.claimed_time);
    checkpoint.requireOrigin(header.origin);
    if ("charter" in header) shape.entryId(header.charter, "charter");
    if ("keys" in header && !header.keys.length) {
      throw new InputError("expected at least one key event, found an empty list", "keys");
    }
  }

  function checkSealing(header) {
    const isPublic = header.access === "public";
    if (isPublic === (header.kind === SEALED_KIND)) {
      throw new InputError(`expected kind '${SEALED_KIND}' exactly where an entry is not public`, "kind");
    }
    if (isPublic) return;
    if (header.refs.length || "keys" in header || !header.claimed_time.endsWith("T00:00:00Z")) {
      throw new InputError("expected no refs, no keys and the time to the day in the header of a sealed entry");
    }
  }

  audit.entry = { PAYLOAD_TYPE, LARGEST_HEADER, parseLeaf, readHeader };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
