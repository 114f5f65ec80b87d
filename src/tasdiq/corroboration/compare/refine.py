"""Learn weights once more, from a first grouping: logistic regression on which pairs it put together.

Average linkage with its cannot-link knows more than any pair: it refuses most pairs that only look alike, and joins some that
look little alike. Learnt together, weights also allow for what the first model cannot see: that comparisons are not independent.
Rules:

1. Learning starts from the first weights and is held to them by `HELD` for each weight: a few reports change little.
2. Pairs of one source count as apart: they are non-matches for free here, too.

J. D. Lee and others call it self-training (pseudo-labels); the regression is Newton's method on counted comparisons.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..pair.ranges import grouped
from ..reports.columns import Flags, Floats
from .calibration import logistic
from .codes import LIKES, Codes, unpack
from .levels import FIELDS
from .weights import Effects

HELD = 2.0
STEPS = 12
CLOSE = 1e-3


def refine(effects: Effects, codes: Codes, together: Flags) -> Effects:
    """Return weights learnt from pairs that a grouping put together or not."""
    which, code = grouped(codes.near * LIKES + codes.like)
    count = np.bincount(which, minlength=len(code)).astype(np.float64)
    matched = np.asarray(np.bincount(which, weights=together, minlength=len(code)), dtype=np.float64)
    columns = _columns(code, effects)
    beta = _fitted(np.concatenate([one.ravel() for one in effects]), columns, count, matched)
    cuts = np.cumsum([one.size for one in effects])[:-1]
    return tuple(part.reshape(one.shape) for part, one in zip(np.split(beta, cuts), effects, strict=True))


def _fitted(start: Floats, columns: NDArray[np.intp], count: Floats, matched: Floats) -> Floats:
    """Climb to the most likely weights by Newton's steps, each halved until it leads upwards."""
    beta, height = start, _height(start, start, columns, count, matched)
    for _ in range(STEPS):
        expected = logistic(beta.take(columns).sum(axis=0))
        slope = _spread_out(columns, matched - count * expected, len(beta)) - HELD * (beta - start)
        step = np.linalg.solve(_curvature(columns, count * expected * (1.0 - expected), len(beta)), slope)
        while (higher := _height(beta + step, start, columns, count, matched)) < height and np.abs(step).max() > CLOSE:
            step /= 2.0
        if higher - height < CLOSE * len(beta):
            break
        beta, height = beta + step, higher
    return beta


def _height(beta: Floats, start: Floats, columns: NDArray[np.intp], count: Floats, matched: Floats) -> float:
    """Return the logarithm of the likelihood, less what holds weights to their start (rule 1)."""
    score = beta.take(columns).sum(axis=0)
    held = HELD / 2.0 * np.square(beta - start).sum()
    return float((matched * score - count * np.logaddexp(0.0, score)).sum() - held)


def _columns(code: NDArray[np.int64], effects: Effects) -> NDArray[np.intp]:
    """Return, (fields + 1, m), which weight each comparison takes from each of the effects."""
    levels, (space, time) = unpack(code // LIKES, code % LIKES)
    strata = (space, time, *([space * 0] * (len(FIELDS) - 2)))
    columns = [space * effects[0].shape[1] + time]
    columns += [stratum * field.size + level for stratum, field, level in zip(strata, FIELDS, levels, strict=True)]
    return np.asarray(np.stack(columns) + np.cumsum([0, *(one.size for one in effects[:-1])])[:, None])


def _spread_out(columns: NDArray[np.intp], weight: Floats, size: int) -> Floats:
    return np.asarray(sum(np.bincount(column, weights=weight, minlength=size) for column in columns))


def _curvature(columns: NDArray[np.intp], weight: Floats, size: int) -> Floats:
    """Return the second derivatives: for each two weights how much curvature comparisons that take both contribute."""
    total = np.zeros(size * size)
    for number, one in enumerate(columns):
        for other in columns[: number + 1]:
            total += np.bincount(one * size + other, weights=weight, minlength=size * size)
    lower = total.reshape(size, size)
    full = lower + lower.T
    full[np.diag_indices(size)] /= 2.0
    return full + HELD * np.eye(size)
