"""How each report fits its own group, and the groups near it: the ground of scores and of bounds.

Rules: (1) a report's fit to a group is its mean score with the group's reports; a pair that was never a candidate counts as the
floor. (2) How surely it belongs depends on its fit and on the best fit it has elsewhere, where one source may stand in its way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compare.calibration import logistic
from ..pair import Pairs
from ..reports.columns import Floats, Ints
from .linkage import FLOOR

OWN_FIT, OTHER_FIT = 0.32, 0.43
NO_OTHER = -3.0


@dataclass(frozen=True)
class Fits:
    """Fit of report `row` to group `group` (both by row number); `own` marks its own group; `size` is each group's size."""

    row: Ints
    group: Ints
    mean: Floats
    own: NDArray[np.bool_]
    label: Ints
    size: Ints


def find_fits(pairs: Pairs, score: Floats, label: Ints) -> Fits:
    """Return how every report fits each group it has a pair with."""
    count = max(len(label), 1)
    kept = score > FLOOR
    a, b, gain = pairs.a[kept], pairs.b[kept], score[kept] - FLOOR
    keys = np.concatenate([a * count + label[b], b * count + label[a]])
    key, which = np.unique(keys, return_inverse=True)
    total = np.bincount(which.reshape(-1), weights=np.concatenate([gain, gain]), minlength=len(key))
    row, group = key // count, key % count
    own = label[row] == group
    size = np.bincount(label, minlength=len(label))
    return Fits(row, group, FLOOR + total / np.maximum(size[group] - own, 1), own, label, size)


def belonging(fits: Fits) -> Floats:
    """Return each report's probability of belonging to its group; 1 if alone."""
    best, other = np.full(len(fits.label), FLOOR), np.full(len(fits.label), NO_OTHER)
    np.maximum.at(best, fits.row[fits.own], fits.mean[fits.own])
    np.maximum.at(other, fits.row[~fits.own], fits.mean[~fits.own])
    return np.where(fits.size[fits.label] > 1, logistic(OWN_FIT * best - OTHER_FIT * other), 1.0)
