"""A real server under readers and writers, over a record of 100,000 entries in PostgreSQL; and killed while it is written to.

`.venv/bin/python benchmarks/serving.py [--entries 100000] [--seconds 180] [--readers 20] [--writers 4] [--think 0.5] [--kill]`

Readers are officers of four members and one who did not sign in. `--think` is the mean pause of a reader between two pages, 0 for
none; writers pause twice that, at least half a second. With --kill a worker and the writer are killed (SIGKILL) and PostgreSQL is
restarted meanwhile; afterwards every entry that was acknowledged must stand at its place, and the record must open for writing.
The load is made on the same machine. The record is written once, and each run has a copy.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from big_record import CACHE, machine
from table_load import Measured, enter, read
from table_record import settings, write
from table_server import TASDIQ, Postgres, Served, postgres, serving, session, token

from tasdiq.mechanism import Mechanism
from tasdiq.record.reader import Reader
from tasdiq.secretariat.custody import read_chain
from tasdiq.secretariat.founding import Home

OFFICERS = (("kes", "liaison"), ("vor", "liaison"), ("ord", "mediator"), ("riv", "observer"))
LEAST_PAUSE_S = 0.5


def run(served: Served, home: Home, given: argparse.Namespace, disturb: Postgres | None) -> Measured:
    """Let everybody work for the time given."""
    found, began = Measured(), time.monotonic()
    cookies = [session(home, member, role, f"Reader {role}") for member, role in OFFICERS] + [""]
    tokens = [token(home, ("kes", "vor")[n % 2], "liaison", f"Writer {n}") for n in range(given.writers)]
    log: Any = SimpleNamespace(chain=read_chain(home.path))
    ends, pause = time.monotonic() + given.seconds, max(LEAST_PAUSE_S, 2 * given.think)
    some = [
        threading.Thread(
            target=read,
            args=(served.address, cookies[n % len(cookies)], given.entries, ends, n, given.think, found),
        )
        for n in range(given.readers)
    ] + [
        threading.Thread(target=enter, args=(served.address, log, tokens[n], ends, n, pause, found))
        for n in range(given.writers)
    ]
    for thread in some:
        thread.start()
    blows = [given.seconds * part for part in (0.25, 0.5, 0.75)] if disturb else []
    while time.monotonic() < ends:
        time.sleep(1.0)
        found.memory.append(served.memory_mb())
        if blows and time.monotonic() - began > blows[0]:
            blows.pop(0)
            _disturb(served, disturb, len(blows))
    for thread in some:
        thread.join(120)
    return found


def _disturb(served: Served, server: Postgres | None, left: int) -> None:
    children = served.children()
    if left == 2:
        print("SIGKILL of a worker", file=sys.stderr)
        os.kill(children[-1], signal.SIGKILL)
    elif left == 1:
        print("SIGKILL of the writer", file=sys.stderr)
        os.kill(children[0], signal.SIGKILL)
    elif server:
        print("PostgreSQL is restarted", file=sys.stderr)
        server.stop("immediate")
        server.start()


def report(found: Measured, seconds: float) -> None:
    """Print what was measured."""
    every = [time for times in found.times.values() for time in times]
    print(f"pages: {len(every):,} ({len(every) / seconds:.0f}/s), {_spread(every)}")
    for page, times in sorted(found.times.items(), key=lambda item: -statistics.median(item[1])):
        print(f"  {page:<40} {len(times):>6}  {_spread(times)}")
    entered = len(found.acknowledged)
    print(f"entries: {entered:,} acknowledged ({entered / seconds:.1f}/s), {_spread(found.entering)}")
    print(f"wrong: {dict(found.wrong.most_common(12)) or 'nothing'}")
    steady = [each for each in found.memory if each]
    marks = [steady[len(steady) * part // 8] for part in range(8)] + steady[-1:] if steady else []
    print(f"resident memory of each process, MB, over time: {marks}")
    print(f"load of the machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


def _spread(times: list[float]) -> str:
    if len(times) < 2:
        return "too few"
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49] * 1e3:.0f} ms, p95 {cuts[94] * 1e3:.0f} ms, p99 {cuts[98] * 1e3:.0f} ms"


def check(home: Home, found: Measured) -> None:
    """Exit unless every acknowledged entry stands at its place."""
    with Reader.open(home.path) as reader:
        lost = [
            ident for ident, index in found.acknowledged.items() if index >= reader.size or reader[index].id != ident
        ]
    print(f"lost of {len(found.acknowledged):,} acknowledged: {len(lost)}")
    if lost:
        raise SystemExit(1)


def written(size: int) -> Path:
    """Return a folder with a record of `size` entries, its index and the PostgreSQL that holds both, written on first use."""
    kept = CACHE / f"served-{size}"
    if not (kept / "done").exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        with postgres() as server:
            home = write(kept, size, server.address)
            environment = {**os.environ, "TASDIQ_STATE": str(kept / "state")}
            subprocess.run([str(TASDIQ), "rebuild", str(home.path)], env=environment, check=True)
            server.stop()
            server.keep(kept / "postgres")
            server.start()
        (kept / "done").touch()
    return kept


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--think", type=float, default=0.5, metavar="S", help="mean pause of a reader between pages")
    parser.add_argument(
        "--kill", action="store_true", help="kill and restart meanwhile, and look for what was acknowledged"
    )
    given = parser.parse_args()
    kept = written(given.entries)
    print(f"{machine()}; {given.readers} readers, pause {given.think} s; {given.writers} writers")
    base = Path(tempfile.mkdtemp(dir=CACHE, prefix="serving-"))
    try:
        with postgres(kept / "postgres") as server:
            shutil.copytree(kept / "record", base / "record")
            shutil.copytree(kept / "state", base / "state")
            server.found_by(base / "record")
            home = Home(base / "record")
            with serving(base, given.workers) as served:
                found = run(served, home, given, server if given.kill else None)
                report(found, given.seconds)
            check(home, found)
            if given.kill:
                with Mechanism.open(home, settings(base)) as mechanism:
                    print(f"{mechanism.log.size:,} entries; the record opens for writing")
    finally:
        if (base / "serve.log").exists():
            shutil.move(base / "serve.log", CACHE / "serve.log")
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
