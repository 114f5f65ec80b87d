"""Put tellings of crossings together as intervals, by crossing, state and kind of traffic.

Rules:

1. Tellings of one crossing, state, traffic and basis are one interval if their days touch or overlap; a telling of one day
   says nothing about the days around it.
2. An interval is open-ended only if a telling says that it goes on ("remains", "pending", "until").
3. A telling without any date stands by itself, undated: nobody's date is lent to it.
4. Two ends of one crossing are one crossing.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from tasdiq.model.chronicle import CrossingInterval
from tasdiq.model.state import State
from tasdiq.model.told import CrossingTold
from tasdiq.model.when import When

METHOD = "intervals by crossing and traffic v1"


def crossings(state: State) -> list[CrossingInterval]:
    """Return the intervals that the documents of `state` tell of, by crossing and start."""
    told = [one for one in state.told.values() if isinstance(one, CrossingTold)]
    kinds: dict[tuple[str, str, tuple[str, ...], str], list[CrossingTold]] = defaultdict(list)
    for one in told:
        kinds[one.crossing, one.state, one.traffic, one.basis].append(one)
    found = [_interval(state, group) for tellings in kinds.values() for group in _touching(tellings)]
    return sorted(found, key=lambda item: (item.crossing, item.when.key if item.when else "9999", item.id))


def _touching(tellings: list[CrossingTold]) -> list[list[CrossingTold]]:
    """Split tellings into groups whose days touch or overlap; undated ones form a group of their own."""
    dated = sorted((one for one in tellings if _days(one.when)), key=lambda one: (_days(one.when), one.id))
    groups: list[list[CrossingTold]] = []
    last = date.min
    for one in dated:
        days = _days(one.when)
        assert days is not None
        if not groups or days[0] > last + timedelta(days=1):
            groups.append([])
        groups[-1].append(one)
        last = max(last, days[1])
    undated = sorted((one for one in tellings if not _days(one.when)), key=lambda one: one.id)
    return groups + ([undated] if undated else [])


def _interval(state: State, group: list[CrossingTold]) -> CrossingInterval:
    first = group[0]
    days = [found for one in group if (found := _days(one.when))]
    when = None
    if days:
        approximate = all(one.when.approximate for one in group if one.when)
        when = When(
            start=min(d[0] for d in days).isoformat(),
            end=max(d[1] for d in days).isoformat(),
            precision="day",
            approximate=approximate,
        )
    return CrossingInterval(
        id="-".join(
            ("crossing", first.crossing, first.state.replace(" ", "-"), when.key if when else "undated", *first.traffic)
        ),
        crossing=first.crossing,
        name=" / ".join(sorted({one.name for one in group})),
        state=first.state,
        when=when,
        open_ended=any(one.until or "remain" in state.words(one.telling.passage).lower() for one in group),
        traffic=first.traffic,
        basis=first.basis,
        until=next((one.until for one in group if one.until), ""),
        tellings=tuple(one.id for one in group),
        method=METHOD,
    )


def _days(when: When | None) -> tuple[date, date] | None:
    if when is None or not (when.start and when.end):
        return None
    return date.fromisoformat(when.start[:10]), date.fromisoformat(when.end[:10])
