"""Join reports into groups by average linkage under a rule no score overrides: one source reports an incident once.

Rules:

1. Two groups are joined while the mean score over all pairs between them is above `threshold`; a pair that is not kept counts
   as the floor. One strong link cannot chain two groups together.
2. Groups that share a source are never joined.
3. In each round every two groups are joined that are each other's best. The mean to a joined group is never above the better of
   its parts', so this ends where joining the best two of all, one after the other, would end.
4. Ties are broken by row number, and rows stand in canonical order: the order of the input never matters.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..pair.ranges import Rows, distinct, grouped
from ..reports.columns import Floats
from .edges import FLOOR, Edges
from .islands import components

LINKED_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Links:
    """Pairs of groups (or rows) with the summed gain over the floor between them; `refused` where a source stands in both."""

    one: Rows
    other: Rows
    gain: Floats
    refused: NDArray[np.bool_]

    def of(self, chosen: Rows) -> Links:
        """Return some of the links."""
        return Links(self.one.take(chosen), self.other.take(chosen), self.gain.take(chosen), self.refused.take(chosen))


def link(size: int, edges: Edges, source: Rows, threshold: float, pool: Executor) -> Rows:
    """Return for each of `size` rows the smallest row of its group."""
    above = np.flatnonzero(edges.score > threshold)
    island = components(size, edges.a.take(above).astype(np.int64), edges.b.take(above).astype(np.int64))
    inside = np.flatnonzero(island.take(edges.a) == island.take(edges.b))
    label = np.arange(size)
    home = island.take(edges.a.take(inside))
    for rows, found in pool.map(lambda part: _link_part(edges, part, source, threshold), _batches(inside, home, size)):
        label[rows] = found
    return label


def _batches(inside: Rows, home: Rows, size: int) -> list[Rows]:
    """Cut edges into batches of whole islands, about `LINKED_AT_ONCE` each; inside a batch they keep their order."""
    total = np.cumsum(np.bincount(home, minlength=size))
    batch = (total // LINKED_AT_ONCE).astype(np.uint16).take(home)
    order = np.argsort(batch, kind="stable")
    cuts = np.searchsorted(batch.take(order), np.arange(int(batch.max(initial=0)) + 2))
    return [inside.take(order[start:end]) for start, end in pairwise(cuts.tolist()) if start < end]


def _link_part(edges: Edges, part: Rows, source: Rows, threshold: float) -> tuple[Rows, Rows]:
    """Group the rows of some islands; return the rows and each one's smallest companion."""
    place, rows = distinct(np.concatenate([edges.a.take(part), edges.b.take(part)]).astype(np.int64))
    one, other = place[: len(part)], place[len(part) :]
    gain = edges.score.take(part).astype(np.float64) - FLOOR
    links = Links(one, other, gain, np.zeros(len(part), dtype=bool))
    group = _agglomerate(links, source.take(rows), threshold - FLOOR)
    least = np.full(len(rows), len(rows))
    np.minimum.at(least, group, np.arange(len(rows)))
    return rows, rows.take(least.take(group))


def _agglomerate(links: Links, source: Rows, threshold: float) -> Rows:
    """Join groups round by round until no mean is above the threshold (rules 1 to 3); return each row's group."""
    count = len(source)
    group, size = np.arange(count), np.ones(count)
    while True:
        mean = links.gain / (size.take(links.one) * size.take(links.other))
        best = _mutual(links, mean, threshold, count)
        if not len(best):
            return group
        one, other = links.one.take(best), links.other.take(best)
        refused = _share_source(one, other, group, source)
        links.refused[best[refused]] = True
        one, other = one[~refused], other[~refused]
        if len(one):
            to = np.arange(count)
            to[other] = one
            size[one] += size[other]
            group = to.take(group)
            links = _rejoined(links, to, one, count)


def _mutual(links: Links, mean: Floats, threshold: float, count: int) -> Rows:
    """Return the links above the threshold that are the best of both their groups; of equal ones the first by row."""
    live = np.flatnonzero((mean > threshold) & ~links.refused)
    one, other, mean = links.one.take(live), links.other.take(live), mean.take(live)
    best = np.zeros(count)
    np.maximum.at(best, one, mean)
    np.maximum.at(best, other, mean)
    top = np.flatnonzero((mean == best.take(one)) & (mean == best.take(other)))
    one, other = one.take(top), other.take(top)
    name = np.minimum(one, other) * count + np.maximum(one, other)
    first = np.full(count, count * count)
    np.minimum.at(first, one, name)
    np.minimum.at(first, other, name)
    return np.asarray(live.take(top[(first.take(one) == name) & (first.take(other) == name)]))


def _share_source(one: Rows, other: Rows, group: Rows, source: Rows) -> NDArray[np.bool_]:
    """Say for each two groups whether a source stands in both (rule 2)."""
    number = np.full(len(group), -1)
    number[one] = number[other] = np.arange(len(one))
    pair = number.take(group)
    met = np.flatnonzero(pair >= 0)
    key = np.sort(pair.take(met) * (int(source.max(initial=0)) + 1) + source.take(met))
    shared = np.zeros(len(one), dtype=bool)
    shared[key[1:][key[1:] == key[:-1]] // (int(source.max(initial=0)) + 1)] = True
    return shared


def _rejoined(links: Links, to: Rows, joined: Rows, count: int) -> Links:
    """Let links follow the groups they lead to, and add up those that now lead to the same."""
    one, other = to.take(links.one), to.take(links.other)
    fresh = np.zeros(count, dtype=bool)
    fresh[joined] = True
    moved = fresh.take(one) | fresh.take(other)
    apart = one != other
    same, changed = np.flatnonzero(~moved), np.flatnonzero(moved & apart)
    one, other = one.take(changed), other.take(changed)
    which, key = grouped(np.minimum(one, other) * count + np.maximum(one, other))
    kept = links.of(same)
    gain = np.bincount(which, weights=links.gain.take(changed), minlength=len(key))
    refused = np.bincount(which, weights=links.refused.take(changed), minlength=len(key)) > 0
    return Links(
        np.concatenate([kept.one, key // count]),
        np.concatenate([kept.other, key % count]),
        np.concatenate([kept.gain, gain]),
        np.concatenate([kept.refused, refused]),
    )
