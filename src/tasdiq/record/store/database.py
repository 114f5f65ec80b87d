"""What differs between the two databases a record can lie in, behind one `Database`; and their errors as ours.

A `Database` knows where the tables lie, lets one writer in, and forgets what was emptied. What the tables hold is the
same in both, and is left to `reading` and `writing`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError

from tasdiq.errors import RecordError


class Database(Protocol):
    """The place of one record's tables."""

    @property
    def title(self) -> str:
        """Return how a message names this database; never with a password."""

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that will write; everything before it was acknowledged."""

    def make(self, build: Callable[[Connection], None]) -> None:
        """Make the place and let `build` fill it, in one transaction."""

    def reading(self) -> Connection:
        """Connect to read; MissingError if there is no record."""

    def writing(self) -> tuple[Connection, Callable[[], None]]:
        """Connect as the one writer; return the connection and what ends both; RecordError if there is another writer."""

    def version(self, connection: Connection) -> int:
        """Return the version of the schema; RecordError if this is no record."""

    def forget(self, connection: Connection) -> bool:
        """Remove what was emptied from the database's files; tell whether that was possible."""

    def guards(self, connection: Connection) -> list[tuple[Any, ...]]:
        """Return what keeps the tables from being rewritten, and their columns, in a form that can be compared."""

    def pristine(self, build: Callable[[Connection], None]) -> list[tuple[Any, ...]]:
        """Return what `guards` returns for a new record, which `build` makes and nobody keeps."""


@contextmanager
def guarded(title: str) -> Iterator[None]:
    """Turn every error of the database and the system into RecordError: appending stops."""
    try:
        yield
    except DBAPIError as error:
        # The first line alone: what follows may quote the row that failed.
        told = str(error.orig).partition("\n")[0]
        unreached = error.statement is None and isinstance(error.orig, psycopg.OperationalError)
        raise RecordError(_unreached(title, told) if unreached else _unreadable(title, told)) from error
    except PendingRollbackError as error:
        # Nothing here ever rolls such a session back: to reconnect unseen would be to write without the lock.
        raise RecordError(
            f"{title}: the connection to the record's database was lost: open the record again"
        ) from error
    except (SQLAlchemyError, CommandError, sqlite3.Error, sqlite3.Warning, psycopg.Error, UnicodeDecodeError) as error:
        told = str(error).partition("\n")[0]
        raise RecordError(_unreadable(title, told)) from error
    except OSError as error:
        raise RecordError(f"{title}: the record cannot be read or written: {error.strerror}") from error


def _unreached(title: str, told: str) -> str:
    return (
        f"{title}: the record's database is out of reach: {told}. See that the server runs, that the address is right and "
        "that the database was made there, and run the command again"
    )


def _unreadable(title: str, told: str) -> str:
    return (
        f"{title}: the record's database is damaged, in use or out of reach: {told}. If it is damaged, put it back from a "
        "backup and let it catch up: tasdiq import RECORD EXPORT, or make it anew: tasdiq init RECORD --from EXPORT, where "
        "EXPORT is made from another copy with tasdiq export COPY -o EXPORT"
    )
