/* One spelling for every value: strict RFC 8785 JSON, base64, hexadecimal and decimal numbers. Mirrors record/canonical.py.

   1. Bytes equal the canonical bytes; anything else is refused, never repaired: a value is written anew and compared.
      That finds duplicate keys too, for the browser keeps only the last of them.
   2. No duplicate keys, no NaN or infinity, no lone surrogates, at most 100 levels.
   3. Numbers are integers within 2^53 - 1; floats are refused even where RFC 8785 has a spelling for them.
   4. Base64 has no stray trailing bits; hexadecimal is lower case; decimals are ASCII digits without a leading zero. */
(function (audit) {
  "use strict";

  const { InputError, bytes, quoted } = audit;
  const DECIMAL = /^(?:0|[1-9][0-9]{0,17})$/;
  const DEEPEST = 100;

  /** Write a value as canonical JSON. */
  function dumps(value) {
    return bytes.join(encoded(value, 0));
  }

  /** Read canonical JSON; raise InputError unless `data` is exactly what `dumps` writes. */
  function loads(data) {
    const value = parsed(data);
    if (!bytes.equal(dumps(value), data)) {
      throw new InputError("expected canonical JSON (RFC 8785), found another spelling of the same value");
    }
    return value;
  }

  function parsed(data) {
    try {
      return JSON.parse(bytes.text(data, "canonical JSON"));
    } catch (error) {
      throw new InputError(`expected canonical JSON, found bytes that do not parse: ${error.message.slice(0, 120)}`);
    }
  }

  function encoded(value, depth) {
    if (depth > DEEPEST) {
      throw new InputError(`expected at most ${DEEPEST} levels of objects and lists, found more`);
    }
    if (value === null || typeof value === "boolean") return String(value);
    if (typeof value === "number") return integer(value);
    if (typeof value === "string") return string(value);
    if (Array.isArray(value)) return "[" + value.map((item) => encoded(item, depth + 1)).join(",") + "]";
    // JavaScript sorts texts by UTF-16 code units, as RFC 8785 asks.
    const pairs = Object.keys(value).sort().map((key) => string(key) + ":" + encoded(value[key], depth + 1));
    return "{" + pairs.join(",") + "}";
  }

  function integer(value) {
    if (!Number.isSafeInteger(value)) {
      throw new InputError(`expected canonical JSON, found bytes that do not parse: ${value} is no integer within 2^53 - 1`);
    }
    return String(value);
  }

  function string(value) {
    if (!value.isWellFormed()) throw new InputError("expected canonical JSON, found half of a surrogate pair");
    return JSON.stringify(value);
  }

  /** Read an unsigned decimal number of ASCII digits without a leading zero. */
  function decimal(text, what = "number") {
    // Beyond 2^53 - 1 JavaScript would take one number for another: no record here is that large.
    if (DECIMAL.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    throw new InputError(`expected ${what} as plain decimal digits, found ${quoted(text, 30)}`);
  }

  /** Read exactly `length` bytes from lower-case hexadecimal. */
  function hexBytes(text, length, what = "value") {
    if (text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
      throw new InputError(`expected ${what} as ${2 * length} lower-case hexadecimal digits, found ${quoted(text, 80)}`);
    }
    return bytes.fromHex(text);
  }

  /** Read standard padded base64; a second spelling of the same bytes is refused. */
  function unb64(text, what = "value") {
    return inOneSpelling(text, text, bytes.fromBase64(text), bytes.toBase64, what);
  }

  function b64url(data) {
    return bytes.toBase64(data).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /** Read exactly `length` bytes from unpadded base64url. */
  function unb64url(text, length, what = "value") {
    const raw = bytes.fromBase64(text.replace(/-/g, "+").replace(/_/g, "/"));
    if (raw && raw.length !== length) throw new InputError(`expected ${what} of ${length} bytes, found ${raw.length}`);
    return inOneSpelling(text, text, raw, b64url, what);
  }

  function inOneSpelling(text, found, raw, write, what) {
    if (!raw) throw new InputError(`expected ${what} in base64, found ${quoted(found, 60)}`);
    if (write(raw) !== text) throw new InputError(`expected ${what} in the one spelling of base64, found ${quoted(found, 60)}`);
    return raw;
  }

  /** Tell whether a text of our own vocabulary is in Unicode Normalization Form C. */
  function isNfc(text) {
    return text.normalize("NFC") === text;
  }

  audit.canonical = { dumps, loads, decimal, hexBytes, b64: bytes.toBase64, unb64, b64url, unb64url, isNfc };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
