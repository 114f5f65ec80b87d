"""Turn summed weights into probabilities that hold: of pairs given 0.7, about seven in ten are of one incident.

Comparisons are not independent, so sums of weights are overconfident, and by how much depends on how crowded space and time are.
Rules:

1. Without people's answers, the grouping itself is taken for the truth: average linkage with its cannot-link already refuses most
   pairs that only look alike. It is surer than the truth, so the slope learnt from it is taken by `SOBER`.
2. Pairs that people confirmed or refused, where there are some, are learnt from as they are.
3. `PRIOR_PAIRS` imagined pairs hold the curve near an ordinary one while there is little to learn from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..reports.columns import Floats

SOBER = 0.78
PRIOR_PAIRS = 30.0
ORDINARY = (0.85, -1.2)
STEPS = 25
CLOSE = 1e-6
FURTHEST = 30.0


@dataclass(frozen=True)
class Calibration:
    """A logistic curve over summed weights."""

    slope: float
    shift: float

    def probability(self, score: NDArray[np.floating]) -> Floats:
        """Return probabilities; a score of minus infinity gives (almost) zero."""
        return logistic(self.slope * np.nan_to_num(score, neginf=-1e6) + self.shift)


def logistic(value: NDArray[np.floating]) -> Floats:
    """Return 1 / (1 + exp(-value)), safe for large values."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -FURTHEST, FURTHEST))))


def calibrate(score: Floats, together: NDArray[np.bool_], *, confirmed: bool = False) -> Calibration:
    """Fit the curve to pairs that were put together or not; `confirmed` says that people did it (rules 1 and 2)."""
    usable = np.isfinite(score)
    design = np.stack([score[usable], np.ones(int(usable.sum()))], axis=1)
    target = together[usable].astype(np.float64)
    curve = _fitted(design, target)
    if not confirmed:
        curve = curve * SOBER
    return Calibration(float(max(curve[0], 0.05)), float(curve[1]))


def _fitted(design: Floats, target: Floats) -> Floats:
    """Climb to the likeliest curve by Newton's steps, each halved until it leads upwards; held to an ordinary one (rule 3)."""
    ordinary = np.array(ORDINARY)
    curve, height = ordinary, _height(ordinary, design, target)
    for _ in range(STEPS):
        expected = logistic(design @ curve)
        slack = np.maximum(expected * (1.0 - expected), 1e-9)
        pull = (design * slack[:, None]).T @ design + PRIOR_PAIRS * np.eye(2)
        step = np.linalg.solve(pull, design.T @ (target - expected) - PRIOR_PAIRS * (curve - ordinary))
        while (higher := _height(curve + step, design, target)) < height and np.abs(step).max() > CLOSE:
            step = step / 2.0
        if higher < height + CLOSE:
            break
        curve, height = curve + step, higher
    return np.asarray(curve)


def _height(curve: Floats, design: Floats, target: Floats) -> float:
    value = design @ curve
    held = PRIOR_PAIRS / 2.0 * np.square(curve - np.array(ORDINARY)).sum()
    return float((target * value - np.logaddexp(0.0, value)).sum() - held)
