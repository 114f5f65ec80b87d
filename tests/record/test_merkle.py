"""The tree agrees with the public vectors and with another implementation."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from record.vectors import load
from tasdiq.errors import InputError
from tasdiq.record import canonical, merkle

# Positive in the vectors, with roots of 12 bytes: rule 1 refuses roots that are no hashes.
WAIVED = {"additional/sizes-are-equal-one-and-proof-is-empty.json"}


def hashes(size: int) -> list[bytes]:
    """Return the leaf hashes of a made-up tree."""
    return [merkle.leaf_hash(f"leaf {index}".encode()) for index in range(size)]


def node_over(leaves: list[bytes]) -> merkle.Node:
    """Return the node function over leaf hashes in memory."""
    return lambda level, index: merkle.perfect_root(leaves[index << level : (index + 1) << level])


def reference_root(leaves: list[bytes]) -> bytes:
    """Return the root by the recursive definition of RFC 6962."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(reference_root(leaves[:split]), reference_root(leaves[split:]))


def decoded(texts: list[str] | None) -> list[bytes]:
    """Return the hashes of a vector's proof."""
    return [canonical.unb64(text) for text in texts or []]


@pytest.mark.parametrize(("name", "case"), load("merkle-inclusion.json").items())
def test_inclusion_vectors(name: str, case: dict) -> None:
    """Every published inclusion case comes out as published, an empty root and leaf among those refused."""
    arguments = (case["leafIdx"], case["treeSize"], canonical.unb64(case["leafHash"]), decoded(case["proof"]))
    if case["wantErr"]:
        with pytest.raises(InputError):
            merkle.verify_inclusion(*arguments, canonical.unb64(case["root"]))
    else:
        merkle.verify_inclusion(*arguments, canonical.unb64(case["root"]))


@pytest.mark.parametrize(("name", "case"), load("merkle-consistency.json").items())
def test_consistency_vectors(name: str, case: dict) -> None:
    """Every published consistency case comes out as published, but the one with roots of 12 bytes, refused here."""
    roots = canonical.unb64(case["root1"]), canonical.unb64(case["root2"])
    if case["wantErr"] or name in WAIVED:
        with pytest.raises(InputError):
            merkle.verify_consistency(case["size1"], case["size2"], *roots, decoded(case["proof"]))
    else:
        merkle.verify_consistency(case["size1"], case["size2"], *roots, decoded(case["proof"]))


def test_the_waiver_is_still_needed() -> None:
    """The waived case is positive in the vectors and has roots that are no hashes."""
    case = load("merkle-consistency.json")[next(iter(WAIVED))]
    assert not case["wantErr"]
    assert len(canonical.unb64(case["root1"])) == 12


def test_root_of_every_size_is_that_of_the_definition() -> None:
    """The right edge gives the recursive definition's root at every size up to 300, rebuilt or grown."""
    leaves = hashes(300)
    edge = merkle.RightEdge()
    for size in range(300):
        assert edge.root() == reference_root(leaves[:size])
        assert merkle.edge_from(size, node_over(leaves)).root() == edge.root()
        edge.push(leaves[size])


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 300), st.data())
def test_proofs_hold_here_and_for_another_implementation(size: int, data: st.DataObject) -> None:
    """Proofs of random trees up to 300 leaves hold for us and for tlog-scales, and not for the neighbouring leaf."""
    leaves = hashes(size)
    node, root = node_over(leaves), reference_root(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node)
    merkle.verify_inclusion(index, size, leaves[index], proof, root)
    InclusionProof(index, size, proof).check(leaves[index], root)
    with pytest.raises(InputError):
        merkle.verify_inclusion(index, size, merkle.leaf_hash(b"another"), proof, root)
    old = data.draw(st.integers(1, size))
    old_root = reference_root(leaves[:old])
    path = merkle.consistency_proof(old, size, node)
    merkle.verify_consistency(old, size, old_root, root, path)
    ConsistencyProof(old, size, path).check(old_root, root)


def test_all_proof_pairs_of_small_trees_hold() -> None:
    """Every pair of index and size, and of old and new size, up to 40 leaves holds."""
    leaves = hashes(40)
    node = node_over(leaves)
    roots = [reference_root(leaves[:size]) for size in range(41)]
    for size in range(1, 41):
        for other in range(size):
            merkle.verify_inclusion(other, size, leaves[other], merkle.inclusion_proof(other, size, node), roots[size])
            old = other + 1
            merkle.verify_consistency(old, size, roots[old], roots[size], merkle.consistency_proof(old, size, node))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_no_proof_outside_the_tree(index: int, size: int) -> None:
    """An index outside the tree is refused on both sides."""
    with pytest.raises(InputError):
        merkle.inclusion_proof(index, size, node_over(hashes(3)))
    with pytest.raises(InputError):
        merkle.verify_inclusion(index, size, bytes(32), [], bytes(32))
