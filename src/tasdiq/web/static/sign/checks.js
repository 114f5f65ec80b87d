/* What must hold of a draft before this browser puts an officer's key to it. A server that shows one thing and asks for the
   signature of another is refused here, whatever its page says: what is shown and what is signed are the same bytes.

   1. The header is canonical, of the one form, and no key event: those are signed offline.
   2. It is for the record, charter and member that the key was made for, and its keys are as of no earlier entry than this
      browser has seen. An amended charter alone is signed by officers of every member, whichever of them prepared it.
   3. Salt and plaintext open its commitment; the rows are those the body lists; every digest in it is either of something
      shown here or of a decoy.
   4. It is dated within the hour before now: the sealed time exactly, the header's to the day.
   5. It is of a kind this page has words for, public or for all members: what is for named recipients is sealed elsewhere. */
(function (sign) {
  "use strict";

  const audit = globalThis.tasdiqAudit;
  const { bytes, canonical } = audit;
  const HOUR_MS = 3600_000;
  const SKEW_MS = 300_000;
  const OF_ALL = "CharterAmended";
  const DECOY = /^decoy:[0-9a-f]{64}$/;

  /** The server asks for a signature that this browser does not give. */
  class Refusal extends Error {}

  /** Return { header, signed, plaintext, rows, disclosures, kind, officer, id } of a draft that may be signed with `key`. */
  async function check(draft, key, table, now) {
    try {
      return await checked(draft, key, table, now);
    } catch (error) {
      if (error instanceof audit.AuditError) throw new Refusal(error.message);
      throw error;
    }
  }

  async function checked(draft, key, table, now) {
    const signed = bytes.join(text(draft.header, "a header"));
    const header = readHeader(signed);
    requirePlace(header, key);
    const plaintext = bytes.join(text(draft.plaintext, "a body"));
    const salt = canonical.hexBytes(text(draft.salt, "a salt"), 32, "a salt");
    if ((await audit.body.commit(salt, plaintext)) !== header.body_commit) {
      throw new Refusal("what the server shows is not what the header commits to");
    }
    const content = audit.body.inner(header.access, plaintext);
    const sealed = header.access === "public" ? null : canonical.loads(plaintext);
    requireTime(header, sealed, now);
    const kind = (sealed || header).kind;
    if (!Object.hasOwn(table.kinds, kind)) throw new Refusal(`this page has no words for entries of the kind ${kind}`);
    const disclosures = list(draft.disclosures, "disclosures");
    await requireOpen(content, disclosures, list(draft.decoys, "decoys"));
    const rows = await readRows(canonical.loads(content), list(draft.rows, "rows"));
    const id = bytes.toHex(await bytes.sha256(signed));
    return { header, signed, plaintext, rows, disclosures, kind, officer: sealed ? sealed.officer : "", id };
  }

  // Rule 1.
  function readHeader(signed) {
    if (signed.length > audit.entry.LARGEST_HEADER) throw new Refusal("the header is larger than a header can be");
    const header = canonical.loads(signed);
    audit.entry.readHeader(header);
    if (Object.hasOwn(header, "keys")) throw new Refusal("this would change who may sign: key events are signed offline");
    if (header.access === "named") throw new Refusal("what is for named recipients is sealed on your own machine");
    return header;
  }

  // Rule 2.
  function requirePlace(header, key) {
    for (const [name, what] of [["origin", "record"], ["charter", "charter"], ["member", "member"]]) {
      if (header[name] === key[name] || (name === "member" && header.kind === OF_ALL)) continue;
      const found = audit.quoted(String(header[name] ?? "none"), 80);
      throw new Refusal(`your key was made for the ${what} ${key[name]}, and this is for ${found}`);
    }
    if (header.keys_at < key.keysAt) {
      throw new Refusal(`this is for the keys as of entry ${header.keys_at}; this browser has seen those of entry ${key.keysAt}`);
    }
  }

  // Rule 3.
  async function requireOpen(content, disclosures, decoys) {
    const { unopened } = await sign.words.opened(content, disclosures);
    const known = new Set();
    for (const decoy of decoys) {
      if (!DECOY.test(decoy)) throw new Refusal("a decoy in this draft is none");
      known.add(canonical.b64url(await bytes.sha256(bytes.join(decoy))));
    }
    if (unopened.some((digest) => !known.has(digest))) {
      throw new Refusal("something is sealed in this draft that is not shown to you");
    }
  }

  async function readRows(content, given) {
    const commits = await audit.rows.commitsIn(content);
    const rows = given.map(audit.rows.fromJson);
    const made = await Promise.all(rows.map(audit.rows.commit));
    if (made.length !== commits.length || made.some((commit, at) => !bytes.equal(commit, commits[at]))) {
      throw new Refusal("the rows the server shows are not those the body commits to");
    }
    return rows.map((row) => row.content);
  }

  // Rule 4.
  function requireTime(header, sealed, now) {
    const claimed = sealed ? sealed.claimed_time : header.claimed_time;
    const apart = now - Date.parse(claimed);
    if (!(apart > -SKEW_MS && apart < HOUR_MS + SKEW_MS)) {
      const clock = new Date(now).toISOString().slice(0, 19) + "Z";
      throw new Refusal(`this is dated ${claimed}, and it is ${clock} by the clock of this device`);
    }
    if (sealed && header.claimed_time !== claimed.slice(0, 10) + "T00:00:00Z") {
      throw new Refusal("the day in the header is not that of the sealed time");
    }
  }

  function text(value, what) {
    if (typeof value !== "string") throw new Refusal(`expected ${what} as text`);
    return value;
  }

  function list(value, what) {
    if (!Array.isArray(value)) throw new Refusal(`expected a list of ${what}`);
    return value;
  }

  Object.assign(sign, { Refusal, check });
})((globalThis.tasdiqSign = globalThis.tasdiqSign || {}));
