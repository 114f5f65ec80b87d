"""Which attack a statement is about, where a kind of proposition is one for each (`each` in its frame): by place and day.

Rules:

1. A statement names a place or a day where its own words tell of an event there or then: a place known to `NEAR_KM`, a day exactly.
   Two of a kind name none. Days that follow on each other are one occasion, called by the first.
2. Who answers a claim, or is asked about it, is about what the claim is about.
3. A statement that names nothing is about the one occasion that its document names of the same kind and the same actors, if it is
   one; else it stays with what is said of all of them.
4. What names a place alone, or a day alone, joins the only occasion that names both, if there is exactly one (rule 2 of `framing`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

from tasdiq.model.state import State
from tasdiq.model.statement import Statement
from tasdiq.model.told import CrossingTold, FigureTold, IncidentTold

from .bearing import Bearing, Bearings, Key

NEAR_KM = 20
Named = tuple[tuple[str, str], ...]
"""Pairs of "place" or "day" and what is named, in order."""


def named(state: State) -> dict[str, Named]:
    """Return the places and days that each statement's own words tell of, by statement."""
    events: dict[str, list[tuple[int, int, Named]]] = {}
    for told in state.told.values():
        if isinstance(told, IncidentTold | CrossingTold | FigureTold) and (found := _of_event(told)):
            place = told.telling.passage
            events.setdefault(place.document, []).append((place.start, place.end, found))
    said = {}
    for statement in state.statements.values():
        here = events.get(statement.document)
        if here and (found := _of_statement(statement, here)):
            said[statement.id] = found
    return said


def _of_event(told: IncidentTold | CrossingTold | FigureTold) -> Named:
    if isinstance(told, IncidentTold):
        known = told.place_precision_km is not None and told.place_precision_km <= NEAR_KM
        place = (told.place_name or told.place) if known else ""
    else:
        place = told.name if isinstance(told, CrossingTold) else told.place
    when = told.when
    exact = when is not None and when.precision in ("minute", "hour", "day") and not when.approximate and when.start
    return (*((("day", str(exact)[:10]),) if exact else ()), *((("place", place),) if place else ()))


def _of_statement(statement: Statement, events: Iterable[tuple[int, int, Named]]) -> Named:
    spans = (*statement.cue, *statement.content)
    start, end = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
    return tuple(sorted({name for first, last, found in events if first < end and start < last for name in found}))


def part(bearings: Bearings, said: Mapping[str, Named]) -> None:
    """Put a place and a day to the key of every bearing whose kind of proposition is one for each occasion."""
    groups: dict[Key, list[Bearing]] = {}
    for bearing in bearings.all():
        if bearing.frame.each:
            groups.setdefault(bearing.key, []).append(bearing)
    for key, held in groups.items():
        own = {bearing.statement.id: _single(said.get(bearing.statement.id, ())) for bearing in held}
        firsts = _firsts(value for found in own.values() for kind, value in found if kind == "day")
        own = {name: tuple((kind, firsts.get(value, value)) for kind, value in found) for name, found in own.items()}
        for bearing in held:
            if found := _about(bearing, held, own):
                fuller = (key[0], tuple(sorted({**dict(key[1]), **dict(found)}.items())))
                _replace(bearings, bearing, dataclasses.replace(bearing, key=fuller))


def _single(found: Named) -> Named:
    """Rule 1: leave out a kind of which two are named."""
    kinds = [kind for kind, _ in found]
    return tuple(item for item in found if kinds.count(item[0]) == 1)


def _firsts(days: Iterable[str]) -> dict[str, str]:
    """Rule 1: return for each day the first of the days that follow on each other up to it."""
    firsts: dict[str, str] = {}
    before = ""
    for day in sorted(set(days)):
        follows = before and (date.fromisoformat(day) - date.fromisoformat(before)).days == 1
        firsts[day] = firsts[before] if follows else day
        before = day
    return firsts


def _about(bearing: Bearing, held: list[Bearing], own: Mapping[str, Named]) -> Named:
    """Rules 2 and 3."""
    if bearing.answers in own and (found := own[bearing.answers]):
        return found
    if found := own[bearing.statement.id]:
        return found
    document = bearing.statement.document
    here = {own[other.statement.id] for other in held if other.statement.document == document} - {()}
    return next(iter(here)) if len(here) == 1 else ()


def _replace(bearings: Bearings, old: Bearing, new: Bearing) -> None:
    held = bearings.of[old.statement.id]
    held[held.index(old)] = new
