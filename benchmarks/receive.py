"""Many articles through `tasdiq receive`: `.venv/bin/python benchmarks/receive.py [--texts DIR] [--count 400] [--whole 10000]`.

Articles are recombined from the plain texts under DIR, which stay where they are, or made up (`articles.py`). Each run is the
real command into a record of its own, with --later, so that reading is measured and grouping is not; one worker and two take
turns, and the ratio of each turn stands beside it: on a busy machine that says more than the clock. Memory is the resident set of
the command with all its processes, summed up twice a second, so that what they share counts for each. With --whole one run goes
through so many articles, with --grouped also what they come to together.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from articles import write_articles

TASDIQ = Path(sys.executable).with_name("tasdiq")
CHARTER = """title = "Talks between Kestria and Vorland"
form = "desk"
compiler = "a benchmark"

[[party]]
id = "kes"
name = "Kestria"

[[party]]
id = "vor"
name = "Vorland"
"""
# The processes' times are counted where nothing else was started: here.
LAUNCHER = """
import os, resource, sys
failed = os.spawnv(os.P_WAIT, sys.argv[1], sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime)
sys.exit(failed)
"""


class Run(NamedTuple):
    """One run: articles, words, wall-clock and processor seconds, peak resident MB of all processes, entries."""

    articles: int
    words: int
    wall: float
    processor: float
    megabytes: float
    entries: int

    def line(self) -> str:
        """Say it in one line."""
        return (
            f"{self.wall:8.1f} s  {self.articles / self.wall:6.2f} articles/s  {self.words / self.wall:7,.0f} words/s  "
            f"{self.processor:7.1f} s processor  {self.megabytes:6,.0f} MB peak  {self.entries} entries"
        )


def receive(base: Path, folder: Path, words: int, *, workers: int, later: bool = True) -> Run:
    """Receive all articles of a folder into a new record and measure it."""
    with tempfile.TemporaryDirectory(dir=base) as scratch:
        record = Path(scratch) / "record"
        environment = {**os.environ, "TASDIQ_STATE": str(Path(scratch) / "state")}
        (charter := Path(scratch) / "charter.toml").write_text(CHARTER)
        subprocess.run([TASDIQ, "init", record, "--charter", charter], env=environment, check=True, capture_output=True)
        files = sorted(folder.glob("*.txt"))
        command = [
            TASDIQ,
            "receive",
            record,
            *files,
            "--workers",
            str(workers),
            "--json",
            *(["--later"] if later else []),
        ]
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, *command],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            peak = _watch(process)
            printed = process.stdout.read().decode() if process.stdout else ""
        wall = time.perf_counter() - began
        if process.returncode:
            sys.exit(f"receive failed: {printed}")
        told, used = printed.rsplit("\n", 2)[:2]
        return Run(len(files), words, wall, float(used), peak, json.loads(told)["appended"])


def _watch(process: subprocess.Popen[bytes]) -> float:
    """Return the peak resident MB of all that a process started, until it ends."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _started_by(process.pid))))
        time.sleep(0.5)
    return peak


def _started_by(pid: int) -> list[int]:
    try:
        children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return children + [further for child in children for further in _started_by(child)]


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


def turns(base: Path, folder: Path, words: int, rounds: int) -> None:
    """Let one worker and two take turns, and print the ratios."""
    ratios = []
    for number in range(rounds):
        runs = {}
        for workers in (1, 2) if number % 2 == 0 else (2, 1):
            runs[workers] = receive(base, folder, words, workers=workers)
            print(
                f"  {workers} worker{'s' if workers > 1 else ' '} {runs[workers].line()}  load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
        ratios.append(runs[1].wall / runs[2].wall)
        print(f"  two are {ratios[-1]:.2f} x one", flush=True)
    print(f"  median of {rounds}: {statistics.median(ratios):.2f} x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--texts", type=Path, help="A folder of plain texts that may be recombined.")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", type=int, default=0, help="Also, or with --rounds 0 only, so many in one run.")
    parser.add_argument("--workers", type=int, default=2, help="Of the whole run.")
    parser.add_argument("--grouped", action="store_true", help="The whole run without --later.")
    given = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()}")
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        if given.rounds:
            words = write_articles(base / "some", given.count, given.texts)
            print(f"{given.count} articles, {words:,} words", flush=True)
            turns(base, base / "some", words, given.rounds)
        if given.whole:
            words = write_articles(base / "all", given.whole, given.texts)
            print(f"{given.whole} articles, {words:,} words, {given.workers} workers", flush=True)
            done = receive(base, base / "all", words, workers=given.workers, later=not given.grouped)
            print(f"  {done.line()}  load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
