"""Bound the number of independent origins of each incident, honestly: grouping errs, and ties can be missed.

Rules:

1. The lower bound counts the origins that surely belong (`SURE`), with all that may depend joined, less as many as may be
   another incident's: the fewest that leave a chance of at most `TOO_HIGH` that still more are. A lower bound that is too high
   misleads a mediator; so it is careful.
2. The upper bound counts every origin found, and adds as many as may be missing: the fewest that leave a chance of at most
   `TOO_LOW` that still more are. What is missing is single reports elsewhere (a Poisson count), and neighbouring groups
   that may be a part of the same incident, each with all of its origins or none.
3. Some are always missing, the more the larger the incident: reports with a wrong place or day (`LOST_EACH`, and `LOST` where
   anything else was reported near).
4. What shares a source with the group cannot belong to it.
5. Where people have confirmed the groups, nothing of another incident is in them and nothing is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compare.calibration import logistic
from ..pair.ranges import Rows, among, grouped, runs, spread
from ..reports.columns import Floats, Ints
from .edges import FLOOR, Edges

TOO_HIGH = 0.14
SURE = 0.6
TOO_LOW = 0.12
LOST, LOST_EACH = 0.2, 0.045
SINGLE_SLOPE, SINGLE_SHIFT, SINGLE_SHARE = 1.1, 2.4, 1.0
FRAGMENT_SLOPE, FRAGMENT_SHIFT = 1.6, 0.6
SURELY = 0.95
MOST_EXTRA = 60


@dataclass(frozen=True)
class Neighbours:
    """For group `one`, a group `other` near it, and the chance that both are one incident."""

    one: Rows
    other: Rows
    chance: Floats


def lower_bounds(label: Rows, weak_root: Rows, belongs: Floats) -> Ints:
    """Return for each group the careful count of its origins (rule 1), at least 1."""
    surest = np.zeros(len(label))
    np.maximum.at(surest, weak_root, belongs)
    roots = np.flatnonzero(surest >= SURE)
    found = np.bincount(label[roots], minlength=len(label))
    foreign = np.asarray(np.bincount(label[roots], weights=1.0 - surest[roots], minlength=len(label)), dtype=np.float64)
    return np.asarray(np.maximum(found - _fewest(foreign, TOO_HIGH), 1), dtype=np.int64)


def upper_bounds(label: Rows, root: Rows, near: Neighbours) -> Ints:
    """Return for each group the most origins it may have (rules 2 and 3)."""
    found = np.bincount(label[np.unique(root)], minlength=len(label))
    size = np.bincount(label, minlength=len(label))
    single = size.take(near.other) == 1
    missing = SINGLE_SHARE * np.bincount(near.one[single], weights=near.chance[single], minlength=len(label))
    part = np.flatnonzero(~single)
    none = np.log1p(-np.minimum(near.chance[part], SURELY))
    met = np.bincount(label, minlength=len(label)) > 1
    met[near.one] = True
    return found + _fewest(
        missing + LOST * met + LOST_EACH * found, TOO_LOW, (near.one[part], found.take(near.other[part]), none)
    )


def find_neighbours(edges: Edges, label: Rows, source: Rows) -> Neighbours:
    """Return the groups near each group that share no source with it (rule 4)."""
    count = max(len(label), 1)
    one, other = label.take(edges.a), label.take(edges.b)
    apart = np.flatnonzero(one != other)
    one, other = one.take(apart), other.take(apart)
    which, key = grouped(np.minimum(one, other) * count + np.maximum(one, other))
    gain = np.bincount(which, weights=edges.score.take(apart).astype(np.float64) - FLOOR, minlength=len(key))
    one, other = key // count, key % count
    size = np.bincount(label, minlength=count)
    mean = FLOOR + gain / (size.take(one) * size.take(other))
    single = (size.take(one) == 1) | (size.take(other) == 1)
    chance = np.where(
        single, logistic(SINGLE_SLOPE * mean + SINGLE_SHIFT), logistic(FRAGMENT_SLOPE * mean + FRAGMENT_SHIFT)
    )
    free = np.flatnonzero(~_share_source(one, other, label, source))
    one, other, chance = one.take(free), other.take(free), chance.take(free)
    return Neighbours(np.concatenate([one, other]), np.concatenate([other, one]), np.concatenate([chance, chance]))


def _share_source(one: Rows, other: Rows, label: Rows, source: Rows) -> NDArray[np.bool_]:
    """Say for each two groups whether a source stands in both; a mask of bits rules most out at once."""
    mask = np.zeros(len(label), dtype=np.uint64)
    np.bitwise_or.at(mask, label, np.uint64(1) << (source.astype(np.uint64) & np.uint64(63)))
    shared = (mask.take(one) & mask.take(other)) > 0
    asked = np.flatnonzero(shared)
    order = np.argsort(label, kind="stable")
    size = np.bincount(label, minlength=len(label))
    first = np.cumsum(size) - size
    members = order.take(runs(first.take(one[asked]), size.take(one[asked])))
    which = spread(size.take(one[asked]))
    sources = int(source.max(initial=0)) + 1
    met = among(other[asked].take(which) * sources + source.take(members), np.sort(label * sources + source))
    shared[asked] = np.bincount(which, weights=met, minlength=len(asked)) > 0
    return shared


def _fewest(expected: Floats, level: float, parts: tuple[Rows, Ints, Floats] | None = None) -> Ints:
    """Return for each group the least count k for which the chance of more than k is at most `level`.

    What is counted is Poisson with mean `expected`, and, by `parts`, for a group some number with a chance (as log of its absence).
    """
    term = np.exp(-expected)
    reached, count = term.copy(), np.full(len(expected), MOST_EXTRA)
    open_ = np.arange(len(expected))
    for number in range(MOST_EXTRA):
        absent = np.ones(len(expected))
        if parts is not None:
            larger = parts[1] > number
            parts = (parts[0][larger], parts[1][larger], parts[2][larger])
            absent = np.exp(np.bincount(parts[0], weights=parts[2], minlength=len(expected)))
        enough = 1.0 - reached[open_] * absent[open_] <= level
        count[open_[enough]] = number
        open_ = open_[~enough]
        if not len(open_):
            break
        term = term * expected / (number + 1)
        reached = reached + term
    return count
