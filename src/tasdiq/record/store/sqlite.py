"""A record in one SQLite file.

1. An append is one transaction in WAL mode with synchronous=FULL: after a crash it is there whole or not at all.
2. One writer: a second one is refused for as long as the first lives, however it dies.
3. Emptied bytes are overwritten (secure_delete), and the write-ahead log that held them is truncated.
4. The file is made beside its place and put there whole, so that a crash leaves a record or none.
5. A file of version 1 is read as it is, and brought up when it is opened for writing.
6. Pages go from the write-ahead log into the file before an append begins, never while it ends: until an append is
   acknowledged all of it lies in the tail of the log alone, where even noise costs nothing that was promised.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.dialects.sqlite import pysqlite

from tasdiq.errors import MissingError, RecordError
from tasdiq.record.durable import sync_directory
from tasdiq.record.places import DATABASE
from tasdiq.record.store.tables import VERSION

APPLICATION_ID = 0x7A5D1901
LOCK = "record.lock"
_WRITING = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 0",
    "secure_delete = ON",
    "recursive_triggers = ON",
)
_ROWS_IN_LOG = 1000
_AS_VERSION_2 = (
    "CREATE TEMP VIEW body AS SELECT idx, salt, content, NULL AS key, redacted_at FROM main.body",
    "CREATE TEMP VIEW bulk_row AS SELECT idx, n, salt, content, NULL AS key, redacted_at FROM main.bulk_row",
    "CREATE TEMP TABLE disclosure (idx, n, content, key, redacted_at)",
    "CREATE TEMP TABLE cosignature (seq, size, name, line)",
    "CREATE TEMP TABLE contradiction (seq, note, other)",
)


class SqliteFile:
    """The file `record.sqlite` of a record directory."""

    def __init__(self, directory: Path) -> None:
        self._directory, self._path = directory, directory / DATABASE
        self.title = str(self._path)
        self._brought = 0

    def make(self, build: Callable[[Connection], None]) -> None:
        """Make the file."""
        unfinished = self._path.with_name(f"{DATABASE}.unfinished")
        unfinished.unlink(missing_ok=True)
        connection = _connected(unfinished, "rwc")
        try:
            self.begin(connection)
            build(connection)
            connection.exec_driver_sql("COMMIT")
        finally:
            connection.close()
        unfinished.chmod(0o600)
        unfinished.replace(self._path)
        sync_directory(self._directory)

    def reading(self) -> Connection:
        """Connect to read, without a lock."""
        self._require_file()
        connection = _connected(self._path, self._reading_mode())
        if self.version(connection) == 1:
            connection.exec_driver_sql("PRAGMA temp_store = MEMORY")
            for statement in _AS_VERSION_2:
                connection.exec_driver_sql(statement)
        return connection

    def writing(self) -> tuple[Connection, Callable[[], None]]:
        """Connect as the one writer."""
        self._require_file()
        lock = self._take_lock()
        try:
            connection, self._brought = _connected(self._path, "rw"), 0
            self.version(connection)
            for setting in _WRITING:
                connection.exec_driver_sql(f"PRAGMA {setting}")
            # A writer that was killed may have emptied something and not have forgotten it.
            self.forget(connection)
        except BaseException:
            lock.close()
            raise

        def end() -> None:
            connection.close()
            lock.close()

        return connection, end

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that will write; now and then bring what was acknowledged from the log into the file."""
        changes = connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
        if changes - self._brought >= _ROWS_IN_LOG:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
            self._brought = changes
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def version(self, connection: Connection) -> int:
        """Return the file's version; RecordError if it is another program's file."""
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("application_id", "user_version")
        ]
        if found[0] != APPLICATION_ID or not 1 <= found[1] <= VERSION:
            raise RecordError(f"{self._path}: expected a record of version {VERSION}, found another file")
        return int(found[1])

    def forget(self, connection: Connection) -> bool:
        """Truncate the write-ahead log; a reader in the middle of a read prevents it."""
        return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]

    def guards(self, connection: Connection) -> list[tuple[Any, ...]]:
        """Return the words of every table and trigger."""
        found = connection.exec_driver_sql("SELECT type, name, sql FROM main.sqlite_schema ORDER BY type, name")
        return [tuple(row) for row in found]

    def pristine(self, build: Callable[[Connection], None]) -> list[tuple[Any, ...]]:
        """Return the words of every table and trigger of a new record."""
        connection = _connected(Path(":memory:"), "memory")
        try:
            build(connection)
            return self.guards(connection)
        finally:
            connection.close()

    def _require_file(self) -> None:
        if not self._path.is_file():
            raise MissingError(f"{self._directory}: no record here (expected {DATABASE}); create one first")

    def _reading_mode(self) -> str:
        if os.access(self._directory, os.W_OK) or self._path.with_name(f"{DATABASE}-wal").exists():
            return "ro"
        # On a read-only medium SQLite cannot make the file by which WAL readers share memory; nobody can write either.
        return "ro&immutable=1"

    def _take_lock(self) -> sqlite3.Connection:
        # A lock that the system gives back when its process dies, on every platform: SQLite's own.
        lock = sqlite3.connect(self._directory / LOCK, isolation_level=None, timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            lock.close()
            raise RecordError(
                f"{self._directory}: another process is writing to this record; "
                "a server lets go of it some seconds after its last entry: try again then, or end the process"
            ) from error
        return lock


def _connected(path: Path, mode: str) -> Connection:
    def connect() -> sqlite3.Connection:
        where = "file::memory:" if mode == "memory" else f"{path.resolve().as_uri()}?mode={mode}"
        # A reader may go from one thread to another: never used by two at once, and SQLite itself is serialized.
        return sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=not mode.startswith("ro"))

    engine = create_engine(
        # Named by the module, so that it is loaded with the program and not by the first who asks.
        f"sqlite+{pysqlite.dialect.driver}://",
        creator=connect,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
    )
    connection = engine.connect()
    connection.exec_driver_sql("PRAGMA trusted_schema = OFF")
    return connection
