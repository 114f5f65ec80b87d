/* The audit of a bundle: a file with chosen entries, their proofs, and the chain of key events. Mirrors
   record/audit/bundle.py.

   1. The file is canonical JSON with exactly the fields of a bundle.
   2. Every key event and every entry is proved against the checkpoint's root; indices rise strictly.
   3. The key events are all there: each names the one before it, and each entry the newest one before it, as `keys_at`.
   4. Each entry is checked with the keys as they were at its index; each body and row against its commitment. Rows
      stand in order, each once. Disclosures show sealed fields of the body by the strict rules of `disclosure`; what they show stands in the verdict.
   5. The card, if any, is one of the bodies or rows.

   A bundle cannot show what came after its last entry: keys are known as of there, later revocations are not. */
(function (audit) {
  "use strict";

  const { Chain, InputError, Recount, Verdict, body, bytes, canonical, checkpoint, disclosure, merkle } = audit;
  const { orError, quoted, rows, shape } = audit;
  const TYPE = "tasdiq/bundle/v1";
  const FIELDS = { type: "str", checkpoint: "str", keys: "list", entries: "list" };
  const PROVED = { index: "int", leaf: "str", proof: "list" };
  const ENTRY = { ...PROVED, body: "object", rows: "list" };
  const ROW = { n: "int", proof: "list", row: "str", salt: "str" };

  const hashesIn = (listed) => listed.map((item) => canonical.unb64(shape.text(item), "a hash"));

  /** One pass over a bundle; problems go into the verdict. */
  class BundleAudit {
    constructor(name, data) {
      Object.assign(this, { path: name, data, verdict: new Verdict("bundle") });
      Object.assign(this, { chains: [], shown: new Map(), words: new Set() });
    }

    async run() {
      await this.verdict.noting("bundle-malformed", this.path, null, () => this.everything());
      return this.verdict;
    }

    async everything() {
      const value = shape.fields(canonical.loads(this.data), FIELDS, { card: "object" }, "the bundle");
      if (value.type !== TYPE) {
        throw new InputError(`expected a bundle of type ${TYPE}, found ${quoted(value.type, 40)}`);
      }
      const { found, parsed } = checkpoint.parse(bytes.join(value.checkpoint));
      this.verdict.describe(found);
      const recount = new Recount(this.verdict, found.origin, true);
      await this.keys(value.keys, found, recount);
      this.verdict.keys = recount.chain.keys;
      await this.entries(value.entries, found, recount);
      recount.tell(this.path);
      await recount.signatures(found, parsed, this.path);
      const find = (seen) => this.shown.get(seen.id) || null;
      await recount.bodies(find, () => this.path, async () => {});
      this.card(value);
    }

    async proved(value, found) {
      const leaf = bytes.join(value.leaf);
      await merkle.verifyInclusion(
        value.index, found.size, await merkle.leafHash(leaf), hashesIn(value.proof), found.root
      );
      return audit.entry.parseLeaf(leaf);
    }

    async keys(listed, found, recount) {
      let before = -1;
      for (const item of listed) {
        const value = shape.fields(item, PROVED, {}, "a key event");
        const chain = await orError(this.nextChain(value, before, found, recount.chain));
        if (chain instanceof Error) {
          this.verdict.add("key-chain", this.path, chain, value.index);
          return;
        }
        recount.chain = chain;
        this.chains.push([value.index, chain]);
        before = value.index;
      }
      if (!this.chains.length) {
        this.verdict.add("key-chain", this.path, "expected the chain of key events, found none");
      }
    }

    async nextChain({ index, ...value }, before, found, chain) {
      if (index <= before || (before < 0 && index > 0)) {
        throw new InputError("expected the key events in order, from entry 0 on");
      }
      const next = await chain.accept(await this.proved({ index, ...value }, found), index);
      if (next.keys.keysAt !== index) throw new InputError("expected a key event, found another entry");
      return next;
    }

    async entries(listed, found, recount) {
      let before = -1;
      for (const item of listed) {
        const value = shape.fields(item, ENTRY, { disclosures: "list" }, "an entry of the bundle");
        if (value.index <= before) {
          throw new InputError("expected the entries in the order of their indices, each once");
        }
        before = value.index;
        await this.verdict.noting("proof-invalid", this.path, value.index, async () => {
          const entry = await this.proved(value, found);
          await this.place(entry, value.index, recount);
          await this.body(entry, value);
        });
      }
    }

    async place(entry, index, recount) {
      const earlier = this.chains.filter(([at]) => at < index);
      const before = earlier.length ? earlier[earlier.length - 1][1] : new Chain(recount.chain.origin);
      if (entry.header.keys && !this.chains.some(([at]) => at === index)) {
        this.verdict.add("key-chain", this.path, "a key event among the entries is not in the chain", index);
      }
      const chain = await orError(before.accept(entry, index));
      if (chain instanceof Error) this.verdict.add("entry-refused", this.path, chain, index);
      recount.remember(entry, index, chain instanceof Error ? before : chain);
    }

    async body(entry, value) {
      if (value.body === null) {
        if (value.rows.length || "disclosures" in value) {
          throw new InputError("expected no rows and no disclosures without the body that commits to them");
        }
        return;
      }
      const shown = shape.fields(value.body, { salt: "str", content: "str" }, {}, "a body");
      const salt = canonical.hexBytes(shown.salt, body.SALT_BYTES, "a salt");
      const plaintext = bytes.join(shown.content);
      const inner = body.inner(entry.header.access, plaintext);
      const chosen = await this.rows(value.rows, inner);
      await this.disclosures(value, inner);
      this.words.add(bytes.text(inner, "a body"));
      this.shown.set(entry.id, { salt, plaintext, rows: null, chosen, path: this.path });
    }

    async rows(listed, plaintext) {
      const commits = listed.length ? await rows.commitsIn(body.read(plaintext)) : [];
      const root = await rows.root(commits);
      const chosen = [];
      for (const item of listed) {
        const value = shape.fields(item, ROW, {}, "a row");
        const row = rows.fromJson({ row: value.row, salt: value.salt });
        await rows.verify(row, value.n, commits.length, hashesIn(value.proof), root);
        if (chosen.length && value.n <= chosen[chosen.length - 1]) {
          throw new InputError("expected the rows in the order of their numbers, each once");
        }
        chosen.push(value.n);
        this.words.add(value.row);
      }
      return chosen;
    }

    async disclosures(value, plaintext) {
      if (!("disclosures" in value)) return;
      const texts = shape.texts(value.disclosures, "disclosures", disclosure.MOST_DISCLOSURES);
      if (!texts.length) throw new InputError("expected at least one disclosure where there is a list of them");
      for (const [pointer, shown] of await disclosure.shownBy(plaintext, texts)) {
        const written = bytes.text(canonical.dumps(shown), "what is disclosed");
        this.verdict.disclosed.push({ index: value.index, pointer, value: written });
      }
    }

    card(value) {
      if (!("card" in value) || this.words.has(bytes.text(canonical.dumps(value.card), "the card"))) return;
      const message = "the card is not the body of an entry in the bundle: ignore it";
      this.verdict.add("card-unproved", this.path, message);
    }
  }

  audit.BundleAudit = BundleAudit;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
