"""A copy of a record, or of a part of it, as far as comparing needs it: its checkpoint and the leaves it shows.

A copy is a site, a record, a parcel, a bundle, or the note of a checkpoint alone. Nothing here decides whether it holds:
that is an audit's part; but what a copy is compared by is recomputed from its own bytes.

1. A site and a record show every leaf under their checkpoint, a parcel those from an index on and the tree before them, a
   bundle those with a proof, a note none.
2. A copy whose leaves do not give the root it is signed with compares with nothing: InputError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError, TasdiqError
from tasdiq.record import canonical, checkpoint, merkle, tiles
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.checkpoint import Checkpoint
from tasdiq.record.holding import Holding
from tasdiq.record.manifest import LARGEST_FILE
from tasdiq.record.mirrors.parcel import Carried, Parcel
from tasdiq.record.note import Note
from tasdiq.record.places import PUBLISHED, holds_record

Opener = Callable[[Path], Holding]
_CHECKPOINT = f"{PUBLISHED}/checkpoint"
# A parcel is a tar whose first member has this name.
_PARCEL = b"parcel.json\0"


@dataclass(frozen=True)
class Copy:
    """A checkpoint with its note, and a function that yields (index, leaf) of what the copy shows, in order.

    `start` is the index from which on it shows every leaf, None where it shows chosen ones; `peaks` are the roots of the
    perfect subtrees before that, largest first.
    """

    path: Path
    note: bytes
    found: Checkpoint
    parsed: Note
    leaves: Callable[[], Iterator[tuple[int, bytes]]]
    start: int | None
    peaks: tuple[bytes, ...] = ()

    def roots(self, sizes: set[int]) -> dict[int, bytes]:
        """Return the roots of this history at those of `sizes` it can tell, its own among them."""
        known = {self.found.size: self.found.root}
        if self.start is None or not [size for size in sizes if self.start <= size < self.found.size]:
            return known
        edge = merkle.RightEdge(self.start, self.peaks)
        found = {self.start: edge.root()}
        for _, leaf in self.leaves():
            edge.push(merkle.leaf_hash(leaf))
            if edge.size in sizes:
                found[edge.size] = edge.root()
        self._require_own(edge)
        return {**found, **known}

    def shown(self, indices: set[int]) -> dict[int, bytes]:
        """Return the leaves at those of `indices` that this copy shows."""
        return {index: leaf for index, leaf in self.leaves() if index in indices} if indices else {}

    def node(self) -> merkle.Node | None:
        """Return the nodes of the tree as far as they follow from what is shown, None if only chosen leaves are."""
        if self.start is None:
            return None
        start, hashes = self.start, [merkle.leaf_hash(leaf) for _, leaf in self.leaves()]
        edge = merkle.RightEdge(start, self.peaks)
        for hashed in hashes:
            edge.push(hashed)
        self._require_own(edge)
        before = dict(zip(merkle.perfect_parts(0, start), self.peaks, strict=True))

        def node(level: int, index: int) -> bytes:
            low = (index << level) - start
            if low >= 0:
                return merkle.perfect_root(hashes[low : low + (1 << level)])
            if (level, index) in before:
                return before[level, index]
            if level == 0:
                raise InputError(f"the entries before {start} are not here", file=self.path)
            return merkle.node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

        return node

    def _require_own(self, edge: merkle.RightEdge) -> None:
        if (edge.size, edge.root()) != (self.found.size, self.found.root):
            raise InputError(
                "the entries here do not give the root of their checkpoint: audit it first", file=self.path
            )


def read_copy(path: Path, opener: Opener = SqliteFile.open) -> Copy:
    """Read a site, record, parcel, bundle or checkpoint's note; MissingError or InputError, naming `path`, if it is none."""
    try:
        if path.is_dir():
            return _record(path, opener) if holds_record(path) else _site(path)
        if not path.is_file():
            raise MissingError(f"{path}: nothing here to compare with")
        with path.open("rb") as file:
            if file.read(len(_PARCEL)) == _PARCEL:
                return _parcel(path)
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"expected at most {LARGEST_FILE} bytes", file=path)
        data = path.read_bytes()
        return _bundle(path, data) if data.startswith(b"{") else _note(path, data)
    except OSError as error:
        raise InputError(f"expected a file or folder that can be read: {error.strerror}", file=path) from error
    except MissingError:
        raise
    except TasdiqError as error:
        message = error.message if isinstance(error, InputError) else str(error)
        raise InputError(f"expected a checkpoint, a bundle, a site or a record: {message}", file=path) from error


def _note(path: Path, data: bytes) -> Copy:
    return Copy(path, data, *checkpoint.parse(data), lambda: iter(()), None)


def _bundle(path: Path, data: bytes) -> Copy:
    value = canonical.loads(data)
    try:
        signed = value["checkpoint"].encode()
        found, parsed = checkpoint.parse(signed)
        leaves = dict(_proved(item, found) for item in [*value["keys"], *value["entries"]])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError("expected a bundle") from error
    return Copy(path, signed, found, parsed, lambda: iter(sorted(leaves.items())), None)


def _parcel(path: Path) -> Copy:
    with path.open("rb") as file:
        parcel = Parcel(file)

    def leaves() -> Iterator[tuple[int, bytes]]:
        with path.open("rb") as file:
            yield from ((item.index, item.leaf) for item in Parcel(file) if isinstance(item, Carried))

    head = parcel.head
    return Copy(path, parcel.note, parcel.signed, parcel.signatures, leaves, head.start, head.before)


def _proved(item: dict[str, object], found: Checkpoint) -> tuple[int, bytes]:
    index, leaf, proof = item["index"], item["leaf"], item["proof"]
    if (
        isinstance(index, bool)
        or not isinstance(index, int)
        or not isinstance(leaf, str)
        or not isinstance(proof, list)
    ):
        raise InputError("expected index, leaf and proof of an entry")
    hashes = [canonical.unb64(str(part), "a hash") for part in proof]
    merkle.verify_inclusion(index, found.size, merkle.leaf_hash(leaf.encode()), hashes, found.root)
    return index, leaf.encode()


def _site(path: Path) -> Copy:
    signed = (path / _CHECKPOINT).read_bytes()
    found, parsed = checkpoint.parse(signed)

    def leaves() -> Iterator[tuple[int, bytes]]:
        for start in range(0, found.size, tiles.WIDTH):
            width = min(tiles.WIDTH, found.size - start)
            data = (path / PUBLISHED / tiles.tile_path(None, start // tiles.WIDTH, width)).read_bytes()
            yield from enumerate(tiles.unpack_entries(data, width), start)

    return Copy(path, signed, found, parsed, leaves, 0)


def _record(path: Path, opener: Opener) -> Copy:
    store = opener(path)
    try:
        signed = store.checkpoint()
    finally:
        store.close()
    if signed is None:
        raise InputError("this record has no checkpoint")
    found, parsed = checkpoint.parse(signed)

    def leaves() -> Iterator[tuple[int, bytes]]:
        reading = opener(path)
        try:
            yield from ((index, leaf) for index, _, _, leaf in reading.entries(0, found.size))
        finally:
            reading.close()

    return Copy(path, signed, found, parsed, leaves, 0)
