/* Encryption keys: X25519 (RFC 7748), as key events name them. Mirrors record/secrecy/encryption.py; nothing is decrypted here.

   1. A public key is canonical (u < 2^255 - 19) and not of low order: with such a key anybody could open the envelope.
   2. It is no signing key in its other form: the birational map of RFC 7748 would make one key serve two roles. */
(function (audit) {
  "use strict";

  const { bytes } = audit;
  const PUBLIC_BYTES = 32;
  const P = 2n ** 255n - 19n;
  const SIGN_OFF = 2n ** 255n - 1n;
  const LOW_ORDER = new Set([
    0n, 1n, P - 1n,
    325606250916557431795983626356110631294008115727848805560023387167927233504n,
    39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  ]);

  const mod = (number) => ((number % P) + P) % P;

  /** Tell whether 32 bytes are a canonical X25519 public key that is not of low order (rule 1). */
  function isSoundKey(publicKey) {
    const u = bytes.fromLittleEndian(publicKey);
    return publicKey.length === PUBLIC_BYTES && u < P && !LOW_ORDER.has(u);
  }

  /** Return the X25519 form of a sound Ed25519 public key: u = (1 + y) / (1 - y), RFC 7748, section 4.1. */
  function otherForm(signingPublic) {
    const y = bytes.fromLittleEndian(signingPublic) & SIGN_OFF;
    return bytes.toLittleEndian(mod((1n + y) * inverse(mod(1n - y))), PUBLIC_BYTES);
  }

  // By Fermat: x^(P - 2) is the inverse of x modulo the prime P.
  function inverse(number) {
    let [result, base] = [1n, number];
    for (let exponent = P - 2n; exponent; exponent >>= 1n) {
      if (exponent & 1n) result = (result * base) % P;
      base = (base * base) % P;
    }
    return result;
  }

  audit.encryption = { PUBLIC_BYTES, isSoundKey, otherForm };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
