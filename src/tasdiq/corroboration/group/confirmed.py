"""People's answers about pairs of reports: one incident, or two. Scores are calibrated on them.

Rule: an answer about a pair that was not kept says nothing about the curve, which is only read where pairs are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..compare.calibration import Calibration, calibrate
from ..pair.ranges import Rows
from ..reports.columns import Columns, Flags
from .edges import Edges


@dataclass(frozen=True)
class Answers:
    """For pairs of report ids, whether people said that both are of one incident."""

    first: pa.Array
    second: pa.Array
    same: Flags


def calibrated(columns: Columns, edges: Edges, answers: Answers) -> Calibration:
    """Learn how scores become probabilities from the answers about kept pairs."""
    first, second = _rows(columns, answers.first), _rows(columns, answers.second)
    known = np.flatnonzero((first >= 0) & (second >= 0))
    key = np.minimum(first, second)[known] * len(columns) + np.maximum(first, second)[known]
    order = np.argsort(key)
    kept = edges.a.astype(np.int64) * len(columns) + edges.b
    place = np.minimum(np.searchsorted(key[order], kept), max(len(key) - 1, 0))
    met = np.flatnonzero(key[order].take(place) == kept) if len(key) else np.zeros(0, dtype=np.int64)
    same = answers.same[known][order][place[met]]
    return calibrate(edges.score[met].astype(np.float64), same, confirmed=True)


def _rows(columns: Columns, ids: pa.Array) -> Rows:
    found = pc.fill_null(pc.index_in(ids, value_set=columns.ids).cast(pa.int64()), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)
