"""Words out of a file that may be hostile, so that they can be shown: short, on one line, without what turns other text about."""

from __future__ import annotations

import unicodedata
from typing import Any

MOST = 240
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain(value: Any, most: int = MOST) -> str:
    """Return a value as text of at most `most` characters: controls and turns of direction as �, spaces run together."""
    if value is None:
        return ""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = text[: most * 4].strip("\0 \t\r\n")
    shown = " ".join("".join(_shown(letter) for letter in text).split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def lines(text: str, most: int) -> str:
    """Return the beginning of a text in lines, with controls and turns of direction as �."""
    return "".join(letter if letter in "\n\t" else _shown(letter) for letter in text[:most].replace("\r\n", "\n"))


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    return "�" if letter in _TURNS or unicodedata.category(letter) in ("Cc", "Cs", "Co") else letter
