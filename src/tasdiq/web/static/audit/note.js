/* Signed notes: a text, a blank line, and signature lines. Mirrors record/note.py, under c2sp.org/signed-note.

   1. The text ends at the *last* blank line of the note, so a text may itself hold blank lines.
   2. A note is UTF-8 without control characters other than the line feed, and holds 1-100 signatures.
   3. Signatures by unknown keys are ignored; a bad signature by a known key refuses the whole note.
   4. A key name is not empty and holds no space and no plus. */
(function (audit) {
  "use strict";

  const { InputError, bytes, canonical, ed25519, quoted } = audit;
  const ED25519 = 0x01;
  const COSIGNATURE = 0x04;
  const MOST_SIGNATURES = 100;
  const DASH = "— ";
  // Spaces as Python counts them: JavaScript's \s differs at U+0085 and U+FEFF.
  const NOT_IN_NAME = /[\x00-\x20+\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  const CONTROL = /[\x00-\x09\x0b-\x1f]/;

  /** A key that may have signed a note, under the name it signs by; `keyHash` stands before its signatures. */
  async function verifier(name, publicKey, algorithm = ED25519) {
    const hashed = await bytes.sha256(bytes.join(name, Uint8Array.of(10, algorithm), publicKey));
    return { name, publicKey, algorithm, keyHash: bytes.toHex(hashed.subarray(0, 4)) };
  }

  /** Tell whether a name may stand on a signature line. */
  function isKeyName(name) {
    return name !== "" && !NOT_IN_NAME.test(name);
  }

  /** Read a verifier key, `<name>+<hash>+<base64 of type and key>`; types are Ed25519 and cosignature/v1. */
  async function parseVerifier(text) {
    const [, name, hash, encoded] = /^([^+]*)\+([^+]*)\+([^]*)$/.exec(text) || [];
    if (name === undefined || !isKeyName(name)) {
      throw new InputError(`expected a key such as name+0123abcd+AQ…, found ${quoted(text, 80)}`);
    }
    const keyHash = bytes.toHex(canonical.hexBytes(hash, 4, "the key's hash"));
    const data = canonical.unb64(encoded, "the key");
    if (data.length !== 1 + ed25519.PUBLIC_BYTES || ![ED25519, COSIGNATURE].includes(data[0])) {
      throw new InputError(`expected an Ed25519 key of 33 bytes in ${quoted(text, 80)}, found ${data.length} bytes`);
    }
    const found = await verifier(name, data.slice(1), data[0]);
    if (found.keyHash !== keyHash) {
      throw new InputError(`the hash in the key ${quoted(text, 80)} is not that of its name and key`);
    }
    return found;
  }

  /** Read a note's text and signature lines; the signatures are not checked here. */
  function parse(data) {
    const whole = bytes.text(data, "a note");
    const at = whole.lastIndexOf("\n\n");
    if (at < 0) throw new InputError("expected a blank line between a note's text and its signatures");
    const [text, block] = [whole.slice(0, at + 1), whole.slice(at + 2)];
    requireText(text);
    requireText(block);
    const lines = block.slice(0, -1).split("\n");
    if (lines.length > MOST_SIGNATURES) {
      throw new InputError(`expected at most ${MOST_SIGNATURES} signatures on a note, found ${lines.length}`);
    }
    return { text, lines: lines.map(signatureLine) };
  }

  function requireText(text) {
    if (!text.endsWith("\n")) throw new InputError("expected the text of a note to end in a line feed");
    if (CONTROL.test(text)) throw new InputError("expected no control characters in a note");
  }

  function signatureLine(line) {
    const [, name, encoded] = /^([^ ]*) ?([^]*)$/.exec(line.startsWith(DASH) ? line.slice(DASH.length) : line);
    if (!line.startsWith(DASH) || !isKeyName(name)) {
      throw new InputError(`expected a signature line such as '— name base64', found ${quoted(line, 80)}`);
    }
    const raw = canonical.unb64(encoded, "the signature");
    if (raw.length < 5) {
      throw new InputError(`expected a key hash and a signature on the line of ${quoted(name, 60)}`);
    }
    return { name, keyHash: bytes.toHex(raw.subarray(0, 4)), signature: raw.slice(4) };
  }

  const isBy = (line, known) => line.name === known.name && line.keyHash === known.keyHash;

  /** Return the lines that claim to be by this key. */
  function linesBy(parsed, known) {
    return parsed.lines.filter((line) => isBy(line, known));
  }

  /** Tell whether the key signed the text; raise InputError if a line claims so and does not hold. */
  async function signedBy(parsed, known) {
    const lines = linesBy(parsed, known);
    for (const line of lines) {
      if (!(await ed25519.verify(known.publicKey, line.signature, bytes.join(parsed.text)))) {
        throw new InputError(`the signature of ${known.name} on the note does not hold: do not use the note`);
      }
    }
    return lines.length > 0;
  }

  /** Return the names on lines that none of the known keys wrote. */
  function strangers(parsed, known) {
    return parsed.lines.filter((line) => !known.some((key) => isBy(line, key))).map((line) => line.name);
  }

  audit.note = { ED25519, COSIGNATURE, verifier, isKeyName, parseVerifier, parse, linesBy, signedBy, strangers };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
