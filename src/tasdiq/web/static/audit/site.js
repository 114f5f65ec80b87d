/* The audit of a published site, from its files alone. Mirrors record/audit/site.py.

   1. `manifest.note` lists every file with its hash, and a publisher named by the record's key events signed it.
   2. The entries under `record/tile/entries/` give, recounted, the root that `record/checkpoint` signs.
   3. Every hash tile is the one these entries give; every body and attachment is what its name says. Rows stand
      beside a body that is here; an attachment is named by a body or a row that is here.
   4. Nothing stands in `record/` that these rules do not cover. */
(function (audit) {
  "use strict";

  const { InputError, Recount, Verdict, body, bytes, checkpoint, manifest, merkle, note, rows, tiles } = audit;
  const FOLDER = "record";
  const CHECKPOINT = `${FOLDER}/checkpoint`;
  const ATTACHMENT = `${FOLDER}/attachment/`;
  const LATIN = new TextDecoder("latin1");

  /** One pass over a site; problems go into the verdict. */
  class SiteAudit {
    constructor(site, progress) {
      Object.assign(this, { site, progress, verdict: new Verdict("site"), covered: new Set([CHECKPOINT]) });
      this.unnamed = new Set(site.walk().filter((path) => path.startsWith(ATTACHMENT)));
    }

    async run() {
      const signed = await this.manifest();
      const opened = await this.checkpoint();
      if (!opened) return this.verdict;
      const recount = await this.entries(opened.found);
      await recount.close(opened.found, opened.parsed, CHECKPOINT);
      const where = (seen) => `${FOLDER}/body/${seen.commit}`;
      await recount.bodies((seen, verdict) => this.shown(seen, verdict), where, this.progress);
      await this.publisher(signed, recount);
      await this.attachments();
      this.uncovered();
      return this.verdict;
    }

    async manifest() {
      const data = await this.read(manifest.NAME);
      if (data === null) {
        this.verdict.add("missing-file", manifest.NAME, "expected the publisher's signed list of files here");
        return undefined;
      }
      const read = await this.verdict.noting("manifest-malformed", manifest.NAME, null, () => manifest.parse(data));
      if (read) await manifest.check(this.site, read.listed, this.verdict, this.progress);
      return read?.signed;
    }

    async checkpoint() {
      const data = await this.read(CHECKPOINT);
      if (data === null) {
        this.verdict.add("checkpoint-missing", CHECKPOINT, "expected the log's checkpoint here");
        return undefined;
      }
      const opened = await this.verdict.noting("checkpoint-malformed", CHECKPOINT, null, () => checkpoint.parse(data));
      if (opened) this.verdict.describe(opened.found);
      return opened;
    }

    /** Return a file's bytes; null, and a problem where it is not simply absent, if it cannot be read. */
    async read(path, verdict = this.verdict) {
      return (await verdict.noting("changed-file", path, null, () => this.site.read(path))) ?? null;
    }

    async entries(found) {
      const recount = new Recount(this.verdict, found.origin);
      for (let start = 0; start < found.size; start += tiles.WIDTH) {
        const width = Math.min(tiles.WIDTH, found.size - start);
        const path = `${FOLDER}/${tiles.tilePath(null, start / tiles.WIDTH, width)}`;
        this.covered.add(path);
        const leaves = await this.leaves(path, start, width);
        if (!leaves) break;
        await recount.leaves(start, leaves, path);
        await this.progress("entries", start + width, found.size);
      }
      if (recount.hashes.length === found.size) await this.tiles(recount.hashes);
      return recount;
    }

    async leaves(path, start, width) {
      const data = await this.read(path);
      if (data === null) {
        this.verdict.add("missing-file", path, `expected the entries from ${start} on here`);
        return undefined;
      }
      return this.verdict.noting("tile-malformed", path, start, () => tiles.unpackEntries(data, width));
    }

    /** Compare every hash tile with the one recomputed; `hashes` are those of the leaves. */
    async tiles(hashes) {
      for (let level = 0; hashes.length; level += 1) {
        const full = [];
        for (let start = 0; start < hashes.length; start += tiles.WIDTH) {
          const part = hashes.slice(start, start + tiles.WIDTH);
          await this.tile(level, start / tiles.WIDTH, part);
          if (part.length === tiles.WIDTH) full.push(part);
        }
        hashes = await Promise.all(full.map(merkle.rootOf));
      }
    }

    async tile(level, number, part) {
      const path = `${FOLDER}/${tiles.tilePath(level, number, part.length)}`;
      this.covered.add(path);
      const data = await this.read(path);
      if (data === null || !bytes.equal(data, bytes.join(...part))) {
        const message = "expected the hashes of the entries below, found others or none";
        this.verdict.add("tile-mismatch", path, message);
      }
    }

    async shown(seen, verdict) {
      if (!seen.isPublic) return null;
      const [path, rowsPath] = [`${FOLDER}/body/${seen.commit}`, `${FOLDER}/rows/${seen.commit}`];
      this.covered.add(path);
      const data = await this.read(path, verdict);
      if (data === null) return null;
      this.covered.add(rowsPath);
      const [salt, plaintext] = [data.subarray(0, body.SALT_BYTES), data.subarray(body.SALT_BYTES)];
      const found = await this.rows(rowsPath, seen.index, verdict);
      for (const text of [plaintext, ...[...found.values()].filter(Boolean).map((row) => row.content)]) this.name(text);
      return { salt, plaintext, rows: found, path };
    }

    name(text) {
      // A large record lists many commitments that look like names: they are looked at only where a file lies here.
      if (!this.unnamed.size) return;
      for (const [name] of LATIN.decode(text).matchAll(/[0-9a-f]{64}/g)) this.unnamed.delete(ATTACHMENT + name);
    }

    async rows(path, index, verdict) {
      const data = await this.read(path, verdict);
      if (data === null) return new Map();
      return (await verdict.noting("row-changed", path, index, () => rows.listed(data))) || new Map();
    }

    async publisher(signed, recount) {
      if (!signed) return;
      const keys = recount.chain.keys.inRole("publisher", Math.max(recount.hashes.length - 1, 0));
      await this.verdict.noting("manifest-signature", manifest.NAME, null, async () => {
        let held = false;
        for (const key of keys) {
          held = (await note.signedBy(signed, await note.verifier(key.name, key.publicKey))) || held;
        }
        if (!held) throw new InputError("expected the signature of a publisher whom the record names");
      });
    }

    async attachments() {
      for (const path of this.site.walk().filter((name) => name.startsWith(ATTACHMENT))) {
        if (!this.unnamed.has(path)) this.covered.add(path);
        const found = await manifest.digest(this.site, path);
        if (found instanceof Error) this.verdict.add("attachment-changed", path, found);
        else if (found.sha256 !== path.slice(ATTACHMENT.length)) {
          this.verdict.add("attachment-changed", path, "the file's SHA-256 is not its name");
        }
      }
    }

    uncovered() {
      const told = new Set(this.verdict.problems.map((problem) => problem.path));
      for (const path of this.site.walk().filter((name) => name.startsWith(FOLDER + "/"))) {
        if (this.covered.has(path) || told.has(path)) continue;
        this.verdict.add("extra-file", path, "nothing in the record vouches for this file");
      }
    }
  }

  audit.SiteAudit = SiteAudit;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
