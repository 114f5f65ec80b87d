/* Split views: two checkpoints that one log signed and that cannot both be true, and the file that proves it. Mirrors
   record/audit/split_view.py. The file is the canonical JSON of

       {"type": "tasdiq/split-view/v1", "checkpoints": [note, note], "log": [verifier key, …], "proof": [base64, …] | null}

   `checkpoints` stand in the order of their sizes (of one size: of their bytes), `log` are the keys that signed them: whether
   they are the log's, the reader's trusted keys must say.

   1. Both notes name one origin, and one of the listed keys signed each.
   2. Of one size they differ in the root; `proof` is null.
   3. Of two sizes, `proof` is the path of RFC 6962 from the older to the newer, with the older root in front where that
      proof leaves it out. It leads to the newer root and, for the older size, to another root than the older note has. */
(function (audit) {
  "use strict";

  const { InputError, Key, KeyState, Verdict, bytes, canonical, checkpoint, folder, keyIdOf, merkle, note } = audit;
  const { quoted, shape } = audit;
  const TYPE = "tasdiq/split-view/v1";
  const LARGEST = 2 ** 20;
  const MOST_PROOF = 128;
  const FIELDS = { type: "str", checkpoints: "list", log: "list", proof: "object" };
  const BEGINS = bytes.join('{"checkpoints":');

  /** Tell by its first bytes whether a file means to be a split view. */
  function isSplitView(data) {
    return bytes.equal(data.subarray(0, BEGINS.length), BEGINS);
  }

  /** Read a split-view file; InputError unless it has the one right form. What it proves is not checked here. */
  async function read(data) {
    if (data.length > LARGEST) {
      throw new InputError(`expected a split view of at most ${LARGEST} bytes, found ${data.length}`);
    }
    const value = shape.fields(canonical.loads(data), FIELDS, {}, "the split view");
    if (value.type !== TYPE) {
      throw new InputError(`expected a split view of type ${TYPE}, found ${quoted(value.type, 40)}`);
    }
    const [older, newer] = texts(value.checkpoints, "two checkpoints", 2, 2);
    const logs = [];
    for (const text of texts(value.log, "the log's keys", 1, 2)) logs.push(await note.parseVerifier(text));
    if (value.proof === null) return { older, newer, logs, proof: null };
    const proof = texts(value.proof, "a proof", 1, MOST_PROOF).map((text) => canonical.unb64(text, "a hash"));
    return { older, newer, logs, proof };
  }

  function texts(value, what, least, most) {
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
      throw new InputError(`expected ${what} as a list of texts`);
    }
    if (value.length < least || value.length > most) {
      throw new InputError(`expected ${what}: ${least} to ${most} texts, found ${value.length}`);
    }
    return value;
  }

  /** Return the two checkpoints if the file proves that they cannot both be true (rules 1 to 3); else InputError. */
  async function prove(view) {
    const [older, newer] = [checkpoint.parse(bytes.join(view.older)), checkpoint.parse(bytes.join(view.newer))];
    if ((await signers([older, newer], view.logs)).join() !== view.logs.map(spelled).join()) {
      throw new InputError("expected the keys that signed the two checkpoints, in the order of the checkpoints");
    }
    const [first, second] = [older.found, newer.found];
    if (view.logs.some((key) => key.algorithm !== note.ED25519 || key.name !== first.origin)) {
      throw new InputError("expected keys of the log, under its origin");
    }
    const order = first.size - second.size || folder.byCodePoint(view.older, view.newer);
    if (first.origin !== second.origin || order > 0) {
      throw new InputError("expected two checkpoints of one log, in the order of their sizes");
    }
    await requireContradiction(first, second, view.proof);
    return [first, second];
  }

  async function requireContradiction(first, second, proof) {
    if (first.size === second.size) {
      if (proof === null && !bytes.equal(first.root, second.root)) return;
      throw new InputError("expected two roots of one size, and no proof");
    }
    if (proof === null || !first.size) {
      throw new InputError("two checkpoints of different sizes prove nothing without the path between them");
    }
    const [older, newer] = await merkle.rootsOf(first.size, second.size, proof);
    if (!bytes.equal(newer, second.root) || bytes.equal(older, first.root)) {
      throw new InputError("the path does not lead to the newer root, or does to the older: both may be true");
    }
  }

  // The keys that signed, each once, as texts: of the first checkpoint and then of the second.
  async function signers(opened, logs) {
    const found = new Set();
    for (const { found: signed, parsed } of opened) {
      await checkpoint.requireSigned(signed, parsed, logs);
      logs.filter((key) => note.linesBy(parsed, key).length).forEach((key) => found.add(spelled(key)));
    }
    return [...found];
  }

  function spelled(key) {
    return `${key.name} ${key.algorithm} ${bytes.toHex(key.publicKey)}`;
  }

  /** Check a split-view file: it never "holds", for what it proves is that a log does not. */
  async function checkSplitView(name, data) {
    const verdict = new Verdict("split-view");
    await verdict.noting("split-view-malformed", name, null, async () => {
      const view = await read(data);
      const [older, newer] = await prove(view);
      verdict.describe(newer);
      verdict.keys = await keysOf(view.logs);
      const [first, second] = [canonical.b64(older.root), canonical.b64(newer.root)];
      const told = `${older.size} entries with the root ${first}, and ${newer.size} with ${second}`;
      verdict.add("split-view", name, `the log signed two histories: ${told}; no history has both`);
    });
    return verdict;
  }

  async function keysOf(logs) {
    const keys = new Map();
    for (const { name, publicKey } of logs) {
      const id = await keyIdOf(publicKey);
      keys.set(id, new Key({ id, publicKey, role: "log", name, member: "", next: null, since: 0 }));
    }
    return new KeyState({ keys });
  }

  audit.splitView = { isSplitView, checkSplitView };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
