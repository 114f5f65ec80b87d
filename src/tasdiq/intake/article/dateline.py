"""The dateline an article's first paragraph opens with: "ISLAMABAD: ", "Islamabad – ", "KABUL, Nov 1 (Agency) - ".

Capitals may be followed by a colon or a dash; other case only by a dash, since "Note: …" and "Minister: …" are no places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UPPER = r"(?:ST\.\s)?[^\W\d_a-z](?:['’]?[^\W\d_a-z])+"
NAME = r"(?:St\.\s)?[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_PART = r"(?:[A-Z][\w.'’]*(?:\s[A-Z0-9][\w.'’]*){0,2}|\d{1,2}\s[A-Z][\w.]*(?:\s\d{4})?|\d{4})"
REST = rf"(?P<rest>(?:,\s?{_PART}){{0,3}})(?:\s?\((?P<agency>[A-Z][\w .&/-]{{1,30}})\))?"
CAPITALS = re.compile(
    rf"(?P<place>{UPPER}(?:[\s/-]{UPPER}){{0,5}}){REST}\s?(?::|[–—]|-{{1,2}})\s+(?=[\"“‘'(]?[A-Z0-9])"
)
MIXED = re.compile(rf"(?P<place>{NAME}(?:[\s/]{NAME}){{0,2}}){REST}\s?(?:\s[–—]|\s-{{1,2}}|—)\s+(?=[\"“‘']?[A-Z])")
NO_PLACE = frozenset({
    "breaking", "update", "updated", "watch", "live", "exclusive", "opinion", "analysis", "explainer", "note", "read", "also",
    "related", "editor's note", "correction", "video", "photos", "fact check", "q", "a",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place as printed, the agency and the date if there are any, where the paragraph's own words begin."""

    place: str
    agency: str | None
    date: str
    words_at: int
    body_at: int
    capitals: bool


def dateline_of(text: str) -> Dateline | None:
    """Return the dateline at the start of a paragraph, if it has one and words after it."""
    head = text[:160]
    for pattern in (CAPITALS, MIXED):
        match = pattern.match(head)
        if match and match["place"].lower() not in NO_PLACE and len(text) - match.end() > 30:
            words = match[0].rstrip(" :–—-\xa0")
            parts = match["rest"].split(",")
            rest = ",".join(part for part in parts if not any(map(str.isdigit, part)))
            date = ",".join(part for part in parts if any(map(str.isdigit, part))).strip()
            capitals = pattern is CAPITALS
            return Dateline(match["place"] + rest, match["agency"], date, len(words), match.end(), capitals)
    return None
