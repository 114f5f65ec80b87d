"""Ties between tellings: which of them repeat one statement.

Rules (a tie needs compatible dates, always):

1. One speaker, or a spokesperson and the organ: reused passages tie, and so does one quotation in both; so do the same day and own
   publication in both, but then two statements are possible and the upper bound says so.
2. The party as a whole and one of its organs or persons: reused passages or one quotation tie.
3. Another organ of the same party: the same wording ties, or much that is reworded (`MUCH`).
4. Somebody unnamed: only the same wording ties, and two reports of one unnamed source are not two.
5. Two different named persons are never one voice; nor are two parties.
6. One clearly reused passage is enough; reworded ones must weigh enough together (`ENOUGH`). A quotation counts if at least two of
   its words tell something and both are rare (`RARE`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from tasdiq.model.state import State

from ..reuse import COMMON, Reuse, Wording, compare_wording
from .channels import OWN
from .days import compatible, same_day
from .quotations import quotations, stands_in
from .tellings import Telling
from .voices import Relation, relate

ENOUGH = 0.5
MUCH = 1.5
RARE = 0.12
LEAST_RARE = 3
SHARED_RARE = 2
MOST_HOLDERS = 60

VOICES: Mapping[Relation, str] = {
    "same": "the same speaker",
    "close": "an organ and its spokesperson",
    "party": "a party and one that speaks for it",
    "unnamed": "a source one document leaves unnamed",
    "organs": "two organs of one party",
}
REWORDED_ENOUGH: Mapping[Relation, float] = {"same": ENOUGH, "close": ENOUGH, "party": ENOUGH, "organs": MUCH}


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
    sure: bool = True
    matches: tuple[Match, ...] = ()


def find_ties(state: State, found: list[Telling], weight: Mapping[str, float]) -> list[Tie]:
    """Return every tie between two tellings (rules 1-6)."""
    rare = _rare(found)
    ties = []
    for one, other in sorted(_candidates(found, rare) | _same_publisher(found)):
        relation = relate(state, found[one].speaker, found[other].speaker)
        if relation != "none" and compatible(found[one].days, found[other].days):
            tie = _tie(state, (one, other), found, relation, weight, rare)
            if tie:
                ties.append(tie)
    return ties


def _rare(found: list[Telling]) -> frozenset[str]:
    """Return the telling words that stand in few tellings."""
    seen = Counter(form for telling in found for form in {f for wording in telling.wordings for f in wording.telling})
    most = max(LEAST_RARE, round(RARE * len(found)))
    return frozenset(form for form, count in seen.items() if 2 <= count <= min(most, MOST_HOLDERS))


def _candidates(found: list[Telling], rare: frozenset[str]) -> set[tuple[int, int]]:
    """Return the pairs of tellings that share enough rare words to be compared at all."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, telling in enumerate(found):
        for form in {form for wording in telling.wordings for form in wording.telling} & rare:
            holders[form].append(number)
    shared = Counter(pair for numbers in holders.values() for pair in combinations(numbers, 2))
    return {pair for pair, count in shared.items() if count >= SHARED_RARE}


def _same_publisher(found: list[Telling]) -> set[tuple[int, int]]:
    """Return the pairs of tellings of one speaker's own publications."""
    by_speaker: dict[str, list[int]] = defaultdict(list)
    for number, telling in enumerate(found):
        if telling.speaker and _published(telling):
            by_speaker[telling.speaker].append(number)
    return {pair for numbers in by_speaker.values() for pair in combinations(numbers, 2)}


def _tie(
    state: State,
    pair: tuple[int, int],
    found: list[Telling],
    relation: Relation,
    weight: Mapping[str, float],
    rare: frozenset[str],
) -> Tie | None:
    a, b = found[pair[0]], found[pair[1]]
    if a.document == b.document and relation == "same":
        return None
    matches = tuple(match_wordings(a, b, weight))
    voice = VOICES[relation]
    copied = [match for match in matches if match.reuse.kind == "same wording"]
    if copied:
        return Tie(*pair, f"{voice}; {_count(len(copied))} in the same wording", matches=matches)
    if sum(match.reuse.share for match in matches) >= REWORDED_ENOUGH.get(relation, float("inf")):
        return Tie(*pair, f"{voice}; {_count(len(matches))} reworded", matches=matches)
    if relation in ("same", "close", "party") and _one_quotation(state, a, b, rare):
        return Tie(*pair, f"{voice}; one quotation in both")
    if relation in ("same", "close") and same_day(a.days, b.days) and _published(a) and _published(b):
        return Tie(*pair, f"{voice}; both put out on the same day", sure=False)
    return None


def match_wordings(a: Telling, b: Telling, weight: Mapping[str, float]) -> Iterator[Match]:
    """Yield for each passage of the telling with fewer its best counterpart in the other, if it is reused."""
    if len(a.wordings) > len(b.wordings):
        a, b = b, a
    for wording in a.wordings:
        reused = [
            (other, reuse) for other in b.wordings if (reuse := compare_wording(wording, other, weight)) is not None
        ]
        if reused:
            other, reuse = max(reused, key=lambda item: (item[1].kind == "same wording", item[1].share))
            yield Match(wording, other, reuse)


def _one_quotation(state: State, a: Telling, b: Telling, rare: frozenset[str]) -> bool:
    return any(
        len({form for form in words if form not in COMMON} & rare) >= SHARED_RARE and stands_in(words, other)
        for one, other in ((a, b), (b, a))
        for words in quotations(state, one)
    )


def _published(telling: Telling) -> bool:
    return any(channel.key == OWN for channel in telling.channels)


def _count(passages: int) -> str:
    return "one passage" if passages == 1 else f"{passages} passages"
