"""Learn how much each comparison level speaks for one incident: Fellegi and Sunter's model, without labels.

I. P. Fellegi, A. B. Sunter, "A theory for record linkage" (1969); expectation-maximisation after W. E. Winkler (1988). Rules:

1. A source reports one incident at most once, so pairs of one source inside the window are non-matches for free: they alone
   give the probabilities of levels among non-matches (u). Everything else is learnt by expectation-maximisation (m, and the
   share of matches in each stratum of precision).
2. Distances are judged within their stratum: 3 km apart says different things of two exact and of two vague places.
3. Every estimate starts from `PRIOR_WEIGHT` imagined pairs of the ordinary kind, and from many more where there are few real ones
   (`FEW_PAIRS`), so that a few reports can be grouped at all and a pair does not vouch for itself.
4. Few rounds are run: with many, "match" drifts to whatever forms the largest cluster (reports of one battle, of one province).

What is learnt here is where `refine` starts from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..pair.ranges import grouped
from ..reports.columns import Floats
from .codes import LIKES, Codes, unpack
from .levels import FIELDS

Levels = tuple[NDArray[np.intp], ...]

PRIOR_WEIGHT, FEW_PAIRS = 40.0, 500.0
ROUNDS = 4
PRIOR_SHARE = 0.1

PRIOR_MATCH = (
    (0.46, 0.28, 0.21, 0.04, 0.01),
    (0.30, 0.32, 0.23, 0.11, 0.038, 0.002),
    (0.05, 0.62, 0.20, 0.115, 0.015),
    (0.06, 0.50, 0.23, 0.12, 0.07, 0.02),
    (0.25, 0.20, 0.25, 0.15, 0.10, 0.05),
    (0.30, 0.15, 0.20, 0.15, 0.10, 0.10),
    (0.10, 0.08, 0.15, 0.15, 0.20, 0.32),
)
PRIOR_OTHER = (
    (0.08, 0.14, 0.32, 0.24, 0.22),
    (0.08, 0.14, 0.22, 0.20, 0.20, 0.16),
    (0.05, 0.10, 0.10, 0.10, 0.65),
    (0.06, 0.10, 0.10, 0.12, 0.17, 0.45),
    (0.25, 0.05, 0.25, 0.10, 0.10, 0.25),
    (0.30, 0.04, 0.16, 0.10, 0.15, 0.25),
    (0.10, 0.005, 0.005, 0.04, 0.20, 0.65),
)


Effects = tuple[Floats, ...]
"""Log-odds of each field's levels, (strata, levels) each, before them those of each two strata of space and time."""


@dataclass(frozen=True)
class Weights:
    """Log-odds of one incident, by a pair's two codes: their sum is its score."""

    near: NDArray[np.float32]
    like: NDArray[np.float32]

    @staticmethod
    def of(effects: Effects) -> Weights:
        """Lay summed effects out as the two tables."""
        prior, space, time, *rest = effects
        near = prior[:, None, :, None] + space[:, :, None, None] + time[None, None, :, :]
        like = rest[0][0]
        for one in rest[1:]:
            like = like[..., None] + one[0]
        return Weights(near.ravel().astype(np.float32), like.ravel().astype(np.float32))

    def score(self, codes: Codes) -> NDArray[np.float32]:
        """Return each pair's summed log-odds; minus infinity for two reports of one source (rule 1)."""
        total = self.near.take(codes.near)
        total += self.like.take(codes.like)
        total[codes.same_source] = -np.inf
        return total


@dataclass(frozen=True)
class Counted:
    """How often each comparison occurred, among pairs of two sources and among pairs of one; codes are near * LIKES + like."""

    code: NDArray[np.int64]
    count: Floats
    free: Floats


def count_codes(codes: Codes) -> Counted:
    """Count equal comparisons."""
    which, code = grouped(codes.near * LIKES + codes.like)
    free = codes.same_source.astype(np.float64)
    return Counted(
        code,
        np.asarray(np.bincount(which, weights=1.0 - free, minlength=len(code)), dtype=np.float64),
        np.asarray(np.bincount(which, weights=free, minlength=len(code)), dtype=np.float64),
    )


def learn(counted: Counted) -> Effects:
    """Learn weights from counted comparisons."""
    imagined = PRIOR_WEIGHT * (1.0 + FEW_PAIRS / max(float(counted.count.sum() + counted.free.sum()), 1.0))
    levels, strata = unpack(counted.code // LIKES, counted.code % LIKES)
    other = [
        _smooth(_tally(levels, strata, counted.free, number), PRIOR_OTHER[number], imagined)
        for number in range(len(FIELDS))
    ]
    return _maximise(counted, levels, strata, other, imagined)


def _tally(levels: Levels, strata: Levels, weight: Floats, number: int) -> Floats:
    field = FIELDS[number]
    stratum = strata[number] if number < len(strata) else 0
    cell = stratum * field.size + levels[number]
    counted = np.bincount(cell, weights=weight, minlength=field.strata * field.size)
    return np.asarray(counted.reshape(field.strata, field.size), dtype=np.float64)


def _smooth(seen: Floats, prior: tuple[float, ...], imagined: float) -> Floats:
    """Add imagined pairs (rule 3) and normalise each stratum."""
    full = seen + imagined * np.asarray(prior)
    return np.asarray(full / full.sum(axis=1, keepdims=True))


def _maximise(counted: Counted, levels: Levels, strata: Levels, other: list[Floats], imagined: float) -> Effects:
    """Run expectation-maximisation for m and for the share of matches in each stratum; u stays fixed (rule 1)."""
    match = [
        np.repeat([np.asarray(prior)], field.strata, axis=0) for field, prior in zip(FIELDS, PRIOR_MATCH, strict=True)
    ]
    share = np.full((FIELDS[0].strata, FIELDS[1].strata), PRIOR_SHARE)
    near, like, counts = counted.code // LIKES, counted.code % LIKES, counted.count
    effects = _effects(share, match, other)
    for _ in range(ROUNDS):
        weights = Weights.of(effects)
        score = weights.near.take(near) + weights.like.take(like)
        matched = counts / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
        match = [
            _smooth(_tally(levels, strata, matched, number), PRIOR_MATCH[number], imagined)
            for number in range(len(FIELDS))
        ]
        share = _stratum_share(strata, matched, counts, imagined)
        effects = _effects(share, match, other)
    return effects


def _stratum_share(strata: Levels, matched: Floats, counts: Floats, imagined: float) -> Floats:
    shape = (FIELDS[0].strata, FIELDS[1].strata)
    cell = np.ravel_multi_index(strata, shape)
    top = np.bincount(cell, weights=matched, minlength=shape[0] * shape[1]) + imagined * PRIOR_SHARE
    bottom = np.bincount(cell, weights=counts, minlength=shape[0] * shape[1]) + imagined
    return np.asarray((top / bottom).reshape(shape))


def _effects(share: Floats, match: list[Floats], other: list[Floats]) -> Effects:
    share = np.clip(share, 1e-4, 1 - 1e-4)
    return (np.log(share) - np.log1p(-share), *(np.log(m) - np.log(u) for m, u in zip(match, other, strict=True)))
