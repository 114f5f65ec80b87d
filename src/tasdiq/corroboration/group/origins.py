"""Find the independent origins of each incident: a graph of dependence inside each group.

Rules:

1. A report *depends* on another of its group if one cites the other's source, if their wording is nearly the same
   (`COPIED_WORDING`), or if both give one exact point or one exact moment that nobody else gives (`EXACT_KM`, `EXACT_H`). What
   hangs together by such ties has one origin: its earliest report.
2. An exact point that reports of other groups give too is a gazetteer's point, and ties nothing; nor does a round value.
3. A report *may depend* on another if much wording is in common, if every detail is the same, or if both cite one source.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compare.levels import cites_other, wording_in_common
from ..pair import Pairs
from ..reports.columns import Columns, Floats, Ints
from .bounds import lower_bounds, upper_bounds
from .linkage import components
from .membership import belonging, find_fits

Flags = NDArray[np.bool_]

COPIED_WORDING = 0.75
LIKE_WORDING = 0.5
EXACT_KM = 2.0
EXACT_H = 1.0
ROUND_MINUTES = 5.0
ROUND_DEGREES = 100.0


@dataclass(frozen=True)
class Origins:
    """For each row: the row its origin starts from, bounds on the origins of its incident, and its score (1 if alone)."""

    root: Ints
    lowest: Ints
    highest: Ints
    score: Floats


def count_origins(columns: Columns, pairs: Pairs, score: Floats, label: Ints, shift: float) -> Origins:
    """Find the origins of every group (rules 1-3) and bound their number (`bounds`); `shift` is the calibration's."""
    inside = label[pairs.a] == label[pairs.b]
    a, b = pairs.a[inside], pairs.b[inside]
    tied = depends(columns, a, b, label)
    root = components(len(label), a[tied], b[tied])
    loose = tied | may_depend(columns, a, b)
    cited = _cited_together(columns, label)
    weak = components(len(label), np.concatenate([a[loose], np.arange(len(label))]), np.concatenate([b[loose], cited]))
    fits = find_fits(pairs, score, label)
    belongs = belonging(fits)
    lowest = lower_bounds(label, weak, belongs)
    highest = upper_bounds(columns, pairs, score, fits, root, shift)
    return Origins(root, lowest[label], highest[label], belongs)


def depends(columns: Columns, a: Ints, b: Ints, label: Ints) -> Flags:
    """Say for each pair of one group whether one certainly depends on the other (rules 1 and 2)."""
    copied = np.nan_to_num(wording_in_common(columns, a, b)) >= COPIED_WORDING
    point = _same_point(columns, a, b, label)
    return np.asarray(cites_other(columns, a, b) | copied | point | _same_moment(columns, a, b))


def may_depend(columns: Columns, a: Ints, b: Ints) -> Flags:
    """Say for each pair of one group whether one may depend on the other (rule 3, but for citations)."""
    like = np.nan_to_num(wording_in_common(columns, a, b)) >= LIKE_WORDING
    same = (columns.kind[a] == columns.kind[b]).all(axis=1)
    for figures in (columns.killed, columns.injured):
        same &= (figures[a] == figures[b]).all(axis=1) | np.isnan(figures[a] + figures[b]).all(axis=1)
    same &= (
        (columns.lat[a] == columns.lat[b]) & (columns.lon[a] == columns.lon[b]) & (columns.time[a] == columns.time[b])
    )
    return np.asarray(like | same)


def _same_point(columns: Columns, a: Ints, b: Ints, label: Ints) -> Flags:
    exact = columns.own_point & (columns.place_half <= EXACT_KM)
    exact &= ~(_round(columns.lat * ROUND_DEGREES) & _round(columns.lon * ROUND_DEGREES))
    _, point = np.unique(np.stack([columns.lat, columns.lon], axis=1), axis=0, return_inverse=True)
    point = point.reshape(-1)
    low, high = np.full(point.max(initial=0) + 1, len(label)), np.full(point.max(initial=0) + 1, -1)
    np.minimum.at(low, point, label)
    np.maximum.at(high, point, label)
    own = (low == high)[point]
    return np.asarray((point[a] == point[b]) & exact[a] & exact[b] & own[a])


def _same_moment(columns: Columns, a: Ints, b: Ints) -> Flags:
    exact = (columns.time_half <= EXACT_H) & ~_round(columns.time * 60.0 / ROUND_MINUTES)
    return np.asarray((columns.time[a] == columns.time[b]) & exact[a])


def _round(value: Floats) -> Flags:
    return np.asarray(np.abs(value - np.round(value)) < 1e-6)


def _cited_together(columns: Columns, label: Ints) -> Ints:
    """Return for each citing report the first report of its group that cites the same source; others stand for themselves."""
    key = label * (int(columns.cites.max(initial=0)) + 2) + columns.cites + 1
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return np.where(columns.cites >= 0, first[which.reshape(-1)], np.arange(len(label)))
