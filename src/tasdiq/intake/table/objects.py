"""A JSON text as rows: a GeoJSON feature collection (RFC 7946), or the submissions of a form (KoboToolbox, ODK).

1. The rows are the objects of the outermost array, or of the array under `features`, `results`, `value` or `data`. They are
   read one at a time, each with the physical line it begins in. A text that is no JSON is refused as a whole, with the line.
2. Numbers stay as they are written; the mapping's strict cells judge them. `true` and `false` are words, `null` is empty.
3. An object in an object gives columns "group/question", as forms write them; a point in one gives "lat lon altitude accuracy";
   a list of plain values is joined by spaces. A list of objects (a repeat) is left out, and the table says so.
4. A row is broken that is no object, says a column twice, or holds half a surrogate pair; the others go on.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from .points import Digits, Unplaced, point_cell
from .rows import LARGEST_CELL, Row

ARRAYS = frozenset({"features", "results", "value", "data"})
BLANK = " \t\r\n"
DEEPEST = 12
CONTENT = 1000


class Unreadable(Exception):  # noqa: N818
    """The text is no JSON that holds rows: why, and in which line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass
class Objects:
    """A JSON text, walked as often as needed; `members` are the outermost members beside the rows."""

    text: str
    members: dict[str, object] = field(default_factory=dict)
    repeats: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[tuple[int, str, object]]:
        """Yield line, text and value of every row (rule 1); raise `Unreadable`."""
        at = self._blank(0)
        if self.text[at : at + 1] == "[":
            at = yield from self._array(at)
        elif self.text[at : at + 1] == "{":
            at = yield from self._members(at)
        else:
            self._fail(at, "an object or an array")
        if self._blank(at) < len(self.text):
            self._fail(at, "nothing after the end")

    def _members(self, at: int) -> Generator[tuple[int, str, object], None, int]:
        mark, found = "{", False
        at = self._blank(at + 1)
        while mark != "}" and self.text[at : at + 1] != "}":
            if self.text[at : at + 1] != '"':
                self._fail(at, "a key in quotation marks")
            key, at = self._value(at)
            at = self._blank(self._expect(at, ":"))
            if key in ARRAYS and self.text[at : at + 1] == "[" and not found:
                found = True
                at = yield from self._array(at)
            else:
                self.members[str(key)], at = self._value(at)
            mark, at = self._mark(at, "}")
        if not found:
            self._fail(at, f"an array of rows under {', '.join(sorted(ARRAYS))}")
        return at if mark == "}" else at + 1

    def _array(self, at: int) -> Generator[tuple[int, str, object], None, int]:
        line, counted, mark = 1, 0, "["
        at = self._blank(at + 1)
        while mark != "]" and self.text[at : at + 1] != "]":
            line, counted = line + self.text.count("\n", counted, at), at
            begun = at
            value, at = self._value(at)
            yield line, self.text[begun : min(at, begun + CONTENT)], value
            mark, at = self._mark(at, "]")
        return at if mark == "]" else at + 1

    def _mark(self, at: int, end: str) -> tuple[str, int]:
        at = self._blank(at)
        mark = self.text[at : at + 1]
        following = self._blank(at + 1)
        if mark not in (",", end) or not mark or (mark == "," and self.text[following : following + 1] == end):
            self._fail(at, f"a comma or {end}")
        return mark, following if mark == "," else at + 1

    def _value(self, at: int) -> tuple[object, int]:
        try:
            return _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            return self._fail(error.pos, "a value")
        except _Refused as error:
            return self._fail(at, str(error))
        except RecursionError:
            return self._fail(at, "fewer brackets in brackets")

    def _expect(self, at: int, mark: str) -> int:
        at = self._blank(at)
        if self.text[at : at + 1] != mark:
            self._fail(at, mark)
        return at + 1

    def _blank(self, at: int) -> int:
        while self.text[at : at + 1] and self.text[at] in BLANK:
            at += 1
        return at

    def _fail(self, at: int, expected: str) -> NoReturn:
        found = repr(self.text[at : at + 20]) if at < len(self.text) else "the end of the file"
        line = self.text.count("\n", 0, at) + 1
        raise Unreadable(f"not valid JSON that holds rows: expected {expected}, found {found}; export it again", line)

    def row(self, line: int, content: str, value: object) -> tuple[Row, dict[str, str]]:
        """Return a row without cells, or a broken one, and its cells by column (rules 2 to 4)."""
        cells: dict[str, str] = {}
        try:
            if not isinstance(value, dict):
                raise Unplaced("expected an object with the row's values")
            self._flatten(value, "", cells, 0)
        except Unplaced as reason:
            return Row(line, [], content, str(reason)), {}
        return Row(line, [], content), cells

    def _flatten(self, value: dict[str, Any], path: str, cells: dict[str, str], depth: int) -> None:
        if depth > DEEPEST:
            raise Unplaced(f"expected at most {DEEPEST} groups in groups")
        for key, inner in value.items():
            column = path + key
            point = isinstance(inner, dict) and inner.get("type") == "Point" and "coordinates" in inner
            if isinstance(inner, dict) and not point:
                self._flatten(inner, column + "/", cells, depth + 1)
            elif isinstance(inner, list) and any(isinstance(each, dict | list) for each in inner):
                self.repeats.add(column[:60])
            elif column in cells:
                raise Unplaced(f"{column[:60]!r} stands there twice; expected one value for a question")
            else:
                cells[column] = _cell(column, point_cell(inner) if point else inner)


def _cell(column: str, value: object) -> str:
    if isinstance(value, list):
        return " ".join(filter(None, (_cell(column, each) for each in value)))
    cell = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    if len(cell) > LARGEST_CELL:
        raise Unplaced(f"{column[:60]!r} is longer than {LARGEST_CELL} characters")
    if any("\ud800" <= character <= "\udfff" for character in column + cell):
        raise Unplaced(f"{column[:60]!a} holds half a surrogate pair, which is no character; export it again")
    return cell


class _Refused(Exception):  # noqa: N818
    """JSON that Python takes and others do not."""


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("each key once in an object")
    return found


def _constant(word: str) -> NoReturn:
    raise _Refused(f"a number instead of {word}")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=Digits, parse_int=Digits, parse_constant=_constant)
