"""Count the independent origins of each incident: a graph of dependence inside each group, and honest bounds.

Rules:

1. A report *depends* on another of its group if it cites that one's source and came later, if their wording is nearly the same
   (`COPIED_WORDING`), or if both give one exact point or one exact moment that nobody else gives (`EXACT_KM`, `EXACT_H`). What
   hangs together by such ties has one origin: its earliest report.
2. An exact point that reports of other groups give too is a gazetteer's point, and ties nothing; nor does a round value.
3. The lower bound also joins what *may* depend: much wording in common, every detail the same, a citation of one and the same
   source outside the group, or of any; and it counts no report whose place in the group is doubtful (`SURE_MEMBER`).
4. The upper bound adds reports outside the group that may yet belong to it (`NEAR_MISS`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compare.levels import cites_other, wording_in_common
from ..compare.weights import probability
from ..pair import Pairs
from ..reports.columns import Columns, Floats, Ints
from .linkage import FLOOR

Flags = NDArray[np.bool_]

COPIED_WORDING = 0.75
LIKE_WORDING = 0.5
EXACT_KM = 2.0
EXACT_H = 1.0
ROUND_MINUTES = 5.0
ROUND_DEGREES = 100.0
SURE_MEMBER = 0.6
NEAR_MISS = 0.25


@dataclass(frozen=True)
class Origins:
    """For each row: the row its origin starts from, bounds on the origins of its incident, and its score (1 if alone)."""

    root: Ints
    lowest: Ints
    highest: Ints
    score: Floats


def count_origins(columns: Columns, pairs: Pairs, score: Floats, label: Ints) -> Origins:
    """Find the origins of every group and bound their number (rules 1-4)."""
    inside = label[pairs.a] == label[pairs.b]
    a, b = pairs.a[inside], pairs.b[inside]
    tied = depends(columns, a, b, label)
    root = components(len(label), a[tied], b[tied])
    belongs = membership(pairs, score, label)
    loose = tied | may_depend(columns, a, b)
    source = np.where(columns.cites >= 0, _cited_together(columns, label), np.arange(len(label)))
    weak = components(len(label), np.concatenate([a[loose], np.arange(len(label))]), np.concatenate([b[loose], source]))
    lowest = np.maximum(_count(label, weak, belongs >= SURE_MEMBER), 1)
    highest = _count(label, root, np.ones(len(label), dtype=bool)) + _near_misses(columns, pairs, score, label)
    return Origins(root, lowest[label], highest[label], belongs)


def depends(columns: Columns, a: Ints, b: Ints, label: Ints) -> Flags:
    """Say for each pair of one group whether one certainly depends on the other (rule 1)."""
    copied = np.nan_to_num(wording_in_common(columns, a, b)) >= COPIED_WORDING
    point = _same_point(columns, a, b, label)
    return np.asarray(cites_other(columns, a, b) | copied | point | _same_moment(columns, a, b))


def may_depend(columns: Columns, a: Ints, b: Ints) -> Flags:
    """Say for each pair of one group whether one may depend on the other (rule 3)."""
    like = np.nan_to_num(wording_in_common(columns, a, b)) >= LIKE_WORDING
    same = (columns.kind[a] == columns.kind[b]).all(axis=1)
    for figures in (columns.killed, columns.injured):
        same &= (figures[a] == figures[b]).all(axis=1) | np.isnan(figures[a] + figures[b]).all(axis=1)
    same &= (columns.lat[a] == columns.lat[b]) & (columns.lon[a] == columns.lon[b])
    return np.asarray(like | same)


def membership(pairs: Pairs, score: Floats, label: Ints) -> Floats:
    """Return each report's probability of belonging to its group: that of its mean score with the others; 1 if alone."""
    inside = label[pairs.a] == label[pairs.b]
    total = np.zeros(len(label))
    for ends in (pairs.a[inside], pairs.b[inside]):
        total += np.bincount(ends, weights=np.maximum(score[inside] - FLOOR, 0.0), minlength=len(label))
    mates = np.bincount(label, minlength=len(label))[label] - 1
    mean = FLOOR + total / np.maximum(mates, 1)
    return np.where(mates > 0, probability(mean), 1.0)


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


def _same_point(columns: Columns, a: Ints, b: Ints, label: Ints) -> Flags:
    exact = columns.own_point & (columns.place_half <= EXACT_KM) & ~(_round(columns.lat) & _round(columns.lon))
    _, point = np.unique(np.stack([columns.lat, columns.lon], axis=1), axis=0, return_inverse=True)
    point = point.reshape(-1)
    low, high = np.full(point.max(initial=0) + 1, len(label)), np.full(point.max(initial=0) + 1, -1)
    np.minimum.at(low, point, label)
    np.maximum.at(high, point, label)
    own = (low == high)[point]
    return np.asarray((point[a] == point[b]) & exact[a] & exact[b] & own[a])


def _round(degrees: Floats) -> Flags:
    return np.asarray(np.abs(degrees * ROUND_DEGREES - np.round(degrees * ROUND_DEGREES)) < 1e-6)


def _same_moment(columns: Columns, a: Ints, b: Ints) -> Flags:
    """One exact time is telling only if it is not a round one."""
    minutes = columns.time * 60.0
    exact = (columns.time_half <= EXACT_H) & (
        np.abs(minutes / ROUND_MINUTES - np.round(minutes / ROUND_MINUTES)) > 1e-6
    )
    return np.asarray((columns.time[a] == columns.time[b]) & exact[a])


def _cited_together(columns: Columns, label: Ints) -> Ints:
    """Return for each citing report the first report of its group that cites the same source."""
    key = label * (columns.cites.max(initial=0) + 2) + columns.cites + 1
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return np.asarray(first[which.reshape(-1)])


def _count(label: Ints, root: Ints, counted: Flags) -> Ints:
    """Count the distinct roots in each group, over the rows that count."""
    pairs = np.unique(np.stack([label[counted], root[counted]], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(label))


def _near_misses(columns: Columns, pairs: Pairs, score: Floats, label: Ints) -> Ints:
    """Count for each group the reports outside it that may belong to it (rule 4)."""
    size = len(label)
    outside = (label[pairs.a] != label[pairs.b]) & (score > FLOOR)
    a, b, gain = pairs.a[outside], pairs.b[outside], score[outside] - FLOOR
    key, which = np.unique(np.concatenate([a * size + label[b], b * size + label[a]]), return_inverse=True)
    total = np.bincount(which.reshape(-1), weights=np.concatenate([gain, gain]), minlength=len(key))
    row, group = key // max(size, 1), key % max(size, 1)
    mean = FLOOR + total / np.bincount(label, minlength=size)[group]
    taken = np.unique(label * (columns.source.max(initial=0) + 1) + columns.source)
    free = ~np.isin(group * (columns.source.max(initial=0) + 1) + columns.source[row], taken)
    return np.bincount(group[(probability(mean) >= NEAR_MISS) & free], minlength=size)
