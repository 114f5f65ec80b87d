"""The office as lines of JSON: what a backup keeps of it, whichever database it lies in.

1. Kept is what people would have to do again: accounts and how they sign in, invitations, tokens, devices, traces, notices.
2. Left out is what is made again by itself, or must not come back: sessions, challenges, drafts, what was spent of budgets, files
   that were still arriving, and the search index, which comes from the record (`tasdiq rebuild`).
3. A line is `{"table", "row"}`; bytes are base64. Tables come in an order in which each row finds what it names.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select

from tasdiq.errors import InputError
from tasdiq.web.office.database import Office
from tasdiq.web.office.tables import METADATA

LEFT_OUT = frozenset(
    {
        "challenge", "draft", "draft_signature", "idempotency", "indexed", "item", "public_copy", "rate", "session",
        "upload",
    }
)  # fmt: skip
_PIECE = 500


def kept() -> list[Table]:
    """Return the tables that are kept, each after those it refers to."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


def dump(office: Office) -> Iterator[bytes]:
    """Yield what is kept of an office, line by line, as of one moment."""
    with office.reading() as connection:
        for table in kept():
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
                line = {"table": table.name, "row": {name: _plain(value) for name, value in row.items()}}
                yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def load(office: Office, lines: Iterable[bytes]) -> int:
    """Put such lines into an office that is empty, all or none; return how many there were."""
    known = {table.name: table for table in kept()}
    waiting: list[dict[str, Any]] = []
    current, count = "", 0
    with office.engine.begin() as connection:
        for number, line in enumerate(lines, 1):
            name, row = _read(line, known, number)
            if waiting and (name != current or len(waiting) == _PIECE):
                connection.execute(insert(known[current]), waiting)
                waiting = []
            current, count = name, number
            waiting.append(row)
        if waiting:
            connection.execute(insert(known[current]), waiting)
        for table in known.values():
            _go_on_counting(connection, table)
    return count


def give_up(office: Office) -> None:
    """Remove an office that was never put in its place, where it lies in a database server."""
    if office.engine.dialect.name == "postgresql":
        with office.engine.begin() as connection:
            schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
            connection.exec_driver_sql(f'DROP SCHEMA "{schema}" CASCADE')


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Have PostgreSQL's counter of a table go on after the highest number that was put back."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    highest = connection.execute(select(func.max(column))).scalar()
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
    if highest and sequence:
        connection.execute(select(func.setval(sequence, highest)))


def _plain(value: object) -> object:
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _read(line: bytes, known: dict[str, Table], number: int) -> tuple[str, dict[str, Any]]:
    try:
        value = json.loads(line)
        name, row = str(value["table"]), dict(value["row"])
        table = known[name]
        for column in table.columns:
            if isinstance(column.type, LargeBinary) and row.get(column.name) is not None:
                row[column.name] = base64.b64decode(row[column.name], validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise InputError("expected a line of an office that this version knows", line=number) from error
    if unknown := row.keys() - {column.name for column in table.columns}:
        raise InputError(f"expected a row of {name}, found {', '.join(sorted(unknown))} in it", line=number)
    return name, row
