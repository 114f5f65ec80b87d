"""Which passages of two tellings repeat each other, and how likely both are one statement.

Rules:

1. Each passage of the telling with fewer is held against every passage of the other, and against every two that follow each other:
   a translator joins and parts sentences. The best counterpart counts.
2. Two tellings are one statement if at least one of the passages is a copy; several that are only likely add up.
3. The further apart the days on which two tellings were made, or appeared where they are undated, the likelier one speaker said
   something alike twice: every day beyond `NEAR_DAYS` counts against (`A_DAY`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..reuse import Kind, Reuse, Weights, Wording, compare_wording
from .tellings import Telling

CHANCE = 0.5
"""How likely a passage in the same wording is chance, divided by the square of its rare words: a formula is no copy."""
WEAK = 0.3
"""What is less likely than this adds up to nothing."""
BESIDE = 60
"""Characters that may lie between two passages that are read as one: a cue, a line's end."""
NEAR_DAYS, A_DAY = 1, 0.9
KINDS: tuple[Kind, ...] = ("on one point", "reworded", "same wording")
HOW = {"same wording": "in the same wording", "reworded": "reworded", "on one point": "on the same points"}


@dataclass(frozen=True)
class Match:
    """Two wordings that reuse one another."""

    one: Wording
    other: Wording
    reuse: Reuse


def match_wordings(a: Telling, b: Telling, weight: Weights) -> list[Match]:
    """Return for each passage of the telling with fewer its best counterpart in the other, then for those left over (rule 1)."""
    if len(a.wordings) > len(b.wordings):
        a, b = b, a
    found = [*_best(a.wordings, _places(b), weight)]
    left = [wording for wording in b.wordings if not any(_within(wording, match.other) for match in found)]
    return found + [Match(match.other, match.one, match.reuse) for match in _best(left, _places(a), weight)]


def _best(wordings: Sequence[Wording], places: Sequence[Wording], weight: Weights) -> Iterator[Match]:
    for wording in wordings:
        reused = [(other, reuse) for other in places if (reuse := compare_wording(wording, other, weight)) is not None]
        if reused:
            other, reuse = max(reused, key=lambda item: (KINDS.index(item[1].kind), item[1].share))
            yield Match(wording, other, reuse)


def _places(telling: Telling) -> list[Wording]:
    """Return the passages of a telling, and every two that stand beside each other as one."""
    beside = zip(telling.wordings, telling.wordings[1:], strict=False)
    near = [one.joined(other) for one, other in beside if 0 <= other.places[0] - one.places[-1] <= BESIDE]
    return [*telling.wordings, *near]


def _within(wording: Wording, other: Wording) -> bool:
    return other.places[0] <= wording.places[0] and wording.places[-1] <= other.places[-1]


def likely(matches: Sequence[Match], days: int) -> float:
    """Return how likely two tellings are one statement, made so many days apart (rules 2 and 3)."""
    none = math.prod(1 - likelihood(match.reuse) for match in matches if match.reuse.share >= WEAK)
    odds = math.log(max(1 - none, 1e-9)) - math.log(max(none, 1e-9)) - A_DAY * max(days - NEAR_DAYS, 0)
    return 1 / (1 + math.exp(min(-odds, 700)))  # years apart it is nothing; beyond that the power overflows


def likelihood(reuse: Reuse) -> float:
    """Return how likely a passage is a copy."""
    if reuse.kind != "same wording":
        return min(reuse.share, 1 - 1e-6)
    return min(max(1 - CHANCE / reuse.rare**2, reuse.share), 1 - 1e-6) if reuse.rare > 1 else 1 - CHANCE


def in_words(matches: Sequence[Match]) -> str:
    """Say how many passages are alike in the closest way there is, and what the strongest of them shares."""
    for kind, how in HOW.items():
        if alike := [match.reuse for match in matches if match.reuse.kind == kind]:
            return f"{count(len(alike))} {how}: {_shared(max(alike, key=likelihood))}"
    return ""


def count(passages: int) -> str:
    """Return a number of passages in words."""
    return "one passage" if passages == 1 else f"{passages} passages"


def _shared(reuse: Reuse) -> str:
    parts = [f"{reuse.words} of {reuse.of_words} telling words"]
    if reuse.numbers:
        parts.append(f"the number{'s' * (len(reuse.numbers) > 1)} {' and '.join(reuse.numbers)}")
    if reuse.names:
        parts.append(f"{reuse.names} name{'s' * (reuse.names > 1)}")
    return ", ".join(parts)
