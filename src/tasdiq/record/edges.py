"""What an opened record holds in memory: the chain of key events and the open tiles of the tree.

Both are rebuilt from the store: the keys from the key events alone, the tree from at most 255 rows a level.
"""

from __future__ import annotations

from tasdiq.errors import InputError, RecordError, RoleError
from tasdiq.record import merkle
from tasdiq.record.chain import Chain
from tasdiq.record.entry import parse_leaf
from tasdiq.record.store import Store
from tasdiq.record.tiles import WIDTH, TileTree


def folded_keys(store: Store) -> Chain:
    """Return the chain after every key event in the store; RecordError if one of them does not hold."""
    chain = Chain(store.origin())
    for index, leaf in store.key_leaves():
        try:
            chain = chain.accept(parse_leaf(leaf), index)
        except (InputError, RoleError) as error:
            raise RecordError(f"the key event at index {index} does not hold: {error}") from error
    if chain.charter is None and store.size():
        raise RecordError("entry 0 of this record brings no keys: the file is damaged")
    return chain


def open_tree(store: Store, size: int) -> TileTree:
    """Return the tree of the store's entries, with the open tile of every level in memory."""
    levels: list[tuple[int, list[bytes]]] = []
    full = size // WIDTH
    levels.append((full, [merkle.leaf_hash(leaf) for leaf in store.leaves(full * WIDTH, size)]))
    while full:
        above = full // WIDTH
        roots = store.tile_roots(len(levels) - 1, above * WIDTH)
        if len(roots) != full - above * WIDTH:
            raise RecordError(f"tiles of level {len(levels) - 1} are missing: the file is damaged")
        levels.append((above, roots))
        full = above
    return TileTree(levels, store.tile)
