"""Grouping in batches against grouping everything at once: how far both agree, and how long a batch takes.

`.venv/bin/python benchmarks/incremental.py REPORTS.parquet [--batches 10]`

REPORTS are made-up incident reports (columns of DESIGN, section 5). They arrive in batches by their time of reporting; the first is
grouped as a whole, each following one is matched against what stands. Agreement is B-cubed between the two groupings (A. Bagga,
B. Baldwin, 1998); the end result is also grouped from nothing.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tasdiq.corroboration.group import group
from tasdiq.corroboration.incremental import regroup
from tasdiq.model.incident import Incident, IncidentReport


def read(path: Path) -> list[IncidentReport]:
    """Return the reports of a Parquet file, by their time of reporting."""
    rows = pq.read_table(path).to_pylist()
    return sorted(map(_report, rows), key=lambda report: (report.reported_at, report.report_id))


def _report(row: dict[str, Any]) -> IncidentReport:
    texts = ("source_id", "source_kind", "admin1", "admin2", "place", "type", "text", "cites")
    whole = ("killed_min", "killed_max", "injured_min", "injured_max")
    return IncidentReport(
        report_id=f"{row['report_id']}",
        **{name: f"{row[name]}" if row.get(name) is not None else "" for name in texts},
        **{name: None if row.get(name) is None else int(row[name]) for name in whole},
        actor_a=row["actor_a"],
        actor_b=row["actor_b"],
        reported_at=row["reported_at"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        time=row["time"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        time_precision_min=_scaled(row["time_precision_h"], 60),
        lat_e7=_scaled(row["lat"], 10**7),
        lon_e7=_scaled(row["lon"], 10**7),
        place_precision_m=_scaled(row["place_precision_km"], 1000),
    )


def _scaled(value: float | None, unit: int) -> int | None:
    return None if value is None else max(round(value * unit), 1) if unit != 10**7 else round(value * unit)


def b_cubed(one: Sequence[Incident], other: Sequence[Incident]) -> float:
    """Return the B-cubed F1 of one grouping against another of the same reports."""
    first = {name: n for n, incident in enumerate(one) for name in incident.reports}
    sizes = [len(incident.reports) for incident in one]
    precision = recall = 0.0
    for incident in other:
        shared = Counter(first[name] for name in incident.reports)
        precision += sum(count * count for count in shared.values()) / len(incident.reports)
        recall += sum(count * count / sizes[n] for n, count in shared.items())
    precision, recall = precision / len(first), recall / len(first)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--batches", type=int, default=10)
    given = parser.parse_args()
    reports = read(given.reports)
    step = -(-len(reports) // given.batches)
    standing: dict[str, Incident] = {}
    spent: dict[int, float] = defaultdict(float)
    for number, start in enumerate(range(0, len(reports), step)):
        so_far = {report.report_id: report for report in reports[: start + step]}
        began = time.process_time()
        found = regroup(so_far, standing, all_at_once=0) if standing else group(list(so_far.values()))
        spent[number] = time.process_time() - began
        standing = {incident.id: incident for incident in found}
    began = time.process_time()
    whole = group(reports)
    everything = time.process_time() - began
    print(f"{len(reports):,} reports in {given.batches} batches: {len(standing):,} incidents, at once {len(whole):,}")
    print(f"B-cubed between both: {b_cubed([*standing.values()], whole):.4f}")
    print(
        f"last batch {spent[max(spent)]:.2f} s of processors, everything at once {everything:.2f} s; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
