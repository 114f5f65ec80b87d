"""A scene: one sentence of a document with its places, its times, and in whose telling it stands.

Rules:

1. A sentence inside an attributed speech act stands in the speaker's telling; the innermost speech act counts.
2. Any other sentence is the outlet's narration: as told by a third.
3. Furniture tells nothing. A title, a summary point and a caption tell like the body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasdiq.intake.actors import Directory
from tasdiq.intake.gazetteer import Gazetteer
from tasdiq.intake.place import find_places
from tasdiq.intake.when import TimeMention, read_times
from tasdiq.model.document import Document, Passage
from tasdiq.model.place import Place, PlaceMention
from tasdiq.model.statement import Statement
from tasdiq.model.told import Telling
from tasdiq.model.when import When

_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Brig|Sgt|St|No|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_DAY_AND_MONTH = re.compile(r"\d")


@dataclass(frozen=True)
class Scene:
    """A sentence and what stands in it; places and times carry offsets into the file's text, like `start` and `end`."""

    document: Document
    text: str
    start: int
    end: int
    places: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]
    statements: tuple[Statement, ...]
    directory: Directory
    gazetteer: Gazetteer
    before: str = ""

    @property
    def words(self) -> str:
        """Return the sentence."""
        return self.text[self.start : self.end]

    def telling(self, start: int, end: int) -> Telling:
        """Say in whose telling the words at `start`–`end` of the sentence stand (rules 1 and 2)."""
        first, last = self.start + start, self.start + end
        passage = Passage(document=self.document.id, start=self.start, end=self.end)
        outlet = self.document.outlet or self.document.file
        inside = [s for s in self.statements if any(p.start <= first and last <= p.end for p in s.content)]
        if not inside:
            return Telling(passage=passage, teller="third", outlet=outlet)
        statement = min(inside, key=lambda s: sum(p.end - p.start for p in s.content))
        return Telling(
            passage=passage,
            teller=statement.teller,
            statement=statement.id,
            speaker=statement.speaker,
            party=statement.party,
            outlet=outlet,
        )

    def time_near(self, position: int) -> When | None:
        """Return the time mentioned nearest to an offset of the sentence, None if there is none."""
        if not self.times:
            return None
        return min(self.times, key=lambda m: abs(m.start - self.start - position)).when


def scenes(
    document: Document,
    text: str,
    statements: Sequence[Statement],
    directory: Directory,
    gazetteer: Gazetteer,
    near: When | None,
    known: Mapping[str, Place] | None = None,
) -> Iterator[Scene]:
    """Yield the sentences of a document that tell something (rule 3)."""
    own = text[document.start : document.end]
    places = _shifted_places(find_places(own, gazetteer, extra=known), document.start)
    times = _times(own, document, near)
    spoken = [s for s in statements if not s.narrated]
    place_starts, time_starts = [p.start for p in places], [t.start for t in times]
    before = ""
    for start, end in sentences(document, text):
        yield Scene(
            document,
            text,
            start,
            end,
            tuple(places[bisect_right(place_starts, start - 1) : bisect_right(place_starts, end - 1)]),
            tuple(times[bisect_right(time_starts, start - 1) : bisect_right(time_starts, end - 1)]),
            tuple(s for s in spoken if any(p.start < end and start < p.end for p in s.content)),
            directory,
            gazetteer,
            before,
        )
        before = text[start:end]


def sentences(document: Document, text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of a document's own words."""
    for paragraph in document.paragraphs:
        if paragraph.kind in ("furniture", "byline", "dateline"):
            continue
        start = paragraph.start
        for match in _END.finditer(text, paragraph.start, paragraph.end):
            if _ABBREVIATION.search(text, max(start, match.start() - 6), match.start() + 1):
                continue
            yield start, match.end() - len(match[0]) + len(match[0].rstrip())
            start = match.end()
        if text[start : paragraph.end].strip():
            yield start, paragraph.end


def _shifted_places(found: Sequence[PlaceMention], offset: int) -> list[PlaceMention]:
    return [
        PlaceMention(
            start=mention.start + offset,
            end=mention.end + offset,
            name=mention.name,
            place=mention.place,
            kind=mention.kind,
            crossing=mention.crossing,
            role=mention.role,
        )
        for mention in found
    ]


def _times(own: str, document: Document, near: When | None) -> list[TimeMention]:
    found = read_times(own, document.published)
    return [TimeMention(m.start + document.start, m.end + document.start, _with_year(m.when, near)) for m in found]


def _with_year(when: When, near: When | None) -> When:
    """Give a day and month without a year the year nearest to the folder's other documents, marked approximate."""
    if when.start or when.end or near is None or not _DAY_AND_MONTH.search(when.text):
        return when
    again = read_times(when.text, near)
    if not again or not again[0].when.start:
        return when
    found = again[0].when
    return When(start=found.start, end=found.end, precision=found.precision, text=when.text, approximate=True)
