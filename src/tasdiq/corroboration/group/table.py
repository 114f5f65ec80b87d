"""From a table of incident reports to groups and explained pairs: what `tasdiq corroborate` computes.

The output columns are DESIGN's, section 5: `report_id, incident_id, origin_id, origins_min, origins_max, score`; pairs are
`report_a, report_b, probability, why`. An incident is named by its earliest report, then the smallest id.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..compare.calibration import Calibration
from ..compare.codes import Comparer
from ..compare.words import explain
from ..pair.ranges import Rows
from ..pair.reach import distance_km
from ..reports.columns import Columns, Ints, read_columns
from .confirmed import Answers, calibrated
from .edges import Edges, score_pairs
from .learning import Learnt, evenly, learn_weights
from .linkage import link
from .origins import Origins, count_origins

METHOD = "corroboration.group/2"
SHOWN_PAIR = 0.05
MOST_THREADS = 8


@dataclass(frozen=True)
class Grouping:
    """Reports in canonical order with their group (smallest row), origins, and the pairs that were kept."""

    columns: Columns
    label: Rows
    origins: Origins
    edges: Edges
    learnt: Learnt
    calibration: Calibration


def group_table(table: pa.Table, answers: Answers | None = None) -> Grouping:
    """Group the reports of a table into incidents and count their origins; `answers` are people's, to calibrate by."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS)) as pool:
        columns = read_columns(table, pool)
        comparer = Comparer(columns)
        learnt = learn_weights(comparer, evenly(columns), pool)
        edges = score_pairs(comparer, learnt.weights, pool)
        label = link(len(columns), edges, columns.source.astype(np.int64), learnt.threshold, pool)
        origins = count_origins(comparer, edges, label, pool)
    calibration = calibrated(columns, edges, answers) if answers else learnt.calibration
    return Grouping(columns, label, origins, edges, learnt, calibration)


def corroborate_table(table: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return (groups, pairs) of a table with the report columns of DESIGN, section 5. Ids keep their type."""
    grouping = group_table(table)
    return groups_table(grouping), pairs_table(grouping)


def groups_table(grouping: Grouping) -> pa.Table:
    """Return one row a report, in the input's order; the schema's metadata says how they were grouped."""
    ids, origins = grouping.columns.ids, grouping.origins
    result = pa.table(
        {
            "report_id": ids,
            "incident_id": ids.take(pa.array(grouping.label)),
            "origin_id": ids.take(pa.array(origins.root)),
            "origins_min": pa.array(origins.lowest, pa.int32()),
            "origins_max": pa.array(origins.highest, pa.int32()),
            "score": pa.array(origins.score, pa.float64()),
        }
    )
    row = grouping.columns.row
    if not bool((np.diff(row) > 0).all()):
        result = result.take(pa.array(np.argsort(row, kind="stable")))
    return result.replace_schema_metadata({"tasdiq": json.dumps(terms(grouping))})


def terms(grouping: Grouping) -> dict[str, object]:
    """Say by what the reports were grouped: method, thresholds, weights of each level; nothing is drawn by lot."""
    return {
        "method": METHOD,
        "seed": None,
        "pairs_learnt_from": grouping.learnt.pairs,
        **grouping.learnt.terms(),
        "calibration": [round(grouping.calibration.slope, 4), round(grouping.calibration.shift, 4)],
    }


def shown_pairs(grouping: Grouping) -> tuple[Ints, list[str]]:
    """Return the numbers of the pairs worth showing (one group, or probability at least `SHOWN_PAIR`), each explained."""
    edges, columns = grouping.edges, grouping.columns
    inside = grouping.label[edges.a] == grouping.label[edges.b]
    shown = np.flatnonzero(inside | (grouping.calibration.probability(edges.score) >= SHOWN_PAIR))
    a, b = edges.a[shown].astype(np.int64), edges.b[shown].astype(np.int64)
    hours = np.abs(columns.seconds[a] - columns.seconds[b]) / 3600.0
    return shown, explain(distance_km(columns.where, a, b), hours, edges.near[shown], edges.like[shown])


def pairs_table(grouping: Grouping) -> pa.Table:
    """Return the pairs worth showing with their probability and why."""
    shown, why = shown_pairs(grouping)
    ids, edges = grouping.columns.ids, grouping.edges
    return pa.table(
        {
            "report_a": ids.take(pa.array(edges.a[shown])),
            "report_b": ids.take(pa.array(edges.b[shown])),
            "probability": pa.array(grouping.calibration.probability(edges.score[shown]), pa.float64()),
            "why": pa.array(why, pa.string()),
        }
    )
