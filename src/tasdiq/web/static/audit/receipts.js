/* A receipt held against what is here: did the log keep its promise? Mirrors record/receipt.py and record/audit/receipts.py.

   A receipt is a signed note by the log: a title, the origin, a deadline, then `<index> <entry id>` a line, indices rising
   by one. Every failure is `receipt-broken`, at the index it is about:

   1. Under a checkpoint that covers the index, the entry there is the one promised.
   2. After the deadline the index is covered. The time is the latest that a cosigner put on the checkpoint, or the reader's
      clock if that is later: an older copy that lacks the entry fails too, and the message says so.

   `unknown-keys`: no key of this record's log signed it. `other-log`: it is another log's. `not-comparable`: a bundle does
   not show the entry. */
(function (audit) {
  "use strict";

  const { InputError, UnusableError, against, canonical, checkpoint, cosignature, folder, note, orError, quoted } = audit;
  const { shape } = audit;
  const TITLE = "tasdiq receipt v1";
  const LARGEST = 16 * 2 ** 20;

  /** Read a receipt; raise UnusableError naming it if it is none. */
  async function readReceipt(file) {
    if (file.size > LARGEST) throw new UnusableError(`${file.name}: expected a receipt of at most ${LARGEST} bytes`);
    try {
      return { name: file.name, ...parse(await folder.readFile(file)) };
    } catch (error) {
      if (error instanceof InputError) throw new UnusableError(`${file.name}: ${error.message}`);
      throw error;
    }
  }

  /** Read a receipt's note; its signature is not checked here. */
  function parse(data) {
    const parsed = note.parse(data);
    const lines = parsed.text.slice(0, -1).split("\n");
    if (lines.length < 4 || lines[0] !== TITLE) {
      throw new InputError(`expected a receipt of at least one entry ('${TITLE}'), found ${quoted(lines[0], 40)}`);
    }
    const entries = lines.slice(3).map((line) => {
      const at = line.indexOf(" ");
      const [index, id] = at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
      return [canonical.decimal(index, "an index"), shape.entryId(id)];
    });
    if (entries.some(([index], number) => index !== entries[0][0] + number)) {
      throw new InputError("expected the entries of a receipt one after the other");
    }
    return { origin: checkpoint.originLine(lines[1]), deadline: shape.moment(lines[2]), entries, parsed };
  }

  /** Add to `verdict` what the receipt shows to be broken at `now` (seconds since 1970). */
  async function holdReceipt(verdict, where, here, promise, now) {
    if (promise.origin !== here.found.origin) {
      verdict.add("other-log", where, `${promise.name} is a receipt of the log ${promise.origin}`);
      return;
    }
    await verdict.noting("unknown-keys", where, null, async () => {
      await requireSigned(verdict, promise);
      const covered = promise.entries.map(([index]) => index).filter((index) => index < here.found.size);
      const shown = await here.shown(covered);
      for (const [index, id] of promise.entries) {
        if (index >= here.found.size) due(verdict, where, promise, index, now);
        else await kept(verdict, where, promise, index, id, shown.get(index));
      }
      if (verdict.problems.some((problem) => ["receipt-broken", "not-comparable"].includes(problem.code))) return;
      verdict.held.push(`the receipt ${promise.name} is kept for ${covered.length} of ${promise.entries.length} entries`);
    });
  }

  async function requireSigned(verdict, promise) {
    let signed = false;
    for (const key of await against.logVerifiers(verdict.keys, promise.origin)) {
      signed = (await note.signedBy(promise.parsed, key)) || signed;
    }
    if (!signed) throw new InputError(`no key of the log of this record signed the receipt ${promise.name}`);
  }

  // Rule 1.
  async function kept(verdict, where, promise, index, id, leaf) {
    if (!leaf) {
      verdict.add("not-comparable", where, `the entry promised in ${promise.name} is not shown here`, index);
    } else if ((await orError(audit.entry.parseLeaf(leaf))).id !== id) {
      const message = `${promise.name} promised ${id.slice(0, 16)}… here; another stands here`;
      verdict.add("receipt-broken", where, message, index);
    }
  }

  // Rule 2.
  function due(verdict, where, promise, index, now) {
    const deadline = Date.parse(promise.deadline) / 1000;
    const cosigned = Math.max(0, ...verdict.cosigned.map(([, seconds]) => seconds));
    if (Math.max(now, cosigned) <= deadline) {
      verdict.held.push(`entry ${index} of ${promise.name} is due under a checkpoint by ${promise.deadline}`);
      return;
    }
    const asked = `${promise.name} promised it under a checkpoint by ${promise.deadline}`;
    const seen = `cosigners saw this one at ${cosignature.moment(cosigned)}`;
    const why = cosigned > deadline ? seen : "if this is an old copy, get today's";
    verdict.add("receipt-broken", where, `${asked}; it is not under this one: ${why}`, index);
  }

  audit.receipts = { parse, readReceipt, holdReceipt };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
