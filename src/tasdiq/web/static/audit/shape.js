/* The exact fields of a parsed JSON object: which keys stand in it, and of which type. Mirrors record/shape.py.

   An unknown key is refused like a missing one, so that nothing unproved can ride along. */
(function (audit) {
  "use strict";

  const { InputError, quoted } = audit;
  const NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,63}$/;
  const KIND = /^[A-Za-z][A-Za-z0-9]{0,63}$/;
  const TIME = /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/;
  const ID = /^[0-9a-f]{64}$/;

  /** Name the type of a JSON value by the word that messages use. */
  function typeName(value) {
    if (value === null) return "NoneType";
    if (Array.isArray(value)) return "list";
    return { boolean: "bool", number: "int", string: "str", object: "dict" }[typeof value];
  }

  /** Return `value` if it is an object with exactly these fields of these types ("object" takes any). */
  function fields(value, required, optional, where) {
    if (typeName(value) !== "dict") throw new InputError(`expected ${where} to be an object, found ${typeName(value)}`);
    const allowed = new Map([...Object.entries(required), ...Object.entries(optional)]);
    for (const key of Object.keys(value)) {
      if (!allowed.has(key)) {
        const names = [...allowed.keys()].sort().join(", ");
        throw new InputError(`expected only the fields ${names} in ${where}, found ${quoted(key, 40)}`);
      }
    }
    for (const key of Object.keys(required)) {
      if (!Object.hasOwn(value, key)) throw new InputError(`expected the field ${quoted(key)} in ${where}, found none`);
    }
    for (const [key, item] of Object.entries(value)) {
      const wanted = allowed.get(key);
      if (wanted !== "object" && typeName(item) !== wanted) {
        throw new InputError(`expected ${wanted} as ${quoted(key)} in ${where}, found ${typeName(item)}`);
      }
    }
    return value;
  }

  /** Return `value` if it is a list of at most `most` distinct texts. */
  function texts(value, where, most) {
    if (value.length > most) throw new InputError(`expected at most ${most} items in ${where}, found ${value.length}`);
    if (!value.every((item) => typeof item === "string") || new Set(value).size !== value.length) {
      throw new InputError(`expected distinct texts in ${where}`);
    }
    return value;
  }

  /** Return a text as it is and anything else as "": no text that a reader of base64 or hexadecimal takes. */
  function text(value) {
    return typeof value === "string" ? value : "";
  }

  /** Return a member's, officer's or key's name. */
  function name(value, where) {
    if (NAME.test(value)) return value;
    throw new InputError(`expected a short name (letters, digits, . _ : / @ -) as ${where}, found ${quoted(value, 70)}`);
  }

  /** Return the name of a kind of entry. */
  function kind(value) {
    if (!KIND.test(value)) throw new InputError(`expected a kind such as DocumentReceived, found ${quoted(value, 70)}`, "kind");
    return value;
  }

  /** Return a time written `YYYY-MM-DDTHH:MM:SSZ` that exists in the calendar. */
  function moment(value) {
    if (!TIME.test(value)) throw new InputError(`expected a time such as 2025-11-22T09:30:00Z, found ${quoted(value, 40)}`);
    const read = new Date(value);
    // Some browsers take 30 February for 2 March: a time that exists is written back as it was.
    if (isNaN(read) || read.toISOString().replace(".000Z", "Z") !== value) {
      throw new InputError(`expected a time that exists, found ${quoted(value)}`);
    }
    return value;
  }

  /** Return an entry's id: 64 lower-case hexadecimal digits. */
  function entryId(value, where = "entry id") {
    if (ID.test(value)) return value;
    throw new InputError(`expected ${where} as 64 lower-case hexadecimal digits, found ${quoted(value, 70)}`);
  }

  audit.shape = { fields, text, texts, name, kind, moment, entryId, typeName };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
