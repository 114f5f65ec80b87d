"""An open record directory: its database, its attachments and its key at rest.

Decides how bytes are kept; whether they belong is left to `growth`, `log` and `audit`.

1. `create` alone creates. `open` of a path without a record is MissingError: a wrong path must not fork a log.
2. One writer; reading needs no lock.
3. The tables are insert-only, or emptied once (`tables`). Triggers hold this against mistakes; against a hostile host it
   is the tree that holds.
4. What is written in one transaction is on disk whole when its block ends, or not at all.
5. A record of an older version is brought up when it is opened for writing, in one transaction.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tasdiq.errors import RecordError, SettingsError, TasdiqError
from tasdiq.record.durable import guarded as guarded_files
from tasdiq.record.places import ATTACHMENTS, DATABASE_URL, holds_record
from tasdiq.record.secrecy.stored import Secrecy
from tasdiq.record.store import attachments
from tasdiq.record.store.database import Database, guarded
from tasdiq.record.store.postgres import PostgresSchema
from tasdiq.record.store.reading import Reading
from tasdiq.record.store.sqlite import SqliteFile
from tasdiq.record.store.tables import VERSION
from tasdiq.record.store.upgrade import build, upgrade
from tasdiq.record.store.writing import Writing


class Store(Reading):
    """An open record directory; `transaction` writes, where it was opened for writing."""

    def __init__(
        self, directory: Path, database: Database, connection: Connection, secrecy: Secrecy, end: Callable[[], None]
    ) -> None:
        super().__init__(database, connection, secrecy)
        self.directory, self._end = directory, end

    @classmethod
    def create(cls, directory: Path, origin: str, database: str | None = None) -> Store:
        """Create a record in `directory` (made with mode 0700) and open it for writing.

        `database` is the address of a PostgreSQL database; without it the record is an SQLite file.
        """
        place = PostgresSchema.new(directory, database, origin) if database else SqliteFile(directory)
        with guarded_files(directory), guarded(place.title):
            if holds_record(directory):
                raise SettingsError(f"{directory}: there is a record here already; open it, or choose another path")
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            (directory / ATTACHMENTS).mkdir(exist_ok=True, mode=0o700)
            Secrecy(directory).make_key()
            place.make(partial(build, origin=origin))
        return cls.open(directory, write=True)

    @classmethod
    def open(cls, directory: Path, *, write: bool = False) -> Store:
        """Open the record in `directory`; MissingError if there is none, RecordError if another writer has it."""
        place: Database = (
            PostgresSchema.noted(directory) if (directory / DATABASE_URL).is_file() else SqliteFile(directory)
        )
        secrecy = Secrecy(directory)
        with guarded(place.title):
            if not write:
                connection = place.reading()
                return cls(directory, place, connection, secrecy, connection.close)
            connection, end = place.writing()
            try:
                store = cls(directory, place, connection, secrecy, end)
                store._bring_up()
            except BaseException:
                end()
                raise
        return store

    def _bring_up(self) -> None:
        if self._database.version(self._connection) == VERSION:
            return
        self._secrecy.make_key()
        with self._committed():
            upgrade(self._connection, self._secrecy)
        self._database.forget(self._connection)

    def close(self) -> None:
        """Close the database and give the writer's lock back; where the connection was lost, both are gone already."""
        with guarded(self._database.title), suppress(DBAPIError):
            self._end()

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """Hold one durable transaction: all of it is on disk when the block ends, or none after an error."""
        with guarded(self._database.title), self._committed():
            yield Writing(self._connection, self._secrecy)

    @contextmanager
    def _committed(self) -> Iterator[None]:
        self._database.begin(self._connection)
        try:
            yield
            self._connection.exec_driver_sql("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        # A database that is gone rolls back by itself; the error that is already under way says what happened.
        with suppress(RecordError), guarded(self._database.title):
            self._connection.exec_driver_sql("ROLLBACK")

    def keep_contradiction(self, note: bytes, other: bytes) -> None:
        """Keep two notes by this log's key that cannot both be true; the same two are kept once."""
        if (note, other) not in self.contradictions():
            with self.transaction() as write:
                write.contradiction(note, other)

    def forget(self) -> bool:
        """Remove emptied bytes from the database's files; tell whether that was possible now."""
        with guarded(self._database.title):
            return self._database.forget(self._connection)

    def add_attachment(self, data: bytes | Path) -> str:
        """Keep a file, given as it is or by its path, by its SHA-256, which is returned; one that is there is not written again."""
        return attachments.keep(self.directory, data)

    def attachment(self, name: str) -> bytes:
        """Return the attachment with this SHA-256; RecordError if its bytes changed."""
        return attachments.read(self.directory, name)

    def forget_attachment(self, name: str) -> None:
        """Remove an attachment that nothing names any more."""
        attachments.forget(self.directory, name)

    def attachments(self) -> frozenset[str]:
        """Return the SHA-256 of every attachment that lies here."""
        return attachments.listed(self.directory)


def give_up(directory: Path) -> None:
    """Remove a record that was never put in its place: what a founding that failed, or was killed, left in `directory`."""
    if (directory / DATABASE_URL).is_file():
        with suppress(TasdiqError), guarded(DATABASE_URL):
            PostgresSchema.noted(directory).give_up()
    shutil.rmtree(directory, ignore_errors=True)
