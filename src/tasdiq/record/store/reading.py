"""What a record holds, read by place: entries, tiles, checkpoints, bodies, rows, disclosures. A `holding.Holding`.

Nothing here judges the bytes. Content that is encrypted at rest comes out as it went in, or as not here where the key is
not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from sqlalchemy import Connection

from tasdiq.errors import RecordError
from tasdiq.record.entry import parse_leaf
from tasdiq.record.holding import Held
from tasdiq.record.rows import Row
from tasdiq.record.secrecy.stored import Secrecy, part
from tasdiq.record.store import statements
from tasdiq.record.store.database import Database, guarded
from tasdiq.record.store.statement import Statement
from tasdiq.record.store.tables import BULK_ROW, DISCLOSURE
from tasdiq.record.store.upgrade import build

BLOCK = 1000
MOST_IDS = 500
BODIES = 100
_JOINT = b'{"header":{"access":"joint","body_commit":"'


class Reading:
    """An open record, to be read."""

    def __init__(self, database: Database, connection: Connection, secrecy: Secrecy) -> None:
        self._database, self._connection, self._secrecy = database, connection, secrecy

    def _all(self, statement: Statement, *values: Any) -> Sequence[Any]:
        with guarded(self._database.title):
            return statement.all(self._connection, *values)

    def _one(self, statement: Statement, *values: Any) -> Any:
        found = self._all(statement, *values)
        if not found:
            raise RecordError(f"{self._database.title}: a row that must be there is missing: it is damaged")
        return found[0]

    def origin(self) -> str:
        """Return the log's origin."""
        return str(self._one(statements.ORIGIN)[0])

    def size(self) -> int:
        """Return the number of entries."""
        last = self._one(statements.LAST)[0]
        return 0 if last is None else int(last) + 1

    def leaves(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the leaves with index in [start, end), a thousand at a time."""
        for low in range(start, end, BLOCK):
            high = min(low + BLOCK, end)
            found = self._all(statements.LEAVES, low, high)
            if [index for index, _ in found] != list(range(low, high)):
                raise RecordError(f"{self._database.title}: entries between {low} and {high} are missing")
            yield from (_bytes(leaf) for _, leaf in found)

    def entries(self, start: int, end: int) -> Iterator[tuple[int, bytes, int, bytes]]:
        """Yield index, noted id, the mark of key events, and leaf, of what stands in [start, end)."""
        for low in range(start, end, BLOCK):
            for index, noted, mark, leaf in self._all(statements.ENTRIES, low, min(low + BLOCK, end)):
                yield index, _bytes(noted), mark, _bytes(leaf)

    def key_leaves(self) -> list[tuple[int, bytes]]:
        """Return index and leaf of every key event."""
        return [(index, _bytes(leaf)) for index, leaf in self._all(statements.KEY_LEAVES)]

    def newest_key_event(self) -> int:
        """Return the index of the newest key event, -1 if there is none."""
        last = self._one(statements.NEWEST_KEYS)[0]
        return -1 if last is None else int(last)

    def index_of(self, entry_id: str) -> int | None:
        """Return the index of the entry with this id."""
        found = self._all(statements.INDEX_OF, bytes.fromhex(entry_id))
        return int(found[0][0]) if found else None

    def indices_of(self, entry_ids: Sequence[str]) -> dict[str, int]:
        """Return the index of every one of these ids that the record has."""
        known: dict[str, int] = {}
        for low in range(0, len(entry_ids), MOST_IDS):
            wanted = [bytes.fromhex(entry_id) for entry_id in entry_ids[low : low + MOST_IDS]]
            known.update(
                (_bytes(noted).hex(), index) for index, noted in self._all(statements.indices_of(len(wanted)), *wanted)
            )
        return known

    def tile(self, level: int, number: int) -> bytes:
        """Return the hashes of a full tile."""
        return _bytes(self._one(statements.TILE_HASHES, level, number)[0])

    def tile_roots(self, level: int, start: int) -> list[bytes]:
        """Return the roots of the full tiles of a level from number `start` on."""
        return [_bytes(root) for (root,) in self._all(statements.TILE_ROOTS, level, start)]

    def checkpoint(self) -> bytes | None:
        """Return the newest checkpoint's note with the cosignatures collected for it, None if none was signed."""
        for size, note in self._all(statements.NEWEST_CHECKPOINT):
            signed = _bytes(note)
            lines = [line.encode() for line in self.cosignatures(size)]
            return signed + b"".join(line for line in lines if line not in signed)
        return None

    def cosignatures(self, size: int) -> list[str]:
        """Return the signature lines collected for the checkpoint over `size` entries."""
        return [str(line) for (line,) in self._all(statements.COSIGNATURES, size)]

    def last_cosigned(self, name: str) -> int:
        """Return the size of the newest checkpoint with a line collected from this cosigner, 0 if there is none."""
        return int(self._one(statements.LAST_COSIGNED, name)[0] or 0)

    def contradictions(self) -> list[tuple[bytes, bytes]]:
        """Return the pairs of notes by this log's key that cannot both be true."""
        return [(_bytes(note), _bytes(other)) for note, other in self._all(statements.CONTRADICTIONS)]

    def body(self, index: int) -> Held:
        """Return the body of the entry at `index` as it is held here."""
        for _, held in self.bodies(index, index + 1):
            return held
        return Held()

    def bodies(self, start: int, end: int) -> Iterator[tuple[int, Held]]:
        """Yield index and body, in order, wherever [start, end) has one or had one."""
        for low in range(start, end, BODIES):
            found = self._all(statements.BODIES, low, min(low + BODIES, end))
            sealed = [index for index, _, _, key, _ in found if key is not None]
            commits = self._commits(sealed)
            yield from ((index, self._held(commits.get(index, b""), *columns)) for index, *columns in found)

    def _held(self, commit: bytes, salt: Any, content: Any, key: Any, redacted_at: int | None) -> Held:
        if content is None:
            return Held(redacted_at=redacted_at)
        if key is not None:
            opened = self._secrecy.unsalted(commit, _bytes(content), _bytes(key))
            return Held() if opened is None else Held(*opened)
        return Held(envelope=_bytes(content)) if salt is None else Held(_bytes(salt), _bytes(content))

    def _commits(self, indices: Sequence[int]) -> dict[int, bytes]:
        """Return what these entries, in order, commit to."""
        leaves = self._all(statements.LEAVES, indices[0], indices[-1] + 1) if indices else ()
        wanted = set(indices)
        return {index: _commit(_bytes(leaf)) for index, leaf in leaves if index in wanted}

    def divided(self, start: int, end: int) -> set[int]:
        """Return the indices in [start, end) that have rows or disclosures."""
        return {index for (index,) in self._all(statements.DIVIDED, start, end)}

    def rows(self, index: int) -> dict[int, Row | None]:
        """Return the rows of a bulk entry by number; None where a row was redacted or cannot be read."""
        found = self._all(statements.ROWS, index)
        commit = self._commits([index]).get(index, b"") if any(key is not None for *_, key in found) else b""
        return {number: self._row(commit, number, *columns) for number, *columns in found}

    def _row(self, commit: bytes, number: int, salt: Any, content: Any, key: Any) -> Row | None:
        if content is None:
            return None
        if key is None:
            return Row(_bytes(salt), _bytes(content))
        opened = self._secrecy.unsalted(part(BULK_ROW.name, commit, number), _bytes(content), _bytes(key))
        return None if opened is None else Row(*opened)

    def disclosures(self, index: int) -> list[str | None]:
        """Return the disclosures of an entry in order; None where one was redacted or cannot be read."""
        found = self._all(statements.DISCLOSURES, index)
        commit = self._commits([index]).get(index, b"") if found else b""
        return [self._disclosure(commit, *columns) for columns in found]

    def _disclosure(self, commit: bytes, number: int, content: Any, key: Any) -> str | None:
        if content is None:
            return None
        opened = self._secrecy.open(part(DISCLOSURE.name, commit, number), _bytes(content), _bytes(key))
        return None if opened is None else opened.decode()

    def is_left(self, index: int, number: int | None = None) -> bool:
        """Tell whether any byte of the body of an entry, its rows or disclosures is here; with `number`, of that row."""
        if number is not None:
            return bool(self._one(statements.LEFT_OF_ROW, index, number)[0])
        return any(self._one(left, index)[0] for left in statements.LEFT.values())

    def notices_on(self, index: int) -> list[int]:
        """Return the indices of the notices that redacted the body at `index`, or rows or disclosures of it."""
        return sorted(at for (at,) in self._all(statements.NOTICES, index))

    def irregularities(self) -> Iterator[str]:
        """Yield what this record's database holds that a record never does, or lacks."""
        with guarded(self._database.title):
            if self._database.guards(self._connection) != self._database.pristine(partial(build, origin="")):
                yield "the tables or triggers of this database are not those of a record"
        count, low, high = self._one(statements.EXTENT)
        if count and (count, low) != (high + 1, 0):
            yield "entries are missing between the first and the last"
        for table, orphans in statements.ORPHANS.items():
            if self._one(orphans)[0]:
                yield f"the table {table} holds content of no entry"


def _commit(leaf: bytes) -> bytes:
    """Return what an entry commits to; a canonical leaf begins with it, and what is no such leaf is read in full."""
    if leaf.startswith(_JOINT):
        with suppress(ValueError):
            return bytes.fromhex(leaf[len(_JOINT) : len(_JOINT) + 64].decode("ascii"))
    return bytes.fromhex(parse_leaf(leaf).header["body_commit"])


def _bytes(value: Any) -> bytes:
    # A damaged file may hold text or nothing where a record holds bytes.
    if not isinstance(value, bytes):
        raise RecordError(f"expected bytes in a column of this record, found {type(value).__name__}: it is damaged")
    return value
