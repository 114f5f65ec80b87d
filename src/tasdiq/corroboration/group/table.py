"""From a table of incident reports to groups and explained pairs: what `tasdiq corroborate` computes.

The output columns are DESIGN's, section 5: `report_id, incident_id, origin_id, origins_min, origins_max, score`; pairs are
`report_a, report_b, probability, why`. An incident is named by its earliest report, then the smallest id.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..chance import is_needed, learn_by_chance
from ..compare.calibration import Calibration, calibrate
from ..compare.levels import Levels, compare
from ..compare.weights import learn
from ..compare.words import explain
from ..pair import Pairs, candidates
from ..reports.columns import Columns, Floats, Ints, read_columns
from .linkage import link
from .origins import Origins, count_origins

METHOD = "corroboration.group/1"
THRESHOLD = -0.5
SHOWN_PAIR = 0.05


@dataclass(frozen=True)
class Grouping:
    """Reports in canonical order with their group (smallest row), origins, and the pairs that were compared."""

    columns: Columns
    label: Ints
    origins: Origins
    pairs: Pairs
    levels: Levels
    score: Floats
    calibration: Calibration


def group_columns(columns: Columns) -> Grouping:
    """Group reports into incidents and count their origins."""
    pairs = candidates(columns)
    levels, strata = compare(columns, pairs)
    same_source = (columns.source[pairs.a] == columns.source[pairs.b]).astype(np.int64)
    if is_needed(len(pairs), int(same_source.sum())):
        weights = learn_by_chance(columns, levels, strata)
    else:
        weights = learn(levels, strata, same_source)
    score = np.where(same_source == 1, -np.inf, weights.score(levels, strata))
    label = link(len(columns), pairs, score, columns.source, THRESHOLD)
    calibration = calibrate(score, label[pairs.a] == label[pairs.b])
    origins = count_origins(columns, pairs, score, label, calibration.shift)
    return Grouping(columns, label, origins, pairs, levels, score, calibration)


def corroborate_table(table: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return (groups, pairs) of a table with the report columns of DESIGN, section 5. Ids keep their type."""
    grouping = group_columns(read_columns(table))
    return groups_table(grouping), pairs_table(grouping)


def groups_table(grouping: Grouping) -> pa.Table:
    """Return one row a report, in the input's order."""
    ids, origins = grouping.columns.ids, grouping.origins
    back = pa.array(np.argsort(grouping.columns.row, kind="stable"))
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
    return result.take(back)


def shown_pairs(grouping: Grouping) -> tuple[Ints, list[str]]:
    """Return the numbers of the pairs worth showing (one group, or probability at least `SHOWN_PAIR`), each explained."""
    inside = grouping.label[grouping.pairs.a] == grouping.label[grouping.pairs.b]
    shown = np.flatnonzero(inside | (grouping.calibration.probability(grouping.score) >= SHOWN_PAIR))
    pairs = grouping.pairs
    part = Pairs(pairs.a[shown], pairs.b[shown], pairs.km[shown], pairs.hours[shown])
    return shown, explain(part, grouping.levels[shown])


def pairs_table(grouping: Grouping) -> pa.Table:
    """Return the pairs worth showing with their probability and why."""
    shown, why = shown_pairs(grouping)
    ids, pairs = grouping.columns.ids, grouping.pairs
    return pa.table(
        {
            "report_a": ids.take(pa.array(pairs.a[shown])),
            "report_b": ids.take(pa.array(pairs.b[shown])),
            "probability": pa.array(grouping.calibration.probability(grouping.score[shown]), pa.float64()),
            "why": pa.array(why, pa.string()),
        }
    )
