"""The Merkle tree of RFC 6962: hashes, the right edge, and proofs made and verified.

Under RFC 6962 section 2.1 (https://www.rfc-editor.org/rfc/rfc6962) and the verification algorithms of RFC 9162 section
2.1.3-4. Where the nodes lie on disk is left to `tiles`: makers of proofs are handed a function `node(level, index)`
that returns the hash of the perfect subtree over leaves [index * 2^level, (index + 1) * 2^level).

1. Every hash is 32 bytes; a shorter root or proof element is refused, never compared.
2. Size 0 has no proofs here: callers decide that the empty tree is consistent with any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from tasdiq.errors import InputError

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    """Hash the bytes of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class RightEdge:
    """The roots of the perfect subtrees that make up a tree, largest first: enough to append and to know the root."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)

    def push(self, hashed: bytes, level: int = 0) -> None:
        """Append a leaf hash, or the root of a perfect subtree of 2^level leaves where the size is a multiple of them."""
        if level and self.size & ((1 << level) - 1):
            raise InputError(f"a subtree of {1 << level} leaves does not continue a tree of {self.size}")
        position = self.size >> level
        while position & 1:
            hashed = node_hash(self._peaks.pop(), hashed)
            position >>= 1
        self._peaks.append(hashed)
        self.size += 1 << level

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Return the roots of the perfect subtrees, largest first."""
        return tuple(self._peaks)

    def copy(self) -> RightEdge:
        """Return an edge that grows on its own."""
        return RightEdge(self.size, self._peaks)

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        return _fold_right(self._peaks) if self._peaks else EMPTY_ROOT


def edge_from(size: int, node: Node) -> RightEdge:
    """Rebuild the right edge of a tree of `size` leaves from its stored nodes."""
    return RightEdge(size, (node(level, index) for level, index in perfect_parts(0, size)))


def root_of(hashes: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    edge = RightEdge()
    for hashed in hashes:
        edge.push(hashed)
    return edge.root()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of hashes, level by level."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def perfect_parts(low: int, high: int) -> list[tuple[int, int]]:
    """Split [low, high) into perfect subtrees (level, index), largest first; `low` is aligned to the largest of them."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append((level, low >> level))
        low += 1 << level
    return parts


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of `size` leaves (RFC 6962 section 2.1.1)."""
    if not 0 <= index < size:
        raise InputError(f"expected an index below the tree's size {size}, found {index}")
    proof, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_range_root(middle, high, node))
            high = middle
        else:
            proof.append(_range_root(low, middle, node))
            low = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """Return the proof that the tree of `old` leaves is a prefix of the one of `new` (RFC 6962 section 2.1.2)."""
    if not 0 < old <= new:
        raise InputError(f"expected sizes 0 < old <= new, found {old} and {new}")
    proof: list[bytes] = []
    low, high, whole = 0, new, True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_range_root(middle, high, node))
            high = middle
        else:
            proof.append(_range_root(low, middle, node))
            low, whole = middle, False
    if not whole:
        proof.append(_range_root(low, high, node))
    return proof[::-1]


def verify_inclusion(index: int, size: int, hashed: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise InputError unless `proof` leads from the leaf hash at `index` to the root of `size` leaves."""
    _require_hashes(hashed, root, *proof)
    if not 0 <= index < size:
        raise InputError(f"expected an index below the tree's size {size}, found {index}")
    position, last = index, size - 1
    for sibling in proof:
        if last == 0:
            raise InputError("the inclusion proof is longer than the path to the root")
        if position & 1 or position == last:
            hashed = node_hash(sibling, hashed)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        position, last = position >> 1, last >> 1
    if last or hashed != root:
        raise InputError(f"the inclusion proof of entry {index} does not lead to the root of {size} entries")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise InputError unless `proof` shows the tree of `old` leaves to be a prefix of the one of `new`."""
    _require_hashes(old_root, new_root, *proof)
    if not 0 < old <= new:
        raise InputError(f"expected sizes 0 < old <= new, found {old} and {new}")
    if old == new:
        if proof or old_root != new_root:
            raise InputError(f"two trees of the same size {old} must have the same root and need no proof")
        return
    path = [old_root, *proof] if is_perfect(old) else list(proof)
    if roots_of(old, new, path) != (old_root, new_root):
        raise InputError("the consistency proof does not connect the two roots")


def is_perfect(size: int) -> bool:
    """Tell whether a tree of `size` leaves is one perfect subtree: its consistency proofs leave out its own root."""
    return size & (size - 1) == 0


def roots_of(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the roots over `old` and `new` leaves (0 < old < new) that a consistency proof leads to.

    `path` is the proof of RFC 6962 with the older root in front where the proof leaves it out (`is_perfect`).
    """
    _require_hashes(*path)
    if not 0 < old < new:
        raise InputError(f"expected sizes 0 < old < new, found {old} and {new}")
    if not path:
        raise InputError("expected a consistency proof, found an empty one")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise InputError("the consistency proof is longer than the path to the root")
        if position & 1 or position == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise InputError("the consistency proof is shorter than the path to the root")
    return older, newer


def _require_hashes(*hashes: bytes) -> None:
    if any(len(item) != HASH_BYTES for item in hashes):
        raise InputError("expected hashes of 32 bytes in a proof")


def _range_root(low: int, high: int, node: Node) -> bytes:
    return _fold_right([node(level, index) for level, index in perfect_parts(low, high)])


def _fold_right(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def _split(width: int) -> int:
    return 1 << ((width - 1).bit_length() - 1)
