"""A statement of SQLAlchemy Core, compiled once for each database and handed to its driver with the values in order.

`Connection.execute` costs five times as much as the driver's own cursor (PEP 249), which is felt where an append takes 150
microseconds. A cursor never reconnects: whoever lost the connection, and the writer's lock with it, is told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, Dialect, LargeBinary, Table, Text, bindparam
from sqlalchemy.engine.interfaces import DBAPICursor

_WORTH_A_COPY = 50


class Statement:
    """A statement that is run with positional values, in the order of `names`."""

    def __init__(self, core: Any, *names: str) -> None:
        self._core, self._names = core, names
        self._compiled: dict[str, tuple[str, tuple[int, ...] | None]] = {}

    def all(self, connection: Connection, *values: Any) -> Sequence[Any]:
        """Return all rows."""
        return self._done(connection, values).fetchall()

    def run(self, connection: Connection, *values: Any) -> int:
        """Write once; return how many rows were touched."""
        return self._done(connection, values).rowcount

    def run_many(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Write once for each tuple of values."""
        if rows:
            sql, order = self._on(connection.dialect)
            connection.connection.cursor().executemany(sql, [_ordered(row, order) for row in rows] if order else rows)

    def add_many(self, connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
        """Insert many rows into a table whose columns are the statement's names; PostgreSQL takes them as one COPY."""
        if connection.dialect.name != "postgresql" or len(rows) < _WORTH_A_COPY:
            self.run_many(connection, rows)
            return
        columns = ", ".join(f'"{name}"' for name in self._names)
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.set_types(["bytea" if isinstance(table.c[name].type, LargeBinary) else "int8" for name in self._names])
            for row in rows:
                copy.write_row(row)

    def _done(self, connection: Connection, values: tuple[Any, ...]) -> DBAPICursor:
        sql, order = self._on(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(sql, _ordered(values, order) if order else values)
        return cursor

    def _on(self, dialect: Dialect) -> tuple[str, tuple[int, ...] | None]:
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> tuple[str, tuple[int, ...] | None]:
        compiled = self._core.compile(dialect=dialect)
        place = {name: at for at, name in enumerate(self._names)}
        order = tuple(place[name] for name in compiled.positiontup or ())
        return str(compiled), None if order == tuple(range(len(self._names))) else order


def _ordered(values: tuple[Any, ...], order: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple(values[at] for at in order)


def number(name: str) -> BindParameter[int]:
    """Return the place of a number in a statement."""
    return bindparam(name, type_=BigInteger)


def octets(name: str) -> BindParameter[bytes]:
    """Return the place of bytes in a statement."""
    return bindparam(name, type_=LargeBinary)


def text(name: str) -> BindParameter[str]:
    """Return the place of a text in a statement."""
    return bindparam(name, type_=Text)
