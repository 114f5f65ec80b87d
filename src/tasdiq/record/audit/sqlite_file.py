"""A record's SQLite file as an audit reads it: by the standard library alone, read-only, without a lock.

The writer's code is not used here on purpose: what it believes about its file is what an audit must not take over.
Reads files of schema version 1 and 2; which bytes belong is left to `store` and `recount`.

1. A file is a record's by its application id and version; its tables have exactly the columns of that version. Nothing is
   asked of a file with views or computed columns, which could answer for ever, nor where indices run far ahead of entries.
2. Tables that only grow refuse UPDATE and DELETE; those that can be emptied refuse DELETE, and UPDATE but for that. No
   trigger does anything but refuse. Other tables, views and triggers are told.
3. A body without salt is encrypted: at rest where a wrapped key stands beside it, else to its recipients. What is
   encrypted at rest is read where the record's key is here (`secrecy.stored`), and is withheld where it is not.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tasdiq.errors import MissingError, RecordError
from tasdiq.record.entry import parse_leaf
from tasdiq.record.holding import Held, Holding
from tasdiq.record.places import DATABASE
from tasdiq.record.rows import Row
from tasdiq.record.secrecy.stored import Secrecy, part

__all__ = ["Holding", "SqliteFile"]

APPLICATION_ID = 0x7A5D1901
_BLOCK = 1000
_GROWS = {
    "record": {"one", "origin"},
    "entry": {"idx", "id", "has_keys", "leaf"},
    "tile": {"level", "number", "hashes", "root"},
    "checkpoint": {"seq", "size", "note"},
    "cosignature": {"seq", "size", "name", "line"},
    "contradiction": {"seq", "note", "other"},
}
_EMPTIED = {
    "body": {"idx", "salt", "content", "key", "redacted_at"},
    "bulk_row": {"idx", "n", "salt", "content", "key", "redacted_at"},
    "disclosure": {"idx", "n", "content", "key", "redacted_at"},
}
_SINCE_2 = {"cosignature", "contradiction", "disclosure"}
_REVISION = {"alembic_version": {"version_num"}}
# A virtual table has no page of its own, and a computed column is marked as hidden.
_COMPUTED = """SELECT (SELECT count(*) FROM sqlite_schema WHERE type = 'view' OR (type = 'table' AND rootpage = 0)) +
(SELECT count(*) FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c WHERE s.type = 'table' AND c.hidden)"""
_REFUSES = re.compile(
    r"CREATE TRIGGER \"?\w+\"? BEFORE (UPDATE|DELETE|INSERT) ON \"?(\w+)\"? (?:FOR EACH ROW )?(?:WHEN (.+?) )?"
    r"BEGIN SELECT RAISE ?\(ABORT, '[^']*'\); END;?"
)


class SqliteFile:
    """An open record file; a Holding."""

    def __init__(self, path: Path, connection: sqlite3.Connection, version: int) -> None:
        self._path, self._connection, self._version = path, connection, version
        self._secrecy = Secrecy(path.parent)
        self._key = "key" if version > 1 else "NULL"

    @classmethod
    def open(cls, directory: Path) -> SqliteFile:
        """Open the record in `directory` for reading; MissingError if there is none, RecordError if it is another file."""
        path = directory / DATABASE
        if not path.is_file():
            raise MissingError(f"{directory}: no record here (expected {DATABASE})")
        with _guarded(path):
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?{_mode(path)}", uri=True, isolation_level=None)
            try:
                connection.execute("PRAGMA trusted_schema = OFF")
                found = [
                    connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
                ]
                if found not in ([APPLICATION_ID, 1], [APPLICATION_ID, 2]):
                    raise RecordError(f"{path}: expected a record of version 1 or 2, found another file")
                if connection.execute(_COMPUTED).fetchone()[0]:
                    raise RecordError(
                        f"{path}: expected plain tables, found views or computed columns: it is no record"
                    )
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, found[1])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _all(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with _guarded(self._path):
            return self._connection.execute(statement, values).fetchall()

    def _each(self, statement: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        # Row by row: a thousand bodies may be eight gigabytes.
        with _guarded(self._path):
            yield from self._connection.execute(statement, values)

    def _one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        found = self._all(statement, *values)
        if not found:
            raise RecordError(f"{self._path}: a row that must be there is missing: the file is damaged")
        return found[0]

    def origin(self) -> str:
        """Return the log's origin."""
        return str(self._one("SELECT origin FROM record")[0])

    def size(self) -> int:
        """Return the number of entries."""
        count, size = self._one("SELECT count(*), coalesce(max(idx) + 1, 0) FROM entry")
        if size > 2 * count + _BLOCK:
            raise RecordError(f"{self._path}: {count} entries are numbered up to {size}: the file is damaged")
        return int(size)

    def checkpoint(self) -> bytes | None:
        """Return the newest checkpoint's note with the cosignatures collected for it, None if none was signed."""
        for size, note in self._all("SELECT size, note FROM checkpoint ORDER BY seq DESC LIMIT 1"):
            signed = _blob(note)
            lines = [line.encode() for line in self.cosignatures(size)]
            return signed + b"".join(line for line in lines if line not in signed)
        return None

    def cosignatures(self, size: int) -> list[str]:
        """Return the signature lines collected for the checkpoint over `size` entries."""
        if self._version < 2:
            return []
        return [str(line) for (line,) in self._all("SELECT line FROM cosignature WHERE size = ? ORDER BY seq", size)]

    def contradictions(self) -> list[tuple[bytes, bytes]]:
        """Return the pairs of notes by this log's key that cannot both be true."""
        if self._version < 2:
            return []
        found = self._all("SELECT note, other FROM contradiction ORDER BY seq")
        return [(_blob(note), _blob(other)) for note, other in found]

    def entries(self, start: int, end: int) -> Iterator[tuple[int, bytes, int, bytes]]:
        """Yield index, noted id, the mark of key events, and leaf, of what stands in [start, end)."""
        statement = "SELECT idx, id, has_keys, leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx"
        for low in range(start, end, _BLOCK):
            for index, noted, mark, leaf in self._all(statement, low, min(low + _BLOCK, end)):
                yield index, _blob(noted), mark, _blob(leaf)

    def key_leaves(self) -> list[tuple[int, bytes]]:
        """Return index and leaf of every entry marked as a key event."""
        found = self._all("SELECT idx, leaf FROM entry WHERE has_keys = 1 ORDER BY idx")
        return [(index, _blob(leaf)) for index, leaf in found]

    def tile(self, level: int, number: int) -> bytes:
        """Return the hashes of a full tile."""
        return _blob(self._one("SELECT hashes FROM tile WHERE level = ? AND number = ?", level, number)[0])

    def body(self, index: int) -> Held:
        """Return the body of the entry at `index` as it is held here."""
        for _, held in self.bodies(index, index + 1):
            return held
        return Held()

    def bodies(self, start: int, end: int) -> Iterator[tuple[int, Held]]:
        """Yield index and body, in order, wherever [start, end) has one or had one."""
        statement = (
            f"SELECT idx, salt, content, {self._key}, redacted_at FROM body"  # noqa: S608
            " WHERE idx >= ? AND idx < ? ORDER BY idx"
        )
        for index, salt, content, key, redacted_at in self._each(statement, start, end):
            yield index, self._held(index, salt, content, key, redacted_at)

    def _held(self, index: int, salt: Any, content: Any, key: Any, redacted_at: int | None) -> Held:
        if content is None:
            return Held(redacted_at=redacted_at)
        if salt is not None:
            return Held(_blob(salt), _blob(content))
        if key is None:
            return Held(envelope=_blob(content))
        opened = self._secrecy.unsalted(self._commit(index), _blob(content), _blob(key))
        return Held() if opened is None else Held(*opened)

    def _commit(self, index: int) -> bytes:
        leaf = _blob(self._one("SELECT leaf FROM entry WHERE idx = ?", index)[0])
        return bytes.fromhex(parse_leaf(leaf).header["body_commit"])

    def divided(self, start: int, end: int) -> set[int]:
        """Return the indices in [start, end) that have rows or disclosures."""
        tables = ["bulk_row"] if self._version < 2 else ["bulk_row", "disclosure"]
        found: set[int] = set()
        for table in tables:
            statement = f"SELECT DISTINCT idx FROM {table} WHERE idx >= ? AND idx < ?"  # noqa: S608
            found.update(index for (index,) in self._all(statement, start, end))
        return found

    def rows(self, index: int) -> dict[int, Row | None]:
        """Return the rows of a bulk entry by number; None where a row was redacted or cannot be read."""
        statement = f"SELECT n, salt, content, {self._key} FROM bulk_row WHERE idx = ? ORDER BY n"  # noqa: S608
        found = self._all(statement, index)
        commit = self._commit(index) if any(key is not None for *_, key in found) else b""
        return {n: self._row(part("bulk_row", commit, n), salt, content, key) for n, salt, content, key in found}

    def _row(self, commit: bytes, salt: Any, content: Any, key: Any) -> Row | None:
        if content is None:
            return None
        if key is None:
            return Row(_blob(salt), _blob(content))
        opened = self._secrecy.unsalted(commit, _blob(content), _blob(key))
        return None if opened is None else Row(*opened)

    def disclosures(self, index: int) -> list[str | None]:
        """Return the disclosures of an entry in order; None where one was redacted or cannot be read."""
        if self._version < 2:
            return []
        found = self._all("SELECT n, content, key FROM disclosure WHERE idx = ? ORDER BY n", index)
        commit = self._commit(index) if found else b""
        return [self._disclosure(part("disclosure", commit, n), content, key) for n, content, key in found]

    def _disclosure(self, commit: bytes, content: Any, key: Any) -> str | None:
        opened = None if content is None else self._secrecy.open(commit, _blob(content), _blob(key))
        return None if opened is None else opened.decode("ascii", "replace")

    def is_left(self, index: int, number: int | None = None) -> bool:
        """Tell whether any byte of the body of an entry, its rows or disclosures is here; with `number`, of that row."""
        if number is not None:
            return bool(self._one(_left("bulk_row", self._key, " AND n = ?"), index, number)[0])
        return any(self._one(_left(table, self._key), index)[0] for table in self._tables().keys() & _EMPTIED.keys())

    # What a record's file never holds, or lacks

    def irregularities(self) -> Iterator[str]:
        """Yield what the file holds that a record never does: other tables or triggers, gaps, content of no entry."""
        if self._foreign():
            yield "the tables or triggers of this file are not those of a record"
        count, low, high = self._one("SELECT count(*), coalesce(min(idx), 0), coalesce(max(idx) + 1, 0) FROM entry")
        if (count, low) != (high, 0):
            yield "entries are missing between the first and the last"
        for table in self._tables().keys() & _EMPTIED.keys():
            statement = f"SELECT count(*) FROM {table} WHERE idx NOT IN (SELECT idx FROM entry)"  # noqa: S608
            if self._one(statement)[0]:
                yield f"the table {table} holds content of no entry"

    def _tables(self) -> dict[str, set[str]]:
        if self._version > 1:
            return {**_GROWS, **_EMPTIED}
        return {name: columns - {"key"} for name, columns in {**_GROWS, **_EMPTIED}.items() if name not in _SINCE_2}

    def _foreign(self) -> bool:
        found = self._all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'")
        tables = {name: self._columns(name) for kind, name, _ in found if kind == "table"}
        triggers = [" ".join(str(sql).split()) for kind, _, sql in found if kind == "trigger"]
        others = {(kind, name) for kind, name, _ in found if kind not in ("table", "trigger")}
        revision = {name: tables[name] for name in tables.keys() & _REVISION.keys()}
        expected = {**self._tables(), **(_REVISION if revision else {})}
        return tables != expected or others != {("index", "entry_keys")} or not self._guarded_by(triggers)

    def _columns(self, table: str) -> set[str]:
        return {str(row[0]) for row in self._all("SELECT name FROM pragma_table_xinfo(?)", table)}

    def _guarded_by(self, triggers: list[str]) -> bool:
        matches = [_REFUSES.fullmatch(trigger) for trigger in triggers]
        refused = {(match[2], match[1], match[3] is None) for match in matches if match}
        tables = self._tables()
        needed = {(table, verb, True) for table in tables.keys() & _GROWS.keys() for verb in ("UPDATE", "DELETE")}
        needed |= {(table, "DELETE", True) for table in tables.keys() & _EMPTIED.keys()}
        needed |= {(table, "UPDATE", False) for table in tables.keys() & _EMPTIED.keys()}
        return all(matches) and needed <= refused


def _left(table: str, key: str, where: str = "") -> str:
    columns = ", ".join(["content", key, *(["salt"] if "salt" in _EMPTIED[table] else [])])
    return f"SELECT count(coalesce({columns})) FROM {table} WHERE idx = ?{where}"  # noqa: S608


def _blob(value: Any) -> bytes:
    # A damaged file may hold text or nothing where a record holds bytes.
    if not isinstance(value, bytes):
        raise RecordError(f"{DATABASE}: expected bytes in a column, found {type(value).__name__}: the file is damaged")
    return value


def _mode(path: Path) -> str:
    if os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists():
        return "mode=ro"
    # On a read-only medium SQLite cannot make the file by which WAL readers share memory; nobody can write either.
    return "mode=ro&immutable=1"


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: the record's database is damaged or in use: {error}") from error
    except OSError as error:
        raise RecordError(f"{path}: the record cannot be read: {error.strerror}") from error
