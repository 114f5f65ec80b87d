"""Ties between tellings: which of them repeat one statement.

Rules (a tie needs compatible dates; two passages in one speaker's same wording bear a week):

1. One speaker, or a spokesperson and the organ: a reused passage ties, and so do several on the same points (`POINTS`: how much
   they weigh together, and how many there are) and one quotation in both; so do the same day and own publication in both, but
   then two statements are possible and the upper bound says so.
2. The party as a whole and one of its organs or persons: the same wording, much that is reworded, or one quotation tie, unless one
   of the two is a narrator's summary.
3. Another organ of the same party: the same wording ties, or much that is reworded (`REWORDED_ENOUGH`).
4. Somebody unnamed: only the same wording ties, and then two origins remain possible; in one document, an unnamed voice is not
   the organ's. Two reports of one unnamed source are not two.
5. Two different named persons are never one voice; nor are two parties.
6. A quotation counts if at least two of its words tell something and are rare (`RARE`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tasdiq.model.state import State

from ..reuse import Kind, Reuse, Wording, compare_wording, is_telling
from .channels import OWN
from .days import compatible, same_day, within_a_week
from .quotations import quotations, stands_in
from .tellings import Telling
from .voices import Relation, relate

POINTS = {"same": (0.6, 2), "close": (0.9, 3)}
RARE = 0.12
LEAST_RARE = 3
SHARED_RARE = 2
MOST_HOLDERS = 60
COPIED_DAYS_APART = 2
"""Passages in the same wording that outweigh dates some days apart: one alone may be a phrase used again."""

VOICES: Mapping[Relation, str] = {
    "same": "the same speaker",
    "close": "an organ and its spokesperson",
    "party": "one party, or one that speaks for it",
    "unnamed": "a source one document leaves unnamed",
    "organs": "two organs of one party",
}


REWORDED_ENOUGH: Mapping[Relation, float] = {
    "same": 0.0,
    "close": 0.0,
    "party": 0.9,
    "organs": 1.5,
    "unnamed": math.inf,
}
KINDS: tuple[Kind, ...] = ("on one point", "reworded", "same wording")


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
        if relation == "none" or not _alike(found[one], found[other], relation):
            continue
        tie = None
        if compatible(found[one].days, found[other].days):
            tie = _tie(state, (one, other), found, relation, weight, rare)
        elif relation == "same" and within_a_week(found[one].days, found[other].days):
            tie = _copied((one, other), found, relation, weight)
        if tie:
            ties.append(tie)
    return ties


def _copied(pair: tuple[int, int], found: list[Telling], relation: Relation, weight: Mapping[str, float]) -> Tie | None:
    """Return the tie of two tellings in the same wording whose dates are days apart."""
    matches = tuple(match_wordings(found[pair[0]], found[pair[1]], weight))
    shown = tuple(match for match in matches if match.reuse.kind == "same wording")
    if len(shown) < COPIED_DAYS_APART:
        return None
    return Tie(*pair, f"{VOICES[relation]}; {_count(len(shown))} in the same wording, dated days apart", matches=shown)


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
    if a.document == b.document and a.speaker == b.speaker:
        return None
    matches = tuple(match_wordings(a, b, weight))
    voice = VOICES[relation]
    if why := _reused(relation, matches):
        shown = tuple(match for match in matches if match.reuse.kind != "on one point")
        return Tie(*pair, f"{voice}; {why}", sure=relation != "unnamed", matches=shown)
    if relation in ("same", "close", "party") and _one_quotation(state, a, b, rare):
        return Tie(*pair, f"{voice}; one quotation in both")
    if relation in ("same", "close") and same_day(a.days, b.days) and _published(a) and _published(b):
        return Tie(*pair, f"{voice}; both put out on the same day", sure=False)
    return None


def _reused(relation: Relation, matches: tuple[Match, ...]) -> str:
    """Say which reuse is enough for these two voices to be one statement, or nothing (rules 1-4)."""
    copied = [match for match in matches if match.reuse.kind == "same wording"]
    reworded = [match for match in matches if match.reuse.kind == "reworded"]
    if copied:
        return f"{_count(len(copied))} in the same wording"
    if reworded and _sum(reworded) >= REWORDED_ENOUGH[relation]:
        return f"{_count(len(reworded))} reworded"
    least, points = POINTS.get(relation, (math.inf, 0))
    if _sum(matches) >= least and len(matches) >= points:
        return f"{_count(len(matches))} on the same points"
    return ""


def _sum(matches: Sequence[Match]) -> float:
    return sum(match.reuse.share for match in matches)


def _alike(one: Telling, other: Telling, relation: Relation) -> bool:
    """A narrator's summary in a party's name is no copy of what the party itself said (rule 2)."""
    return relation != "party" or one.statements[0].teller == other.statements[0].teller


def match_wordings(a: Telling, b: Telling, weight: Mapping[str, float]) -> Iterator[Match]:
    """Yield for each passage of the telling with fewer its best counterpart in the other, if it is reused."""
    if len(a.wordings) > len(b.wordings):
        a, b = b, a
    for wording in a.wordings:
        reused = [
            (other, reuse) for other in b.wordings if (reuse := compare_wording(wording, other, weight)) is not None
        ]
        if reused:
            other, reuse = max(reused, key=lambda item: (KINDS.index(item[1].kind), item[1].share))
            yield Match(wording, other, reuse)


def _one_quotation(state: State, a: Telling, b: Telling, rare: frozenset[str]) -> bool:
    return any(
        len({form for form in words if is_telling(form)} & rare) >= SHARED_RARE and stands_in(words, other)
        for one, other in ((a, b), (b, a))
        for words in quotations(state, one)
    )


def _published(telling: Telling) -> bool:
    return any(channel.key == OWN for channel in telling.channels)


def _count(passages: int) -> str:
    return "one passage" if passages == 1 else f"{passages} passages"
