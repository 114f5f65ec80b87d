"""Put tellings of rounds of talks together.

Rules:

1. Two tellings are of one session if they name the same place and days that touch (three days apart at most), or the same
   number of round, and contradict each other in neither. A country and a town in it are the same place.
2. A telling without day and round belongs to the only session of its place. Where its place has several, it is of none of
   them in particular and makes no session of its own; where it has none, it is a session without a date.
3. A telling without a place belongs to the session whose very days or whose round it names.
4. A session is *scheduled* while every telling of it looks ahead.
5. Every outlet's list of mediators and every outcome stays as that outlet tells it; a list told of the talks as a whole is
   lent to no session.
6. Nothing depends on the order of documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import msgspec

from tasdiq.corroboration.chronicle.days import days_of
from tasdiq.model.chronicle import Session
from tasdiq.model.state import State
from tasdiq.model.told import SessionTold
from tasdiq.model.when import When

METHOD = "rounds by place and date v2"
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
        """The most exact place told: a town rather than its country."""
        return max((one.place for one in self.told), key=lambda place: (place.count("."), place), default="")

    @property
    def round(self) -> int | None:
        return next((one.round for one in self.told if one.round), None)


def sessions(state: State) -> list[Session]:
    """Return the sessions that the documents of `state` tell of, earliest first, undated last."""
    told = [one for one in state.told.values() if isinstance(one, SessionTold)]
    groups: list[_Group] = []
    for one in sorted(told, key=_firmness):
        home = _home(groups, one)
        if home is not None:
            home.told.append(one)
    made = [_session(state, group) for group in groups if _says_something(group)]
    return sorted(_numbered(made), key=lambda s: (s.when.key if s.when else "9999", s.id))


def _firmness(one: SessionTold) -> tuple[int, str, str, str]:
    """Sort tellings with day and round first, so that vaguer ones find them; documents by their files (rule 6)."""
    firm = -4 * bool(_days(one.when)) - 2 * bool(one.round) - bool(one.place)
    return firm, one.when.key if one.when else "9999", one.place, one.id


def _home(groups: list[_Group], one: SessionTold) -> _Group | None:
    """Return the group a telling belongs to, a new one, or None where it is of no session in particular (rules 1 to 3)."""
    fitting = [group for group in groups if _fits(group, one)]
    strong = [group for group in fitting if _ties(group, one)]
    if strong:
        return strong[0]
    vague = not _days(one.when) and not one.round
    at_place = [group for group in fitting if one.place and _same_place(group.place, one.place)]
    if vague and len(at_place) == 1:
        return at_place[0]
    if vague and (at_place or not one.place):
        return None
    groups.append(_Group())
    return groups[-1]


def _same_place(one: str, other: str) -> bool:
    """Tell whether two places can be one: the same, or a country and a town in it (rule 1)."""
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def _fits(group: _Group, one: SessionTold) -> bool:
    """Tell whether nothing contradicts (rule 1)."""
    days, own = _days(one.when), group.days
    apart = bool(days and own and ((days[0] - own[1]).days > APART or (own[0] - days[1]).days > APART))
    places = bool(one.place and group.place and not _same_place(one.place, group.place))
    rounds = bool(one.round and group.round and one.round != group.round)
    return not (apart or places or rounds or _outside(group, one))


def _outside(group: _Group, one: SessionTold) -> bool:
    """Tell whether a telling of a month lies outside the group's days."""
    own, month = group.days, one.when
    if own is None or month is None or month.precision != "month" or not (month.start and month.end):
        return False
    return own[1].isoformat() < month.start[:10] or own[0].isoformat() > month.end[:10]


def _ties(group: _Group, one: SessionTold) -> bool:
    """Tell whether place and days, days alone, or the number of the round tie a telling to a group (rules 1 and 3)."""
    days = bool(_days(one.when) and group.days)
    undated = not _days(one.when) and not group.days
    same_place = bool(one.place and group.place and _same_place(one.place, group.place))
    same_round = bool(one.round and one.round == group.round)
    return same_round or (days and (same_place or _same_days(group, one))) or (undated and same_place)


def _same_days(group: _Group, one: SessionTold) -> bool:
    """Tell whether a telling without a place names days of a group, or a group without a place days of it."""
    days, own = _days(one.when), group.days
    return bool(days and own and days[0] <= own[1] and own[0] <= days[1] and not (one.place and group.place))


def _says_something(group: _Group) -> bool:
    return bool(group.place or group.round or group.days)


def _session(state: State, group: _Group) -> Session:
    days = group.days
    approximate = all(one.when.approximate for one in group.told if one.when and one.when.start)
    when = (
        When(start=days[0].isoformat(), end=days[1].isoformat(), precision="day", approximate=approximate)
        if days
        else next((one.when for one in group.told if one.when and one.when.start), None)
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
    """Return the name of a place from its id; a whole country's is the name of its state."""
    if group.place in state.actors:
        return state.actors[group.place].name
    for one in group.told:
        name = group.place.rsplit(".", 1)[-1].replace("-", " ").title()
        words = state.words(one.telling.passage)
        if one.place and name and name.lower() in words.lower():
            return name
    return group.place.rsplit(".", 1)[-1].replace("-", " ").title()


def _outlet(state: State, one: SessionTold) -> str:
    return one.telling.outlet or state.documents[one.telling.passage.document].file


def _days(when: When | None) -> tuple[date, date] | None:
    return days_of(when) if when is not None and when.precision == "day" else None


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
