"""Tiles have one path each and one content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasdiq.errors import InputError
from tasdiq.record import merkle, tiles


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (1, 1_234_067, 256, "tile/1/x001/x234/067"),
        (0, 273, 112, "tile/0/273.p/112"),
        (None, 1_000, 1, "tile/entries/x001/000.p/1"),
    ],
)
def test_paths_are_those_of_the_specification(level: int | None, number: int, width: int, path: str) -> None:
    """The examples of tlog-tiles come out, and are read back."""
    assert tiles.tile_path(level, number, width) == path
    assert tiles.parse_tile_path(path) == (level, number, width)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/0/x000/001",
        "tile/00/001",
        "tile/64/001",
        "tile/0/001.p/256",
        "tile/0/001.p/0",
        "tile/0/001.p/01",
        "tile/0/../001",
        "tile/0/001/",
        "tile/0/٠٠١",
        "entries/001",
        "tile/-1/001",
    ],
)
def test_second_spellings_of_a_path_are_refused(path: str) -> None:
    """Rule 1: leading zeros, missing groups and full partial tiles are refused."""
    with pytest.raises(InputError):
        tiles.parse_tile_path(path)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_entry_bundles_read_back(leaves: list[bytes]) -> None:
    """Rule 2: a bundle gives its entries back, and no other number of them."""
    packed = tiles.pack_entries(leaves)
    assert tiles.unpack_entries(packed, len(leaves)) == leaves
    with pytest.raises(InputError):
        tiles.unpack_entries(packed, len(leaves) + 1)
    with pytest.raises(InputError):
        tiles.unpack_entries(packed + b"\x00", len(leaves))


def test_a_tree_of_tiles_has_the_nodes_of_the_tree() -> None:
    """Over two levels of tiles every perfect subtree has the hash of the plain tree."""
    leaves = [merkle.leaf_hash(index.to_bytes(4, "big")) for index in range(700)]
    kept: dict[tuple[int, int], bytes] = {}
    tree = tiles.TileTree([], lambda level, number: kept[level, number])
    for leaf in leaves:
        for level, number, data, root in tree.push(leaf):
            kept[level, number] = data
            assert root == merkle.perfect_root([data[i : i + 32] for i in range(0, 8192, 32)])
    for level in range(10):
        for index in range(700 >> level):
            expected = merkle.perfect_root(leaves[index << level : (index + 1) << level])
            assert tree.node(level, index) == expected
    with pytest.raises(InputError):
        tree.node(0, 700)
