"""The office's database: a SQLite file beside the record, or a schema of its own where the record lies in PostgreSQL.

1. Nothing in it is evidence: what it holds can be lost, and no entry is.
2. It is made by whoever opens it first; when several open it at once, one makes it and the others wait.
3. SQLite: writers queue (`BEGIN IMMEDIATE`), so that none of them fails halfway because another was faster; those who only
   read (`reading`) wait for nobody.
4. PostgreSQL: a connection that the server's restart broke is replaced before it is used.
5. No error of it ever shows a parameter: those are people's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from tasdiq.clock import Clock, utc_now
from tasdiq.errors import RecordError
from tasdiq.record.places import DATABASE_URL
from tasdiq.record.store.postgres import PostgresSchema
from tasdiq.secretariat.founding import Home
from tasdiq.web.office.metadata import METADATA
from tasdiq.web.office.secret import Secret
from tasdiq.web.office.upgrade import bring_up

__all__ = ["METADATA", "Office"]

FILE = "office.sqlite"
_PATIENCE_S = 30


class Office:
    """The office of one record: `with office.engine.begin() as connection:` writes, `with office.reading()` reads.

    `clock` is the time by which sessions, invitations and codes end: the host's own, whatever a test makes of the record's.
    """

    def __init__(self, engine: Engine, home: Home, clock: Clock = utc_now) -> None:
        self.engine, self.home, self.clock = engine, home, clock

    @classmethod
    def open(cls, home: Home, clock: Clock = utc_now) -> Office:
        """Open the office of a record, and make it where there is none yet; RecordError if it cannot be reached."""
        home.require()
        in_postgres = (home.path / DATABASE_URL).is_file()
        engine = _postgres(home.path) if in_postgres else _sqlite(home.path)
        try:
            bring_up(engine)
        except (SQLAlchemyError, OSError) as error:
            engine.dispose()
            told = str(getattr(error, "orig", error)).partition("\n")[0]
            raise RecordError(f"{home.path}: the office's database cannot be used: {told}") from error
        return cls(engine, home, clock)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Connect to read; whoever writes is not waited for."""
        with self.engine.connect() as connection:
            yield connection.execution_options(office_reads=True)

    @cached_property
    def secret(self) -> Secret:
        """Return the office's own key, made when it is first needed: what is sealed in the database opens with it."""
        return Secret.of(self.home)

    def now(self) -> int:
        """Return the time now in whole seconds since 1970."""
        return int(self.clock().timestamp())

    def close(self) -> None:
        """Close its connections."""
        self.engine.dispose()


def _postgres(directory: Path) -> Engine:
    place = PostgresSchema.noted(directory)
    return create_engine(
        place.url,
        pool_size=4,
        max_overflow=8,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 10,
            "application_name": "tasdiq office",
            "options": f'-c search_path="{place.schema}_office"',
        },
    )


def _sqlite(directory: Path) -> Engine:
    path = directory / FILE
    if not path.is_file():
        _make_file(path)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S, check_same_thread=False)
        for setting in ("synchronous = NORMAL", "secure_delete = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=32, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(path: Path) -> None:
    """Make an empty file in WAL mode, whole or not at all: to change the mode of one that others use would fail."""
    with TemporaryDirectory(prefix=".office-", dir=path.parent) as folder:
        made = Path(folder) / FILE
        made.touch(mode=0o600)
        connection = sqlite3.connect(made)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        with suppress(FileExistsError):
            path.hardlink_to(made)


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes then would fail at once if another wrote in between (SQLITE_BUSY_SNAPSHOT).
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN" if options.get("office_reads") else "BEGIN IMMEDIATE")
