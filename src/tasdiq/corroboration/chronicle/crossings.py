"""Put tellings of crossings together as intervals, by crossing, state and kind of traffic.

Rules:

1. Tellings of one crossing, state, traffic and basis are one interval if their days touch or overlap; a telling of one day
   says nothing about the days around it.
2. An interval is open-ended if no end is told: the telling's time has no end, or its words say that the state goes on
   ("remains", "pending", "until").
3. A telling without any date stands by itself, undated: nobody's date is lent to it.
4. Two ends of one crossing are one crossing.
5. An opening ends an open-ended closure or suspension of the same traffic, and a closure an open-ended opening, on the day it is
   told for; a later telling of the closure is no longer joined to what came before the opening.
6. Nothing depends on the order of documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta

import msgspec

from tasdiq.corroboration.chronicle.days import days_of
from tasdiq.model.chronicle import CrossingInterval
from tasdiq.model.state import State
from tasdiq.model.told import CrossingTold
from tasdiq.model.when import When

METHOD = "intervals by crossing and traffic v2"
_GOES_ON = re.compile(r"\b(?:remains?|remained|still|continues?|indefinitely|until further notice)\b", re.IGNORECASE)
_SHUT = ("closed", "suspended")


def crossings(state: State) -> list[CrossingInterval]:
    """Return the intervals that the documents of `state` tell of, by crossing and start."""
    told = sorted((one for one in state.told.values() if isinstance(one, CrossingTold)), key=lambda one: one.id)
    kinds: dict[tuple[str, str, tuple[str, ...], str], list[CrossingTold]] = defaultdict(list)
    for one in told:
        kinds[one.crossing, one.state, one.traffic, one.basis].append(one)
    turns = _turns(told)
    found = [_interval(state, group) for tellings in kinds.values() for group in _touching(tellings, turns)]
    ended = [_end(interval, turns) for interval in found]
    return sorted(_numbered(ended), key=lambda item: (item.crossing, item.when.key if item.when else "9999", item.id))


Turns = dict[tuple[str, bool], list[tuple[date, tuple[str, ...]]]]


def _turns(told: list[CrossingTold]) -> Turns:
    """Return the days each crossing is told to have been opened or shut, by crossing and whether shut."""
    turns: Turns = defaultdict(list)
    for one in told:
        if days := days_of(one.when):
            turns[one.crossing, one.state in _SHUT].append((days[0], one.traffic))
    return {key: sorted(days) for key, days in turns.items()}


def _turned(turns: Turns, crossing: str, state: str, traffic: tuple[str, ...], after: date) -> date | None:
    """Return the first day after `after` on which the opposite is told of the same traffic."""
    opposite = turns.get((crossing, state not in _SHUT), [])
    return next(
        (day for day, kind in opposite if day > after and (not kind or not traffic or set(kind) & set(traffic))), None
    )


def _touching(tellings: list[CrossingTold], turns: Turns) -> list[list[CrossingTold]]:
    """Split tellings into groups whose days touch or overlap; undated ones form a group of their own (rules 1, 3, 5)."""
    dated = sorted(
        ((days, one) for one in tellings if (days := days_of(one.when))), key=lambda item: (item[0], item[1].id)
    )
    groups: list[list[CrossingTold]] = []
    last, started, is_open = date.min, date.min, False
    for days, one in dated:
        turn = _turned(turns, one.crossing, one.state, one.traffic, started) if groups else None
        goes_on = is_open and not (turn and turn <= days[0])
        if not groups or not (goes_on or days[0] <= last + timedelta(days=1)):
            groups.append([])
            last, started, is_open = date.min, days[0], False
        groups[-1].append(one)
        last, is_open = max(last, days[1]), is_open or (one.when is not None and one.when.end is None)
    undated = sorted((one for one in tellings if not days_of(one.when)), key=lambda one: one.id)
    return groups + ([undated] if undated else [])


def _interval(state: State, group: list[CrossingTold]) -> CrossingInterval:
    first = group[0]
    days = [found for one in group if (found := days_of(one.when))]
    going_on = [one for one in group if one.until or _GOES_ON.search(state.words(one.telling.passage))]
    endless = [one for one in group if one.when and one.when.start and not one.when.end]
    when = None
    if days:
        last = max(d[1] for d in days)
        start = min(d[0] for d in days)
        when = When(
            start=start.isoformat(),
            end=None if endless and last == start else last.isoformat(),
            precision="day",
            approximate=all(one.when.approximate for one in group if one.when),
        )
    return CrossingInterval(
        id="-".join(
            (
                "crossing",
                first.crossing,
                first.state.replace(" ", "-"),
                when.key if when else "undated",
                *first.traffic,
                *(("announced",) if first.basis == "announced" else ()),
            )
        ),
        crossing=first.crossing,
        name=" / ".join(sorted({one.name for one in group})),
        state=first.state,
        when=when,
        open_ended=bool(endless or going_on),
        traffic=first.traffic,
        basis=first.basis,
        until=next((one.until for one in group if one.until), ""),
        tellings=tuple(sorted(one.id for one in group)),
        method=METHOD,
    )


def _end(interval: CrossingInterval, turns: Turns) -> CrossingInterval:
    """End an open-ended interval on the day the opposite is told (rule 5)."""
    days = days_of(interval.when)
    if not interval.open_ended or days is None or interval.when is None:
        return interval
    turn = _turned(turns, interval.crossing, interval.state, interval.traffic, days[1])
    if turn is None:
        return interval
    when = msgspec.structs.replace(interval.when, end=turn.isoformat())
    return msgspec.structs.replace(interval, when=when, open_ended=False)


def _numbered(found: list[CrossingInterval]) -> list[CrossingInterval]:
    """Keep ids apart: intervals that came to one id are told apart by a number."""
    seen: dict[str, int] = {}
    result = []
    for interval in sorted(found, key=lambda item: (item.id, item.tellings)):
        seen[interval.id] = seen.get(interval.id, 0) + 1
        number = seen[interval.id]
        result.append(interval if number == 1 else msgspec.structs.replace(interval, id=f"{interval.id}-{number}"))
    return result
