/* The entrance: check a bundle or a site, from nothing but its bytes. Mirrors record/audit/path.py.

   Whatever the bytes are, every failure is a problem that names its file.

   1. Without trusted keys the verdict says "unknown": it shows that the record agrees with itself, not whose it is.
   2. With trusted keys, a record whose keys are others does not hold (`trust`). */
(function (audit) {
  "use strict";

  const { BundleAudit, SiteAudit, UnusableError, Verdict, folder, keyIdOf, manifest, trust } = audit;
  const DATABASE = "record.sqlite";

  /** Check a Folder or a File and return the verdict.

      `given.trust` is a file of trusted keys or null; `progress(what, done, total)` is awaited now and then. */
  async function check(found, given = {}, progress = async () => {}) {
    const trusted = given.trust ? await trust.readTrust(given.trust.name, await folder.readFile(given.trust)) : null;
    const verdict = await (found instanceof folder.Folder ? ofFolder(found, progress) : ofFile(found));
    if (trusted) await holdAgainst(trusted, verdict, found.name);
    for (const { name, publicKey } of verdict.keys.cosigners) {
      verdict.cosigners.push({ name, id: await keyIdOf(publicKey) });
    }
    return verdict;
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
    return new BundleAudit(file.name, await folder.readFile(file)).run();
  }

  async function holdAgainst(trusted, verdict, name) {
    const where = { bundle: name, site: "record/checkpoint" }[verdict.what];
    const found = await trust.contradictions(verdict.keys, trusted);
    if (!verdict.keys.keys.size) found.push("no key of this record could be checked");
    for (const message of found) verdict.add("unknown-keys", where, message);
    verdict.trusted = found.length === 0;
    verdict.known = trusted;
  }

  audit.check = check;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
