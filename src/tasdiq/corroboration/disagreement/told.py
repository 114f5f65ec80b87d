"""Rules 2 to 5: lists of mediators, figures, dates and outcomes that documents tell differently."""

from __future__ import annotations

from collections.abc import Iterator

from tasdiq.corroboration.propositions.pattern import word_class
from tasdiq.corroboration.propositions.words import split
from tasdiq.model.proposition import Disagreement
from tasdiq.model.state import State
from tasdiq.model.told import FigureTold, SessionTold
from tasdiq.model.when import When

from .values import build, kept, name_of


def mediators(state: State) -> Iterator[Disagreement]:
    """Rule 2: of the sessions told at one place, and of the talks as a whole."""
    told = [item for item in state.told.values() if isinstance(item, SessionTold) and item.mediators]
    places: dict[str, list[SessionTold]] = {}
    for item in told:
        if item.place:
            places.setdefault(item.place, []).append(item)
    names = {session.place: session.place_name for session in state.sessions.values()}
    for place, items in [*sorted(places.items()), ("", told)]:
        subject = f"Who mediated the talks in {names.get(place) or place}" if place else "Who mediated the talks"
        values = [
            (", ".join(sorted({name_of(state, m) for m in item.mediators})), item.telling.passage) for item in items
        ]
        yield from kept([build("mediators", f"mediators/{place}", subject, values)])


def figures(state: State) -> Iterator[Disagreement]:
    """Rule 3."""
    groups: dict[tuple[str, str, str, str], list[FigureTold]] = {}
    for item in state.told.values():
        if isinstance(item, FigureTold):
            where = item.place or ("" if item.side else item.subject)
            groups.setdefault((item.measure, item.side or "", where, _month(item.when)), []).append(item)
    for key, items in sorted(groups.items()):
        if _bounds_differ(items):
            subject = " ".join(
                part for part in (name_of(state, key[1]) + ":" if key[1] else "", key[0], key[2], key[3]) if part
            )
            values = [(item.words or _bounds(item), item.telling.passage) for item in items]
            yield from kept([build("figure", "/".join(key), subject, values)])


def _month(when: When | None) -> str:
    return when.key[:7] if when and when.start else ""


def _bounds_differ(items: list[FigureTold]) -> bool:
    return len({(item.low, item.high) for item in items}) > 1


def _bounds(item: FigureTold) -> str:
    return f"{item.low if item.low is not None else '…'} to {item.high if item.high is not None else '…'}"


def dates(state: State) -> Iterator[Disagreement]:
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
            yield from kept(
                [build("date", ident, subject, [(_day(when), item.telling.passage) for when, item in dated])]
            )


def _apart(a: When, b: When) -> bool:
    """Whether two dates cannot be the same."""
    return bool(a.start and b.start) and ((a.end or a.start or "")[:10] < (b.start or "")[:10])


def _day(when: When) -> str:
    start, end = (when.start or "")[:10], (when.end or when.start or "")[:10]
    return start if start == end else f"{start} to {end}"


def outcomes(state: State) -> Iterator[Disagreement]:
    """Rule 5: outcomes whose classes (failed, agreed) have nothing in common."""
    for session in state.sessions.values():
        told = [item for n in session.tellings if isinstance(item := state.told.get(n), SessionTold) and item.outcome]
        classes = [_outcome_classes(item.outcome) for item in told]
        if any(a and b and not a & b for a in classes for b in classes):
            subject = f"How the talks in {session.place_name or session.place} ended"
            values = [(item.outcome, item.telling.passage) for item in told]
            yield from kept([build("outcome", session.id, subject, values)])


def _outcome_classes(words: str) -> set[str]:
    stems = {word.stem for word in split(words, 0, len(words))}
    return {name for name in ("ENDED_WITHOUT", "ENDED_WITH") if stems & word_class(name)}
