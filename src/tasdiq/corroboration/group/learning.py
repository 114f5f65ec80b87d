"""Learn from a part of the world how much each comparison says: without labels, then once more from a first grouping.

Rules:

1. Weights are learnt from whole stretches of time, taken evenly, until `MOST_LEARNT_FROM` pairs are counted.
2. The first weights come from expectation-maximisation (`compare.weights`); the grouping that they give is learnt from
   (`compare.refine`). Where no source reports twice, weights come from what chance brings instead (`chance`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from ..compare.calibration import Calibration, calibrate
from ..compare.codes import Codes, Comparer
from ..compare.levels import FIELDS
from ..compare.refine import refine
from ..compare.weights import Effects, Weights, count_codes, learn
from ..pair.ranges import Rows
from ..reports.columns import Columns
from .chance import is_needed, learn_by_chance
from .edges import FLOOR, weighed
from .linkage import link
from .stretches import Stretch, compare_stretch, cut

FIRST_THRESHOLD, THRESHOLD = -0.5, -1.5
MOST_LEARNT_FROM = 600_000
LEARNT_AT_ONCE = 8_192
GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Learnt:
    """What was learnt: the weights, how scores become probabilities, and from how many pairs."""

    effects: Effects
    threshold: float
    calibration: Calibration
    pairs: int

    @property
    def weights(self) -> Weights:
        """The weights as two tables."""
        return Weights.of(self.effects)

    def terms(self) -> dict[str, object]:
        """Return thresholds and the weight of every level, for the record of a grouping."""
        names = ("strata", *(field.name for field in FIELDS))
        weights = {name: np.round(effect, 3).tolist() for name, effect in zip(names, self.effects, strict=True)}
        return {"threshold": self.threshold, "floor": FLOOR, "weights": weights}


def learn_weights(comparer: Comparer, stretches: Iterable[Stretch], pool: Executor) -> Learnt:
    """Learn weights from candidate pairs of some stretches, labelled by nobody."""
    a, b, codes = _sampled(comparer, stretches)
    columns = comparer.columns
    source = columns.source.astype(np.int64)
    threshold = FIRST_THRESHOLD
    if is_needed(len(a), int(codes.same_source.sum())):
        effects = learn_by_chance(columns, codes)
    else:
        first = learn(count_codes(codes))
        label = link(len(columns), weighed(a, b, codes, Weights.of(first)), source, FIRST_THRESHOLD, pool)
        effects, threshold = refine(first, codes, label.take(a) == label.take(b)), THRESHOLD
    edges = weighed(a, b, codes, Weights.of(effects))
    label = link(len(columns), edges, source, threshold, pool)
    calibration = calibrate(edges.score.astype(np.float64), label.take(edges.a) == label.take(edges.b))
    return Learnt(effects, threshold, calibration, len(a))


def visiting(count: int) -> list[int]:
    """Return an order in which the first few of `count` stretches always lie evenly over time (rule 1)."""
    return [int(number) for number in np.argsort(np.arange(1, count + 1) * GOLDEN % 1.0)]


def evenly(columns: Columns) -> Iterator[Stretch]:
    """Yield stretches to learn from, in their order of visiting."""
    stretches = cut(columns, LEARNT_AT_ONCE)
    return (stretches[number] for number in visiting(len(stretches)))


def _sampled(comparer: Comparer, stretches: Iterable[Stretch]) -> tuple[Rows, Rows, Codes]:
    """Return the candidate pairs of stretches until there are enough (rule 1)."""
    none = np.zeros(0, dtype=np.int64)
    parts = [(none, none, Codes(none, none, none.astype(bool)))]
    for stretch in stretches:
        if sum(len(part[0]) for part in parts) >= MOST_LEARNT_FROM:
            break
        parts += list(compare_stretch(comparer, stretch))
    first, second, codes = zip(*parts, strict=True)
    return np.concatenate(first), np.concatenate(second), Codes.join(codes)
