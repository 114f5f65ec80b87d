"""Another implementation in Python, tlog-scales, holds every proof made here, and refuses what is refused here."""

from __future__ import annotations

import random

import pytest
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from tasdiq.errors import InputError
from tasdiq.record import merkle, tiles

LEAVES = 300


def grown(seed: int) -> tuple[tiles.TileTree, list[bytes], list[bytes]]:
    """Return a tree over random leaves, their hashes, and the roots of all sizes."""
    chance = random.Random(seed)
    filled: dict[tuple[int, int], bytes] = {}
    tree, edge = tiles.TileTree([], lambda level, number: filled[level, number]), merkle.RightEdge()
    hashes, roots = [], [edge.root()]
    for _ in range(LEAVES):
        hashes.append(merkle.leaf_hash(chance.randbytes(chance.randrange(200))))
        edge.push(hashes[-1])
        roots.append(edge.root())
        for level, number, data, _ in tree.push(hashes[-1]):
            filled[level, number] = data
    return tree, hashes, roots


def test_every_proof_of_every_size() -> None:
    """All inclusion and consistency proofs of all sizes up to 300: both hold, and with another root both refuse."""
    tree, hashes, roots = grown(1)
    for size in range(1, LEAVES + 1):
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, tree.node)
            merkle.verify_inclusion(index, size, hashes[index], proof, roots[size])
            InclusionProof(index, size, proof).check(hashes[index], roots[size])
            path = merkle.consistency_proof(index + 1, size, tree.node)
            merkle.verify_consistency(index + 1, size, roots[index + 1], roots[size], path)
            ConsistencyProof(index + 1, size, path).check(roots[index + 1], roots[size])


@pytest.mark.parametrize("seed", range(3))
def test_spoilt_proofs_are_refused_by_both(seed: int) -> None:
    """A hash changed, dropped, doubled or put elsewhere, or another index or size: neither accepts what the other refuses."""
    tree, hashes, roots = grown(seed)
    chance = random.Random(seed)
    for _ in range(600):
        size = chance.randrange(2, LEAVES + 1)
        index = chance.randrange(size)
        proof = merkle.inclusion_proof(index, size, tree.node)
        asked = (chance.choice([index, chance.randrange(size)]), chance.choice([size, chance.randrange(1, LEAVES + 1)]))
        at = chance.randrange(len(proof))
        spoilt = chance.choice(
            [proof, proof[:at] + proof[at + 1 :], proof[:at] + proof[at:][::-1], [*proof, proof[at]]]
        )
        assert holds_here(*asked, hashes[index], spoilt, roots[size]) == holds_there(
            *asked, hashes[index], spoilt, roots[size]
        )


def holds_here(index: int, size: int, hashed: bytes, proof: list[bytes], root: bytes) -> bool:
    """Tell whether a proof holds for us."""
    try:
        merkle.verify_inclusion(index, size, hashed, proof, root)
    except InputError:
        return False
    return True


def holds_there(index: int, size: int, hashed: bytes, proof: list[bytes], root: bytes) -> bool:
    """Tell whether a proof holds for tlog-scales."""
    try:
        InclusionProof(index, size, proof).check(hashed, root)
    except Exception:
        return False
    return True
