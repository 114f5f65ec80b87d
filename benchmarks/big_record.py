"""Records of any size with made-up entries, for the benchmarks, kept under `build/benchmark/` until their form changes.

As a command it writes them ahead: `.venv/bin/python benchmarks/big_record.py 1000000` (signing takes minutes, in two processes).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from cryptography.hazmat.backends.openssl import backend

from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission, sign_entry
from tasdiq.record.keys import SigningKey, public_text
from tasdiq.record.log import Log

CACHE = Path(__file__).parents[1] / "build" / "benchmark"
ORIGIN = "benchmark.example/record"
TIME = "2031-05-04T10:00:00Z"
STEP = 1000


def key(name: str) -> SigningKey:
    """Return the same key for the same name."""
    return SigningKey.from_seed(hashlib.sha256(f"benchmark {name}".encode()).digest())


LOG = key("log")


def machine() -> str:
    """Return the line every benchmark prints first: processor, cores, versions, what a durable write costs, the load."""
    name = platform.processor() or platform.machine()
    if (cpus := Path("/proc/cpuinfo")).exists():
        name = next((line.split(": ")[1] for line in cpus.read_text().split("\n") if "model name" in line), name)
    return (
        f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}, {backend.openssl_version_text()}, "
        f"SQLite {sqlite3.sqlite_version}, fsync {fsync_ms():.2f} ms, load {os.getloadavg()[0]:.1f}"
    )


def fsync_ms() -> float:
    """Return the median milliseconds of a durable write of 4 KiB where the benchmarks write."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=CACHE) as file:
        times = []
        for _ in range(50):
            began = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return sorted(times)[25] * 1e3


def founding(log: Log) -> Submission:
    """Sign entry 0: one member, one log."""
    member: dict[str, Any] = {"event": "admit", "role": "member", "name": "analyst", "next": None}
    keys = [
        {"event": "constitute", "form": "desk", "compiler": "made up"},
        {**member, "key": public_text(key("analyst"))},
        {"event": "admit", "role": "log", "name": ORIGIN, "key": public_text(LOG), "next": None},
    ]
    made = Draft("CharterAdopted", "analyst", TIME, keys=keys)
    return sign_entry(made, signer=key("analyst"), origin=ORIGIN, charter=None, keys_at=0)


def submissions(charter: str, start: int, count: int) -> list[Submission]:
    """Sign `count` ordinary public entries."""
    return [
        sign_entry(
            Draft("DocumentReceived", "analyst", TIME, canonical.dumps({"number": n, "text": f"made-up document {n}"})),
            signer=key("analyst"),
            origin=ORIGIN,
            charter=charter,
            keys_at=0,
        )
        for n in range(start, start + count)
    ]


def new_log(directory: Path) -> Log:
    """Create a record with entry 0 in it."""
    log = Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None)
    log.append([founding(log)])
    return log


def big_record(entries: int) -> Path:
    """Return the directory of a record of `entries` entries under a checkpoint, written on first use."""
    directory = CACHE / f"record-{entries}"
    if not directory.exists():
        unfinished = directory.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        began = time.perf_counter()
        with new_log(unfinished) as log:
            assert log.charter
            for signed in _signed_ahead(log.charter, entries - 1):
                log.append(signed)
                if sys.stderr.isatty():
                    print(f"\r{log.size:,} of {entries:,} entries", end="", file=sys.stderr)
            log.checkpoint()
        unfinished.rename(directory)
        print(f"{entries:,} entries written in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return directory


def _signed_ahead(charter: str, count: int) -> Iterator[list[Submission]]:
    """Yield groups of submissions that another process signs while this one appends."""
    spans = [(start, min(STEP, count - start)) for start in range(0, count, STEP)]
    with ProcessPoolExecutor(1) as pool:
        ahead = [pool.submit(submissions, charter, *span) for span in spans[:8]]
        for number in range(len(spans)):
            yield ahead.pop(0).result()
            if number + 8 < len(spans):
                ahead.append(pool.submit(submissions, charter, *spans[number + 8]))


def main() -> None:
    """Write the records asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("entries", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    for entries in parser.parse_args().entries:
        print(big_record(entries))


if __name__ == "__main__":
    main()
