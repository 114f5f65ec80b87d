"""What a file holds: parts, each the text of one article (or of several, if plain), and what of it could not be read.

Every door yields `Part`s, `Refusal`s and `Note`s in the file's order; `gather` keeps them within bounds and joins the
texts into the one that offsets count in. Rules:

1. At most so many parts, code points and lines are taken from one file as there is `Room` for, more of an archive or export, and
   `MOST_REFUSALS` refusals listed; what is beyond is left out, and a refusal says so. The first part, alone, is bounded by its
   file's size.
2. Parts are joined by `BETWEEN`; a file of one part has exactly that part's text.
3. Control characters and halves of surrogate pairs, which no text holds, become U+FFFD. A form feed stays: it parts pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from tasdiq.model.when import When

from .html import Page, read_date

MOST_REFUSALS = 500
BETWEEN = "\n\n\n"
UNTEXTUAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Posted:
    """What an export says of one post: its `label`, and whether the post before it quotes it.

    The last `bylines` lines of the part's text name its author and who passed it on. Names stand in the text alone, which is
    private: most who post are private persons.
    """

    label: str
    published: When | None = None
    url: str = ""
    quoted: bool = False
    bylines: int = 0


@dataclass(frozen=True)
class Part:
    """One text of a file; `page` is what is declared of its one article, None for plain text, which may hold several.

    `posted` is what is declared of a post; then the text is that post and nothing else.
    """

    text: str
    page: Page | None = None
    notes: tuple[str, ...] = ()
    posted: Posted | None = None


@dataclass(frozen=True)
class Refusal:
    """Why something in a file was not read: `place` is where, such as "entry 3"; `line` counts from 1, 0 is no line."""

    reason: str
    place: str = ""
    line: int = 0

    def within(self, place: str) -> Refusal:
        """Return the refusal as it stands seen from outside `place`."""
        return replace(self, place=f"{place}, {self.place}" if self.place else place)


@dataclass(frozen=True)
class Note:
    """Something to know about the whole file."""

    text: str


@dataclass(frozen=True)
class Room:
    """How much is taken of one file: it is what its text may take in memory."""

    parts: int = 2_000
    text: int = 4_000_000
    lines: int = 60_000


ONE_FILE, MANY_IN_ONE = Room(), Room(20_000, 20_000_000, 400_000)
Found = Iterator[Part | Refusal | Note]
Open = Callable[[str, bytes], Found]
"""Read the bytes of a named thing inside another: an attachment, a captured page, a file of an archive."""


@dataclass(frozen=True)
class Gathered:
    """The parts taken, where each begins in the joined text, and what was refused."""

    text: str
    parts: tuple[tuple[int, Part], ...]
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...]


def nested(found: Found, place: str) -> Found:
    """Yield what a thing inside a file holds: refusals say in what place, and notes go to its own parts."""
    notes: list[str] = []
    for item in found:
        if isinstance(item, Note):
            notes.append(item.text)
        elif isinstance(item, Refusal):
            yield item.within(place)
        else:
            yield replace(item, notes=(*item.notes, *notes, place))


def gather(found: Iterable[Part | Refusal | Note], room: Room = ONE_FILE) -> Gathered:
    """Return what a door found, within bounds (rules 1 and 2)."""
    parts: list[tuple[int, Part]] = []
    refused: list[Refusal] = []
    notes: list[str] = []
    at = lines = 0
    for item in found:
        if isinstance(item, Note):
            notes.append(item.text)
        elif isinstance(item, Refusal):
            refused.append(item)
        else:
            lines += item.text.count("\n") + item.text.count("\r") + 1
            if parts and (len(parts) == room.parts or at + len(item.text) > room.text or lines > room.lines):
                refused.append(_too_much(len(parts), room))
                break
            parts.append((at, item))
            at += len(item.text) + len(BETWEEN)
        if len(refused) > MOST_REFUSALS:
            refused[MOST_REFUSALS:] = [
                Refusal(f"more than {MOST_REFUSALS} things could not be read: the rest was left")
            ]
            break
    text = BETWEEN.join(part.text for _, part in parts)
    return Gathered(text, tuple(parts), tuple(refused), tuple(dict.fromkeys(notes)))


def _too_much(taken: int, room: Room) -> Refusal:
    return Refusal(
        f"expected at most {room.parts:,} documents, {room.text:,} characters and {room.lines:,} lines in one file: "
        f"what follows the first {taken:,} was left out; split the file",
        place=f"document {taken + 1}",
    )


def tidy(text: str) -> str:
    """Return text without what no text holds (rule 3)."""
    return UNTEXTUAL.sub("\ufffd", text)


def one_line(text: str, longest: int = 500) -> str:
    """Return a header's value as one line of bounded length."""
    return " ".join(tidy(text).split())[:longest]


def read_stamp(value: str) -> When | None:
    """Return a declared date ("Tue, 04 Mar 2031 10:00:00 +0500", ISO 8601) as a day, as its own zone writes it."""
    value = one_line(value, 80)
    try:
        day = parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return read_date(value)
    return When(start=day, end=day, precision="day", text=value)
