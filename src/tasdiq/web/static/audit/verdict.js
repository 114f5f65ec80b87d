/* What an audit comes to: the JSON that `tasdiq audit --json` prints, and the sentences a person reads. Mirrors
   record/audit/verdict.py, where the codes of problems are listed.

   The check shows that nothing was altered since it was signed, and by whom it was signed. It does not show that it is
   true, and every text says so. */
(function (audit) {
  "use strict";

  const { AuditError, KeyState, canonical, cosignature } = audit;

  /** The outcome of an audit; problems are listed in the order they were found. For the report alone it also has the keys
      the reader knows (`known`) and the cosigners with their key ids. */
  class Verdict {
    constructor(what) {
      Object.assign(this, {
        what, origin: null, size: null, root: null, keys: new KeyState({}), cosigned: [], trusted: false,
        withheld: 0, redacted: 0, disputed: 0, held: [], disclosed: [], problems: [],
        known: [], cosigners: [],
      });
    }

    get ok() {
      return this.problems.length === 0;
    }

    /** The sentence that must stand with a desk record, "" for a joint one. */
    get label() {
      if (this.keys.form !== "desk") return "";
      return `compiled by ${this.keys.compiler}; no party has signed; proposed by machine unless confirmed`;
    }

    /** Add a problem; `message` is a text or an error of ours. */
    add(code, path, message, index = null) {
      this.problems.push({ code, path, index, message: message instanceof Error ? message.message : message });
    }

    /** Run `action` and turn an error of ours into a problem; return what it returns, undefined where it failed. */
    async noting(code, path, index, action) {
      try {
        return await action();
      } catch (error) {
        if (!(error instanceof AuditError)) throw error;
        this.add(code, path, error, index);
        return undefined;
      }
    }

    /** Take over what a part of the audit found, so that parts may run side by side and be told in order. */
    absorb(part) {
      this.problems.push(...part.problems);
      this.withheld += part.withheld;
      this.redacted += part.redacted;
    }

    /** Take over what a checkpoint says of its log. */
    describe(checkpoint) {
      Object.assign(this, { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root });
    }

    /** Return exactly the object of `tasdiq audit --json`; `disclosed` stands there only where something was proved. */
    asJson() {
      return {
        ...(this.disclosed.length && this.ok ? { disclosed: this.disclosed } : {}),
        ok: this.ok,
        what: this.what,
        origin: this.origin,
        size: this.size,
        root: this.root && canonical.b64(this.root),
        cosigned: {
          k: this.cosigned.length,
          n: this.keys.cosigners.length,
          quorum: this.keys.quorum,
          by: this.cosigned.map(([name]) => name),
          at: this.cosigned.map(([, seconds]) => cosignature.moment(seconds)),
        },
        keys: this.trusted ? "trusted" : "unknown",
        withheld: this.withheld,
        redacted: this.redacted,
        problems: this.problems.map(({ code, path, index, message }) => ({ code, path, index, message })),
      };
    }

    /** Say how many of the cosigners saw this checkpoint, who and when, and whether that makes it evidentiary. */
    cosignedWords() {
      const [k, n, needed] = [this.cosigned.length, this.keys.cosigners.length, this.keys.quorum];
      const by = this.cosigned.map(([name, seconds]) => `${name} at ${cosignature.moment(seconds)}`).join(", ");
      const missing = needed > k ? `${needed - k} missing` : "the quorum is met";
      const standing = needed ? `; evidentiary from quorum on: ${missing}` : "";
      return `cosigned ${k} of ${n} (quorum ${needed})${by ? ": " + by : ""}${standing}`;
    }
  }

  audit.Verdict = Verdict;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
