"""A statement of SQLAlchemy Core, compiled once for each database and handed to the driver with its values in order.

`Connection.execute` costs several microseconds more a statement and a row, which is felt where an append takes 150 of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, Dialect, LargeBinary, Text, bindparam


class Statement:
    """A statement that is run with positional values, in the order of `names`."""

    def __init__(self, core: Any, *names: str) -> None:
        self._core, self._names = core, names
        self._compiled: dict[str, tuple[str, tuple[int, ...] | None]] = {}

    def all(self, connection: Connection, *values: Any) -> Sequence[Any]:
        """Return all rows."""
        sql, order = self._on(connection.dialect)
        return connection.exec_driver_sql(sql, _ordered(values, order) or None).fetchall()

    def run(self, connection: Connection, *values: Any) -> int:
        """Write once; return how many rows were touched."""
        sql, order = self._on(connection.dialect)
        return connection.exec_driver_sql(sql, _ordered(values, order) or None).rowcount

    def run_many(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Write once for each tuple of values."""
        if rows:
            sql, order = self._on(connection.dialect)
            connection.exec_driver_sql(sql, rows if order is None else [_ordered(row, order) for row in rows])

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


def _ordered(values: tuple[Any, ...], order: tuple[int, ...] | None) -> tuple[Any, ...]:
    return values if order is None else tuple(values[at] for at in order)


def number(name: str) -> BindParameter[int]:
    """Return the place of a number in a statement."""
    return bindparam(name, type_=BigInteger)


def octets(name: str) -> BindParameter[bytes]:
    """Return the place of bytes in a statement."""
    return bindparam(name, type_=LargeBinary)


def text(name: str) -> BindParameter[str]:
    """Return the place of a text in a statement."""
    return bindparam(name, type_=Text)
