"""The read side of a record: entries with their bodies, and proofs. Needs no key and takes no lock.

What comes out was checked when it was appended; whether the file was altered since is for `audit` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from tasdiq.errors import MissingError
from tasdiq.record import body, merkle, shape
from tasdiq.record.chain import Chain
from tasdiq.record.edges import folded_keys, open_tree
from tasdiq.record.entry import Entry, parse_leaf
from tasdiq.record.holding import Held
from tasdiq.record.keys import Key
from tasdiq.record.rows import Row
from tasdiq.record.secrecy import disclosure
from tasdiq.record.store import Store
from tasdiq.record.tiles import TileTree

STRETCH = 100
Status = Literal["present", "withheld", "redacted"]


@dataclass(frozen=True)
class Stored:
    """An entry as it stands in the record.

    `kind`, `refs`, `claimed_time`, `officer` and `body` are those of the sealed body where it can be read. `body` is
    canonical JSON without its sealed fields, None unless `status` is "present"; `signers` are the keys that signed it, as
    the record knows them now; `disputed` says that a signing key was
    later revoked from here on.
    """

    index: int
    id: str
    header: dict[str, Any]
    sigs: tuple[tuple[str, bytes], ...]
    status: Status
    body: bytes | None
    kind: str
    refs: tuple[str, ...]
    claimed_time: str
    officer: str
    disputed: bool
    signers: tuple[Key, ...]

    @property
    def member(self) -> str:
        """Return the member who made the entry."""
        return str(self.header["member"])

    @property
    def access(self) -> str:
        """Return public, joint or named."""
        return str(self.header["access"])


class Reader:
    """An open record, to be read from first to last; what is appended later is seen after `refresh`, or by a new reader."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.origin = store.origin()
        self.size = store.size()
        self._newest_keys = -1

    @classmethod
    def open(cls, directory: str | Path) -> Reader:
        """Open a record directory; MissingError if there is none."""
        return cls(Store.open(Path(directory)))

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record's files."""
        self._store.close()

    def refresh(self) -> int:
        """See what was appended since; return the number of entries."""
        before, self.size = self.size, self._store.size()
        if before != self.size:
            self.__dict__.pop("_tree", None)
            if self._newest_keys != self._store.newest_key_event():
                self.__dict__.pop("chain", None)
        return self.size

    @cached_property
    def chain(self) -> Chain:
        """Return origin, charter and keys after all key events."""
        self._newest_keys = self._store.newest_key_event()
        return folded_keys(self._store)

    @cached_property
    def _tree(self) -> TileTree:
        return open_tree(self._store, self.size)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Stored]:
        return self.since(0)

    def since(self, start: int) -> Iterator[Stored]:
        """Yield the entries from index `start` on, in order."""
        for low in range(start, self.size, STRETCH):
            high = min(low + STRETCH, self.size)
            held = dict(self._store.bodies(low, high))
            for index, leaf in enumerate(self._store.leaves(low, high), low):
                yield self._stored(index, leaf, held.get(index, Held()))

    def __getitem__(self, index: int) -> Stored:
        return self._stored(index, self.leaf(index), self._store.body(index))

    def entry(self, entry_id: str) -> Stored:
        """Return the entry with this id; MissingError if the record has none."""
        index = self._store.index_of(shape.entry_id(entry_id))
        if index is None or index >= self.size:
            raise MissingError(f"no entry {entry_id[:16]}… in this record")
        return self[index]

    def leaf(self, index: int) -> bytes:
        """Return the bytes of a leaf."""
        if not 0 <= index < self.size:
            raise MissingError(f"no entry {index} in this record of {self.size} entries")
        return next(self._store.leaves(index, index + 1))

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of the leaves in [start, end), or of all, in order."""
        return self._store.leaves(start, self.size if end is None else end)

    def divided(self, start: int, end: int) -> set[int]:
        """Return the indices in [start, end) that have rows or disclosures."""
        return self._store.divided(start, end)

    def committed(self, index: int) -> tuple[bytes, bytes] | None:
        """Return salt and plaintext exactly as committed to, None where there is no body to show."""
        held = self._store.body(index)
        return None if held.salt is None or held.plaintext is None else (held.salt, held.plaintext)

    def envelope(self, index: int) -> bytes | None:
        """Return the envelope of an entry for named recipients, None where there is none to show."""
        return self._store.body(index).envelope

    def disclosures(self, index: int) -> list[str | None]:
        """Return the disclosures of an entry's sealed fields; None where one was redacted or cannot be read."""
        return self._store.disclosures(index)

    def key_indices(self) -> list[int]:
        """Return the indices of the key events."""
        return [index for index, _ in self._store.key_leaves()]

    def notices_on(self, index: int) -> list[int]:
        """Return the indices of the notices that redacted the entry at `index`, or rows of it."""
        return self._store.notices_on(index)

    def rows(self, index: int) -> dict[int, Row | None]:
        """Return the rows of a bulk entry by number; None where a row was redacted."""
        return self._store.rows(index)

    def row(self, row_id: str) -> bytes | None:
        """Return the content of the row `<entry id>/<n>`, None if it was redacted."""
        entry_id, _, number = row_id.partition("/")
        found = self.rows(self.entry(entry_id).index)
        if not number.isascii() or not number.isdigit() or int(number) not in found:
            raise MissingError(f"no row {row_id[-8:]} in this record")
        row = found[int(number)]
        return row.content if row else None

    def attachment(self, sha256: str) -> bytes:
        """Return an attachment by its SHA-256."""
        return self._store.attachment(shape.entry_id(sha256, "the SHA-256 of an attachment"))

    def attachments(self) -> frozenset[str]:
        """Return the SHA-256 of every attachment that lies here."""
        return self._store.attachments()

    def checkpoint(self) -> bytes | None:
        """Return the newest signed checkpoint with its cosignatures, None if none was signed yet."""
        return self._store.checkpoint()

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """Return the proof that the entry at `index` stands in the tree of `size` entries."""
        return merkle.inclusion_proof(index, min(size, self.size), self._tree.node)

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the tree of `old` entries is a prefix of the one of `new`."""
        return merkle.consistency_proof(old, min(new, self.size), self._tree.node)

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a perfect subtree."""
        return self._tree.node(level, index)

    def _stored(self, index: int, leaf: bytes, held: Held) -> Stored:
        entry = parse_leaf(leaf)
        content = held.plaintext
        status: Status = "present" if content is not None else "withheld" if held.redacted_at is None else "redacted"
        shown = _shown(entry, content)
        keys = self.chain.keys
        return Stored(
            index=index,
            id=entry.id,
            header=entry.header,
            sigs=entry.sigs,
            status=status,
            body=disclosure.bare(shown.body) if content is not None else None,
            kind=shown.kind,
            refs=shown.refs,
            claimed_time=shown.claimed_time,
            officer=shown.officer,
            disputed=keys.disputed({key for key, _ in entry.sigs}, index),
            signers=tuple(keys.keys[key] for key, _ in entry.sigs if key in keys.keys),
        )


def _shown(entry: Entry, content: bytes | None) -> body.Sealed:
    header = entry.header
    if header["access"] != "public" and content is not None:
        return body.unseal(content)
    return body.Sealed(header["kind"], header["claimed_time"], tuple(header["refs"]), "", (), content or b"")
