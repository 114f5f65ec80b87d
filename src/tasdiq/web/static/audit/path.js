/* The entrance: check a bundle, a site or a split view, from nothing but its bytes. Mirrors record/audit/path.py.

   Whatever the bytes are, every failure is a problem that names its file.

   1. Without trusted keys the verdict says "unknown": it shows that the record agrees with itself, not whose it is.
   2. With trusted keys, a record whose keys are others does not hold (`trust`).
   3. What the reader kept from earlier, and receipts, are held against it (`against`, `receipts`).
   4. A file that proves a split view is told apart by its first bytes (`split-view`). */
(function (audit) {
  "use strict";

  const { AuditError, BundleAudit, SiteAudit, UnusableError, Verdict, against, checkpoint, copy, folder } = audit;
  const { keyIdOf, manifest, receipts, splitView, trust } = audit;
  const DATABASE = "record.sqlite";
  const CHECKPOINT = "record/checkpoint";

  /** Check a Folder or a File and return the verdict.

      `given.trust` is a file of trusted keys or null; `given.against` are copies kept from earlier (files or folders),
      `given.receipts` the log's, `given.now` the time in seconds since 1970; `progress(what, done, total)` is awaited now
      and then. Raise UnusableError if there is nothing to check, or one of the other files cannot be read. */
  async function check(found, given = {}, progress = async () => {}) {
    const trusted = given.trust ? await trust.readTrust(given.trust.name, await folder.readFile(given.trust)) : null;
    const kept = await Promise.all((given.against || []).map(unusable(copy.readCopy)));
    const promised = await Promise.all((given.receipts || []).map(receipts.readReceipt));
    const verdict = await (found instanceof folder.Folder ? ofFolder(found, progress) : ofFile(found));
    const where = verdict.what === "site" ? CHECKPOINT : found.name;
    if (trusted) await holdToKeys(trusted, verdict, where);
    const here = kept.length || promised.length ? await copyOf(verdict, found, where) : null;
    if (here) {
      for (const each of kept) await against.holdAgainst(verdict, where, here, each);
      for (const each of promised) await receipts.holdReceipt(verdict, where, here, each, given.now ?? Date.now() / 1000);
    }
    for (const { name, publicKey } of verdict.keys.cosigners) {
      verdict.cosigners.push({ name, id: await keyIdOf(publicKey) });
    }
    return verdict;
  }

  /** Return a reader whose errors of ours say that what was given cannot be used. */
  function unusable(read) {
    return async (given) => {
      try {
        return await read(given);
      } catch (error) {
        throw error instanceof AuditError ? new UnusableError(error.message) : error;
      }
    };
  }

  /** Read what was audited once more, to compare with; null, and a problem, if there is nothing to compare. */
  async function copyOf(verdict, found, where) {
    let message = "it was changed while it was checked";
    try {
      const here = await copy.readCopy(found);
      if (verdict.root && checkpoint.isSame(here.found, verdict)) return here;
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      message = error.message;
    }
    verdict.add("not-comparable", where, `nothing can be held against this: ${message}`);
    return null;
  }

  function ofFolder(found, progress) {
    if (found.has(DATABASE)) {
      throw new UnusableError("this is a record directory, which only its holders have: check it with tasdiq audit");
    }
    if (!found.has(manifest.NAME) && !found.hasFolder("record")) {
      throw new UnusableError(`expected a published site (${manifest.NAME}) in this folder`);
    }
    return new SiteAudit(found, progress).run();
  }

  async function ofFile(file) {
    if (file.size > folder.LARGEST_FILE) {
      const verdict = new Verdict("bundle");
      verdict.add("bundle-malformed", file.name, `expected a bundle of at most ${folder.LARGEST_FILE} bytes`);
      return verdict;
    }
    const data = await folder.readFile(file);
    return splitView.isSplitView(data)
      ? splitView.checkSplitView(file.name, data)
      : new BundleAudit(file.name, data).run();
  }

  async function holdToKeys(trusted, verdict, where) {
    // A split view holds the keys that signed it and no chain: those that served before or after are none of its business.
    const held = verdict.what === "split-view" ? trusted.filter((item) => verdict.keys.keys.has(item.keyId)) : trusted;
    const found = await trust.contradictions(verdict.keys, held);
    if (!verdict.keys.keys.size) found.push("no key of this record could be checked");
    for (const message of found) verdict.add("unknown-keys", where, message);
    verdict.trusted = found.length === 0;
    verdict.known = trusted;
  }

  audit.check = check;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
