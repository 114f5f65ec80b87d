"""Ties between tellings: which of them repeat one statement.

Rules (a tie needs compatible dates; two passages in one speaker's same wording bear a week):

1. One speaker, or a spokesperson and the organ: passages that likely repeat each other tie, one that surely does or several that
   together do (`ENOUGH`), and so does one quotation in both. So do the same day and own publication in both, but then two
   statements are possible and the upper bound says so.
2. The party as a whole and one of its organs or persons: only what is almost sure, or one quotation, ties, unless one of the two
   is a narrator's summary.
3. Another organ of the same party: the same wording ties, or what is almost sure.
4. Somebody unnamed: only the same wording ties, and then two origins remain possible; in one document, an unnamed voice is not
   the organ's. Two reports of one unnamed source are not two.
5. Two different named persons are never one voice; nor are two parties.
6. A quotation counts if at least two of its words tell something and are rare (`RARE`).
7. What a person refused is no tie again, whatever both share; what a person confirmed is one (`judged`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from tasdiq.model.state import State

from ..reuse import Weights, is_telling, likely_pairs
from .channels import OWN
from .days import compatible, days_between, same_day, within_a_week
from .judged import Judged
from .matches import Match, count, in_words, likely, match_wordings
from .quotations import quotations, stands_in
from .tellings import Telling
from .voices import Relation, relate

ENOUGH: Mapping[Relation, float] = {"same": 0.55, "close": 0.6, "party": 0.9, "organs": 0.95, "unnamed": 0.9}
"""How likely a copy must be, of all passages together, for two voices to be one."""
RARE = 0.12
LEAST_RARE = 3
SHARED_RARE = 2
MOST_HOLDERS = 60
COPIED_DAYS_APART = 2
"""Passages in the same wording that outweigh dates some days apart: one alone may be a phrase used again."""
SHOWN = 0.25
"""Of two tellings that are tied, passages this likely to repeat each other are shown beside those that tie them."""
LARGE = 12
"""In a larger group only the tellings that are tied are held against each other."""
PUBLISHED_TOGETHER = 4
"""Of many publications of one speaker, each is held against so many that follow it."""

VOICES: Mapping[Relation, str] = {
    "same": "the same speaker",
    "close": "an organ and its spokesperson",
    "party": "one party, or one that speaks for it",
    "unnamed": "a source one document leaves unnamed",
    "organs": "two organs of one party",
}


@dataclass(frozen=True)
class Tie:
    """Why two tellings (by number) are of one origin; `sure` is False where two statements remain possible."""

    one: int
    other: int
    why: str
    sure: bool = True
    matches: tuple[Match, ...] = ()
    quotation: bool = False


@dataclass
class Ground:
    """What ties are found on: the tellings of all documents, what words weigh, which are rare, what persons decided."""

    state: State
    found: list[Telling]
    weight: Weights
    judged: Judged
    rare: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.rare = _rare(self.found)


def find_ties(ground: Ground) -> list[Tie]:
    """Return every tie between two tellings (rules 1-7)."""
    pairs = _candidates(ground) | _same_publisher(ground.found) | ground.judged.confirmed
    ties = (_tied(ground, *pair) for pair in sorted(pairs))
    return [tie for tie in ties if tie is not None]


def _tied(ground: Ground, one: int, other: int) -> Tie | None:
    a, b = ground.found[one], ground.found[other]
    relation = relate(ground.state, a.speaker, b.speaker)
    if (one, other) in ground.judged.refused or not ground.judged.alone.isdisjoint((one, other)):
        return None
    if (one, other) in ground.judged.confirmed and relation != "none":
        matches = tuple(match_wordings(a, b, ground.weight))
        return Tie(one, other, f"{VOICES[relation]}; confirmed by a person", matches=matches)
    if relation == "none" or not _alike(a, b, relation):
        return None
    if compatible(a.days, b.days):
        return _tie(ground, (one, other), relation)
    if relation == "same" and within_a_week(a.days, b.days):
        return _copied(ground, (one, other), relation)
    return None


def find_more(ground: Ground, groups: Iterable[list[int]], ties: Iterable[Tie]) -> list[Tie]:
    """Return what passages the tellings of one group share that nothing tied to each other, in groups that are not large."""
    tied = {(tie.one, tie.other) for tie in ties}
    found = []
    for pair in (
        pair for group in groups if len(group) <= LARGE for pair in combinations(group, 2) if pair not in tied
    ):
        a, b = ground.found[pair[0]], ground.found[pair[1]]
        shown = _shown(match_wordings(a, b, ground.weight)) if a.document != b.document else ()
        if shown:
            found.append(Tie(*pair, f"of one origin through another document; {in_words(shown)}", matches=shown))
    return found


def _shown(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(match for match in matches if match.reuse.kind != "on one point" or match.reuse.share >= SHOWN)


def _copied(ground: Ground, pair: tuple[int, int], relation: Relation) -> Tie | None:
    """Return the tie of two tellings in the same wording whose dates are days apart."""
    matches = match_wordings(ground.found[pair[0]], ground.found[pair[1]], ground.weight)
    shown = tuple(match for match in matches if match.reuse.kind == "same wording")
    if len(shown) < COPIED_DAYS_APART:
        return None
    return Tie(*pair, f"{VOICES[relation]}; {count(len(shown))} in the same wording, dated days apart", matches=shown)


def _rare(found: list[Telling]) -> frozenset[str]:
    """Return the telling words that stand in few tellings."""
    seen = Counter(form for telling in found for form in {f for wording in telling.wordings for f in wording.telling})
    most = max(LEAST_RARE, round(RARE * len(found)))
    return frozenset(form for form, count in seen.items() if 2 <= count <= min(most, MOST_HOLDERS))


def _candidates(ground: Ground) -> set[tuple[int, int]]:
    """Return the pairs of tellings with passages, or quotations, that are worth comparing."""
    units = [(number, wording) for number, telling in enumerate(ground.found) for wording in telling.wordings]
    units += [
        (number, words) for number, telling in enumerate(ground.found) for words in quotations(ground.state, telling)
    ]
    pairs = likely_pairs([wording for _, wording in units])
    return {_ordered(units[one][0], units[other][0]) for one, other in pairs if units[one][0] != units[other][0]}


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _same_publisher(found: list[Telling]) -> set[tuple[int, int]]:
    """Return the pairs of tellings of one speaker's own publications, near each other in time."""
    by_speaker: dict[str, list[int]] = defaultdict(list)
    for number, telling in enumerate(found):
        if telling.speaker and _published(telling):
            by_speaker[telling.speaker].append(number)
    near = (sorted(numbers, key=lambda number: (found[number].days, number)) for numbers in by_speaker.values())
    return {
        _ordered(one, other)
        for numbers in near
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 : place + 1 + PUBLISHED_TOGETHER]
    }


def _tie(ground: Ground, pair: tuple[int, int], relation: Relation) -> Tie | None:
    a, b = ground.found[pair[0]], ground.found[pair[1]]
    if a.document == b.document and a.speaker == b.speaker:
        return None
    matches = tuple(match_wordings(a, b, ground.weight))
    shown = _shown(matches)
    voice = VOICES[relation]
    if why := _reused(relation, matches, days_between(a.days, b.days)):
        return Tie(*pair, f"{voice}; {why}", sure=relation != "unnamed", matches=shown)
    if relation in ("same", "close", "party") and _one_quotation(ground, a, b):
        return Tie(*pair, f"{voice}; one quotation in both", matches=shown, quotation=True)
    if relation in ("same", "close") and same_day(a.days, b.days) and _published(a) and _published(b):
        return Tie(*pair, f"{voice}; both put out on the same day", sure=False)
    return None


def _reused(relation: Relation, matches: Sequence[Match], days: int) -> str:
    """Say which reuse is enough for these two voices to be one statement, or nothing (rules 1-4)."""
    if relation == "unnamed":
        matches = [match for match in matches if match.reuse.kind == "same wording"]
    return in_words(matches) if matches and likely(matches, days) >= ENOUGH[relation] else ""


def _alike(one: Telling, other: Telling, relation: Relation) -> bool:
    """A narrator's summary in a party's name is no copy of what the party itself said (rule 2)."""
    return relation != "party" or one.statements[0].teller == other.statements[0].teller


def _one_quotation(ground: Ground, a: Telling, b: Telling) -> bool:
    return any(
        len({form for form in words.forms if is_telling(form)} & ground.rare) >= SHARED_RARE
        and stands_in(words.forms, other)
        for one, other in ((a, b), (b, a))
        for words in quotations(ground.state, one)
    )


def _published(telling: Telling) -> bool:
    return any(channel.key == OWN for channel in telling.channels)
