"""What never changes groups, and what no likeness overrides: properties of grouping over made-up worlds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from corroboration.test_group import report, world
from tasdiq.corroboration.group import corroborate_table
from tasdiq.corroboration.group.confirmed import Answers
from tasdiq.corroboration.group.edges import FLOOR, Edges
from tasdiq.corroboration.group.linkage import link
from tasdiq.corroboration.group.table import group_table, terms
from tasdiq.corroboration.pair import space_reach, time_reach

FEW = settings(max_examples=3, deadline=None)
SEEDS = st.integers(0, 10_000)


def groups_of(table: pa.Table) -> dict[Any, Any]:
    """Group a table and return incident by report."""
    groups, _ = corroborate_table(table)
    return dict(zip(groups["report_id"].to_pylist(), groups["incident_id"].to_pylist(), strict=True))


@FEW
@given(SEEDS)
def test_order_copies_batches_and_time_zones_change_nothing(seed: int) -> None:
    """The same reports shuffled, some twice, in several batches, with times in another zone: the same groups."""
    rng = np.random.default_rng(seed)
    rows = world(seed, 15)
    zone = timezone(timedelta(hours=int(rng.integers(-11, 12)), minutes=30))
    mixed = [rows[number] for number in [*rng.permutation(len(rows)), *rng.integers(0, len(rows), 5)]]
    moved = [row | {name: row[name].astimezone(zone) for name in ("time", "reported_at")} for row in mixed]
    cut = int(rng.integers(1, len(moved)))
    batches = pa.concat_tables([pa.Table.from_pylist(moved[:cut]), pa.Table.from_pylist(moved[cut:])])
    assert batches["time"].num_chunks == 2
    assert groups_of(pa.Table.from_pylist(rows)) == groups_of(batches)


@FEW
@given(
    SEEDS, st.floats(1.02, 30), st.booleans(), st.sampled_from([0.1, 5.0, 25.0]), st.sampled_from([0.25, 12.0, 84.0])
)
def test_nothing_joins_across_an_impossible_distance_or_time(
    seed: int, far: float, away: bool, km: float, hours: float
) -> None:
    """Equal in every word and figure, one citing the other, but beyond both precisions' reach: two incidents (`reach`, rule 1)."""
    apart_km = float(space_reach(km, km)) * far if away else 0.0
    apart_h = 0.0 if away else float(time_reach(hours, hours)) * far
    same = {
        "place_precision_km": km,
        "time_precision_h": hours,
        "text": "Nine shells fell on the mill at Odrin",
        "type": "fire/shell",
    }
    pair = [
        report("here", "s100", 1.0, lat=10.0, lon=10.0, **same),
        report("there", "s101", 1.0 + apart_h, lat=10.0 + apart_km / 111.0, lon=10.0, cites="s100", **same),
    ]
    found = groups_of(pa.Table.from_pylist([*world(seed, 10), *pair]))
    assert found["here"] != found["there"]


def greedy(size: int, edges: Edges, source: np.ndarray, threshold: float) -> list[int]:
    """Join the best two groups of all, one after the other: what the rounds are held against."""
    score = np.full((size, size), FLOOR)
    score[edges.a, edges.b] = score[edges.b, edges.a] = edges.score
    groups = [[row] for row in range(size)]
    while True:
        means = [
            (score[np.ix_(one, other)].mean(), number, second)
            for number, one in enumerate(groups)
            for second, other in enumerate(groups[:number])
            if not set(source[one]) & set(source[other])
        ]
        best = max(means, default=(threshold, 0, 0))
        if best[0] <= threshold:
            return [min(group) for row in range(size) for group in groups if row in group]
        groups[best[2]] += groups.pop(best[1])


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_rounds_end_where_joining_the_best_two_ends(seed: int) -> None:
    """Rules 1 to 3 of linkage: joining all that are each other's best gives the groups of joining the best two of all."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 14))
    a, b = np.triu_indices(size, 1)
    kept = rng.random(len(a)) < 0.6
    score = rng.normal(0.5, 3.0, len(a)).clip(FLOOR + 0.01).astype(np.float32)
    source = rng.integers(0, 6, size)
    kept &= source[a] != source[b]
    none = np.zeros(int(kept.sum()), np.int16)
    edges = Edges(a[kept].astype(np.int32), b[kept].astype(np.int32), score[kept], none, none)
    with ThreadPoolExecutor(1) as pool:
        assert link(size, edges, source, 0.0, pool).tolist() == greedy(size, edges, source, 0.0)


def test_answers_of_people_move_the_curve_and_terms_are_told() -> None:
    """Pairs that people refused lower probabilities of pairs like them; what reports were grouped by is written out."""
    table = pa.Table.from_pylist(world(8, 60))
    plain = group_table(table)
    ids, edges = plain.columns.ids, plain.edges
    refused = Answers(ids.take(pa.array(edges.a)), ids.take(pa.array(edges.b)), np.zeros(len(edges), dtype=bool))
    judged = group_table(table, refused)
    assert judged.calibration.probability(edges.score).mean() < 0.5 < plain.calibration.probability(edges.score).mean()
    told = terms(plain)
    assert {"method", "seed", "threshold", "floor", "weights", "calibration", "pairs_learnt_from"} <= set(told)
    assert pc.all(pc.is_valid(ids)).as_py()
