"""What the parser reads: a paragraph whose whole quotations are replaced by a short clause, and each quotation by itself.

A parser that meets three quoted sentences before "he said" loses the thread; one that meets a short clause does not. Every
range the parser gives back is translated to the file's own offsets: the short clause stands for the whole quotation.

Rules
1. Control characters and line ends are read as spaces, curly marks as straight ones; lengths never change.
2. A piece is at most `LONGEST` characters: longer paragraphs are cut at the last sentence end, else the last space, else hard.
3. Headlines are read without their capitals (`case`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Set
from dataclasses import dataclass, field

from tasdiq.model.document import Span

from .case import lower_headline
from .marks import Quotation, find_quotations

LONGEST = 4_000
STAND_IN = "it is so"
CONTROL = [*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF]
PLAIN: dict[int, str] = {
    **dict.fromkeys(CONTROL, " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(map(ord, "’‘"), "'"),
    **dict.fromkeys(map(ord, "“”„«»"), '"'),
}
SENTENCE_END = re.compile(r"[.?!…][\"”’']?\s")


@dataclass(frozen=True)
class Held:
    """A whole quotation: where its stand-in is in the parsed text, and where it is in the file."""

    start: int
    end: int
    file: Span
    open: bool


@dataclass(frozen=True)
class Stretch:
    """One text for the parser. `shifts` are (position here, position in the file) where they begin to differ."""

    text: str
    shifts: tuple[tuple[int, int], ...]
    held: tuple[Held, ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()
    paragraph: int = 0
    within: Span | None = None
    starts: tuple[int, ...] = field(default=())

    def to_file(self, start: int, end: int) -> Span:
        """Translate a range of this text to the file's offsets; a stand-in gives its whole quotation."""
        for held in self.held:
            if held.start <= start < held.end:
                start_file = held.file.start
                break
        else:
            start_file = self._position(start)
        for held in self.held:
            if held.start < end <= held.end:
                return Span(start=start_file, end=held.file.end)
        return Span(start=start_file, end=self._position(end - 1) + 1)

    def _position(self, place: int) -> int:
        here, there = self.shifts[bisect_right(self.starts, place) - 1]
        return there + place - here


def cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a paragraph into pieces of at most `LONGEST` characters (rule 2)."""
    pieces = []
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        stops = [found.end() for found in SENTENCE_END.finditer(window)]
        place = stops[-1] if stops else window.rfind(" ") + 1
        place = place or LONGEST
        pieces.append((start, start + place))
        start += place
    return [*pieces, (start, end)]


def read(text: str, start: int, end: int, paragraph: int, known: Set[str] = frozenset()) -> list[Stretch]:
    """Return the stretches of one piece: the paragraph with stand-ins first, then its whole quotations.

    `known` are the words the file writes in lower case.
    """
    words = lower_headline(text[start:end], known)
    quotations = find_quotations(words)
    outer = _outer(words, start, quotations, paragraph)
    return [outer, *(_inner(words, start, each, paragraph) for each in quotations if each.whole)]


def _outer(words: str, start: int, quotations: list[Quotation], paragraph: int) -> Stretch:
    parts: list[str] = []
    shifts, held, quoted = [(0, start)], [], []
    size = last = 0
    for each in quotations:
        before = words[last : each.start]
        parts.append(before)
        size += len(before)
        piece = _stand_in(words, each) if each.whole else words[each.start : each.end]
        if each.whole:
            held.append(Held(size, size + len(piece), Span(start=start + each.start, end=start + each.end), each.open))
            shifts += [(size, start + each.start), (size + len(piece), start + each.end)]
        else:
            quoted.append((size, size + len(piece)))
        parts.append(piece)
        size += len(piece)
        last = each.end
    parts.append(words[last:])
    return Stretch(
        text="".join(parts).translate(PLAIN),
        shifts=tuple(shifts),
        held=tuple(held),
        quoted=tuple(quoted),
        paragraph=paragraph,
        starts=tuple(here for here, _ in shifts),
    )


def _stand_in(words: str, quotation: Quotation) -> str:
    inner = words[quotation.start : quotation.end].rstrip("”\"»' ")
    stop = inner[-1] if inner[-1:] in (",", ".", "?", "!") else ""
    return f'"{STAND_IN}{stop}"'


def _inner(words: str, start: int, quotation: Quotation, paragraph: int) -> Stretch:
    begin, end = quotation.start, quotation.end
    while begin < end and words[begin] in "“”„\"«»'`":
        begin += 1
    while end > begin and words[end - 1] in "“”„\"«»'`":
        end -= 1
    return Stretch(
        text=words[begin:end].translate(PLAIN),
        shifts=((0, start + begin),),
        paragraph=paragraph,
        within=Span(start=start + quotation.start, end=start + quotation.end),
        starts=(0,),
    )
