"""A UCDP GED table repeated to many rows: how fast it enters, bulk and signed, and how long and large its publication is.

`.venv/bin/python benchmarks/ged_rows.py EVENTS.csv [--rows 500000] [--keep FOLDER]`

EVENTS is a GED table (https://ucdp.uu.se/downloads/, CC BY 4.0). It is repeated with dates shifted (so that nothing lies in the
future) and new keys, in files of 100,000 rows. `tasdiq receive --later` takes them into a fresh desk record, `tasdiq publish`
writes the site; both are commands in processes of their own. Printed: rows a second by the clock and in processor time, peak
memory, seconds, size of the site and of its largest pages.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

TASDIQ = Path(sys.executable).with_name("tasdiq")
A_FILE = 100_000
SHIFT_DAYS = 40
DATES = ("date_start", "date_end", "source_date")
CHARTER = """title = "Events repeated"
form = "desk"
compiler = "a benchmark"
[[party]]
id = "kes"
name = "Kestria"
[[party]]
id = "vor"
name = "Vorland"
"""


class Run(NamedTuple):
    """One command: seconds by the clock, seconds of processors, peak MB."""

    wall: float
    processor: float
    megabytes: float


# What forks a process is counted with it: here a small one.
LAUNCHER = """
import os, resource, sys
failed = os.spawnv(os.P_WAIT, sys.argv[1], sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(bool(failed))
"""


def repeated(events: Path, rows: int) -> Iterator[dict[str, str]]:
    """Yield the table's rows again and again, each round with later dates and keys of its own."""
    with events.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for number in range(rows):
        turn, row = divmod(number, len(table))
        yield dict(table[row]) | {"id": f"{900_000_000 + number}", "relid": f"made-{number}"} | {
            name: _shifted(table[row][name], turn) for name in DATES
        }  # fmt: skip


def _shifted(text: str, turn: int) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return (day + timedelta(days=SHIFT_DAYS * turn)).isoformat() + text[10:]


def write_tables(events: Path, rows: int, folder: Path) -> list[Path]:
    """Write the repeated table in files of `A_FILE` rows; return them."""
    found: list[Path] = []
    writer, file = None, None
    for number, row in enumerate(repeated(events, rows)):
        if number % A_FILE == 0:
            if file:
                file.close()
            found.append(folder / f"ged-{len(found) + 1:02d}.csv")
            file = found[-1].open("w", encoding="utf-8", newline="")
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
        assert writer is not None
        writer.writerow(row)
    if file:
        file.close()
    return found


def run(arguments: list[str], state: Path) -> Run:
    """Run a command of tasdiq in a process of its own."""
    environment = {**os.environ, "TASDIQ_STATE": str(state)}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, str(TASDIQ), *arguments], env=environment, capture_output=True, text=True
    )
    wall = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"tasdiq {' '.join(arguments[:2])} failed:\n{done.stderr[-3000:]}")
    processor, kilobytes = done.stdout.strip().split("\n")[-1].split()
    return Run(wall, float(processor), float(kilobytes) / 1000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("events", type=Path)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--keep", type=Path, help="keep tables, record and site here")
    given = parser.parse_args()
    base = given.keep or Path(tempfile.mkdtemp(prefix="ged-rows-"))
    base.mkdir(parents=True, exist_ok=True)
    try:
        tables = write_tables(given.events, given.rows, base)
        size = sum(path.stat().st_size for path in tables)
        print(
            f"{given.rows:,} rows in {len(tables)} files, {size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        (base / "charter.toml").write_text(CHARTER, encoding="utf-8")
        state = base / "state"
        run(["init", str(base / "record"), "--charter", str(base / "charter.toml")], state)
        took = run(["receive", str(base / "record"), *map(str, tables), "--later"], state)
        print(f"receive: {given.rows / took.wall:,.0f} rows/s by the clock ({took.wall:.1f} s), "
              f"{given.rows / took.processor:,.0f} a second of processors, peak {took.megabytes:,.0f} MB;"
              f" load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
        took = run(["publish", str(base / "record"), "-o", str(base / "site")], state)
        files = sorted((p for p in (base / "site").rglob("*.html")), key=lambda p: -p.stat().st_size)
        whole = sum(p.stat().st_size for p in (base / "site").rglob("*") if p.is_file())
        print(f"publish: {took.wall:.1f} s by the clock, {took.processor:.1f} s of processors, peak {took.megabytes:,.0f} MB;"
              f" site {whole / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}")  # fmt: skip
        print("largest pages: " + ", ".join(f"{p.name} {p.stat().st_size / 1e3:.0f} KB" for p in files[:5]))
    finally:
        if given.keep is None:
            shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
