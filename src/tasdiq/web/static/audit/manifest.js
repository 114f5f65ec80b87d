/* The manifest of a published site: which files it consists of, signed by its publisher. Mirrors record/manifest.py.

   `manifest.note` is a signed note whose text has one line a file, `<SHA-256> <size> <path>`, sorted by path. It lists every
   file but itself. Whether the publisher is one the record names is left to `site`.

   1. A path is relative, in NFC, printable, with / between its parts, and never leads out of the site.
   2. The note carries exactly one signature.
   3. Only regular files count. A browser hands over no links and no devices: they are missing here. */
(function (audit) {
  "use strict";

  const { InputError, bytes, canonical, folder, isPrintable, note, quoted } = audit;
  const NAME = "manifest.note";
  const AT_ONCE = 32;

  /** Read a manifest's lines; its signature is not checked here. */
  function parse(data) {
    const parsed = note.parse(data);
    if (parsed.lines.length !== 1) {
      throw new InputError(`expected exactly one signature on the manifest, found ${parsed.lines.length}`);
    }
    const listed = parsed.text.slice(0, -1).split("\n").map(listedFile);
    if (listed.some((item, at) => at > 0 && folder.byCodePoint(listed[at - 1].path, item.path) >= 0)) {
      throw new InputError("expected the manifest sorted by path, each path once");
    }
    return { signed: parsed, listed };
  }

  function listedFile(line) {
    const [, sha256, size, path] = /^([^ ]*) ([^ ]*) ([^]*)$/.exec(line) || [];
    if (path === undefined || !isSafe(path) || path === NAME) {
      throw new InputError(`expected '<sha256> <size> <path inside the site>', found ${quoted(line, 100)}`);
    }
    canonical.hexBytes(sha256, 32, "a SHA-256");
    return { sha256, size: canonical.decimal(size, "a size"), path };
  }

  /** Tell whether a path stays inside the site on every system (rule 1). */
  function isSafe(path) {
    const parts = path.split("/");
    return (
      isPrintable(path) && canonical.isNfc(path) && !/[\\:*?"<>|]/.test(path) &&
      parts.every((part) => !["", ".", ".."].includes(part))
    );
  }

  /** Note every file that is changed, missing or extra. */
  async function check(site, listed, verdict, progress) {
    const expected = new Map(listed.map((item) => [item.path, item]));
    const found = site.walk().filter((path) => path !== NAME);
    for (let at = 0; at < found.length; at += AT_ONCE) {
      const some = found.slice(at, at + AT_ONCE);
      const digests = await Promise.all(some.map((path) => (expected.has(path) ? digest(site, path) : null)));
      some.forEach((path, number) => {
        compare(path, expected.get(path), digests[number], verdict);
        expected.delete(path);
      });
      await progress("files", at + some.length, found.length);
    }
    for (const path of expected.keys()) {
      verdict.add("missing-file", path, "this file is in the manifest and not here");
    }
  }

  function compare(path, item, found, verdict) {
    if (!item) {
      verdict.add("extra-file", path, "this file is not in the manifest: the publisher did not publish it");
    } else if (found instanceof Error) {
      verdict.add("changed-file", path, found);
    } else if (found.sha256 !== item.sha256 || found.size !== item.size) {
      const [wanted, got] = [`${item.sha256} (${item.size} bytes)`, `${found.sha256} (${found.size})`];
      verdict.add("changed-file", path, `expected SHA-256 ${wanted}, found ${got}`);
    }
  }

  /** Return the hex SHA-256 and the size of a file, or why it cannot be read. */
  async function digest(site, path) {
    try {
      const data = await site.read(path);
      return { sha256: bytes.toHex(await bytes.sha256(data)), size: data.length };
    } catch (error) {
      if (error instanceof InputError) return error;
      throw error;
    }
  }

  audit.manifest = { NAME, parse, check, digest };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
