"""Single values in words: what is not seen is made visible, times are spelt out, and nothing is shortened.

1. Controls, overrides of direction, spaces but the plain one and whatever else leaves no mark are shown by number and name; the
   line end stays a line end. A joiner between two Arabic letters is spelling, and stays.
2. A time or date that exists is told in words, with the day of the week and in UTC, and as it is written.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tasdiq.web.words.table import patterns, words

_TIME = re.compile(r"(?!0000)([0-9]{4}-[0-9]{2}-[0-9]{2})T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])Z", re.ASCII)
_DATE = re.compile(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_JOINERS = "\u200c\u200d"


def said(value: Any) -> str:
    """Return a scalar of a body in words."""
    table = words().words
    if value is None or isinstance(value, bool):
        return table["null" if value is None else "true" if value else "false"]
    if isinstance(value, int):
        return str(value)
    return _dated(value) or visible(value) if value else table["empty"]


def visible(text: str) -> str:
    """Return a text with everything in it that is not seen made visible (rule 1)."""
    unseen, _ = patterns()
    return unseen.sub(lambda found: _shown(text, found.start()), text)


def _shown(text: str, at: int) -> str:
    _, joining = patterns()
    around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if text[at] in _JOINERS and all(joining.match(letter) for letter in around):
        return text[at]
    number = f"{ord(text[at]):04x}"
    name = words().names.get(number, "")
    return f"⟨U+{number.upper()}{' ' if name else ''}{name}⟩"


def _dated(text: str) -> str:
    moment = _TIME.fullmatch(text)
    if not moment and not _DATE.fullmatch(text):
        return ""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return ""
    table = words()
    parts = {"day": table.days[day.isoweekday() % 7], "d": day.day, "month": table.months[day.month - 1], "y": day.year}
    told = (table.moment if moment else table.date).format(**parts, time=moment[2] if moment else "")
    return f"{told} [{text}]"
