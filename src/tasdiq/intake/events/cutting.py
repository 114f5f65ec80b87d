"""Cut a document into scenes.

Rules:

1. Furniture tells nothing. A title, a summary point and a caption tell like the body.
2. A day and month without a year take the year nearest to the folder's other documents, and are approximate.
3. "Since" right before a time leaves its end open, "until" its start.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from tasdiq.intake.actors import Directory
from tasdiq.intake.gazetteer import Gazetteer
from tasdiq.intake.place import find_places
from tasdiq.intake.when import TimeMention, read_times
from tasdiq.model.document import Document
from tasdiq.model.place import Place, PlaceMention
from tasdiq.model.statement import Statement
from tasdiq.model.when import When

from .scene import Scene

_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Brig|Sgt|St|No|vs|etc|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_DAY_AND_MONTH = re.compile(r"\d")
_SINCE = re.compile(r"\bsince (?:the |about |at least )?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till) (?:the |at least )?$", re.IGNORECASE)
LONGEST = 2_000
"""Code points of a sentence; a longer stretch without an end is cut, so that no pattern runs away."""
REMEMBERED = 3
"""Earlier scenes a scene can look back on."""


def scenes(
    document: Document,
    text: str,
    statements: Sequence[Statement],
    directory: Directory,
    gazetteer: Gazetteer,
    near: When | None,
    known: Mapping[str, Place] | None = None,
) -> Iterator[Scene]:
    """Yield the sentences of a document that tell something (rule 1)."""
    own = text[document.start : document.end]
    places = [_shifted(mention, document.start) for mention in find_places(own, gazetteer, extra=known)]
    times = _times(own, document, near)
    spoken = [s for s in statements if not s.narrated]
    place_starts, time_starts = [p.start for p in places], [t.start for t in times]
    earlier: tuple[Scene, ...] = ()
    for start, end in sentences(document, text):
        scene = Scene(
            document,
            text,
            start,
            end,
            tuple(places[bisect_left(place_starts, start) : bisect_left(place_starts, end)]),
            tuple(times[bisect_left(time_starts, start) : bisect_left(time_starts, end)]),
            tuple(s for s in spoken if any(p.start < end and start < p.end for p in s.content)),
            directory,
            gazetteer,
            tuple(_forgetful(one) for one in earlier),
            known or {},
        )
        yield scene
        earlier = (scene, *earlier)[:REMEMBERED]


def _forgetful(scene: Scene) -> Scene:
    """Return a scene without what it looks back on itself, so that no chain of them is kept."""
    if not scene.earlier:
        return scene
    kept = {name: getattr(scene, name) for name in scene.__dataclass_fields__}
    return Scene(**(kept | {"earlier": ()}))


def sentences(document: Document, text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of a document's own words."""
    for paragraph in document.paragraphs:
        if paragraph.kind in ("furniture", "byline", "dateline"):
            continue
        for start, end in _sentences(text, paragraph.start, paragraph.end):
            for first in range(start, end, LONGEST):
                yield first, min(end, first + LONGEST)


def _sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start, stop):
        if _ABBREVIATION.search(text, max(start, match.start() - 6), match.start() + 1):
            continue
        end = match.end() - len(match[0]) + len(match[0].rstrip())
        if end > start:
            yield start, end
        start = match.end()
    if text[start:stop].strip():
        yield start, stop


def _shifted(mention: PlaceMention, offset: int) -> PlaceMention:
    return PlaceMention(
        start=mention.start + offset,
        end=mention.end + offset,
        name=mention.name,
        place=mention.place,
        kind=mention.kind,
        crossing=mention.crossing,
        role=mention.role,
    )


def _times(own: str, document: Document, near: When | None) -> list[TimeMention]:
    found = []
    for mention in read_times(own, document.published):
        when = _with_year(mention.when, near)
        if _SINCE.search(own, max(0, mention.start - 24), mention.start):
            when = When(
                start=when.start, precision=when.precision, text=f"since {when.text}", approximate=when.approximate
            )
        elif _UNTIL.search(own, max(0, mention.start - 24), mention.start) and when.start == when.end:
            when = When(end=when.end, precision=when.precision, text=f"until {when.text}", approximate=when.approximate)
        found.append(TimeMention(mention.start + document.start, mention.end + document.start, when))
    return found


def _with_year(when: When, near: When | None) -> When:
    """Give a day and month without a year the year nearest to the folder's other documents (rule 2)."""
    if when.start or when.end or near is None or not _DAY_AND_MONTH.search(when.text):
        return when
    again = read_times(when.text, near)
    if not again or not again[0].when.start:
        return when
    found = again[0].when
    return When(start=found.start, end=found.end, precision=found.precision, text=when.text, approximate=True)
