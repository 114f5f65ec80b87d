"""A workbook (.xlsx, ECMA-376, ISO/IEC 29500) as a table: the rows of its first sheet with a header, as the cells show them.

1. The file is looked into before anything is built of it: at most `MOST_UNPACKED` bytes, counted as they are unpacked and not as
   the file says; no document type; no encryption. Macros, links and formulas are never followed: a formula's cell is the value it
   was saved with.
2. The table is that of the first sheet in sight that has a header: the first row of `HEAD` in which nearly all columns in use have
   a word. What stands above it is a title, and noted; so are further sheets, which are not read.
3. A date is a date ("2031-04-05", with a clock time where it has one), whichever way the sheet shows it; a whole number has no
   decimals; what is true or false is a word. Rows keep the numbers they have in the sheet.
4. Empty rows are left out. A row with something in the column after the header's is broken, and the others go on.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import openpyxl

from .rows import LARGEST_CELL, Row

MOST_UNPACKED, MOST_SHARED, MOST_MEMBERS = 600_000_000, 150_000_000, 2_000
HEAD = 30
MOST_COLUMNS = 2000
CONTENT = 1000
_HEADER_FULL = 0.6
_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_BROKEN = (OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError, struct.error, zlib.error)


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows from its header on, and what there is to say about it."""

    header: Row
    rows: Iterator[Row]
    notes: tuple[str, ...]


def is_workbook(name: str) -> bool:
    """Tell whether a file of this name is a workbook."""
    return name.lower().endswith((".xlsx", ".xlsm"))


def open_workbook(data: bytes) -> Sheet | str:
    """Return the table of a workbook, or why there is none."""
    if reason := _unsafe(data):
        return reason
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return _first(book)
    except Exception as error:  # whatever the library raises on a file that is not what it says
        return f"the workbook cannot be read ({type(error).__name__}); save it again as .xlsx, or as CSV (UTF-8)"


def _unsafe(data: bytes) -> str:
    """Say why a workbook is not opened (rule 1); empty if it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                return f"expected at most {MOST_MEMBERS:,} parts in a workbook, found {len(members):,}"
            left = MOST_UNPACKED
            for member in members:
                shared = "sharedstrings" in member.filename.lower()
                length, typed = _unpacked(data, member, min(left, MOST_SHARED) if shared else left)
                left -= length
                if left < 0 or length > member.file_size:
                    return f"more than {MOST_UNPACKED:,} bytes unpacked, or more than the file says; save it as CSV (UTF-8)"
                if typed:
                    return "a part of the workbook declares a document type, which no workbook has"
    except (zipfile.BadZipFile, *_BROKEN):
        return (
            "no workbook (.xlsx) could be opened; an old or protected one has to be saved as .xlsx without a password"
        )
    return ""


def _unpacked(data: bytes, member: zipfile.ZipInfo, allowed: int) -> tuple[int, bool]:
    """Return how many bytes a part really holds (more than `allowed` is enough to know), and whether it declares a type."""
    if member.flag_bits & 1 or member.compress_type not in (_STORED, _DEFLATED):
        raise ValueError("encrypted, or packed in another way")
    name, extra = struct.unpack("<HH", data[member.header_offset + 26 : member.header_offset + 30])
    start = member.header_offset + 30 + name + extra
    packed = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == _STORED:
        return len(packed), _is_typed(bytes(packed[:2000]))
    unpacking, count, head = zlib.decompressobj(-15), 0, b""
    rest: bytes | memoryview = packed
    while count <= allowed:
        piece = unpacking.decompress(rest, 1_048_576)
        head = head or piece[:2000]
        count += len(piece)
        rest = unpacking.unconsumed_tail
        if unpacking.eof or not (piece or rest):
            break
    return count if count <= allowed else MOST_UNPACKED + 1, _is_typed(head)


def _is_typed(head: bytes) -> bool:
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _first(book: Any) -> Sheet | str:
    """Return the first sheet in sight that has a header (rule 2)."""
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and hasattr(sheet, "iter_rows")]
    for sheet in seen:
        sheet.reset_dimensions()  # what a file says of its size is not believed
        head = [_texts(row) for row in islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), HEAD)]
        at = _header_at(head)
        if at is None:
            continue
        header = [name or f"(column {number})" for number, name in enumerate(_trimmed(head[at]), 1)]
        others = [each.title for each in seen if each is not sheet]
        return Sheet(
            Row(at + 1, header, "\t".join(header)[:CONTENT]),
            _rows(sheet, at + 2, len(header)),
            tuple(_notes(sheet.title, at, others)),
        )
    return "no sheet has a header; expected a row of column names and a row for each event"


def _header_at(head: list[list[str]]) -> int | None:
    """Return where the header is: words in most of the columns that are in use below and above it."""
    used = max((sum(map(bool, row)) for row in head), default=0)
    for at, row in enumerate(head):
        words = [cell for cell in row if cell and not cell.replace(".", "").replace("-", "").isdigit()]
        filled = sum(map(bool, row))
        if filled >= max(2, used * _HEADER_FULL) and len(words) == filled:
            return at
    return None


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _notes(title: str, at: int, others: list[str]) -> Iterator[str]:
    yield f"read from the sheet {title!r} of a workbook: cells as saved, formulas and macros are never run"
    if at:
        yield f"the header stands in row {at + 1}; what is above it was not read"
    if others:
        yield f"further sheets were not read: {', '.join(map(repr, others[:10]))}"


def _rows(sheet: Any, first: int, width: int) -> Iterator[Row]:
    """Yield the rows below the header; what breaks off is told in the row after the last."""
    at = first - 1
    try:
        for at, cells in enumerate(sheet.iter_rows(min_row=first, max_col=width + 1, values_only=True), first):
            texts = _texts(cells)
            if any(texts):
                yield _row(at, texts, width)
    except Exception as error:  # a sheet that breaks off: what came before it stands
        yield Row(at + 1, [], "", f"the sheet breaks off here ({type(error).__name__}): what follows cannot be read")


def _row(at: int, texts: list[str], width: int) -> Row:
    content = "\t".join(texts)[:CONTENT]
    if len(texts) > width and texts[width]:
        return Row(at, [], content, f"expected {width} columns as in the header, found something beyond them")
    if any(len(text) > LARGEST_CELL for text in texts):
        return Row(at, [], content, f"a cell of more than {LARGEST_CELL:,} characters")
    return Row(at, [*texts[:width], *[""] * (width - len(texts))], content)


def _texts(cells: tuple[object, ...]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(value: object) -> str:
    """Return a cell's value as the strict cells of a mapping read it (rule 3)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
