"""Measure grouping: time and the scorer's figures on made-up reports.

    python benchmarks/grouping.py REPORTS.parquet [TRUTH.parquet SCORER.py]

REPORTS and TRUTH come from the generator of made-up incident reports, SCORER is the scorer that goes with it. Prints seconds
and peak memory, then what the scorer says of B-cubed, of pairs and of origins.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from tasdiq.corroboration.group.table import corroborate_table


def main(reports: str, *scoring: str) -> None:
    start = time.perf_counter()
    table = pq.read_table(reports)
    groups, pairs = corroborate_table(table)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{table.num_rows:,} reports, {pairs.num_rows:,} pairs shown: {seconds:.2f} s, peak {memory:.2f} GB")
    if scoring:
        truth, scorer = scoring
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "groups.parquet"
            pq.write_table(groups, out)
            subprocess.run([sys.executable, scorer, truth, str(out)], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
