"""Time and peak memory of the main job, as a command: `.venv/bin/python benchmarks/assess.py [FOLDER] [--runs N]`.

Each run is the real `tasdiq assess` in a process of its own, first into a new place, then again on unchanged input. Peak memory
is the process's resident set as the system counted it; sizes are what lies on the disk afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
TASDIQ = Path(sys.executable).with_name("tasdiq")


class Run(NamedTuple):
    """One run: wall-clock and processor seconds, peak resident MB, and what the command printed."""

    wall: float
    processor: float
    megabytes: float
    printed: dict[str, object]


# What forks a process is counted with it: here a small one, so that it does not matter who asks for the run.
LAUNCHER = """
import os, resource, sys
failed = os.spawnv(os.P_WAIT, sys.argv[1], sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(bool(failed))
"""


def run(folder: Path, out: Path, state: Path) -> Run:
    """Run the command and measure its process."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, TASDIQ, "assess", folder, "-o", out, "--json"],
        env={**os.environ, "TASDIQ_STATE": str(state)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    wall = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"assess failed on {folder}")
    *printed, used = done.stdout.decode().splitlines()
    seconds, peak = used.split()
    unit = 2**20 if platform.system() == "Darwin" else 2**10
    return Run(wall, float(seconds), int(peak) / unit, json.loads("\n".join(printed)))


def size(path: Path) -> tuple[int, float]:
    """Return the number of files under a folder, and their MB."""
    files = [each for each in path.rglob("*") if each.is_file()]
    return len(files), sum(each.stat().st_size for each in files) / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples" / "istanbul-2025")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print(f"{given.folder.name}: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for number in range(given.runs):
        with tempfile.TemporaryDirectory() as scratch:
            base = Path(scratch)
            for name in ("first run", "rerun"):
                done = run(given.folder, base / "site", base / "state")
                print(
                    f"  {number + 1}. {name:9}  {done.wall:6.1f} s wall  {done.processor:6.1f} s processor  "
                    f"{done.megabytes:6.0f} MB peak  {done.printed['appended']} of {done.printed['size']} entries appended"
                )
            for place in ("site", "site.record"):
                files, megabytes = size(base / place)
                print(f"     {place}: {files} files, {megabytes:.1f} MB")
    print(f"  {done.printed['counts']}")


if __name__ == "__main__":
    main()
