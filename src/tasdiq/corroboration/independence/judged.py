"""What persons decided about copies: which tellings are kept apart for good, and which stay together.

1. A copy's id names the first statement of either telling (`c-d1.s2~d2.s5`). Whoever refuses it says that these two statements are
   not of one origin; whoever confirms it, that they are. Later runs follow, whatever else the documents share, also when new
   documents come to stand between them.
2. Of a pair both refused and confirmed, the refusal holds: two origins too many are the smaller error of counting, for the
   bounds say that they may be one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tasdiq.model.state import State

from .tellings import Telling

COPY, BETWEEN = "c-", "~"
Numbers = tuple[int, int]


@dataclass(frozen=True)
class Judged:
    """Pairs of tellings, by number, the smaller first, that persons decided about; `apart` lists the partners of each."""

    refused: frozenset[Numbers] = frozenset()
    confirmed: frozenset[Numbers] = frozenset()
    apart: dict[int, set[int]] = field(default_factory=dict)


def judge(state: State, found: list[Telling]) -> Judged:
    """Return what persons decided about the tellings of a state (rules 1 and 2)."""
    refused, confirmed = [*_copies(state.refused)], [*_copies(state.confirmed)]
    if not refused and not confirmed:
        return Judged()
    home = {statement.id: number for number, telling in enumerate(found) for statement in telling.statements}
    parted = _numbers(refused, home)
    apart: dict[int, set[int]] = {}
    for one, other in parted:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    return Judged(parted, _numbers(confirmed, home) - parted, apart)


def copy_id(one: str, other: str) -> str:
    """Return the id of a copy by the first statements, or places, of both sides."""
    return f"{COPY}{one}{BETWEEN}{other}"


def _copies(items: Iterable[str]) -> Iterable[tuple[str, str]]:
    for item in items:
        one, between, other = item.removeprefix(COPY).partition(BETWEEN)
        if item.startswith(COPY) and between:
            yield one, other


def _numbers(pairs: Iterable[tuple[str, str]], home: dict[str, int]) -> frozenset[Numbers]:
    known = ((home[one], home[other]) for one, other in pairs if one in home and other in home)
    return frozenset((min(pair), max(pair)) for pair in known if pair[0] != pair[1])
