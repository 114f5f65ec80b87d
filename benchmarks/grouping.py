"""Measure grouping: time, memory and the scorer's figures on made-up reports, and Splink's on the same in the same run.

    python benchmarks/grouping.py REPORTS.parquet [--truth TRUTH.parquet --scorer SCORER.py] [--peer VENV/bin/python]

REPORTS and TRUTH come from the generator of made-up incident reports, SCORER is the scorer that goes with it. With them it also
prints how sound the origins are when the true groups are given, and a table of reliability: of pairs given a probability, how
many are true, before and after 500 pairs are judged. The peer lives in an environment of its own:

    python -m venv VENV && VENV/bin/pip install splink duckdb pyarrow

Each is a process of its own, one after the other; times are from start to written result, so imports count.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tasdiq.corroboration.compare.calibration import Calibration
from tasdiq.corroboration.compare.codes import Comparer
from tasdiq.corroboration.group.confirmed import Answers, calibrated
from tasdiq.corroboration.group.origins import count_origins
from tasdiq.corroboration.group.table import Grouping, group_table

BINS = np.linspace(0.0, 1.0, 11)
JUDGED = 500


def timed(*command: str) -> tuple[float, float, float]:
    """Run a process; return seconds, seconds of processor, and GB at its peak (the largest child so far)."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, busy, after.ru_maxrss / 1e6


def score(scorer: str, truth: str, groups: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, scorer, truth, str(groups), "--json"], check=True, capture_output=True)
    found = json.loads(done.stdout)
    return {name: round(value, 4) for name, value in found.items()}


def reliability(name: str, curve: Calibration, scores: np.ndarray, same: np.ndarray) -> None:
    """Print of each tenth of probability how many pairs are true, and the expected calibration error."""
    given = curve.probability(scores.astype(np.float64))
    place = np.clip(np.searchsorted(BINS, given, side="right") - 1, 0, 9)
    error = 0.0
    print(f"\n{name}\nprobability   pairs   given   true")
    for number in np.unique(place).tolist():
        met = place == number
        error += met.mean() * abs(given[met].mean() - same[met].mean())
        print(
            f"{BINS[number]:.1f}-{BINS[number + 1]:.1f}   {met.sum():9,d}   {given[met].mean():.3f}   {same[met].mean():.3f}"
        )
    print(f"expected calibration error {error:.4f}")


def soundness(reports: str, truth: str) -> None:
    """Print reliability of pairs, and bounds of origins when the true groups are given."""
    grouping = group_table(pq.read_table(reports))
    known = pq.read_table(truth)
    ids, edges = grouping.columns.ids, grouping.edges
    order = np.searchsorted(
        known["report_id"].to_numpy(), ids.to_numpy(), sorter=np.argsort(known["report_id"].to_numpy())
    )
    place = np.argsort(known["report_id"].to_numpy())[order]
    incident, origin = (known[name].to_numpy()[place] for name in ("incident_id", "origin_id"))
    same = incident[edges.a] == incident[edges.b]
    chosen = np.random.default_rng(1).choice(len(edges), min(JUDGED, len(edges)), replace=False)
    rest = np.setdiff1d(np.arange(len(edges)), chosen)
    judged = calibrated(grouping.columns, edges, answers(ids, edges.a[chosen], edges.b[chosen], same[chosen]))
    reliability("before anybody judged", grouping.calibration, edges.score[rest], same[rest])
    reliability(f"after {JUDGED} pairs judged", judged, edges.score[rest], same[rest])
    given_groups(grouping, incident, origin)


def answers(ids: pa.Array, a: np.ndarray, b: np.ndarray, same: np.ndarray) -> Answers:
    return Answers(ids.take(pa.array(a)), ids.take(pa.array(b)), same)


def given_groups(grouping: Grouping, incident: np.ndarray, origin: np.ndarray) -> None:
    _, first, which = np.unique(incident, return_index=True, return_inverse=True)
    with ThreadPoolExecutor(2) as pool:
        found = count_origins(Comparer(grouping.columns), grouping.edges, first[which], pool, confirmed=True)
    true = np.bincount(np.unique(np.stack([which, origin]), axis=1)[0])[which]
    held = (found.lowest <= true) & (true <= found.highest)
    print(
        f"\ntrue groups given: bounds hold {held.mean():.4f}, lower bound too high {(found.lowest > true).mean():.4f}",
        end="",
    )
    print(f", width {(found.highest - found.lowest).mean():.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports")
    parser.add_argument("--truth")
    parser.add_argument("--scorer")
    parser.add_argument("--peer", help="a Python that has splink")
    asked = parser.parse_args()
    rows = pq.read_metadata(asked.reports).num_rows
    with tempfile.TemporaryDirectory() as folder:
        own, other = Path(folder) / "own.parquet", Path(folder) / "peer.parquet"
        print(f"{rows:,} reports; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        tasdiq = str(Path(sys.executable).with_name("tasdiq"))
        mine = timed(tasdiq, "corroborate", asked.reports, "-o", str(own))
        print(f"tasdiq   {mine[0]:8.2f} s, {mine[1]:8.2f} s of processor, {mine[2]:.2f} GB", flush=True)
        if asked.truth and asked.scorer:
            print(score(asked.scorer, asked.truth, own), flush=True)
        if asked.peer:
            script = str(Path(__file__).with_name("grouping_peer.py"))
            theirs = timed(asked.peer, script, asked.reports, str(other))
            print(f"Splink   {theirs[0]:8.2f} s, {theirs[1]:8.2f} s of processor, {theirs[2]:.2f} GB at most")
            print(
                f"ratio    {theirs[0] / mine[0]:8.1f}     {theirs[1] / mine[1]:8.1f}; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            if asked.truth and asked.scorer:
                print(score(asked.scorer, asked.truth, other))
    if asked.truth:
        soundness(asked.reports, asked.truth)


if __name__ == "__main__":
    main()
