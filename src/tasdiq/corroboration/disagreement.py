"""On what outlets disagree: dates, figures, channels, lists of mediators, names. Values stand side by side; none is preferred.

Rules:

1. Channel: one speaker's statements on one proposition, told in several documents with different channels. Whether they are one
   occasion is not decided here.
2. Mediators: lists of mediators of talks told in several documents; a list that only leaves a name out differs too.
3. Figures: numbers of the same measure, side and place whose bounds do not meet, or that only one telling bounds, within a
   month of each other or undated.
4. Dates: one session, crossing interval or turn of the ceasefire, dated differently by several documents, where the dates
   do not overlap.
5. Outcome: one session whose outcome documents tell differently.
6. Names: a person, group or operation spelt or called differently by several documents.
7. Wording: places where copies of one statement differ (from its origin).
8. A document compared with itself is no disagreement between outlets. Order of values is that of documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

from tasdiq.model.document import Passage
from tasdiq.model.proposition import Disagreement
from tasdiq.model.state import State
from tasdiq.model.statement import Statement
from tasdiq.model.told import FigureTold, SessionTold
from tasdiq.model.when import When

METHOD = "disagreement/rules 1"
Aspect = Literal["date", "figure", "channel", "mediators", "name", "wording", "outcome"]
Value = tuple[str, Passage]
_NAMED_KINDS = ("armed-group", "person", "organisation")


def find(state: State) -> list[Disagreement]:
    """Return every point on which documents give different values, by aspect."""
    found = [
        *_channels(state), *_mediators(state), *_figures(state), *_dates(state), *_outcomes(state), *_names(state),
        *_wordings(state),
    ]  # fmt: skip
    return list({item.id: item for item in found}.values())


def _build(aspect: Aspect, key: str, subject: str, values: Iterable[Value]) -> Disagreement | None:
    """Make a disagreement if at least two values stand in at least two documents (rule 8)."""
    by_value: dict[str, list[Passage]] = {}
    for value, passage in values:
        if passage not in by_value.setdefault(value, []):
            by_value[value].append(passage)
    documents = {passage.document for passages in by_value.values() for passage in passages}
    if len(by_value) < 2 or len(documents) < 2:
        return None
    ident = "x-" + aspect + "-" + hashlib.sha256(key.encode()).hexdigest()[:8]
    listed = tuple((value, tuple(passages)) for value, passages in by_value.items())
    return Disagreement(id=ident, subject=subject, aspect=aspect, values=listed, method=METHOD)


def _kept(found: Iterable[Disagreement | None]) -> Iterator[Disagreement]:
    yield from (item for item in found if item is not None)


def _channels(state: State) -> Iterator[Disagreement]:
    """Rule 1."""
    for proposition in state.propositions.values():
        by_speaker: dict[str, list[Value]] = {}
        for holding in proposition.holdings:
            said = state.statements.get(holding.statement)
            if said and said.speaker and said.channel and said.teller == "own":
                by_speaker.setdefault(said.speaker, []).append((_channel(state, said), _passage(said)))
        for speaker, values in by_speaker.items():
            subject = f"Through which channel {_name(state, speaker)} said: {proposition.wording}"
            yield from _kept([_build("channel", f"{speaker}/{proposition.id}", subject, values)])


def _channel(state: State, said: Statement) -> str:
    actor = state.actors.get(said.channel or "")
    return actor.name if actor else said.channel or ""


def _passage(said: Statement) -> Passage:
    spans = said.sentence or said.content[0]
    return Passage(document=said.document, start=spans.start, end=spans.end)


def _name(state: State, ident: str) -> str:
    actor, member = state.actors.get(ident), state.charter.member(ident)
    return actor.name if actor else member.name if member else ident


def _mediators(state: State) -> Iterator[Disagreement]:
    """Rule 2: of each session told with a place, and of the talks as a whole."""
    told = [item for item in state.told.values() if isinstance(item, SessionTold) and item.mediators]
    by_place: dict[str, list[SessionTold]] = {}
    for item in told:
        by_place.setdefault(item.place or "", []).append(item)
    for place, items in [*sorted(by_place.items()), ("*", told)]:
        subject = f"Who mediated the talks in {place}" if place not in ("", "*") else "Who mediated the talks"
        values = [
            (", ".join(sorted({_name(state, m) for m in item.mediators})), item.telling.passage) for item in items
        ]
        yield from _kept([_build("mediators", f"mediators/{place}", subject, values)])


def _figures(state: State) -> Iterator[Disagreement]:
    """Rule 3."""
    groups: dict[tuple[str, str, str, str], list[FigureTold]] = {}
    for item in state.told.values():
        if isinstance(item, FigureTold):
            groups.setdefault((item.measure, item.side or "", item.place, _month(item.when)), []).append(item)
    for key, items in sorted(groups.items()):
        if _bounds_differ(items):
            subject = " ".join(
                part for part in (_name(state, key[1]) + ":" if key[1] else "", key[0], key[2], key[3]) if part
            )
            values = [(item.words or _bounds(item), item.telling.passage) for item in items]
            yield from _kept([_build("figure", "/".join(key), subject, values)])


def _month(when: When | None) -> str:
    return when.key[:7] if when and when.start else ""


def _bounds_differ(items: list[FigureTold]) -> bool:
    return len({(item.low, item.high) for item in items}) > 1


def _bounds(item: FigureTold) -> str:
    return f"{item.low if item.low is not None else '…'} to {item.high if item.high is not None else '…'}"


def _dates(state: State) -> Iterator[Disagreement]:
    """Rule 4."""
    kinds: list[tuple[str, str, tuple[str, ...]]] = [
        *(
            (s.id, f"When the talks in {s.place_name or s.place} were held", s.tellings)
            for s in state.sessions.values()
        ),
        *((c.id, f"When {c.name} was {c.state}", c.tellings) for c in state.crossings.values()),
        *((p.id, f"When the ceasefire was {p.event}", p.tellings) for p in state.ceasefire.values()),
    ]
    for ident, subject, tellings in kinds:
        told = [state.told[n] for n in tellings if n in state.told]
        dated = [(item.when, item) for item in told if item.when and item.when.start]
        if any(_apart(a, b) for a, _ in dated for b, _ in dated):
            yield from _kept(
                [_build("date", ident, subject, [(_day(when), item.telling.passage) for when, item in dated])]
            )


def _apart(a: When, b: When) -> bool:
    """Whether two dates cannot be the same."""
    return bool(a.start and b.start) and ((a.end or a.start or "")[:10] < (b.start or "")[:10])


def _day(when: When) -> str:
    start, end = (when.start or "")[:10], (when.end or when.start or "")[:10]
    return start if start == end else f"{start} to {end}"


def _outcomes(state: State) -> Iterator[Disagreement]:
    """Rule 5."""
    for session in state.sessions.values():
        told = [item for n in session.tellings if isinstance(item := state.told.get(n), SessionTold) and item.outcome]
        subject = f"How the talks in {session.place_name or session.place} ended"
        values = [(item.outcome, item.telling.passage) for item in told]
        yield from _kept([_build("outcome", session.id, subject, values)])


def _names(state: State) -> Iterator[Disagreement]:
    """Rule 6."""
    for actor in state.actors.values():
        if actor.kind in _NAMED_KINDS:
            values = [(d.text, passage) for d in actor.designations for passage in d.passages]
            yield from _kept([_build("name", actor.id, f"Names in use for {actor.name}", _by_folded(values))])


def _by_folded(values: list[Value]) -> list[Value]:
    """Let spellings that differ in case only be one value."""
    first: dict[str, str] = {}
    return [(first.setdefault(value.casefold(), value), passage) for value, passage in values]


def _wordings(state: State) -> Iterator[Disagreement]:
    """Rule 7."""
    for origin in state.origins.values():
        for number, difference in enumerate(origin.differences):
            values = list(zip(difference.words, difference.passages, strict=False))
            yield from _kept([_build("wording", f"{origin.id}/{number}", f"Wording of: {origin.label}", values)])
