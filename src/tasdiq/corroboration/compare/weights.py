"""Learn how much each comparison level speaks for one incident: Fellegi and Sunter's model, without labels.

I. P. Fellegi, A. B. Sunter, "A theory for record linkage" (1969); expectation-maximisation after W. E. Winkler (1988). Rules:

1. A source reports one incident at most once, so pairs of one source inside the window are non-matches for free: they alone
   give the probabilities of levels among non-matches (u). Everything else is learnt by expectation-maximisation (m, and the
   share of matches in each stratum of precision).
2. Distances are judged within their stratum: 3 km apart says different things of two exact and of two vague places.
3. Every estimate starts from `PRIOR_WEIGHT` imagined pairs of the ordinary kind, and from many more where there are few real ones
   (`FEW_PAIRS`), so that a few reports can be grouped at all and a pair does not vouch for itself.
4. Few rounds are run: with many, "match" drifts to whatever forms the largest cluster (reports of one battle, of one province).

Sums of weights are overconfident; `calibration` turns them into probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..reports.columns import Floats, Ints
from .levels import FIELDS, Field, Levels

PRIOR_WEIGHT, FEW_PAIRS = 40.0, 500.0
ROUNDS = 4
MOST_LEARNT_FROM = 400_000
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


@dataclass(frozen=True)
class Weights:
    """Log-odds: `prior[space stratum, time stratum]`, and for each field `added[field][stratum, level]`."""

    prior: Floats
    added: tuple[Floats, ...]

    def score(self, levels: Levels, strata: Levels) -> Floats:
        """Return each pair's summed log-odds of being one incident."""
        total = self.prior[strata[:, 0], strata[:, 1]]
        for number, added in enumerate(self.added):
            total = total + added[strata[:, number], levels[:, number]]
        return np.asarray(total)


def learn(levels: Levels, strata: Levels, same_source: Ints) -> Weights:
    """Learn weights from candidate pairs; `same_source` is 1 where both reports are of one source."""
    free = same_source.astype(bool)
    imagined = PRIOR_WEIGHT * (1.0 + FEW_PAIRS / max(len(levels), 1))
    other = []
    for number, field in enumerate(FIELDS):
        level, stratum = levels[free, number], strata[free, number]
        other.append(_smooth(_tally(level, stratum, np.ones(len(level)), field), PRIOR_OTHER[number], imagined))
    cells, counts = _cells(levels, strata, ~free)
    return _maximise(cells, counts, other, imagined)


def _tally(level: Levels, stratum: Levels, weight: Floats, field: Field) -> Floats:
    cell = stratum.astype(np.int64) * field.size + level
    return np.asarray(
        np.bincount(cell, weights=weight, minlength=field.strata * field.size).reshape(field.strata, field.size)
    )


def _smooth(seen: Floats, prior: tuple[float, ...], imagined: float) -> Floats:
    """Add imagined pairs (rule 3) and normalise each stratum."""
    full = seen + imagined * np.asarray(prior)
    return np.asarray(full / full.sum(axis=1, keepdims=True))


def _cells(levels: Levels, strata: Levels, chosen: Ints) -> tuple[Levels, Floats]:
    """Count equal comparisons, over at most `MOST_LEARNT_FROM` pairs taken at even steps; rows are strata, then levels."""
    rows = np.flatnonzero(chosen)
    rows = rows[:: max(1, len(rows) // MOST_LEARNT_FROM)]
    code = np.zeros(len(rows), dtype=np.int64)
    both = np.concatenate([strata[rows, :2], levels[rows]], axis=1)
    sizes = [FIELDS[0].strata, FIELDS[1].strata, *(field.size for field in FIELDS)]
    for number, size in enumerate(sizes):
        code = code * size + both[:, number]
    _, first, counts = np.unique(code, return_index=True, return_counts=True)
    return both[first], counts.astype(np.float64)


def _maximise(cells: Levels, counts: Floats, other: list[Floats], imagined: float) -> Weights:
    """Run expectation-maximisation for m and for the share of matches in each stratum; u stays fixed (rule 1)."""
    match = [np.repeat([prior], field.strata, axis=0) for field, prior in zip(FIELDS, PRIOR_MATCH, strict=True)]
    match = [np.asarray(one, dtype=np.float64) for one in match]
    share = np.full((FIELDS[0].strata, FIELDS[1].strata), PRIOR_SHARE)
    levels = cells[:, 2:]
    strata = np.zeros_like(levels)
    strata[:, :2] = cells[:, :2]
    weights = _weights(share, match, other)
    for _ in range(ROUNDS):
        score = weights.score(levels, strata)
        matched = counts / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
        match = [
            _smooth(_tally(levels[:, n], strata[:, n], matched, field), PRIOR_MATCH[n], imagined)
            for n, field in enumerate(FIELDS)
        ]
        share = _stratum_share(strata, matched, counts, imagined)
        weights = _weights(share, match, other)
    return weights


def _stratum_share(strata: Levels, matched: Floats, counts: Floats, imagined: float) -> Floats:
    shape = (FIELDS[0].strata, FIELDS[1].strata)
    cell = strata[:, 0].astype(np.int64) * shape[1] + strata[:, 1]
    top = np.bincount(cell, weights=matched, minlength=shape[0] * shape[1]) + imagined * PRIOR_SHARE
    bottom = np.bincount(cell, weights=counts, minlength=shape[0] * shape[1]) + imagined
    return np.asarray((top / bottom).reshape(shape))


def _weights(share: Floats, match: list[Floats], other: list[Floats]) -> Weights:
    share = np.clip(share, 1e-4, 1 - 1e-4)
    added = tuple(np.log(m) - np.log(u) for m, u in zip(match, other, strict=True))
    return Weights(np.log(share) - np.log1p(-share), added)
