"""Tiles: the tree and its entries as static files of 256, as any transparency-log client reads them.

Under tlog-tiles (https://c2sp.org/tlog-tiles): paths, partial tiles and entry bundles. A tile of level L holds up to
256 hashes, each the root of a full tile of level L - 1; level 0 holds leaf hashes. Where tiles are kept is the store's.

1. A path has one spelling: `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last marked x.
2. An entry bundle holds exactly as many entries as its tile is wide, each with a 16-bit length before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tasdiq.errors import InputError
from tasdiq.record.merkle import HASH_BYTES, node_hash

WIDTH = 256
HEIGHT = 8
KEPT = 64
LARGEST_ENTRY = 65_535
_NUMBER = re.compile(r"(?:x[0-9]{3}/)*[0-9]{3}", re.ASCII)


def tile_path(level: int | None, number: int, width: int = WIDTH) -> str:
    """Return the path of a tile of hashes, or of an entry bundle where `level` is None."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    spelled = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{'entries' if level is None else level}/{spelled}{partial}"


def parse_tile_path(path: str) -> tuple[int | None, int, int]:
    """Read a tile's path into level (None: entries), number and width; refuse any second spelling."""
    parts = path.split("/", 2)
    if len(parts) != 3 or parts[0] != "tile":
        raise InputError(f"expected a path such as tile/0/000, found {path[:80]!r}")
    level = None if parts[1] == "entries" else _small(parts[1], 63, path)
    spelled, _, width_text = parts[2].partition(".p/")
    width = _small(width_text, WIDTH - 1, path) if ".p/" in parts[2] else WIDTH
    if not _NUMBER.fullmatch(spelled) or len(spelled) > 35:
        raise InputError(f"expected a tile number such as x001/234, found {path[:80]!r}")
    number = int(spelled.replace("x", "").replace("/", ""))
    if width < 1 or tile_path(level, number, width) != path:
        raise InputError(f"expected the one spelling of a tile's path, found {path[:80]!r}")
    return level, number, width


def _small(text: str, most: int, path: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) > most:
        raise InputError(f"expected a level or width of at most {most} in {path[:80]!r}")
    return int(text)


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield (level, number, width) of every tile of hashes in a tree of `size` leaves."""
    level, count = 0, size
    while count:
        yield from ((level, number, WIDTH) for number in range(count // WIDTH))
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH
        level, count = level + 1, count // WIDTH


def split_hashes(data: bytes, width: int) -> list[bytes]:
    """Cut a tile into its `width` hashes."""
    if len(data) != width * HASH_BYTES:
        raise InputError(f"expected a tile of {width} hashes ({width * HASH_BYTES} bytes), found {len(data)} bytes")
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def pack_entries(leaves: Sequence[bytes]) -> bytes:
    """Write an entry bundle."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def unpack_entries(data: bytes, width: int) -> list[bytes]:
    """Cut an entry bundle into exactly `width` leaves."""
    leaves, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise InputError(f"expected an entry of the announced length at byte {at}, found the end of the bundle")
        leaves.append(data[at + 2 : end])
        at = end
    if len(leaves) != width:
        raise InputError(f"expected {width} entries in the bundle, found {len(leaves)}")
    return leaves


class _Tile:
    """The hashes of one tile with all that lies between them and its root, so that nothing is hashed twice."""

    def __init__(self, hashes: Sequence[bytes] = ()) -> None:
        self._heights: list[list[bytes]] = [list(hashes)]
        for _ in range(HEIGHT):
            below = self._heights[-1]
            self._heights.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def __len__(self) -> int:
        return len(self._heights[0])

    def push(self, hashed: bytes) -> None:
        """Append a hash, and every node that it completes."""
        for height in self._heights:
            height.append(hashed)
            if len(height) % 2:
                return
            hashed = node_hash(height[-2], hashed)

    def node(self, height: int, offset: int) -> bytes | None:
        """Return the root over 2^height hashes from number `offset` * 2^height on, None while they are not all here."""
        nodes = self._heights[height]
        return nodes[offset] if offset < len(nodes) else None

    @property
    def hashes(self) -> bytes:
        """Return the bytes of the tile."""
        return b"".join(self._heights[0])


class TileTree:
    """A tree kept as full tiles, fetched by `fetch(level, number)`, and per level (how many are full, the open hashes)."""

    def __init__(self, open_tiles: Sequence[tuple[int, list[bytes]]], fetch: Callable[[int, int], bytes]) -> None:
        self._full = [full for full, _ in open_tiles] or [0]
        self._open = [_Tile(hashes) for _, hashes in open_tiles] or [_Tile()]
        self._fetch = fetch
        self._cache: dict[tuple[int, int], _Tile] = {}

    def push(self, hashed: bytes) -> list[tuple[int, int, bytes, bytes]]:
        """Append a leaf hash; return the tiles it filled as (level, number, hashes, root)."""
        filled: list[tuple[int, int, bytes, bytes]] = []
        level = 0
        while True:
            if level == len(self._open):
                self._open.append(_Tile())
                self._full.append(0)
            tile = self._open[level]
            tile.push(hashed)
            root = tile.node(HEIGHT, 0)
            if root is None:
                return filled
            filled.append((level, self._full[level], tile.hashes, root))
            self._open[level] = _Tile()
            self._full[level] += 1
            hashed, level = root, level + 1

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a perfect subtree (see merkle.Node)."""
        tile_level, height = divmod(level, HEIGHT)
        number, offset = divmod(index << height, WIDTH)
        found = self._tile(tile_level, number).node(height, offset >> height)
        if found is None:
            raise InputError(f"no subtree of level {level} at {index}: the tree is smaller")
        return found

    def _tile(self, level: int, number: int) -> _Tile:
        if level < len(self._open) and number == self._full[level]:
            return self._open[level]
        if (level, number) not in self._cache:
            if len(self._cache) >= KEPT:
                self._cache.pop(next(iter(self._cache)))
            self._cache[level, number] = _Tile(split_hashes(self._fetch(level, number), WIDTH))
        return self._cache[level, number]
