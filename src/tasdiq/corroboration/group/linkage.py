"""Join reports into groups by average linkage under a rule no score overrides: one source reports an incident once.

Rules:

1. Two groups are joined while the mean score over all pairs between them is above `threshold`; a pair that was never a
   candidate, or that scored below `FLOOR`, counts as `FLOOR`. One strong link cannot chain two groups together.
2. Groups that share a source are never joined.
3. Afterwards each report moves once more to the group it fits best, if that is clearly better than its own (`MOVE_MARGIN`).
4. Ties are broken by row number, and rows stand in canonical order: the order of the input never matters.
"""

from __future__ import annotations

import heapq

import numpy as np

from ..pair import Pairs
from ..reports.columns import Floats, Ints

FLOOR = -5.0
MOVE_MARGIN = 0.5
Links = list[dict[int, float]]


def link(size: int, pairs: Pairs, score: Floats, source: Ints, threshold: float) -> Ints:
    """Return for each of `size` rows the smallest row of its group."""
    kept = (score > FLOOR) & (source[pairs.a] != source[pairs.b])
    a, b, gain = pairs.a[kept], pairs.b[kept], score[kept] - FLOOR
    links: Links = [{} for _ in range(size)]
    for one, other, value in zip(a.tolist(), b.tolist(), gain.tolist(), strict=True):
        links[one][other] = value
        links[other][one] = value
    groups = _agglomerate(links, source.tolist(), threshold - FLOOR)
    _relocate(links, groups, source.tolist(), threshold - FLOOR)
    return groups.label()


class _Groups:
    """A partition of rows: members and sources of each group, by number."""

    def __init__(self, source: list[int]) -> None:
        self.of = list(range(len(source)))
        self.members: list[list[int]] = [[row] for row in range(len(source))]
        self.sources: list[set[int]] = [{one} for one in source]

    def label(self) -> Ints:
        """Name each row's group by its smallest row."""
        least = [min(members) if members else -1 for members in self.members]
        return np.array([least[group] for group in self.of], dtype=np.int64)


def _agglomerate(links: Links, source: list[int], threshold: float) -> _Groups:
    """Join the best pair of groups until none is above the threshold (rules 1 and 2)."""
    groups = _Groups(source)
    sums: Links = [dict(near) for near in links]
    heap = [
        (-gain, row, other)
        for row, near in enumerate(sums)
        for other, gain in near.items()
        if row < other and gain > threshold
    ]
    heapq.heapify(heap)
    while heap:
        negative, one, other = heapq.heappop(heap)
        total = sums[one].get(other)
        if total is None or -negative != _mean(total, groups, one, other):
            continue
        if groups.sources[one] & groups.sources[other]:
            continue
        for near, mean in _join(groups, sums, one, other):
            if mean > threshold:
                heapq.heappush(heap, (-mean, min(one, near), max(one, near)))
    return groups


def _mean(total: float, groups: _Groups, one: int, other: int) -> float:
    return total / (len(groups.members[one]) * len(groups.members[other]))


def _join(groups: _Groups, sums: Links, one: int, other: int) -> list[tuple[int, float]]:
    """Put `other` into `one`; return the neighbours of the joined group with their new means."""
    for row in groups.members[other]:
        groups.of[row] = one
    groups.members[one] += groups.members[other]
    groups.members[other] = []
    groups.sources[one] |= groups.sources[other]
    del sums[one][other], sums[other][one]
    for near, total in sums[other].items():
        del sums[near][other]
        sums[one][near] = sums[near][one] = sums[one].get(near, 0.0) + total
    sums[other] = {}
    return [(near, _mean(total, groups, one, near)) for near, total in sums[one].items()]


def _relocate(links: Links, groups: _Groups, source: list[int], threshold: float) -> None:
    """Move each report to the group it fits best (rule 3)."""
    for row, near in enumerate(links):
        own = groups.of[row]
        totals: dict[int, float] = {}
        for other, gain in near.items():
            totals[groups.of[other]] = totals.get(groups.of[other], 0.0) + gain
        mates = len(groups.members[own]) - 1
        best, fit = own, max(totals.pop(own, 0.0) / mates if mates else 0.0, threshold) + MOVE_MARGIN
        for group, total in totals.items():
            mean = total / len(groups.members[group])
            if mean > fit and source[row] not in groups.sources[group]:
                best, fit = group, mean
        if best != own:
            _move(groups, source, row, best)


def _move(groups: _Groups, source: list[int], row: int, to: int) -> None:
    own = groups.of[row]
    groups.members[own].remove(row)
    groups.sources[own].discard(source[row])
    groups.members[to].append(row)
    groups.sources[to].add(source[row])
    groups.of[row] = to
