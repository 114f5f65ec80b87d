"""Open the file of a table: its columns, then its rows one by one, or why it holds none.

1. A file larger than `LARGEST`, or whose bytes are no text, is rejected as a whole with what to do.
2. The first row is the header; each column has a name of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tasdiq.intake.article.decode import Undecodable, decode
from tasdiq.model.document import Rejected

from .rows import Row, read_rows

LARGEST = 400_000_000
"""Bytes; a million events with their texts."""


@dataclass(frozen=True)
class Opened:
    """A table's columns and rows, and what there is to say about its encoding."""

    columns: list[str]
    rows: Iterator[Row]
    notes: tuple[str, ...] = ()


def open_table(name: str, data: bytes) -> Opened | Rejected:
    """Return the columns and rows of a table, or why there are none."""
    if len(data) > LARGEST:
        reason = f"{len(data):,} bytes; expected at most {LARGEST:,}: split the table by year"
        return Rejected(file=name, reason=reason)
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return Rejected(file=name, reason=decoded.reason, line=decoded.line)
    notes = tuple(note for note in decoded.notes if "byte order" not in note)
    return _delimited(name, decoded.text.removeprefix("\ufeff"), notes)


def _delimited(name: str, text: str, notes: tuple[str, ...]) -> Opened | Rejected:
    rows = read_rows(text)
    header = next(rows, None)
    if header is None or header.broken:
        reason = header.broken if header else "no rows; expected a header and a row for each event"
        return Rejected(file=name, reason=reason, line=1)
    columns = [cell.strip() for cell in header.cells]
    twice = [column for column, count in Counter(columns).items() if count > 1]
    if twice:
        reason = f"the column {twice[0]!r} stands in the header twice; give each column a name of its own"
        return Rejected(file=name, reason=reason, line=1)
    return Opened(columns, rows, notes)
