"""A file's text with neutral words in the place of names and dates, and the way back to the file's own offsets.

Rules
1. Only the paragraphs that are read are changed, each by itself: no stand-in reaches across their bounds.
2. A range that touches a stand-in covers all the words it stands for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from tasdiq.intake.numbered import numbered_names
from tasdiq.model.document import Paragraph, Span
from tasdiq.model.statement import Attribution

from .names import Spellings, StandIn, find_dates, find_names


@dataclass(frozen=True)
class NeutralText:
    """`text` is what is read; the stand-in `n` begins at `here[n]` in it and stands for a range of the file."""

    text: str
    here: tuple[int, ...]
    there: tuple[int, ...]
    stand_ins: tuple[StandIn, ...]

    def from_file(self, place: int) -> int:
        """Translate an offset of the file; one inside a name is where the name begins."""
        number = bisect_right(self.there, place) - 1
        if number < 0:
            return place
        beyond = place - self.stand_ins[number].end
        return self.here[number] + (len(self.stand_ins[number].word) + beyond if beyond >= 0 else 0)

    def to_file(self, span: Span) -> Span:
        """Translate a range of this text to the file's offsets (rule 2)."""
        return Span(start=self._position(span.start), end=self._position(span.end - 1, last=True) + 1)

    def restore(self, each: Attribution) -> Attribution:
        """Return an attribution found in this text with the file's offsets."""
        return replace(
            each,
            source=tuple(map(self.to_file, each.source)),
            cue=tuple(map(self.to_file, each.cue)),
            content=tuple(map(self.to_file, each.content)),
            sentence=self.to_file(each.sentence) if each.sentence else None,
        )

    def _position(self, place: int, *, last: bool = False) -> int:
        number = bisect_right(self.here, place) - 1
        if number < 0:
            return place
        name = self.stand_ins[number]
        beyond = place - self.here[number] - len(name.word)
        if beyond >= 0:
            return name.end + beyond
        return name.end - 1 if last else name.start


def neutralise(text: str, paragraphs: Iterable[Paragraph], spelt: Spellings) -> NeutralText:
    """Replace the names and dates of the given paragraphs; the rest of the text stays (rule 1)."""
    found = [
        StandIn(each.start + swap.start, each.start + swap.end, swap.word)
        for each in sorted(paragraphs, key=lambda each: each.start)
        for swap in _stand_ins(text[each.start : each.end], spelt)
    ]
    pieces: list[str] = []
    here: list[int] = []
    size = last = 0
    for swap in found:
        pieces += [text[last : swap.start], swap.word]
        here.append(size + swap.start - last)
        size = here[-1] + len(swap.word)
        last = swap.end
    return NeutralText("".join([*pieces, text[last:]]), tuple(here), tuple(each.start for each in found), tuple(found))


def _with_numbered(words: str, names: list[StandIn]) -> list[StandIn]:
    """Return the names with those that hold a day or a number, each as one name with what overlaps it."""
    for start, end in numbered_names(words):
        touching = [name for name in names if name.start < end and start < name.end]
        first, last = min([start, *(n.start for n in touching)]), max([end, *(n.end for n in touching)])
        names = [*(name for name in names if name not in touching), StandIn(first, last)]
    return names


def _stand_ins(words: str, spelt: Spellings) -> list[StandIn]:
    names = _with_numbered(words, find_names(words, spelt))
    inside = [range(name.start, name.end) for name in names]
    dates = [date for date in find_dates(words) if not any(date.start in name for name in inside)]
    return sorted([*names, *dates], key=lambda each: each.start)
