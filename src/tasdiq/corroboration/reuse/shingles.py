"""Which wordings are worth comparing: those that share rare words. Never all pairs.

Rules:

1. Wordings of equal forms are one: each is paired with the first of them, and the first stands for all.
2. Of every other wording the rarest groups of words (`RARE_WORDS`) and pairs of neighbouring words are looked up; those that share
   `SHARED` of them are worth comparing.
3. Where more wordings than `MOST_HOLDERS` share something, each is paired with the next `NEXT` in the order of the record alone:
   copies of one text stay connected, and the work grows with the number of wordings, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from .words import Wording, frequent, is_telling

RARE_WORDS = 14
SHARED = 2
MOST_HOLDERS = 30
NEXT = 4

Pair = tuple[int, int]


def likely_pairs(wordings: Sequence[Wording]) -> list[Pair]:
    """Return the pairs of wordings, by number, that are worth comparing (rules 1-3)."""
    first: dict[tuple[str, ...], int] = {}
    same = [(first.setdefault(wording.forms, number), number) for number, wording in enumerate(wordings)]
    kept = [number for one, number in same if one == number and wordings[number].telling]
    shared = Counter(pair for holders in _index(wordings, kept).values() for pair in _paired(holders))
    found = {pair for pair, count in shared.items() if count >= SHARED}
    return sorted(found | {pair for pair in same if pair[0] != pair[1]})


def _index(wordings: Sequence[Wording], kept: Iterable[int]) -> dict[str, list[int]]:
    """Return which wordings hold each of their rarest groups and pairs of words (rule 2)."""
    features = {number: _features(wordings[number]) for number in kept}
    seen = Counter(feature for found in features.values() for feature in found)
    index: dict[str, list[int]] = defaultdict(list)
    for number, found in features.items():
        for feature in sorted((f for f in found if seen[f] > 1), key=lambda f: (seen[f], f))[:RARE_WORDS]:
            index[feature].append(number)
    return index


def _features(wording: Wording) -> set[str]:
    telling = [form for form in wording.forms if is_telling(form)]
    groups = {group for form, group in wording.meanings.items() if form not in frequent()}
    return groups | {f"{one} {other}" for one, other in pairwise(telling)}


def _paired(holders: list[int]) -> Iterator[Pair]:
    if len(holders) <= MOST_HOLDERS:
        yield from combinations(holders, 2)
        return
    for place, number in enumerate(holders):
        for other in holders[place + 1 : place + 1 + NEXT]:
            yield number, other
