"""Rules 6 and 7: names and spellings, and the places where copies of one statement differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from tasdiq.model.document import Passage
from tasdiq.model.proposition import Disagreement, Origin
from tasdiq.model.state import State

from .values import Value, build, kept

ALIKE = 80
ABSENT = "(words absent)"
_NAMED_KINDS = ("armed-group", "person", "organisation")
_OPERATION = re.compile(r"\bOperation ((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*){0,3})")


def names(state: State) -> Iterator[Disagreement]:
    """Rule 6."""
    for actor in state.actors.values():
        if actor.kind in _NAMED_KINDS:
            values = [(d.text, passage) for d in actor.designations for passage in d.passages]
            used = _spellings(values) if actor.kind == "person" else values
            yield from kept([build("name", actor.id, f"Names in use for {actor.name}", _by_folded(used))])
    yield from _operations(state)


def _spellings(values: list[Value]) -> list[Value]:
    """Leave out names of a person that only shorten a longer one."""
    full = {value: set(value.split()) for value, _ in values}
    return [(v, p) for v, p in values if not any(full[v] < words for words in full.values())]


def _operations(state: State) -> Iterator[Disagreement]:
    """Rule 6: operations whose names are nearly alike."""
    found: dict[str, list[Value]] = {}
    for document in state.documents.values():
        text = state.text(document.id) or ""
        for hit in _OPERATION.finditer(text, document.start, document.end):
            passage = Passage(document=document.id, start=hit.start(), end=hit.end())
            like = next((name for name in found if fuzz.ratio(name, hit[1]) >= ALIKE), hit[1])
            found.setdefault(like, []).append((hit[1], passage))
    for name, values in found.items():
        yield from kept([build("name", f"operation/{name}", f"Name of the operation {name}", values)])


def _by_folded(values: list[Value]) -> list[Value]:
    """Let spellings that differ in case only be one value."""
    first: dict[str, str] = {}
    return [(first.setdefault(value.casefold(), value), passage) for value, passage in values]


def wordings(state: State) -> Iterator[Disagreement]:
    """Rule 7: differences of several pairs of copies at one place are one disagreement."""
    for origin in state.origins.values():
        for number, place in enumerate(_places(origin)):
            values = [(words or ABSENT, passage) for words, passage in place]
            yield from kept([build("wording", f"{origin.id}/{number}", f"Wording of: {origin.label}", values)])


def _places(origin: Origin) -> list[list[Value]]:
    """Join differences that share a passage of some document; each document keeps its longest words at a place."""
    places: list[dict[str, Value]] = []
    for difference in origin.differences:
        pairs = list(zip(difference.words, difference.passages, strict=False))
        place = next((known for known in places if any(_meets(known, passage) for _, passage in pairs)), None)
        if place is None:
            places.append(place := {})
        for words, passage in pairs:
            before = place.get(passage.document)
            if before is None or len(words) > len(before[0]):
                place[passage.document] = (words, passage)
    return [list(place.values()) for place in places]


def _meets(place: dict[str, Value], passage: Passage) -> bool:
    known = place.get(passage.document)
    return known is not None and known[1].start < passage.end and passage.start < known[1].end
