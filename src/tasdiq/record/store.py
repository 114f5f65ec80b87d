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
from tasdiq.record.rows import Row

DATABASE = "record.sqlite"
LOCK = "record.lock"
ATTACHMENTS = "attachment"
LARGEST_ATTACHMENT = 256 * 2**20
_APPLICATION_ID = 0x7A5D1901
_VERSION = 1

_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE record (one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL) STRICT;
CREATE TABLE entry (idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, has_keys INTEGER NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE INDEX entry_keys ON entry (idx) WHERE has_keys = 1;
CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, root BLOB NOT NULL,
                   PRIMARY KEY (level, number)) STRICT;
CREATE TABLE checkpoint (seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, note BLOB NOT NULL) STRICT;
CREATE TABLE body (idx INTEGER PRIMARY KEY, salt BLOB, content BLOB, redacted_at INTEGER) STRICT;
CREATE TABLE bulk_row (idx INTEGER NOT NULL, n INTEGER NOT NULL, salt BLOB, content BLOB, redacted_at INTEGER,
                       PRIMARY KEY (idx, n)) STRICT;
"""
_INSERT_ONLY = "CREATE TRIGGER {0}_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, '{0} is insert-only'); END;"
_EMPTIED_ONCE = """
CREATE TRIGGER {0}_DELETE BEFORE DELETE ON {0} BEGIN SELECT RAISE(ABORT, '{0} is never deleted from'); END;
CREATE TRIGGER {0}_UPDATE BEFORE UPDATE ON {0}
WHEN OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL OR NEW.salt IS NOT NULL OR NEW.content IS NOT NULL
     OR NEW.idx <> OLD.idx {1}
BEGIN SELECT RAISE(ABORT, '{0} can only be emptied, once'); END;
"""


def _statements() -> str:
    guards = [
        _INSERT_ONLY.format(table, verb)
        for table in ("record", "entry", "tile", "checkpoint")
        for verb in ("UPDATE", "DELETE")
    ]
    emptied = _EMPTIED_ONCE.format("body", "") + _EMPTIED_ONCE.format("bulk_row", "OR NEW.n <> OLD.n")
    return _SCHEMA + "\n".join(guards) + emptied


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
            connection.executescript(_statements())
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
        if found != (_APPLICATION_ID, _VERSION):
            raise RecordError(
                f"{self.directory / DATABASE}: expected a record of version {_VERSION}, found another file"
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
            yield from (leaf for _, leaf in found)

    def key_leaves(self) -> list[tuple[int, bytes]]:
        """Return index and leaf of every key event."""
        return self._all("SELECT idx, leaf FROM entry WHERE has_keys = 1 ORDER BY idx")

    def index_of(self, entry_id: str) -> int | None:
        """Return the index of the entry with this id."""
        found = self._all("SELECT idx FROM entry WHERE id = ?", bytes.fromhex(entry_id))
        return int(found[0][0]) if found else None

    def tile(self, level: int, number: int) -> bytes:
        """Return the hashes of a full tile."""
        return bytes(self._one("SELECT hashes FROM tile WHERE level = ? AND number = ?", level, number)[0])

    def tile_roots(self, level: int, start: int) -> list[bytes]:
        """Return the roots of the full tiles of a level from number `start` on."""
        found = self._all("SELECT root FROM tile WHERE level = ? AND number >= ? ORDER BY number", level, start)
        return [root for (root,) in found]

    def checkpoint(self) -> bytes | None:
        """Return the newest checkpoint's note."""
        found = self._all("SELECT note FROM checkpoint ORDER BY seq DESC LIMIT 1")
        return bytes(found[0][0]) if found else None

    def body(self, index: int) -> tuple[bytes | None, bytes | None, int | None]:
        """Return salt, content and the index of the redaction; all None where no body lies here."""
        found = self._all("SELECT salt, content, redacted_at FROM body WHERE idx = ?", index)
        return found[0] if found else (None, None, None)

    def rows(self, index: int) -> dict[int, Row | None]:
        """Return the rows of a bulk entry by number; None where a row was redacted."""
        found = self._all("SELECT n, salt, content FROM bulk_row WHERE idx = ? ORDER BY n", index)
        return {n: None if content is None else Row(salt, content) for n, salt, content in found}

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

    def forget_wal(self) -> None:
        """Truncate the write-ahead log, so that redacted bytes are in no file any more."""
        with guarded(self.directory):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

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


@contextmanager
def guarded(directory: Path) -> Iterator[None]:
    """Turn the database's and the system's errors into RecordError: appending stops."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError) as error:
        raise RecordError(f"{directory / DATABASE}: the record's file is damaged or in use: {error}") from error
    except OSError as error:
        raise RecordError(f"{directory}: the record cannot be read or written: {error.strerror}") from error


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    mode = "rw" if write else "ro"
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


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it is there whole or not at all (mode 0600)."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    with guarded(path.parent):
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make a rename in `directory` durable; Windows needs and allows none of it."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
