"""A CSV text as rows, strictly (RFC 4180 through Python's `csv`, `strict=True`), each with the physical line it begins in.

1. A row whose quoting is broken is given back as broken, and reading starts anew at the next physical line, so that one open
   quotation mark never swallows the rows below it. The same for a row of several lines with a wrong number of fields.
2. The separator is a comma; a semicolon or tab is recognised in the header.
3. Cells are given as they are: nothing is trimmed, nothing that looks like a formula is touched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

MOST_LINES = 400
"""Physical lines in one row; an event's text has a handful."""
LARGEST_CELL = 131_072
_TOGETHER = 4096
"""Physical lines that are read together where all is well."""


class Row(NamedTuple):
    """One row: where it begins, its cells, or why it is broken; `content` is its first physical line."""

    line: int
    cells: list[str]
    content: str
    broken: str = ""


class _Lines:
    """Physical lines from one on, for one attempt at reading rows; stops a row that has no end."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines, self.at, self.begun = lines, at, at

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines) or self.at - self.begun > MOST_LINES:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def read_rows(text: str) -> Iterator[Row]:
    """Yield the header and then every row of a CSV text; blank lines are left out."""
    lines = io.StringIO(text, newline="").readlines()
    separator = _separator(lines[0] if lines else "")
    at, width = 0, 0
    while at < len(lines):
        # Where something is not as it should be the one row is read by itself, as the rules say, and then many again.
        for row, following in islice(_attempt(lines, at, separator, width), 1):
            at = following
            if row is not None:
                width = width or len(row.cells)
                yield row
        for row, following in _sound(lines, at, separator, width):
            at = following
            yield row


def _sound(lines: list[str], at: int, separator: str, width: int) -> Iterator[tuple[Row, int]]:
    """Yield rows and the line after each for as long as nothing is wrong with them."""
    while at < len(lines):
        begun, part = at, lines[at : at + _TOGETHER]
        reader = csv.reader(part, delimiter=separator, strict=True)
        try:
            for cells in reader:
                following = begun + reader.line_num
                if not cells or len(cells) != width or following - at > MOST_LINES:
                    return
                yield Row(at + 1, cells, lines[at].rstrip("\r\n")), following
                at = following
        except csv.Error:
            # Broken, or one that goes on in the lines after these.
            if at == begun:
                return


def _separator(header: str) -> str:
    counts = {mark: header.count(mark) for mark in (",", ";", "\t")}
    return max(counts, key=lambda mark: counts[mark])


def _attempt(lines: list[str], at: int, separator: str, width: int) -> Iterator[tuple[Row | None, int]]:
    """Yield rows and the line after each, up to the first broken one."""
    source = _Lines(lines, at)
    reader = csv.reader(source, delimiter=separator, strict=True)
    while source.at < len(lines):
        begun = source.begun = source.at
        content = lines[begun].rstrip("\r\n")
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(begun + 1, [], content, _explain(str(error))), begun + 1
            return
        width = width or len(cells)
        if not cells:
            yield None, source.at
        elif len(cells) != width and source.at - begun > 1:
            yield Row(begun + 1, [], content, _explain("unexpected end of data")), begun + 1
            return
        elif len(cells) != width:
            yield Row(begun + 1, cells, content, f"expected {width} fields, found {len(cells)}"), source.at
        else:
            yield Row(begun + 1, cells, content), source.at


def _explain(error: str) -> str:
    if "field larger" in error:
        return f"a cell is longer than {LARGEST_CELL} characters; is a quotation mark missing?"
    if "unexpected end" in error:
        return "a quotation mark is opened and not closed; close it, and double quotation marks inside a quoted cell"
    return "broken quoting: expected a separator after a closing quotation mark; double quotation marks inside a quoted cell"
