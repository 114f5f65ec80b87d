/* The Merkle tree of RFC 6962: hashes, roots, and proofs verified. Mirrors record/merkle.py (which makes proofs too).

   Verification follows RFC 9162, sections 2.1.3 and 2.1.4.

   1. Every hash is 32 bytes; a shorter root or proof element is refused, never compared.
   2. Size 0 has no proofs here: callers decide that the empty tree is consistent with any other.

   Sizes may exceed 2^31, so numbers are halved, not shifted. */
(function (audit) {
  "use strict";

  const { InputError, bytes } = audit;
  const HASH_BYTES = 32;
  const LEAF = Uint8Array.of(0);
  const NODE = Uint8Array.of(1);

  const half = (number) => Math.floor(number / 2);
  const isOdd = (number) => number % 2 === 1;

  function leafHash(leaf) {
    return bytes.sha256(bytes.join(LEAF, leaf));
  }

  function nodeHash(left, right) {
    return bytes.sha256(bytes.join(NODE, left, right));
  }

  /** Return the root over leaf hashes, level by level; a node without a sibling moves up as it is. */
  async function rootOf(hashes) {
    if (!hashes.length) return bytes.sha256(new Uint8Array());
    while (hashes.length > 1) {
      const pairs = [];
      for (let at = 0; at + 1 < hashes.length; at += 2) pairs.push(nodeHash(hashes[at], hashes[at + 1]));
      const above = await Promise.all(pairs);
      if (isOdd(hashes.length)) above.push(hashes[hashes.length - 1]);
      hashes = above;
    }
    return hashes[0];
  }

  /** Raise InputError unless `proof` leads from the leaf hash at `index` to the root of `size` leaves. */
  async function verifyInclusion(index, size, hashed, proof, root) {
    requireHashes(hashed, root, ...proof);
    if (!(0 <= index && index < size)) {
      throw new InputError(`expected an index below the tree's size ${size}, found ${index}`);
    }
    let [position, last] = [index, size - 1];
    for (const sibling of proof) {
      if (last === 0) throw new InputError("the inclusion proof is longer than the path to the root");
      const fromLeft = isOdd(position) || position === last;
      hashed = await (fromLeft ? nodeHash(sibling, hashed) : nodeHash(hashed, sibling));
      [position, last] = above(position, last, fromLeft);
    }
    if (last || !bytes.equal(hashed, root)) {
      throw new InputError(`the inclusion proof of entry ${index} does not lead to the root of ${size} entries`);
    }
  }

  /** Raise InputError unless `proof` shows the tree of `old` leaves to be a prefix of the one of `size`. */
  async function verifyConsistency(old, size, oldRoot, newRoot, proof) {
    requireHashes(oldRoot, newRoot, ...proof);
    if (!(0 < old && old <= size)) throw new InputError(`expected sizes 0 < old <= new, found ${old} and ${size}`);
    if (old === size) {
      if (proof.length || !bytes.equal(oldRoot, newRoot)) {
        throw new InputError(`two trees of the same size ${old} must have the same root and need no proof`);
      }
      return;
    }
    const path = isPerfect(old) ? [oldRoot, ...proof] : proof;
    const [older, newer] = await rootsOf(old, size, path);
    if (!bytes.equal(older, oldRoot) || !bytes.equal(newer, newRoot)) {
      throw new InputError("the consistency proof does not connect the two roots");
    }
  }

  /** Return the roots over `old` and `size` leaves (0 < old < size) that a consistency proof leads to. */
  async function rootsOf(old, size, path) {
    requireHashes(...path);
    if (!(0 < old && old < size)) throw new InputError(`expected sizes 0 < old < new, found ${old} and ${size}`);
    if (!path.length) throw new InputError("expected a consistency proof, found an empty one");
    let [position, last] = [old - 1, size - 1];
    while (isOdd(position)) [position, last] = [half(position), half(last)];
    let [older, newer] = [path[0], path[0]];
    for (const sibling of path.slice(1)) {
      if (last === 0) throw new InputError("the consistency proof is longer than the path to the root");
      const fromLeft = isOdd(position) || position === last;
      if (fromLeft) older = await nodeHash(sibling, older);
      newer = await (fromLeft ? nodeHash(sibling, newer) : nodeHash(newer, sibling));
      [position, last] = above(position, last, fromLeft);
    }
    if (last) throw new InputError("the consistency proof is shorter than the path to the root");
    return [older, newer];
  }

  function above(position, last, fromLeft) {
    while (fromLeft && !isOdd(position) && position) [position, last] = [half(position), half(last)];
    return [half(position), half(last)];
  }

  function requireHashes(...hashes) {
    if (hashes.some((item) => item.length !== HASH_BYTES)) throw new InputError("expected hashes of 32 bytes in a proof");
  }

  /** Tell whether a tree is one perfect subtree: its consistency proofs leave out its own root. */
  function isPerfect(number) {
    while (number > 1 && !isOdd(number)) number = half(number);
    return number === 1;
  }

  audit.merkle = { HASH_BYTES, leafHash, nodeHash, rootOf, verifyInclusion, verifyConsistency, rootsOf, isPerfect };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
