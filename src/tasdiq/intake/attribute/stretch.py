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

from .case import is_headline, lower_headline, past_tense_words
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
    """Words the parser reads instead of those in the file: a stand-in for a whole quotation, or the past tense of a word."""

    start: int
    end: int
    file: Span
    quotation: bool = True


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


def read(text: str, start: int, end: int, paragraph: int, known: Set[str], *, brief: bool) -> list[Stretch]:
    """Return the stretches of one piece: the paragraph with stand-ins first, then its whole quotations.

    `known` are the words the file writes in lower case; `brief` marks a title, heading, summary or bullet.
    """
    words = lower_headline(text[start:end], known)
    quotations = find_quotations(words)
    whole = [each for each in quotations if each.whole]
    swaps = [(each.start, each.end, _stand_in(words, each), True) for each in whole]
    if brief or is_headline(text[start:end]):
        verbs = past_tense_words(words)
        swaps += [(*each, False) for each in verbs if not any(q.start < each[1] and each[0] < q.end for q in whole)]
    parts = [(each.start, each.end) for each in quotations if not each.whole]
    outer = _outer(words, start, sorted(swaps), parts, paragraph)
    return [outer, *(_inner(words, start, each, paragraph) for each in whole)]


def _outer(
    words: str, start: int, swaps: list[tuple[int, int, str, bool]], parts: list[tuple[int, int]], paragraph: int
) -> Stretch:
    pieces: list[str] = []
    shifts, held = [(0, start)], []
    size = last = 0
    for begin, end, instead, quotation in swaps:
        pieces += [words[last:begin], instead]
        size += begin - last
        held.append(Held(size, size + len(instead), Span(start=start + begin, end=start + end), quotation))
        shifts += [(size, start + begin), (size + len(instead), start + end)]
        size += len(instead)
        last = end
    pieces.append(words[last:])
    starts = tuple(there for _, there in shifts)
    return Stretch(
        text="".join(pieces).translate(PLAIN),
        shifts=tuple(shifts),
        held=tuple(held),
        quoted=tuple(
            (_here(shifts, starts, start + begin), _here(shifts, starts, start + end)) for begin, end in parts
        ),
        paragraph=paragraph,
        starts=tuple(here for here, _ in shifts),
    )


def _here(shifts: list[tuple[int, int]], starts: tuple[int, ...], place: int) -> int:
    here, there = shifts[bisect_right(starts, place) - 1]
    return here + place - there


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
