"""The peer for `grouping.py`: the same reports linked by Splink (MIT) on DuckDB, as its guide has it.

    VENV/bin/python benchmarks/grouping_peer.py REPORTS.parquet GROUPS.parquet

Runs in an environment of its own (`python -m venv VENV && VENV/bin/pip install splink duckdb pyarrow`). Pairs are blocked on day
and district and on day and cell of a quarter degree, compared by distance, time, type, actors and killed, weighed by a model
learnt without labels, and clustered by connected components. A source's own reports are never compared. Prints one JSON line.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
import warnings

import duckdb
import splink.comparison_level_library as level
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison, DistanceInKMAtThresholds, ExactMatch

APART = 0.5
PREPARE = """
create table reports as select report_id as unique_id, source_id, lat, lon, date_trunc('day', time) as day,
    epoch(time) / 3600 as hour, type, split_part(type, '/', 1) as family, actor_a, actor_b, killed_min as killed,
    coalesce(admin2, admin1) as district, floor(lat * 4) * 100000 + floor(lon * 4) as cell
from read_parquet(?)
"""


def hours_apart(*bounds: int) -> CustomComparison:
    levels = [level.NullLevel("hour")]
    levels += [level.CustomLevel(f"abs(hour_l - hour_r) <= {bound}", label_for_charts=f"{bound} h") for bound in bounds]
    return CustomComparison(output_column_name="hour", comparison_levels=[*levels, level.ElseLevel()])


def kinds() -> CustomComparison:
    levels = [
        level.NullLevel("type"),
        level.ExactMatchLevel("type"),
        level.ExactMatchLevel("family"),
        level.ElseLevel(),
    ]
    return CustomComparison(output_column_name="type", comparison_levels=levels)


def killed() -> CustomComparison:
    levels = [level.NullLevel("killed"), level.ExactMatchLevel("killed")]
    levels += [level.CustomLevel("abs(killed_l - killed_r) <= 2", label_for_charts="2"), level.ElseLevel()]
    return CustomComparison(output_column_name="killed", comparison_levels=levels)


def settings() -> SettingsCreator:
    other_source = "l.source_id <> r.source_id"
    blocks = ["l.day = r.day and l.district = r.district", "l.day = r.day and l.cell = r.cell"]
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[{"blocking_rule": f"{block} and {other_source}"} for block in blocks],
        comparisons=[
            DistanceInKMAtThresholds("lat", "lon", [1, 5, 15, 40]),
            hours_apart(1, 3, 12), kinds(), ExactMatch("actor_a"), ExactMatch("actor_b"), killed(),
        ],
        probability_two_random_records_match=1e-5,
        retain_matching_columns=False,
    )  # fmt: skip


def main(reports: str, groups: str) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    start = time.perf_counter()
    connection = duckdb.connect()
    connection.execute(PREPARE, [reports])
    linker = Linker(DuckDBAPI(connection).register("reports"), settings(), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("day", "district"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("type", "actor_a", "day"))
    pairs = linker.inference.predict(threshold_match_probability=APART)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=APART)
    connection.execute(
        f"copy (select unique_id as report_id, cluster_id as incident_id, unique_id as origin_id from {clusters.physical_name}) "
        f"to '{groups}' (format parquet)"
    )
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": round(seconds, 2), "GB": round(memory, 2)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
