"""The dates a header line prints: "Published May 1, 2031 Updated 2 hours ago", "Issued on: 26/03/2031", "By A. Name | May 2, 2031".

A line counts only if nothing else stands in it. A date relative to the time of reading is a stamp without a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasdiq.intake.when import read_single
from tasdiq.model.when import When

LONGEST = 160
WORD = re.compile(
    r"(?:\b(?:last |first |date )?(?:updated|published|posted|modified|issued|released)\b"
    r"|^(?:release date|publication date|date of (?:issue|release|publication)|dated?|created)\b)\s?(?:on\b|at\b)?\s?:?\s?",
    re.IGNORECASE,
)
RELEASED = re.compile(r"\b(?:publ|post|date|creat|first|issu|releas)", re.IGNORECASE)
RELATIVE = re.compile(
    r"(?:about |over |an? |\d+ ?)(?:sec|min|hour|hr|day|week|month|year)[^.]{0,40}\bago|just now|today.{0,20}|yesterday.{0,20}",
    re.IGNORECASE,
)
NAMES = re.compile(r"(?:(?i:by)\s?:?\s)?(?:[A-Z][\w.'’-]+)(?:\s(?:[A-Z][\w.'’-]*|and|&))+")
TWICE = re.compile(r"(.{6,40}?\d{4})\s?\1")
AROUND = " \t\xa0|,·•-–—"


@dataclass(frozen=True)
class Stamp:
    """One date of a line: `rank` 0 for published, 1 for a bare date, 2 for updated; no `when` if it is relative."""

    rank: int
    when: When | None


@dataclass(frozen=True)
class Stamps:
    """The dates of a line, and the name that stands before them."""

    stamps: tuple[Stamp, ...]
    author: str | None = None

    @property
    def bare(self) -> bool:
        """Tell whether the line is only a date."""
        return self.author is None and [stamp.rank for stamp in self.stamps] == [1]


def read_stamps(text: str) -> Stamps | None:
    """Return the dates a header line consists of, or None if it says anything else."""
    if len(text) > LONGEST or not (any(character.isdigit() for character in text) or len(text) < 40):
        return None
    words = list(WORD.finditer(text))
    before = text[: words[0].start()].strip(AROUND) if words else text.strip(AROUND)
    stamps, author = _before(before, alone=not words)
    if stamps is None:
        return None
    for number, word in enumerate(words):
        rest = text[word.end() : words[number + 1].start() if number + 1 < len(words) else len(text)].strip(AROUND)
        stamp = _stamp(0 if RELEASED.search(word[0]) else 2, rest)
        if stamp is None:
            return None
        stamps.append(stamp)
    return Stamps(tuple(stamps), author)


def _before(text: str, *, alone: bool) -> tuple[list[Stamp] | None, str | None]:
    """Read what stands before the first word: nothing, a date, or a name with or without one."""
    if not text:
        return [], None
    if stamp := _stamp(1, text):
        return [stamp], None
    name = NAMES.match(text)
    if name is None:
        return None, None
    rest = text[name.end() :].strip(AROUND)
    author = re.sub(r"^by\s?:?\s", "", name[0], flags=re.IGNORECASE)
    if not rest:
        return (None, None) if alone else ([], author)
    stamp = _stamp(1, rest)
    return ([stamp], author) if stamp else (None, None)


def _stamp(rank: int, text: str) -> Stamp | None:
    twice = TWICE.fullmatch(text)
    when = read_single(twice[1] if twice else text)
    if when is None and text and not RELATIVE.fullmatch(text):
        return None
    return Stamp(rank, when) if when or rank != 1 or text else None
