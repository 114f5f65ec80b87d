"""The record on disk: one SQLite file that only grows, and one folder of attachments.

Decides how bytes are kept; whether they belong is left to `log` and `audit`.

1. `create` alone creates. `open` of a path without a record is MissingError: a wrong path must not fork a log.
2. One writer: a second one is refused for as long as the first lives, however it dies.
3. Tables record, entry, tile and checkpoint are insert-only; body and bulk_row allow INSERT and the one UPDATE that
   empties them. Triggers hold this against mistakes; against a hostile host it is the tree that holds.
4. An append is one transaction in WAL mode with synchronous=FULL: after a crash it is there whole or not at all.
5. Redacted bytes are overwritten (secure_delete) and the WAL that held them is truncated.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record import schema
from tasdiq.record.durable import guarded, sync_directory, write_durably
from tasdiq.record.places import ATTACHMENTS, DATABASE
from tasdiq.record.rows import Row

LOCK = "record.lock"
LARGEST_ATTACHMENT = 256 * 2**20


class Store:
    """An open record directory; reading needs no lock, writing holds the one there is."""

    def __init__(self, directory: Path, connection: sqlite3.Connection, lock: sqlite3.Connection | None) -> None:
        self.directory = directory
        self._connection = connection
        self._lock = lock

    @classmethod
    def create(cls, directory: Path, origin: str) -> Store:
        """Create a record in `directory` (made with mode 0700) and open it for writing."""
        if (directory / DATABASE).exists():
            raise SettingsError(f"{directory}: there is a record here already; open it, or choose another path")
        unfinished = directory / f"{DATABASE}.unfinished"
        with guarded(directory):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            (directory / ATTACHMENTS).mkdir(exist_ok=True, mode=0o700)
            unfinished.unlink(missing_ok=True)
            connection = sqlite3.connect(unfinished, isolation_level=None)
            connection.executescript(schema.statements())
            connection.execute("INSERT INTO record VALUES (1, ?)", (origin,))
            connection.close()
            unfinished.chmod(0o600)
            # A crash before this line leaves no record; after it, a whole and empty one.
            unfinished.replace(directory / DATABASE)
            sync_directory(directory)
        return cls.open(directory, write=True)

    @classmethod
    def open(cls, directory: Path, *, write: bool = False) -> Store:
        """Open the record in `directory`; MissingError if there is none, RecordError if another writer has it."""
        path = directory / DATABASE
        if not path.is_file():
            raise MissingError(f"{directory}: no record here (expected {DATABASE}); create one first")
        lock = _take_lock(directory) if write else None
        try:
            with guarded(directory):
                store = cls(directory, _connect(path, write), lock)
                store._require_ours()
        except RecordError:
            if lock:
                lock.close()
            raise
        return store

    def close(self) -> None:
        """Close the files and give the writer's lock back."""
        self._connection.close()
        if self._lock:
            self._lock.close()

    def _require_ours(self) -> None:
        found = self._one("PRAGMA application_id")[0], self._one("PRAGMA user_version")[0]
        if found != (schema.APPLICATION_ID, schema.VERSION):
            raise RecordError(
                f"{self.directory / DATABASE}: expected a record of version {schema.VERSION}, found another file"
            )

    def _all(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with guarded(self.directory):
            return self._connection.execute(statement, values).fetchall()

    def _one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        found = self._all(statement, *values)
        if not found:
            raise RecordError(f"{self.directory / DATABASE}: a row that must be there is missing: the file is damaged")
        return found[0]

    # Reading

    def origin(self) -> str:
        """Return the log's origin."""
        return str(self._one("SELECT origin FROM record")[0])

    def size(self) -> int:
        """Return the number of entries."""
        return int(self._one("SELECT coalesce(max(idx) + 1, 0) FROM entry")[0])

    def leaves(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the leaves with index in [start, end), a thousand at a time."""
        for low in range(start, end, 1000):
            high = min(low + 1000, end)
            found = self._all("SELECT idx, leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx", low, high)
            if [index for index, _ in found] != list(range(low, high)):
                raise RecordError(f"{self.directory / DATABASE}: entries between {low} and {high} are missing")
            yield from (_blob(leaf) for _, leaf in found)

    def entries(self, start: int, end: int) -> Iterator[tuple[int, bytes, int, bytes]]:
        """Yield index, noted id, the mark of key events, and leaf, of what stands in [start, end)."""
        for low in range(start, end, 1000):
            found = self._all(
                "SELECT idx, id, has_keys, leaf FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx", low, low + 1000
            )
            yield from ((at, _blob(noted), mark, _blob(leaf)) for at, noted, mark, leaf in found if at < end)

    def irregularities(self) -> Iterator[str]:
        """Yield what the file holds that a record never does: other tables or triggers, gaps, bodies of no entry."""
        with guarded(self.directory):
            expected = sqlite3.connect(":memory:")
            expected.executescript(schema.statements())
            statement = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
            if expected.execute(statement).fetchall() != self._connection.execute(statement).fetchall():
                yield "the tables or triggers of this file are not those of a record"
            expected.close()
        if self._one("SELECT count(*), coalesce(max(idx) + 1, 0), coalesce(min(idx), 0) FROM entry") != (
            self.size(),
        ) * 2 + (0,):
            yield "entries are missing between the first and the last"
        for table in ("body", "bulk_row"):
            if self._one(f"SELECT count(*) FROM {table} WHERE idx NOT IN (SELECT idx FROM entry)")[0]:  # noqa: S608
                yield f"the table {table} holds content of no entry"

    def notices_on(self, index: int) -> list[int]:
        """Return the indices of the notices that redacted the body at `index`, or rows of it."""
        found = self._all(
            "SELECT redacted_at FROM body WHERE idx = ?1 UNION SELECT redacted_at FROM bulk_row WHERE idx = ?1", index
        )
        return [at for (at,) in found if at is not None]

    def key_leaves(self) -> list[tuple[int, bytes]]:
        """Return index and leaf of every key event."""
        found = self._all("SELECT idx, leaf FROM entry WHERE has_keys = 1 ORDER BY idx")
        return [(index, _blob(leaf)) for index, leaf in found]

    def index_of(self, entry_id: str) -> int | None:
        """Return the index of the entry with this id."""
        found = self._all("SELECT idx FROM entry WHERE id = ?", bytes.fromhex(entry_id))
        return int(found[0][0]) if found else None

    def tile(self, level: int, number: int) -> bytes:
        """Return the hashes of a full tile."""
        return _blob(self._one("SELECT hashes FROM tile WHERE level = ? AND number = ?", level, number)[0])

    def tile_roots(self, level: int, start: int) -> list[bytes]:
        """Return the roots of the full tiles of a level from number `start` on."""
        found = self._all("SELECT root FROM tile WHERE level = ? AND number >= ? ORDER BY number", level, start)
        return [_blob(root) for (root,) in found]

    def checkpoint(self) -> bytes | None:
        """Return the newest checkpoint's note."""
        found = self._all("SELECT note FROM checkpoint ORDER BY seq DESC LIMIT 1")
        return _blob(found[0][0]) if found else None

    def body(self, index: int) -> tuple[bytes | None, bytes | None, int | None]:
        """Return salt, content and the index of the redaction; all None where no body lies here."""
        for salt, content, redacted_at in self._all("SELECT salt, content, redacted_at FROM body WHERE idx = ?", index):
            emptied = salt is None or content is None
            return (None, None, redacted_at) if emptied else (_blob(salt), _blob(content), None)
        return None, None, None

    def rows(self, index: int) -> dict[int, Row | None]:
        """Return the rows of a bulk entry by number; None where a row was redacted."""
        found = self._all("SELECT n, salt, content FROM bulk_row WHERE idx = ? ORDER BY n", index)
        return {n: None if content is None else Row(_blob(salt), _blob(content)) for n, salt, content in found}

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold one durable transaction: all of it is on disk when the block ends, or none after an error."""
        with guarded(self.directory):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def forget_wal(self) -> bool:
        """Truncate the write-ahead log, so that redacted bytes are in no file any more; tell whether that was possible."""
        return not self._one("PRAGMA wal_checkpoint(TRUNCATE)")[0]

    def add_attachment(self, data: bytes) -> str:
        """Keep a file by its SHA-256, which is returned; a file that is there is not written again."""
        if len(data) > LARGEST_ATTACHMENT:
            raise InputError(f"expected an attachment of at most {LARGEST_ATTACHMENT} bytes, found {len(data)}")
        name = hashlib.sha256(data).hexdigest()
        path = self.directory / ATTACHMENTS / name
        if not path.exists():
            write_durably(path, data)
        return name

    def attachment(self, name: str) -> bytes:
        """Return the attachment with this SHA-256; RecordError if its bytes changed."""
        path = self.directory / ATTACHMENTS / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise MissingError(f"{path}: no such attachment in this record") from error
        if hashlib.sha256(data).hexdigest() != name:
            raise RecordError(f"{path}: the attachment was altered; restore it from a copy")
        return data


def _blob(value: Any) -> bytes:
    # A damaged file may hold text or nothing where a record holds bytes.
    if not isinstance(value, bytes):
        raise RecordError(
            f"{DATABASE}: expected bytes in a column of this file, found {type(value).__name__}: it is damaged"
        )
    return value


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    mode = "rw" if write else "ro"
    if not write and not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        # On a read-only medium SQLite cannot make the file by which WAL readers share memory; nobody can write either.
        mode = "ro&immutable=1"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    if write:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "recursive_triggers = ON"):
            connection.execute(f"PRAGMA {setting}")
    return connection


def _take_lock(directory: Path) -> sqlite3.Connection:
    # A lock that the system gives back when its process dies, on every platform: SQLite's own.
    lock = sqlite3.connect(directory / LOCK, isolation_level=None, timeout=0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise RecordError(f"{directory}: another process is writing to this record; end it, then try again") from error
    return lock
