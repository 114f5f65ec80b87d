/* The recount: everything an audit recomputes from leaves and bodies, whatever carried them. Mirrors
   record/audit/recount.py and record/audit/leaves.py.

   1. Each leaf is parsed, its place, signatures and key events checked (`chain`); a leaf that fails is noted, and the count
      goes on. Its hash goes into the tree, also that of a leaf that fails; its id must be new.
   2. The root must be the checkpoint's, signed by a log key that was valid then, under the log's origin.
   3. Each body that is shown must be the one committed to; a public one that is not shown must have been redacted by a
      notice that was allowed; so must a row.

   4. What a body opens of an entry before it is what that entry commits to. A bundle need not hold the entry.

   Hashes and signatures of a group are computed side by side; what they mean is decided in order. */
(function (audit) {
  "use strict";

  const { AuditError, Chain, InputError, Verdict, bytes, checkpoint, cosignature, keyEvents, merkle, note } = audit;
  const { quoted, redaction } = audit;
  const { parseLeaf } = audit.entry;
  const AT_ONCE = 256;

  /** Return what a promise gives, or the error of ours it fails with. */
  async function orError(promise) {
    try {
      return await promise;
    } catch (error) {
      if (error instanceof AuditError) return error;
      throw error;
    }
  }

  /** The state of an audit while it goes through the entries in order. */
  class Recount {
    constructor(verdict, origin, chosenOnly = false) {
      Object.assign(this, { verdict, chosenOnly, chain: new Chain(origin), hashes: [], seen: new Map() });
      Object.assign(this, { signers: [], notices: [], found: new Verdict(verdict.what), repeated: [] });
    }

    /** Check leaves from index `start` on and count them (rule 1). */
    async leaves(start, leaves, path) {
      const entries = await Promise.all(leaves.map((leaf) => orError(parseLeaf(leaf))));
      this.hashes.push(...(await Promise.all(leaves.map(merkle.leafHash))));
      await this.startChecks(entries.filter((entry) => !(entry instanceof Error)));
      for (const [offset, entry] of entries.entries()) {
        const index = start + offset;
        if (entry instanceof Error) this.found.add("entry-malformed", path, entry, index);
        else if (index === 0 || this.chain.charter !== null) await this.accept(entry, index, path);
      }
    }

    // Whether a signature holds depends on nothing but the key, which its id names: so all may start before their turn.
    async startChecks(entries) {
      const publics = new Map([...this.chain.keys.keys].map(([id, key]) => [id, key.publicKey]));
      for (const entry of entries.filter((item) => item.header.keys)) {
        const brought = await orError(keyEvents.introduced(entry.header.keys));
        if (!(brought instanceof Error)) brought.forEach((key, id) => publics.set(id, key));
      }
      for (const entry of entries) {
        for (const [keyId] of entry.sigs) if (publics.has(keyId)) entry.holds(keyId, publics.get(keyId));
      }
    }

    /** Check an entry's place, signatures and key events, and that its id is new. */
    async accept(entry, index, path) {
      const chain = await orError(this.chain.accept(entry, index));
      if (chain instanceof Error) {
        this.found.add("entry-refused", path, chain, index);
        if (index === 0) {
          this.found.add("key-chain", path, "entry 0 does not hold, so no later signature can be checked", 0);
        }
      } else {
        this.chain = chain;
      }
      this.remember(entry, index, this.chain);
    }

    /** Keep what the checks of bodies need of an entry. */
    remember(entry, index, chain) {
      const { body_commit: commit, access, member, kind } = entry.header;
      this.signers.push([index, entry.sigs.map(([key]) => key)]);
      if (this.seen.has(entry.id)) {
        this.repeated.push([index, this.seen.get(entry.id).index]);
        return;
      }
      this.seen.set(entry.id, { index, id: entry.id, commit, access, member, kind, isPublic: access === "public" });
      if (redaction.isNotice(entry.header)) this.notices.push([entry, chain]);
    }

    /** Bring the problems of the leaves counted so far into the verdict, entries repeated among them. */
    tell(path) {
      this.verdict.absorb(this.found);
      for (const [index, first] of this.repeated) {
        this.verdict.add("entry-repeated", path, `the same entry stands at ${first} too`, index);
      }
      Object.assign(this, { found: new Verdict(this.verdict.what), repeated: [] });
    }

    /** Check a checkpoint's root against the leaves counted, then its signatures (rule 2). */
    async close(found, parsed, path) {
      this.tell(path);
      const counted = { origin: found.origin, size: this.hashes.length, root: await merkle.rootOf(this.hashes) };
      if (!checkpoint.isSame(found, counted)) {
        const message = `expected the root of the ${counted.size} entries here, found another`;
        this.verdict.add("root-mismatch", path, message);
      }
      await this.signatures(found, parsed, path);
    }

    /** Check who signed and cosigned a checkpoint, with the keys known by now. */
    async signatures(found, parsed, path) {
      const [verdict, keys] = [this.verdict, this.chain.keys];
      verdict.keys = keys;
      verdict.disputed = this.signers.filter(([index, ids]) => keys.disputed(ids, index)).length;
      const serving = keys.inRole("log", Math.max(found.size - 1, 0));
      const logs = await Promise.all(serving.map((key) => note.verifier(found.origin, key.publicKey)));
      await verdict.noting("checkpoint-signature", path, null, () => checkpoint.requireSigned(found, parsed, logs));
      for (const cosigner of keys.cosigners) {
        const seconds = await verdict.noting("cosignature", path, null, () => cosignature.cosignedAt(parsed, cosigner));
        if (seconds) verdict.cosigned.push([cosigner.name, seconds]);
      }
      for (const name of note.strangers(parsed, [...logs, ...keys.cosigners])) {
        verdict.add("unknown-signature", path, `the line signed ${quoted(name)} is by no key of this record`);
      }
    }

    /** Check every body that `find(seen, verdict)` shows, and that those it does not show may be missing (rule 3). */
    async bodies(find, where, progress) {
      const emptied = await this.emptied(find, where);
      const all = [...this.seen.values()];
      const checked = new Verdict(this.verdict.what);
      for (let at = 0; at < all.length; at += AT_ONCE) {
        const some = all.slice(at, at + AT_ONCE);
        const parts = await Promise.all(some.map((seen) => this.bodyOf(seen, find, where, emptied)));
        parts.forEach(({ reading }) => this.verdict.absorb(reading));
        parts.forEach(({ body }) => checked.absorb(body));
        await progress("bodies", at + some.length, all.length);
      }
      this.verdict.absorb(checked);
      all.forEach((seen) => this.opened(seen));
    }

    // Rule 4.
    opened(seen) {
      for (const { id, commit, path } of seen.opened || []) {
        const found = this.seen.get(id);
        if (!found && this.chosenOnly) continue;
        if (found && found.index < seen.index && found.commit === commit) continue;
        const message = `what this body opens of ${id.slice(0, 16)}… is not what that entry commits to`;
        this.verdict.add("opening-changed", path, message, seen.index);
      }
    }

    // What could not be read is told before what was read and does not hold.
    async bodyOf(seen, find, where, emptied) {
      const [reading, body] = [new Verdict(this.verdict.what), new Verdict(this.verdict.what)];
      const shown = await find(seen, reading);
      if (!shown) this.notShown(seen, emptied.has(seen.id), where(seen), body);
      else if (emptied.has(seen.id)) {
        body.add("body-not-redacted", shown.path, "a notice redacted this body; it is here", seen.index);
      } else await audit.checkBody(seen, shown, emptied, body);
      return { reading, body };
    }

    async emptied(find, where) {
      const emptied = new Set();
      for (const [notice, chain] of this.notices) {
        const seen = this.seen.get(notice.id);
        await this.verdict.noting("redaction-refused", where(seen), seen.index, async () => {
          const shown = await find(seen, this.verdict);
          const named = redaction.targets(notice.header, shown ? audit.body.read(shown.plaintext) : {});
          const ids = named.map((target) => target.split("/")[0]);
          // A bundle holds a notice for what else stands in it, and not all that the notice names.
          const asked = ids.filter((id) => !this.chosenOnly || this.seen.has(id));
          redaction.requireAllowed(notice, chain.keys, asked, (id) => this.before(seen.index, id));
          named.forEach((target) => emptied.add(target));
        });
      }
      return emptied;
    }

    before(index, id) {
      const found = this.seen.get(id);
      return found && found.index < index ? found : null;
    }

    notShown(seen, emptied, path, part) {
      if (emptied) part.redacted += 1;
      else if (!seen.isPublic) part.withheld += 1;
      else part.add("body-missing", path, "expected this public body, or a notice of its redaction", seen.index);
    }
  }

  audit.Recount = Recount;
  audit.orError = orError;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
