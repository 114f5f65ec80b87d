"""Put tied tellings together: surest ties first, and never two that cannot be one, whatever stands between them.

Rules:

1. All tellings of a group are of one voice, pairwise (`voices`), and of days that can be one; a narrower check for one speaker,
   who may be a week off (`ties`).
2. Two tellings that a person keeps apart are never in one group (`judged`).
3. A group is held against another by what differs among its members: voices, the span of their days, the documents in which
   nobody is named. So the work grows with the number of tellings, however often one statement was repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tasdiq.model.state import State

from .days import Days, compatible, within_a_week
from .judged import Judged
from .tellings import Telling
from .ties import Tie
from .voices import relate


@dataclass
class _Group:
    """Tellings put together: of each voice the latest first and the earliest last day, and the documents it is in."""

    members: list[int]
    days: dict[str | None, Days]
    documents: dict[str | None, set[str]] = field(default_factory=dict)


def join(state: State, found: list[Telling], ties: list[Tie], judged: Judged) -> list[list[int]]:
    """Return the groups of tellings, by number, in order of their first member."""
    home = {number: _alone(number, telling) for number, telling in enumerate(found)}
    for tie in sorted(ties, key=lambda tie: (not tie.sure, -len(tie.matches), tie.one, tie.other)):
        one, other = home[tie.one], home[tie.other]
        if one is other or _kept_apart(one, other, home, judged) or not _may_be_one(state, one, other):
            continue
        if len(one.members) < len(other.members):
            one, other = other, one
        _take_in(one, other)
        home.update(dict.fromkeys(other.members, one))
    groups = {id(group): group for group in home.values()}
    return sorted(sorted(group.members) for group in groups.values())


def spanning(ties: list[Tie]) -> list[Tie]:
    """Return the surest ties that still hold all together: of a statement in a thousand papers not every pair is written down."""
    home: dict[int, list[int]] = {}
    kept = []
    for tie in sorted(ties, key=lambda tie: (not tie.sure, -len(tie.matches), tie.one, tie.other)):
        one, other = home.setdefault(tie.one, [tie.one]), home.setdefault(tie.other, [tie.other])
        if one is not other:
            less, more = (one, other) if len(one) < len(other) else (other, one)
            more.extend(less)
            home.update(dict.fromkeys(less, more))
            kept.append(tie)
    return kept


def _alone(number: int, telling: Telling) -> _Group:
    return _Group([number], {telling.speaker: telling.days}, {telling.speaker: {telling.document}})


def _take_in(group: _Group, other: _Group) -> None:
    group.members += other.members
    for speaker, days in other.days.items():
        known = group.days.get(speaker, (date.min, date.max))
        group.days[speaker] = (max(known[0], days[0]), min(known[1], days[1]))
        group.documents.setdefault(speaker, set()).update(other.documents[speaker])


def _kept_apart(one: _Group, other: _Group, home: dict[int, _Group], judged: Judged) -> bool:
    if not judged.apart:
        return False
    less, more = sorted((one, other), key=lambda group: len(group.members))
    return any(home[partner] is more for member in less.members for partner in judged.apart.get(member, ()))


def _may_be_one(state: State, one: _Group, other: _Group) -> bool:
    """Say whether every telling of one group and every telling of the other may be one voice and one day (rules 1 and 3)."""
    for speaker, days in one.days.items():
        for second, seconds in other.days.items():
            relation = relate(state, speaker, second)
            if relation == "none":
                return False
            if relation == "unnamed" and one.documents[speaker] & other.documents[second]:
                return False
            if not (compatible(days, seconds) or (relation == "same" and within_a_week(days, seconds))):
                return False
    return True
