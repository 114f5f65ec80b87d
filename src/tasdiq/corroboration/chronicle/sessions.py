"""Put tellings of rounds of talks together.

Rules:

1. Two tellings are of one session if they name the same place and days that touch (three days apart at most), or the same
   number of round, and contradict each other in neither.
2. A telling without day and round belongs to the only session of its place; if there are several, to none of them: it stays
   a session of its own without a date, which claims nothing.
3. A session is *scheduled* while every telling of it looks ahead.
4. Every outlet's list of mediators and every outcome stays as that outlet tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import msgspec

from tasdiq.model.chronicle import Session
from tasdiq.model.state import State
from tasdiq.model.told import SessionTold
from tasdiq.model.when import When

METHOD = "rounds by place and date v1"
APART = 3
"""Days between two tellings of one session: a round of several days is told by its first or its last."""


@dataclass
class _Group:
    """Tellings held to be of one session."""

    told: list[SessionTold] = field(default_factory=list)

    @property
    def days(self) -> tuple[date, date] | None:
        found = [days for one in self.told if (days := _days(one.when))]
        return (min(d[0] for d in found), max(d[1] for d in found)) if found else None

    @property
    def place(self) -> str:
        return next((one.place for one in self.told if one.place), "")

    @property
    def round(self) -> int | None:
        return next((one.round for one in self.told if one.round), None)


def sessions(state: State) -> list[Session]:
    """Return the sessions that the documents of `state` tell of, earliest first, undated last."""
    told = [one for one in state.told.values() if isinstance(one, SessionTold)]
    groups: list[_Group] = []
    for one in sorted(told, key=_firmness):
        _home(groups, one).told.append(one)
    made = [_session(state, group) for group in groups if _says_something(group)]
    return sorted(_numbered(made), key=lambda s: (s.when.key if s.when else "9999", s.id))


def _firmness(one: SessionTold) -> tuple[int, str]:
    """Sort tellings with day and round first, so that vaguer ones find them."""
    return (-2 * bool(_days(one.when)) - bool(one.round) - bool(one.place), one.id)


def _home(groups: list[_Group], one: SessionTold) -> _Group:
    fitting = [group for group in groups if _fits(group, one)]
    strong = [group for group in fitting if _ties(group, one)]
    if len(strong) >= 1:
        return strong[0]
    if len(fitting) == 1 and not _days(one.when) and not one.round and one.place:
        return fitting[0]
    groups.append(_Group())
    return groups[-1]


def _fits(group: _Group, one: SessionTold) -> bool:
    """Tell whether nothing contradicts (rule 1)."""
    days, own = _days(one.when), group.days
    apart = bool(days and own and ((days[0] - own[1]).days > APART or (own[0] - days[1]).days > APART))
    places = bool(one.place and group.place and one.place != group.place)
    rounds = bool(one.round and group.round and one.round != group.round)
    return not (apart or places or rounds)


def _ties(group: _Group, one: SessionTold) -> bool:
    """Tell whether place and days, days alone, or the number of the round tie a telling to a group (rule 1)."""
    days = bool(_days(one.when) and group.days)
    undated = not _days(one.when) and not group.days
    same_place = bool(one.place and one.place == group.place)
    same_round = bool(one.round and one.round == group.round)
    return same_round or (days and (same_place or not one.place or not group.place)) or (undated and same_place)


def _says_something(group: _Group) -> bool:
    return bool(group.place or group.round or group.days)


def _session(state: State, group: _Group) -> Session:
    days = group.days
    approximate = all(one.when.approximate for one in group.told if one.when and one.when.start)
    when = (
        When(start=days[0].isoformat(), end=days[1].isoformat(), precision="day", approximate=approximate)
        if days
        else None
    )
    return Session(
        id="-".join(
            ("session", group.place or "unplaced", days[0].isoformat() if days else str(group.round or "undated"))
        ),
        place=group.place,
        place_name=_place_name(state, group),
        when=when,
        round=group.round,
        scheduled=all(one.scheduled for one in group.told),
        mediators=tuple(sorted({(_outlet(state, one), one.mediators) for one in group.told if one.mediators})),
        outcomes=tuple(sorted({(_outlet(state, one), one.outcome) for one in group.told if one.outcome})),
        tellings=tuple(sorted(one.id for one in group.told)),
        method=METHOD,
    )


def _place_name(state: State, group: _Group) -> str:
    for one in group.told:
        name = group.place.rsplit(".", 1)[-1].replace("-", " ").title()
        words = state.words(one.telling.passage)
        if one.place and name and name.lower() in words.lower():
            return name
    return group.place.rsplit(".", 1)[-1].replace("-", " ").title()


def _outlet(state: State, one: SessionTold) -> str:
    return one.telling.outlet or state.documents[one.telling.passage.document].file


def _days(when: When | None) -> tuple[date, date] | None:
    if when is None or when.precision != "day" or not when.start:
        return None
    return date.fromisoformat(when.start[:10]), date.fromisoformat((when.end or when.start)[:10])


def _numbered(made: list[Session]) -> list[Session]:
    """Keep ids apart: two groups that came to one id are told apart by a letter."""
    seen: dict[str, int] = {}
    result = []
    for session in made:
        seen[session.id] = seen.get(session.id, 0) + 1
        number = seen[session.id]
        unique = session.id if number == 1 else f"{session.id}-{number}"
        result.append(msgspec.structs.replace(session, id=unique))
    return result
