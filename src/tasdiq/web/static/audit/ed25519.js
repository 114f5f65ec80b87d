/* Ed25519 as every implementation agrees on it. Mirrors record/ed25519.py.

   RFC 8032 leaves room: libraries differ on low-order points and on non-canonical encodings. An audit must come to one
   verdict everywhere, so this refuses what any of them refuses:

   1. A (the public key) and R (the first half of the signature) are canonical: y < p.
   2. A and R are not of low order (1, 2, 4 or 8).
   3. What remains goes to WebCrypto, which checks S < L and the equation without cofactor. */
(function (audit) {
  "use strict";

  const { bytes } = audit;
  const PUBLIC_BYTES = 32;
  const SIGNATURE_BYTES = 64;
  const P = 2n ** 255n - 19n;
  const SIGN_OFF = 2n ** 255n - 1n;
  const ORDER_8 = bytes.fromLittleEndian(bytes.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
  const LOW_ORDER_Y = new Set([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);
  const imported = new Map();

  /** Return the DSSE v1 pre-authentication encoding (github.com/secure-systems-lab/dsse). */
  function pae(payloadType, payload) {
    return bytes.join(`DSSEv1 ${bytes.join(payloadType).length} ${payloadType} ${payload.length} `, payload);
  }

  /** Tell whether 32 bytes are a canonical encoding of y that no low-order point shares. */
  function isSoundPoint(encoded) {
    if (encoded.length !== PUBLIC_BYTES) return false;
    const y = bytes.fromLittleEndian(encoded) & SIGN_OFF;
    return y < P && !LOW_ORDER_Y.has(y);
  }

  /** Tell whether `signature` over `message` holds under `publicKey`, by the rules above; never raises. */
  async function verify(publicKey, signature, message) {
    if (signature.length !== SIGNATURE_BYTES || !isSoundPoint(signature.subarray(0, 32))) return false;
    const key = await loaded(publicKey);
    return key !== null && crypto.subtle.verify("Ed25519", key, signature, message);
  }

  // Importing a key takes as long as a check: each is imported once.
  function loaded(publicKey) {
    const name = bytes.toHex(publicKey);
    if (!imported.has(name)) imported.set(name, importKey(publicKey));
    return imported.get(name);
  }

  async function importKey(publicKey) {
    if (!isSoundPoint(publicKey)) return null;
    try {
      return await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
    } catch (error) {
      // A browser may refuse bytes that are no point of the curve at once; one that lacks Ed25519 was told of before.
      if (error.name === "DataError") return null;
      throw error;
    }
  }

  /** Tell whether this browser can check Ed25519 signatures at all. */
  async function isAvailable() {
    try {
      const base = bytes.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
      return Boolean(await crypto.subtle.importKey("raw", base, "Ed25519", false, ["verify"]));
    } catch {
      return false;
    }
  }

  audit.ed25519 = { PUBLIC_BYTES, SIGNATURE_BYTES, pae, isSoundPoint, verify, isAvailable };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
