"""From reports to weighed pairs: score all candidate pairs and keep what is above the floor.

Rule: a pair whose score is at most `FLOOR` is not kept; wherever a mean is taken it counts as `FLOOR`. Pairs of one source are
never kept.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compare.codes import Codes, Comparer
from ..compare.weights import Weights
from ..pair.ranges import Rows
from .stretches import Stretch, compare_stretch, cut

FLOOR = -5.0
SCORED_AT_ONCE = 65_536


@dataclass(frozen=True)
class Edges:
    """Pairs worth keeping, as rows `a` < `b`, with their score and the codes of their comparison."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    score: NDArray[np.float32]
    near: NDArray[np.int16]
    like: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.a)


def score_pairs(comparer: Comparer, weights: Weights, pool: Executor) -> Edges:
    """Score every candidate pair and keep those above the floor (see the rule), in order of stretches."""
    stretches = cut(comparer.columns, SCORED_AT_ONCE)
    return join_edges(list(pool.map(lambda stretch: score_stretch(comparer, weights, stretch), stretches)))


def score_stretch(comparer: Comparer, weights: Weights, stretch: Stretch) -> Edges:
    """Score one stretch."""
    return join_edges([weighed(a, b, codes, weights) for a, b, codes in compare_stretch(comparer, stretch)])


def weighed(a: Rows, b: Rows, codes: Codes, weights: Weights) -> Edges:
    """Score compared pairs and keep those above the floor."""
    score = weights.score(codes)
    kept = np.flatnonzero(score > FLOOR)
    return Edges(
        a.take(kept).astype(np.int32),
        b.take(kept).astype(np.int32),
        score.take(kept),
        codes.near.take(kept).astype(np.int16),
        codes.like.take(kept).astype(np.int16),
    )


def join_edges(parts: list[Edges]) -> Edges:
    """Put parts one after the other."""
    none = Edges(*(np.zeros(0, dtype=kind) for kind in (np.int32, np.int32, np.float32, np.int16, np.int16)))  # type: ignore[arg-type]
    return Edges(
        *(np.concatenate([getattr(part, name) for part in (none, *parts)]) for name in Edges.__dataclass_fields__)
    )
