/* The errors an audit meets, and how a message quotes what it found. Mirrors tasdiq/errors.py.

   An InputError says that bytes are not of the one form; a RoleError that a signer may not do this. Both become problems of
   the verdict. Anything else that is thrown is a fault of the page and is shown as such, never as a verdict. */
(function (audit) {
  "use strict";

  class AuditError extends Error {}

  /** The bytes are not what they must be; `field` is the name that stands before the message in brackets. */
  class InputError extends AuditError {
    constructor(message, field) {
      super(field ? `[${field}]: ${message}` : message);
    }
  }

  /** Somebody signed who may not. */
  class RoleError extends AuditError {}

  /** The folder or file is nothing this page can check: no verdict follows. */
  class UnusableError extends AuditError {}

  const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };
  const UNQUOTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
  // As in record/canonical.py (rule 5): a list of its own, for Unicode's tables grow and a verdict must not depend on them.
  const UNPRINTABLE = new RegExp(
    "[\\x00-\\x1f\\x7f-\\xa0\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u1680\\u180e" +
      "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f" +
      "\\u3000\\ud800-\\uf8ff\\ufeff\\ufff0-\\ufffb\\ufffe\\uffff" +
      "\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bcaf}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e007f}\\u{f0000}-\\u{10ffff}]",
    "u",
  );

  /** Tell whether a text prints: no controls, no format characters, no spaces but the plain one. */
  function isPrintable(text) {
    return !UNPRINTABLE.test(text);
  }

  /** Quote the first `most` characters of a text as Python's repr does, so that both audits say the same. */
  function quoted(text, most = Infinity) {
    const characters = [...text].slice(0, most);
    const quote = characters.includes("'") && !characters.includes('"') ? '"' : "'";
    return quote + characters.map((character) => escaped(character, quote)).join("") + quote;
  }

  function escaped(character, quote) {
    if (character === quote) return "\\" + quote;
    if (SHORT[character]) return SHORT[character];
    if (!UNQUOTABLE.test(character)) return character;
    const code = character.codePointAt(0);
    if (code < 0x100) return "\\x" + code.toString(16).padStart(2, "0");
    return code < 0x10000 ? "\\u" + code.toString(16).padStart(4, "0") : "\\U" + code.toString(16).padStart(8, "0");
  }

  Object.assign(audit, { AuditError, InputError, RoleError, UnusableError, isPrintable, quoted });
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
