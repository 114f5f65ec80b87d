/* Bytes, and what Python brings along for them: UTF-8, hexadecimal, base64, comparison, and SHA-256 by WebCrypto.

   1. UTF-8 is read strictly; a byte order mark is a character like any other.
   2. The readers of hexadecimal and base64 here take whatever the browser takes: `canonical` refuses second spellings. */
(function (audit) {
  "use strict";

  const { InputError } = audit;
  const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const ENCODER = new TextEncoder();

  /** Return the bytes of a text (or of several texts and bytes, one after the other). */
  function join(...parts) {
    const all = parts.map((part) => (typeof part === "string" ? ENCODER.encode(part) : part));
    const whole = new Uint8Array(all.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of all) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** Read UTF-8; raise InputError on anything else. */
  function text(bytes, what) {
    try {
      return STRICT.decode(bytes);
    } catch {
      throw new InputError(`expected ${what} in UTF-8`);
    }
  }

  function equal(one, other) {
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  }

  function toHex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function fromHex(digits) {
    return Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));
  }

  function toBase64(bytes) {
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }

  /** Read base64 as leniently as the browser does; undefined where it cannot. */
  function fromBase64(encoded) {
    try {
      return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    } catch {
      return undefined;
    }
  }

  /** Read bytes as a number, the least significant first. */
  function fromLittleEndian(bytes) {
    return BigInt("0x" + (toHex(bytes.slice().reverse()) || "0"));
  }

  function toLittleEndian(number, length) {
    return fromHex(number.toString(16).padStart(2 * length, "0")).reverse();
  }

  async function sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  }

  audit.bytes = { join, text, equal, toHex, fromHex, toBase64, fromBase64, sha256, fromLittleEndian, toLittleEndian };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
