/* Redaction: which entries and rows a notice empties, and who may ask for it. Mirrors record/redaction.py.

   A notice is a public entry of kind `BodyRedacted`. Its refs name entries whose whole body (and rows) go; its body's
   `redacted_rows` names single rows as `<entry id>/<n>`.

   1. A notice stands after what it redacts, and no notice can be redacted: what it says must stay readable.
   2. It is signed for the member whose entry it empties, or for two members at least.
   3. It is countersigned by the charter's rule: for as many members as the key event `redaction` says. */
(function (audit) {
  "use strict";

  const { InputError, RoleError, quoted, shape } = audit;
  const KIND = "BodyRedacted";
  const ROW_ID = /^([0-9a-f]{64})\/(0|[1-9][0-9]{0,3})$/;

  /** Tell whether a header is that of a redaction notice. */
  function isNotice(header) {
    return header.kind === KIND;
  }

  /** Name what a notice empties: `<entry id>` for all of an entry, `<entry id>/<n>` for a row. */
  function targets(header, value) {
    const listed = shape.typeName(value) === "dict" && Object.hasOwn(value, "redacted_rows") ? value.redacted_rows : [];
    if (!Array.isArray(listed)) throw new InputError("expected a list of row ids as redacted_rows", "redacted_rows");
    for (const item of listed) {
      if (typeof item === "string" && ROW_ID.test(item)) continue;
      const shown = quoted(typeof item === "string" ? item : JSON.stringify(item), 80);
      throw new InputError(`expected a row id such as <entry id>/7, found ${shown}`, "redacted_rows");
    }
    if (!header.refs.length && !listed.length) {
      throw new InputError("expected a redaction notice to name entries (refs) or rows (redacted_rows)", "refs");
    }
    return [...header.refs, ...listed];
  }

  /** Raise InputError or RoleError unless a notice may empty the entries named; `find` gives an earlier header. */
  function requireAllowed(notice, keys, named, find) {
    const members = new Set(notice.sigs.map(([key]) => keys.keys.get(key)?.member).filter(Boolean));
    if (members.size < keys.redaction) {
      throw new RoleError(
        `a notice of redaction is signed for ${keys.redaction} members in this record, this one for ${members.size}: ` +
          "let others countersign it"
      );
    }
    for (const entryId of named) {
      const header = find(entryId);
      if (!header) throw new InputError(`the entry ${entryId.slice(0, 16)}… to be redacted is not in this record`, "refs");
      if (isNotice(header)) throw new InputError("a redaction notice cannot be redacted itself", "refs");
      if (!members.has(header.member) && members.size < 2) {
        throw new RoleError(`to redact an entry of ${header.member} takes its signature, or those of two members`);
      }
    }
  }

  audit.redaction = { isNotice, targets, requireAllowed };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
