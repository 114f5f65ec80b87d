"""What persons decided about copies: which tellings are kept apart for good, and which stay together.

1. A copy's id names the first statement of either telling (`c-d1.s2~d2.s5`). Whoever refuses it says that these two statements are
   not of one origin; whoever confirms it, that they are. Later runs follow, whatever else the documents share, also when new
   documents come to stand between them.
2. Whoever refuses an origin says that nothing is to be collapsed under its first statement: what that document gives of the
   speaker stays alone, whatever else was tied to it. Its origin gets another id (`o-d1.s2/alone`), for the refused one is taken.
3. Of a pair both refused and confirmed, the refusal holds: two origins too many are the smaller error of counting, for the
   bounds say that they may be one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tasdiq.model.state import State

from .tellings import Telling

COPY, BETWEEN, ORIGIN, ALONE = "c-", "~", "o-", "/alone"
Numbers = tuple[int, int]


@dataclass(frozen=True)
class Judged:
    """Tellings, by number, that persons decided about: pairs, the smaller number first; those kept `alone` from all others.

    `apart` lists for each telling those it is kept apart from.
    """

    refused: frozenset[Numbers] = frozenset()
    confirmed: frozenset[Numbers] = frozenset()
    apart: dict[int, set[int]] = field(default_factory=dict)
    alone: frozenset[int] = frozenset()


def judge(state: State, found: list[Telling]) -> Judged:
    """Return what persons decided about the tellings of a state (rules 1-3)."""
    refused, confirmed = [*_copies(state.refused)], [*_copies(state.confirmed)]
    origins = [item.removeprefix(ORIGIN).removesuffix(ALONE) for item in state.refused if item.startswith(ORIGIN)]
    if not refused and not confirmed and not origins:
        return Judged()
    home = {statement.id: number for number, telling in enumerate(found) for statement in telling.statements}
    parted = _numbers(refused, home)
    apart: dict[int, set[int]] = {}
    for one, other in parted:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    alone = frozenset(home[item] for item in origins if item in home)
    return Judged(parted, _numbers(confirmed, home) - parted, apart, alone)


def copy_id(one: str, other: str) -> str:
    """Return the id of a copy by the first statements, or places, of both sides."""
    return f"{COPY}{one}{BETWEEN}{other}"


def origin_id(state: State, first: str) -> str:
    """Return the id of an origin by its first statement (rule 2)."""
    ident = f"{ORIGIN}{first}"
    return f"{ident}{ALONE}" if ident in state.refused else ident


def _copies(items: Iterable[str]) -> Iterable[tuple[str, str]]:
    for item in items:
        one, between, other = item.removeprefix(COPY).partition(BETWEEN)
        if item.startswith(COPY) and between:
            yield one, other


def _numbers(pairs: Iterable[tuple[str, str]], home: dict[str, int]) -> frozenset[Numbers]:
    known = ((home[one], home[other]) for one, other in pairs if one in home and other in home)
    return frozenset((min(pair), max(pair)) for pair in known if pair[0] != pair[1])
