"""Watch the reporters: how many sources there were each week, how far they are the same ones, and what those throughout tell.

1. A source is present in a week if it reports something that happened in it. A week's overlap is the share of its sources that were
   present in the week before with a report, of both weeks' sources together (Jaccard).
2. Sources throughout are those present on both sides of the day; rates are given again of what they alone report.
3. The names of sources are not printed here: how many they are is the point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from .occurrences import Occurrence
from .rates import Window


class Week(NamedTuple):
    """One week: its sources, and the share of them and of the week before that both have, in ppm (None without a week before)."""

    week: int
    sources: int
    overlap_ppm: int | None


class Reporters(NamedTuple):
    """Who reported before, after, and on both sides."""

    before: int
    after: int
    throughout: frozenset[str]

    @property
    def kept(self) -> float:
        """Share of all sources that are on both sides."""
        every = self.before + self.after - len(self.throughout)
        return len(self.throughout) / every if every else 1.0


def by_week(rows: Sequence[Occurrence], weeks: Sequence[int]) -> list[Week]:
    """Return each week's sources and overlap (rule 1)."""
    present: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        present[row.week].update(row.sources)
    found: list[Week] = []
    earlier: set[str] | None = None
    for week in weeks:
        own = present.get(week, set())
        both = own | (earlier or set())
        share = round(1_000_000 * len(own & earlier) / len(both)) if earlier and both else None
        found.append(Week(week, len(own), share))
        earlier = own or earlier
    return found


def reporters(rows: Sequence[Occurrence], weeks: Window) -> Reporters:
    """Return who reported before, after, and on both sides (rule 2)."""
    sides = []
    for part in (weeks.before, weeks.after):
        own = set(part)
        sides.append({source for row in rows if row.week in own for source in row.sources})
    return Reporters(len(sides[0]), len(sides[1]), frozenset(sides[0] & sides[1]))


def of_throughout(rows: Sequence[Occurrence], kept: frozenset[str]) -> list[Occurrence]:
    """Return what sources throughout report (rule 2)."""
    return [row for row in rows if row.sources & kept]
