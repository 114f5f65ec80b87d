"""Bound the number of independent origins of each incident, honestly: grouping errs, and ties can be missed.

Rules:

1. The lower bound counts origins whose reports surely belong (`SURE`), less one standard deviation, and joins whatever may
   depend. A lower bound that is too high misleads a mediator; so it is the careful one.
2. The upper bound counts every origin found, and adds the larger of: how many reports outside may yet belong (by their fit, at
   `LIKELY` odds), and the origins of a neighbouring group that may be a part of the same incident (`FRAGMENT`).
3. What shares a source with the group cannot belong to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..compare.calibration import logistic
from ..pair import Pairs
from ..reports.columns import Columns, Floats, Ints
from .linkage import FLOOR
from .membership import Fits

SURE = 0.7
LIKELY = 0.7
FRAGMENT = -2.0
OUTSIDE_SLOPE, OUTSIDE_SHIFT, LEAST_OUTSIDE = 0.45, -0.75, 0.02
OWN_SHARE = 0.7
MOST_EXTRA = 50


def lower_bounds(label: Ints, weak_root: Ints, belongs: Floats) -> Ints:
    """Return for each group the careful count of its origins (rule 1), at least 1."""
    surest = np.zeros(len(label))
    np.maximum.at(surest, weak_root, belongs)
    roots = np.unique(weak_root)
    roots = roots[surest[roots] >= SURE]
    expected = np.bincount(label[roots], weights=surest[roots], minlength=len(label))
    spread = np.bincount(label[roots], weights=surest[roots] * (1.0 - surest[roots]), minlength=len(label))
    return np.asarray(np.maximum(np.floor(expected - np.sqrt(spread) + 0.35), 1), dtype=np.int64)


def upper_bounds(columns: Columns, pairs: Pairs, score: Floats, fits: Fits, root: Ints, shift: float) -> Ints:
    """Return for each group the most origins it may have (rules 2 and 3); `shift` is the calibration's."""
    found = np.bincount(fits.label[np.unique(root)], minlength=len(root))
    return np.asarray(
        found + np.maximum(_outside(columns, fits, shift), _fragments(columns, pairs, score, fits, found))
    )


def _outside(columns: Columns, fits: Fits, shift: float) -> Ints:
    """Return how many more origins reports outside may bring, as a Poisson quantile of what is expected."""
    chance = logistic(OUTSIDE_SLOPE * fits.mean + OUTSIDE_SHIFT + shift)
    met = ~fits.own & (chance >= LEAST_OUTSIDE) & _sources_free(columns, fits.group, fits.row, fits.label)
    expected = np.bincount(fits.group[met], weights=chance[met], minlength=len(fits.label))
    return _poisson_quantile(np.asarray(OWN_SHARE * expected, dtype=np.float64), LIKELY)


def _sources_free(columns: Columns, group: Ints, row: Ints, label: Ints) -> NDArray[np.bool_]:
    sources = int(columns.source.max(initial=0)) + 1
    return ~np.isin(group * sources + columns.source[row], label * sources + columns.source)


def _poisson_quantile(expected: Floats, level: float) -> Ints:
    """Return for each mean the least count whose cumulative probability reaches `level`."""
    term = np.exp(-expected)
    reached, count = term.copy(), np.zeros(len(expected), dtype=np.int64)
    for number in range(1, MOST_EXTRA):
        short = reached < level
        if not short.any():
            break
        count[short] = number
        term = term * expected / number
        reached = reached + term
    return count


def _fragments(columns: Columns, pairs: Pairs, score: Floats, fits: Fits, found: Ints) -> Ints:
    """Return the origins of the largest neighbouring group that may belong to the same incident."""
    count, label = max(len(fits.label), 1), fits.label
    between = (score > FLOOR) & (label[pairs.a] != label[pairs.b])
    ends = np.sort(np.stack([label[pairs.a[between]], label[pairs.b[between]]]), axis=0)
    key, which = np.unique(ends[0] * count + ends[1], return_inverse=True)
    total = np.bincount(which.reshape(-1), weights=score[between] - FLOOR, minlength=len(key))
    one, other = key // count, key % count
    near = FLOOR + total / np.maximum(fits.size[one] * fits.size[other], 1) >= FRAGMENT
    one, other = one[near], other[near]
    apart = _no_common_source(columns, label, one, other)
    most = np.zeros(len(label), dtype=np.int64)
    np.maximum.at(most, one[apart], found[other[apart]])
    np.maximum.at(most, other[apart], found[one[apart]])
    return most


def _no_common_source(columns: Columns, label: Ints, one: Ints, other: Ints) -> NDArray[np.bool_]:
    members: dict[int, set[int]] = {group: set() for group in np.unique(np.concatenate([one, other])).tolist()}
    for group, source in zip(label.tolist(), columns.source.tolist(), strict=True):
        if group in members:
            members[group].add(source)
    both = zip(one.tolist(), other.tolist(), strict=True)
    return np.array([not members[a] & members[b] for a, b in both], dtype=bool)
