"""Names of groups that hold a day or a number: "March 9 Movement", "17 November Organisation", "Front 17", "M9M".

Decides only what such a name looks like, so that whoever reads dates, figures and names reads the same words as one. Rules

1. A day of a month, either way round, before a word of organisation with a capital ("the March 9 Movement", "5 May Brigade"),
   or before "group"; one further name may stand between ("the 5 May Martyrs Brigade").
2. A word of organisation with a capital before a number, or before a day of a month ("Front 17", "Organisation 17 November"),
   unless a date goes on there ("Brigade on 17 November", "Army 17 April 2031").
3. A number with a word of organisation after it ("17th Brigade") is a unit's name as it stands and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ORGANISED = (
    "Movements?|Fronts?|Brigades?|Battalions?|Arm(?:y|ies)|Groups?|Organi[sz]ations?|Forces?|Units?|Cells?|Columns?|Wings?"
    "|Alliance|Coalition|Council|League|Union|Committee|Party|Network|Resistance|Martyrs|Companies|Company|Squad|Militia"
)
_DAY = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?"
_DATE = rf"(?:(?:{MONTHS}) {_DAY}|{_DAY} (?:of )?(?:{MONTHS}))"
NUMBERED = (
    rf"(?:{_DATE} (?:(?!(?:{MONTHS})\b)[A-Z][\w’'-]+ )?(?:{ORGANISED}|group)\b"
    rf"|(?:{ORGANISED}) (?:{_DAY} (?:{MONTHS})(?!,? \d{{4}})|\d{{1,3}})(?![\w%]|[.,:]\d| (?:{MONTHS})\b))"
)
"""A pattern without groups."""
NUMBERED_SHORT = r"(?:[A-Z]{1,4}-?\d{1,3}[A-Z]{0,3}|\d{1,2}[A-Z]{1,4})"
_NAME = re.compile(rf"(?<![\w-])(?:(?:[A-Z][\w’'-]+ ){{0,3}}?)(?P<name>{NUMBERED})")


def numbered_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of numbered names in a text, in order."""
    for match in _NAME.finditer(text):
        yield match.span("name")


def in_numbered(start: int, end: int, names: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a range touches a numbered name."""
    return any(first < end and start < last for first, last in names)
