"""Ties between tellings: which of them repeat one statement.

Rules (a tie needs compatible dates, always):

1. One speaker, or a spokesperson and the organ: reused passages tie; so do the same day and own publication in both, but then
   two statements are possible and the upper bound says so.
2. The party as a whole and one of its organs or persons: reused passages tie.
3. Somebody unnamed, or another organ of the same party: only the same wording ties, and two reports of one unnamed source are not
   two.
4. Two different named persons are never one voice; nor are two parties.
5. One clearly reused passage is enough; reworded ones must weigh enough together (`ENOUGH`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from tasdiq.model.state import State

from ..reuse import Reuse, Wording, compare_wording
from .channels import OWN
from .days import compatible, same_day
from .tellings import Telling
from .voices import Relation, relate

ENOUGH = 0.5


@dataclass(frozen=True)
class Match:
    """Two wordings that reuse one another."""

    one: Wording
    other: Wording
    reuse: Reuse


@dataclass(frozen=True)
class Tie:
    """Why two tellings (by number) are of one origin; `sure` is False where two statements remain possible."""

    one: int
    other: int
    why: str
    sure: bool
    matches: tuple[Match, ...] = ()


def find_ties(state: State, found: list[Telling], weight: Mapping[str, float]) -> list[Tie]:
    """Return every tie between two tellings (rules 1-5)."""
    ties = []
    for one, other in combinations(range(len(found)), 2):
        relation = relate(state, found[one].speaker, found[other].speaker)
        if relation != "none" and compatible(found[one].days, found[other].days):
            tie = _tie(one, other, found, relation, weight)
            if tie:
                ties.append(tie)
    return ties


def _tie(one: int, other: int, found: list[Telling], relation: Relation, weight: Mapping[str, float]) -> Tie | None:
    a, b = found[one], found[other]
    if a.document == b.document and relation == "same":
        return None
    matches = tuple(match_wordings(a, b, weight))
    copied = [match for match in matches if match.reuse.kind == "same wording"]
    voice = VOICES[relation]
    if copied:
        return Tie(one, other, f"{voice}; {_passages(copied)} in the same wording", sure=True, matches=matches)
    if relation in ("same", "close", "party") and sum(match.reuse.share for match in matches) >= ENOUGH:
        return Tie(one, other, f"{voice}; {_passages(list(matches))} reworded", sure=True, matches=matches)
    if relation in ("same", "close") and same_day(a.days, b.days) and _published(a) and _published(b):
        return Tie(one, other, f"{voice}; both put out on the same day", sure=False)
    return None


VOICES: Mapping[Relation, str] = {
    "same": "the same speaker",
    "close": "an organ and its spokesperson",
    "party": "a party and one that speaks for it",
    "unnamed": "a source one document leaves unnamed",
    "organs": "two organs of one party",
}


def match_wordings(a: Telling, b: Telling, weight: Mapping[str, float]) -> list[Match]:
    """Return for each passage of the shorter telling its best counterpart in the other, if it is reused."""
    if len(a.wordings) > len(b.wordings):
        a, b = b, a
    matches = []
    for wording in a.wordings:
        reused = [
            (other, reuse) for other in b.wordings if (reuse := compare_wording(wording, other, weight)) is not None
        ]
        if reused:
            other, reuse = max(reused, key=lambda item: (item[1].kind == "same wording", item[1].share))
            matches.append(Match(wording, other, reuse))
    return matches


def _published(telling: Telling) -> bool:
    return any(channel.key == OWN for channel in telling.channels)


def _passages(matches: list[Match]) -> str:
    return "one passage" if len(matches) == 1 else f"{len(matches)} passages"
