"""Learn how much each comparison level speaks for one incident: Fellegi and Sunter's model, without labels.

I. P. Fellegi, A. B. Sunter, "A theory for record linkage" (1969); expectation-maximisation after W. E. Winkler (1988). Rules:

1. A source reports one incident at most once, so pairs of one source inside the window are non-matches for free: they alone
   give the probabilities of levels among non-matches (u). Everything else is learnt by expectation-maximisation (m, and the
   share of matches in each stratum of precision).
2. Distances are judged within their stratum: 3 km apart says different things of two exact and of two vague places.
3. Every estimate starts from `PRIOR_WEIGHT` imagined pairs of the ordinary kind, so that a few reports can be grouped at all and
   a rare level is not decided by two pairs.
4. Few rounds are run: with many, "match" drifts to whatever forms the largest cluster (reports of one battle, of one province).

Sums of weights are overconfident; `calibration` turns them into probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..reports.columns import Floats, Ints
from .levels import FIELDS, Levels

PRIOR_WEIGHT = 40.0
ROUNDS = 4
MOST_LEARNT_FROM = 400_000
PRIOR_SHARE = 0.15

PRIOR_MATCH = (
    (0.46, 0.28, 0.20, 0.04, 0.02),
    (0.30, 0.32, 0.22, 0.10, 0.04, 0.02),
    (0.05, 0.60, 0.18, 0.09, 0.08),
    (0.06, 0.50, 0.22, 0.12, 0.07, 0.03),
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
    other = [_share(levels, strata, number, free, PRIOR_OTHER) for number in range(len(FIELDS))]
    cells, counts = _cells(levels, strata, ~free)
    return _maximise(cells, counts, other)


def _share(levels: Levels, strata: Levels, number: int, chosen: Ints, prior: tuple[tuple[float, ...], ...]) -> Floats:
    field = FIELDS[number]
    seen = _tally(levels[chosen, number], strata[chosen, number], np.ones(int(chosen.sum())), field.strata, field.size)
    return _smooth(seen, prior[number])


def _tally(level: Levels, stratum: Levels, weight: Floats, strata: int, size: int) -> Floats:
    flat = np.bincount(stratum.astype(np.int64) * size + level, weights=weight, minlength=strata * size)
    return np.asarray(flat.reshape(strata, size))


def _smooth(seen: Floats, prior: tuple[float, ...]) -> Floats:
    """Add imagined pairs (rule 3) and normalise each stratum."""
    full = seen + PRIOR_WEIGHT * np.asarray(prior)
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


def _maximise(cells: Levels, counts: Floats, other: list[Floats]) -> Weights:
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
            _smooth(_tally(levels[:, n], strata[:, n], matched, field.strata, field.size), PRIOR_MATCH[n])
            for n, field in enumerate(FIELDS)
        ]
        share = _stratum_share(strata, matched, counts)
        weights = _weights(share, match, other)
    return weights


def _stratum_share(strata: Levels, matched: Floats, counts: Floats) -> Floats:
    shape = (FIELDS[0].strata, FIELDS[1].strata)
    cell = strata[:, 0].astype(np.int64) * shape[1] + strata[:, 1]
    top = np.bincount(cell, weights=matched, minlength=shape[0] * shape[1]) + PRIOR_WEIGHT * PRIOR_SHARE
    bottom = np.bincount(cell, weights=counts, minlength=shape[0] * shape[1]) + PRIOR_WEIGHT
    return np.asarray((top / bottom).reshape(shape))


def _weights(share: Floats, match: list[Floats], other: list[Floats]) -> Weights:
    share = np.clip(share, 1e-4, 1 - 1e-4)
    added = tuple(np.log(m) - np.log(u) for m, u in zip(match, other, strict=True))
    return Weights(np.log(share) - np.log1p(-share), added)
