"""Where each key of a TOML file stands. `tomllib` reads the values but keeps no positions, so this scan finds the lines.

The text must be valid TOML 1.0 (`tomllib` has read it before): the scan then only has to skip strings and comments and to
follow brackets. A path is the keys from the root, with the index of every element of an array: `("party", 0, "name")`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[str | int, ...]
TOKEN = re.compile(
    r"(?P<skip>[ \t]+|\#[^\n]*)|(?P<newline>\r?\n)"
    r'|(?P<string>"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|(?P<mark>[\[\]{}=,])|(?P<bare>[^\s\[\]{}=,#\"']+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: a mark, "newline", "string" or "bare", its text and line."""

    kind: str
    text: str
    line: int


def key_lines(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every key and array element of a valid TOML text."""
    return _Scan(list(_tokens(text))).lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Return the line of a path, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "skip":
            yield Token(match[0] if kind == "mark" else kind, match[0], line)
        line += match[0].count("\n")


class _Scan:
    """One pass over the tokens, with the table that keys belong to at each moment."""

    def __init__(self, tokens: list[Token]) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens, self._at = [*tokens, Token("end", "", 0)], 0
        self._elements: dict[Path, int] = {}
        table: Path = ()
        while self._peek.kind != "end":
            if self._peek.kind == "[":
                table = self._header()
            elif self._peek.kind in ("bare", "string"):
                self._pair(table)
            else:
                self._next()

    @property
    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._peek
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _key(self) -> tuple[str, ...]:
        """Read a dotted key up to the mark that ends it."""
        words = ""
        while self._peek.kind in ("bare", "string"):
            words += self._next().text
        table: object = tomllib.loads(f"{words} = 0") if words else {}
        parts: list[str] = []
        while isinstance(table, dict) and table:
            name, table = next(iter(table.items()))
            parts.append(name)
        return tuple(parts)

    def _header(self) -> Path:
        line = self._next().line
        array = self._peek.kind == "["
        if array:
            self._next()
        *above, last = self._key()
        path: Path = ()
        for name in above:
            path = self._current((*path, name))
        path = (*path, last)
        if array:
            self._elements[path] = self._elements.get(path, -1) + 1
            self.lines.setdefault(path, line)
        path = self._current(path)
        self.lines.setdefault(path, line)
        while self._peek.kind == "]":
            self._next()
        return path

    def _current(self, path: Path) -> Path:
        return (*path, self._elements[path]) if path in self._elements else path

    def _pair(self, table: Path) -> None:
        line = self._peek.line
        path = table
        for name in self._key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._next()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._peek.kind == "[":
            self._array(path)
        elif self._peek.kind == "{":
            self._inline(path)
        else:
            while self._peek.kind in ("bare", "string"):
                self._next()

    def _array(self, path: Path) -> None:
        self._next()
        number = 0
        while self._peek.kind not in ("]", "end"):
            if self._peek.kind in (",", "newline"):
                self._next()
                continue
            self.lines[*path, number] = self._peek.line
            self._value((*path, number))
            number += 1
        self._next()

    def _inline(self, path: Path) -> None:
        self._next()
        while self._peek.kind not in ("}", "end"):
            if self._peek.kind in (",", "newline"):
                self._next()
            else:
                self._pair(path)
        self._next()
