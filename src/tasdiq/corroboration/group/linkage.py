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
from collections import defaultdict
from itertools import pairwise

import numpy as np

from ..pair import Pairs
from ..reports.columns import Floats, Ints

FLOOR = -5.0
MOVE_MARGIN = 0.5


def link(size: int, pairs: Pairs, score: Floats, source: Ints, threshold: float) -> Ints:
    """Return for each of `size` rows the smallest row of its group."""
    kept = (score > FLOOR) & (source[pairs.a] != source[pairs.b])
    a, b, gain = pairs.a[kept], pairs.b[kept], score[kept] - FLOOR
    groups = _Groups(source.tolist())
    _agglomerate(groups, a, b, gain, threshold - FLOOR)
    _relocate(groups, a, b, gain, threshold - FLOOR)
    return groups.label()


class _Groups:
    """A partition of rows: members and sources of each group, by number."""

    def __init__(self, source: list[int]) -> None:
        self.source = source
        self.of = list(range(len(source)))
        self.members: list[list[int]] = [[row] for row in range(len(source))]
        self.sources: list[set[int]] = [{one} for one in source]

    def move(self, row: int, to: int) -> bool:
        """Move a row to another group, unless its source is there."""
        if self.source[row] in self.sources[to]:
            return False
        self.members[self.of[row]].remove(row)
        self.sources[self.of[row]].discard(self.source[row])
        self.members[to].append(row)
        self.sources[to].add(self.source[row])
        self.of[row] = to
        return True

    def label(self) -> Ints:
        """Name each row's group by its smallest row."""
        least = [min(members) if members else -1 for members in self.members]
        return np.array([least[group] for group in self.of], dtype=np.int64)


def components(size: int, a: Ints, b: Ints) -> Ints:
    """Return for each row the smallest row it hangs together with."""
    least = np.arange(size)
    while True:
        low = np.minimum(least[a], least[b])
        following = least.copy()
        np.minimum.at(following, least[a], low)
        np.minimum.at(following, least[b], low)
        following = following[following]
        if (following == least).all():
            return least
        least = following


def _agglomerate(groups: _Groups, a: Ints, b: Ints, gain: Floats, threshold: float) -> None:
    """Join groups island by island: only what hangs together by pairs above the threshold can ever be joined."""
    above = gain > threshold
    island = components(len(groups.of), a[above], b[above])
    inside = np.flatnonzero(island[a] == island[b])
    inside = inside[np.argsort(island[a[inside]], kind="stable")]
    edges = list(zip(a[inside].tolist(), b[inside].tolist(), gain[inside].tolist(), strict=True))
    cuts = np.flatnonzero(np.diff(island[a[inside]], prepend=-1, append=-1))
    for start, end in pairwise(cuts.tolist()):
        _join_island(groups, edges[start:end], threshold)


def _join_island(groups: _Groups, edges: list[tuple[int, int, float]], threshold: float) -> None:
    """Join the best pair of groups until none is above the threshold (rules 1 and 2)."""
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, value in edges:
        sums[one][other] = sums[other][one] = value
    heap = [(-value, one, other) for one, other, value in edges if value > threshold]
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


def _mean(total: float, groups: _Groups, one: int, other: int) -> float:
    return total / (len(groups.members[one]) * len(groups.members[other]))


def _join(groups: _Groups, sums: dict[int, dict[int, float]], one: int, other: int) -> list[tuple[int, float]]:
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


def _relocate(groups: _Groups, a: Ints, b: Ints, gain: Floats, threshold: float) -> None:
    """Move each report to the group it fits best, in order of rows (rule 3)."""
    size, of = max(len(groups.of), 1), np.array(groups.of, dtype=np.int64)
    key, which = np.unique(np.concatenate([a * size + of[b], b * size + of[a]]), return_inverse=True)
    total = np.bincount(which.reshape(-1), weights=np.concatenate([gain, gain]), minlength=len(key))
    row, group = key // size, key % size
    own = of[row] == group
    mean = total / np.maximum(np.bincount(of, minlength=size)[group] - own, 1)
    fit = np.full(size, threshold)
    np.maximum.at(fit, row[own], mean[own])
    better = np.flatnonzero(~own & (mean > fit[row] + MOVE_MARGIN))
    moved: set[int] = set()
    for number in better[np.lexsort((-mean[better], row[better]))].tolist():
        one, to = int(row[number]), int(group[number])
        if one not in moved and groups.move(one, to):
            moved.add(one)
