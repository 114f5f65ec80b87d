"""Put tellings of the ceasefire on one time line: one point for each turn and date, with everybody who tells it.

Rules:

1. Tellings are one point if event, who announced it alone, and first day (or month) are the same; a range and its first day are
   told together.
2. A turn told without a date stands undated: nobody's date is lent to it.
3. "Violated" on this line means that somebody says so: an alleged violation, never a finding.
4. Who tells is the party, or the parties together, in whose speech it stands, else the outlet. Nothing depends on the order of
   documents.
"""

from __future__ import annotations

from collections import defaultdict

from tasdiq.model.chronicle import CeasefirePoint
from tasdiq.model.state import State
from tasdiq.model.told import CeasefireTold

METHOD = "turns by date v1"


def ceasefire(state: State) -> list[CeasefirePoint]:
    """Return the points that the documents of `state` tell of, dated ones first."""
    points: dict[tuple[str, str, str], list[CeasefireTold]] = defaultdict(list)
    for one in sorted(state.told.values(), key=lambda item: item.id):
        if isinstance(one, CeasefireTold):
            date = one.when.start if one.when and one.when.start and one.when.precision in ("day", "month") else ""
            points[one.event, one.by or "", date or ""].append(one)
    made = [_point(event, by, date, tellings) for (event, by, date), tellings in points.items()]
    return sorted(made, key=lambda point: (point.when.key if point.when else "9999", point.id))


def _point(event: str, by: str, date: str, tellings: list[CeasefireTold]) -> CeasefirePoint:
    return CeasefirePoint(
        id=f"ceasefire-{event}-{by.replace('/', '-') + '-' if by else ''}{date or 'undated'}",
        event=event,
        by=by or None,
        when=tellings[0].when if date else None,
        tellings=tuple(sorted(one.id for one in tellings)),
        tellers=tuple(sorted({who for one in tellings for who in _tellers(one)})),
        method=METHOD,
    )


def _tellers(one: CeasefireTold) -> tuple[str, ...]:
    """Rule 4; what a narrator tells of both sides is the narrator's."""
    telling = one.telling
    together = telling.parties if telling.teller == "own" else ()
    return together or (telling.party or telling.outlet,)
