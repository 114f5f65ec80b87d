/* Checkpoints: the log's signed statement of its size and root. Mirrors record/checkpoint.py, under
   c2sp.org/tlog-checkpoint.

   1. The text is origin, size and root, one a line; extension lines are refused, for nobody here could check them.
   2. The log signs under its origin as the key's name.
   3. Size 0 has the root of the empty tree. */
(function (audit) {
  "use strict";

  const { InputError, bytes, canonical, isPrintable, merkle, note, quoted } = audit;
  const LONGEST_ORIGIN = 255;
  const EMPTY_ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  /** Return `origin` if it can name a log: 1-255 printable ASCII characters without space and plus. */
  function requireOrigin(origin) {
    if (note.isKeyName(origin) && /^[\x20-\x7e]*$/.test(origin) && origin.length <= LONGEST_ORIGIN) return origin;
    throw new InputError(
      `expected an origin such as example.org/record without space or plus, found ${quoted(origin, 80)}`
    );
  }

  /** Read the text of a checkpoint. */
  function parseText(text) {
    const lines = text.split("\n");
    if (lines.length !== 4 || lines[3]) {
      throw new InputError(`expected three lines in a checkpoint (origin, size, root), found ${lines.length - 1}`);
    }
    const origin = originLine(lines[0]);
    const size = canonical.decimal(lines[1], "the size");
    const root = canonical.unb64(lines[2], "the root");
    if (root.length !== merkle.HASH_BYTES) throw new InputError(`expected a root of 32 bytes, found ${root.length}`);
    if (size === 0 && canonical.b64(root) !== EMPTY_ROOT) {
      throw new InputError("expected the root of the empty tree at size 0");
    }
    return { origin, size, root };
  }

  function originLine(line) {
    if (!line || !isPrintable(line)) throw new InputError(`expected the origin of a log, found ${quoted(line, 80)}`);
    return line;
  }

  /** Read a checkpoint's note without checking its signatures. */
  function parse(data) {
    const parsed = note.parse(data);
    return { found: parseText(parsed.text), parsed };
  }

  /** Raise InputError unless one of the log's keys signed the checkpoint, and none of them badly. */
  async function requireSigned(found, parsed, logs) {
    let signed = false;
    for (const log of logs) signed = (await note.signedBy(parsed, log)) || signed;
    if (!signed) throw new InputError(`no key of the log ${found.origin} signed this checkpoint`);
  }

  /** Tell whether two checkpoints say the same of the same log. */
  function isSame(one, other) {
    return one.origin === other.origin && one.size === other.size && bytes.equal(one.root, other.root);
  }

  audit.checkpoint = { requireOrigin, originLine, parse, requireSigned, isSame };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
