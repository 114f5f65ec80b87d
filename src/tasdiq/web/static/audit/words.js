/* Verdicts in words: one sentence for each code of problem, and the sentences above and below the tables. */
(function (audit) {
  "use strict";

  const PROBLEMS = {
    "missing-file": "A file is missing",
    "changed-file": "A file was changed",
    "extra-file": "A file was added",
    "not-a-file": "Something that is no plain file stands here",
    "manifest-malformed": "The publisher’s list of files is not in its one form",
    "manifest-signature": "The list of files is not signed by the record’s publisher",
    "checkpoint-missing": "The log’s signed checkpoint is missing",
    "checkpoint-malformed": "The checkpoint is not in its one form",
    "checkpoint-signature": "The checkpoint is not signed by the record’s log",
    "unknown-signature": "A signature is by no key of this record",
    "cosignature": "A cosignature does not hold",
    "root-mismatch": "The entries are not those the checkpoint was signed over",
    "tile-malformed": "A file of entries is broken",
    "tile-mismatch": "A file of hashes is not that of the entries",
    "entry-malformed": "An entry is not in its one form",
    "entry-refused": "An entry does not belong where it stands",
    "entry-repeated": "An entry stands twice",
    "proof-invalid": "A proof does not hold",
    "key-chain": "The chain of keys is broken",
    "body-missing": "A public body is missing without a notice",
    "body-changed": "A body was changed",
    "body-malformed": "A body is not in its one form",
    "body-not-redacted": "Something redacted is still here",
    "redaction-refused": "A redaction was not allowed",
    "row-missing": "A row is missing without a notice",
    "row-changed": "A row was changed",
    "opening-changed": "What a body opens is not what was sealed",
    "attachment-changed": "An attachment was changed",
    "card-unproved": "The card is proved by nothing in the bundle",
    "bundle-malformed": "The bundle is not in its one form",
    "unknown-keys": "The keys are not those you know",
    "rolled-back": "This is older than what you kept",
    "split-view": "Two contradicting histories were signed",
    "split-view-malformed": "The split-view file is not in its one form",
    "other-log": "What you kept is of another record",
    "not-comparable": "What you kept cannot be compared with this",
    "receipt-broken": "The log broke a promise it signed",
  };

  const KINDS = { site: "site", bundle: "bundle", "split-view": "split-view file" };

  /** Say what a problem's code means. */
  function problem(code) {
    return PROBLEMS[code] || "A check does not hold";
  }

  /** Return the headline of a verdict. */
  function headline(verdict) {
    const kind = KINDS[verdict.what] || verdict.what;
    if (verdict.what === "split-view") return splitView(verdict);
    const of = `this ${kind} of ${verdict.origin || "an unknown log"}`;
    return verdict.ok ? `Holds: ${of}` : `Does not hold: ${of}`;
  }

  function splitView(verdict) {
    const proved = verdict.problems.some((found) => found.code === "split-view");
    return `${proved ? "Proves" : "Does not prove"} a split view of ${verdict.origin || "an unknown log"}`;
  }

  /** Return the sentence below the headline. */
  function answer(verdict) {
    if (verdict.what === "split-view") {
      return "Whether the keys that signed are the log’s, the fingerprints below must say: compare them with those you know.";
    }
    const count = verdict.problems.length;
    if (verdict.ok) {
      return "Nothing was altered since it was signed. This shows who signed it; it does not show that it is true.";
    }
    return `${count} ${count === 1 ? "check does" : "checks do"} not hold. The table says what and where.`;
  }

  /** Say what it means that the keys are trusted or unknown. */
  function keys(verdict) {
    if (verdict.trusted) return "trusted: they are the keys in your file";
    return "unknown: compare the fingerprints below with what their holders tell you";
  }

  audit.words = { problem, headline, answer, keys };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
