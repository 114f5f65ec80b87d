"""The table of words that Python and JavaScript share: static/sign/words.json."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


class Kind(msgspec.Struct, frozen=True):
    """What entering this kind does, and its fields in the order in which they are read."""

    says: str
    fields: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """The table; `invisible` and `joins` are ranges of code points in hexadecimal."""

    about: str
    kinds: dict[str, Kind]
    fields: dict[str, str]
    of: dict[str, str]
    absent: dict[str, str]
    sections: dict[str, str]
    header: dict[str, str]
    access: dict[str, str]
    words: dict[str, str]
    months: tuple[str, ...]
    days: tuple[str, ...]
    moment: str
    date: str
    invisible: tuple[str, ...]
    joins: tuple[str, ...]
    names: dict[str, str]

    def rank(self, name: str) -> tuple[int, str]:
        """Return the place of a field among the others of its object."""
        return (_ranks().get(name, len(self.fields)), name)

    def label(self, kind: str, path: tuple[str, ...], name: str) -> str | None:
        """Return what a field is called, None where the table does not know it."""
        return self.of.get(".".join((kind, *path, name)), self.fields.get(name))


@cache
def words() -> Words:
    """Return the table."""
    data = files("tasdiq").joinpath("web", "static", "sign", "words.json").read_bytes()
    return msgspec.json.decode(data, type=Words)


@cache
def _ranks() -> dict[str, int]:
    return {name: rank for rank, name in enumerate(words().fields)}


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds characters that are not seen, and what finds the letters between which a joiner is spelling."""
    return tuple(re.compile(f"[{_ranges(listed)}]") for listed in (words().invisible, words().joins))  # type: ignore[return-value]


def _ranges(listed: Any) -> str:
    return "".join(f"\\U{low:0>8}-\\U{high:0>8}" for low, high in (item.split("-") for item in listed))
