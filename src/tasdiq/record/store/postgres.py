"""A record in a schema of its own in a PostgreSQL database; the record's directory says which, in `database.url`.

1. One writer: a lock of the session, taken on the very connection that writes. Whoever loses the connection loses the
   lock, and writes no more until the record is opened again. (A proxy that shares sessions between clients breaks this.)
2. A commit waits until it is on the server's disk (synchronous_commit is never off for the writer).
3. Emptied rows are vacuumed; bytes already copied into the server's write-ahead log or backups are beyond reach here.
4. `database.url` holds the address and the schema, a line each, mode 0600. No message ever shows the password.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record.durable import write_durably
from tasdiq.record.places import DATABASE_URL
from tasdiq.record.store.tables import EMPTIED, VERSION

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_DRIVER = "postgresql+psycopg"
_PATIENCE = "2s"
_GUARDS = """
    SELECT c.relname::text, t.tgname::text, t.tgenabled::text, pg_get_triggerdef(t.oid, true)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND NOT t.tgisinternal
    UNION ALL
    SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
    FROM information_schema.columns WHERE table_schema = current_schema()
    UNION ALL
    SELECT p.proname::text, 'function', '', p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema()
    ORDER BY 1, 2
"""


class PostgresSchema:
    """One schema of a PostgreSQL database."""

    def __init__(self, directory: Path, url: URL, schema: str) -> None:
        self._directory, self._url, self._schema = directory, url, schema
        self.title = f"{directory}: {url.set(drivername='postgresql').render_as_string(hide_password=True)} {schema}"

    @classmethod
    def new(cls, directory: Path, address: str, origin: str) -> PostgresSchema:
        """Return the place of a new record of `origin` at an address; another copy of it may lie in the same database."""
        name = f"tasdiq_{hashlib.sha256(origin.encode()).hexdigest()[:16]}_{secrets.token_hex(4)}"
        return cls(directory, _parsed(address), name)

    @classmethod
    def noted(cls, directory: Path) -> PostgresSchema:
        """Return the schema that the directory's `database.url` names."""
        path = directory / DATABASE_URL
        try:
            address, schema, end = path.read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError) as error:
            raise SettingsError(f"{path}: expected two lines, the address of a database and a schema") from error
        if end or not (schema.isascii() and schema.replace("_", "").isalnum()):
            raise SettingsError(f"{path}: expected the name of a schema in the second line")
        return cls(directory, _parsed(address), schema)

    def moved(self, address: str) -> PostgresSchema:
        """Return the same schema at another address, where its database lies now."""
        return PostgresSchema(self._directory, _parsed(address), self._schema)

    def note(self) -> None:
        """Write the directory's `database.url`."""
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        write_durably(self._directory / DATABASE_URL, f"{address}\n{self._schema}\n".encode())

    @property
    def url(self) -> URL:
        """Return the address of the database, for what is kept beside the record."""
        return self._url

    @property
    def schema(self) -> str:
        """Return the name of the record's schema."""
        return self._schema

    def make(self, build: Callable[[Connection], None]) -> None:
        """Make the file that names the schema, then the schema."""
        # In this order, so that what a crash leaves can be found and given up.
        self.note()
        connection = self._connected()
        try:
            self.begin(connection)
            connection.exec_driver_sql(f'CREATE SCHEMA "{self._schema}"')
            build(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            (self._directory / DATABASE_URL).unlink()
            raise
        finally:
            connection.close()

    def give_up(self) -> None:
        """Remove the schema with all that is in it."""
        connection = self._connected()
        try:
            connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{self._schema}" CASCADE')
        finally:
            connection.close()

    def reading(self) -> Connection:
        """Connect to read; the session refuses to write."""
        connection = self._opened()
        connection.exec_driver_sql("SET default_transaction_read_only TO on")
        return connection

    def writing(self) -> tuple[Connection, Callable[[], None]]:
        """Connect and take the writer's lock on this connection."""
        connection = self._opened()
        try:
            connection.exec_driver_sql(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
            )
            self._take_lock(connection)
        except BaseException:
            connection.close()
            raise
        return connection, connection.close

    def version(self, connection: Connection) -> int:
        """Return the schema's version; RecordError if it is no record's."""
        try:
            found = int(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        except (DBAPIError, ValueError) as error:
            raise RecordError(f"{self.title}: expected a record of version {VERSION}, found none") from error
        if not 1 <= found <= VERSION:
            raise RecordError(f"{self.title}: expected a record of version {VERSION}, found version {found}")
        return found

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that will write."""
        connection.exec_driver_sql("BEGIN")

    def forget(self, connection: Connection) -> bool:
        """Vacuum the tables that can be emptied."""
        connection.exec_driver_sql(f"VACUUM {', '.join(table.name for table in EMPTIED)}")
        return True

    def guards(self, connection: Connection) -> list[tuple[Any, ...]]:
        """Return every trigger, column and function of the schema."""
        return [tuple(row) for row in connection.exec_driver_sql(_GUARDS)]

    def pristine(self, build: Callable[[Connection], None]) -> list[tuple[Any, ...]]:
        """Return every trigger, column and function of a new record, made in a schema that is given up again."""
        connection = self._connected()
        try:
            self.begin(connection)
            connection.exec_driver_sql(f'CREATE SCHEMA "{self._schema}_pristine"')
            connection.exec_driver_sql(f'SET LOCAL search_path TO "{self._schema}_pristine"')
            build(connection)
            return self.guards(connection)
        finally:
            connection.close()

    def _opened(self) -> Connection:
        connection = self._connected()
        if not self._exists(connection):
            connection.close()
            raise MissingError(f"{self.title}: no record in this database; create one first, or mend {DATABASE_URL}")
        return connection

    def _connected(self) -> Connection:
        engine = create_engine(
            self._url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            paramstyle="format",
            connect_args={"connect_timeout": 10, "application_name": "tasdiq"},
        )
        connection = engine.connect()
        connection.exec_driver_sql(f'SET search_path TO "{self._schema}"')
        return connection

    def _exists(self, connection: Connection) -> bool:
        return (
            connection.exec_driver_sql("SELECT 1 FROM pg_namespace WHERE nspname = %s", (self._schema,)).first()
            is not None
        )

    def _take_lock(self, connection: Connection) -> None:
        number = int.from_bytes(hashlib.sha256(self._schema.encode()).digest()[:8], "big", signed=True)
        connection.exec_driver_sql(f"SET lock_timeout TO '{_PATIENCE}'")
        try:
            # A killed writer's session ends a moment after it: wait for that, and no longer.
            connection.exec_driver_sql("SELECT pg_advisory_lock(%s::bigint)", (number,))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != "55P03":
                raise
            raise RecordError(
                f"{self._directory}: another process is writing to this record; "
                "a server lets go of it some seconds after its last entry: try again then, or end the process"
            ) from error
        connection.exec_driver_sql("SET lock_timeout TO DEFAULT")


def _parsed(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise InputError("expected the address of a database such as postgresql://user@host/name") from error
    if url.drivername not in _SCHEMES or not url.database:
        shown = url.render_as_string(hide_password=True)
        raise InputError(f"expected the address of a database such as postgresql://user@host/name, found {shown}")
    return url.set(drivername=_DRIVER)
