"""How each report fits its own group, and the groups near it: the ground of scores and of bounds.

Rules: (1) a report's fit to a group is its mean score with the group's reports; a pair that was not kept counts as the floor.
(2) How surely it belongs depends on its fit and on the best fit it has elsewhere, where one source may stand in its way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..compare.calibration import logistic
from ..pair.ranges import Rows, grouped
from ..reports.columns import Floats, Ints
from .edges import FLOOR, Edges

OWN_FIT, OTHER_FIT, SHIFT = 0.65, 0.65, -0.7
NO_OTHER = -3.0


@dataclass(frozen=True)
class Fits:
    """How well each report fits its own group, and the best other group near it; `size` is each group's size."""

    own: Floats
    other: Floats
    size: Ints


def find_fits(edges: Edges, label: Rows) -> Fits:
    """Return how every report fits its group, and the best other group it has a kept pair with."""
    count = len(label)
    a, b, gain = edges.a.astype(np.int64), edges.b.astype(np.int64), edges.score.astype(np.float64) - FLOOR
    group_a, group_b = label.take(a), label.take(b)
    size = np.bincount(label, minlength=count)
    inside, apart = np.flatnonzero(group_a == group_b), np.flatnonzero(group_a != group_b)
    own = _added(a, inside, gain, count) + _added(b, inside, gain, count)
    a, b, group_a, group_b = (one.take(apart) for one in (a, b, group_a, group_b))
    gain = gain.take(apart)
    which, key = grouped(np.concatenate([a * count + group_b, b * count + group_a]))
    total = np.bincount(which, weights=np.concatenate([gain, gain]), minlength=len(key))
    other = np.full(count, NO_OTHER)
    np.maximum.at(other, key // max(count, 1), FLOOR + total / size.take(key % max(count, 1)))
    return Fits(FLOOR + own / np.maximum(size.take(label) - 1, 1), other, size)


def _added(rows: Rows, chosen: Rows, gain: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(rows.take(chosen), weights=gain.take(chosen), minlength=count), dtype=np.float64)


def belonging(fits: Fits, label: Rows) -> Floats:
    """Return each report's probability of belonging to its group; 1 if alone."""
    chance = logistic(OWN_FIT * fits.own - OTHER_FIT * fits.other + SHIFT)
    return np.where(fits.size.take(label) > 1, chance, 1.0)
