"""Full offline audit of a big record beside its limit: `.venv/bin/python benchmarks/audit.py [--entries N] [--processes 1 2]`.

The limit is what no audit can leave out: for every leaf hashing, canonical re-encoding and signature verification, for every
body hashing and canonical re-encoding, and nothing else (the bytes lie in memory, as many processes as the audit). Memory is
the peak of all processes together, as resident sets add up. Processor time, which others on the machine hardly stretch, is
compared beside the clock.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from big_record import big_record, key, machine

from tasdiq.record import canonical, ed25519, merkle
from tasdiq.record.entry import parse_leaf

SAMPLE = 20_000


def sample(directory: Path) -> list[tuple[Any, ...]]:
    """Return what the limit is measured on: leaf, signature, what it covers, salt, body."""
    with sqlite3.connect(directory / "record.sqlite") as connection:
        statement = "SELECT leaf, salt, content FROM entry JOIN body USING (idx) WHERE idx > 0 LIMIT ?"
        found = connection.execute(statement, (SAMPLE,)).fetchall()
    parsed = [(parse_leaf(leaf), salt, content) for leaf, salt, content in found]
    return [(entry.leaf, entry.sigs[0][1], entry.message, salt, content) for entry, salt, content in parsed]


def limit(directory: Path, ready: Barrier, seconds: Any) -> None:
    """Do the inevitable work on a sample; add the seconds an entry takes."""
    rows = sample(directory)
    public = ed25519.Ed25519PublicKey.from_public_bytes(key("analyst").public)
    ready.wait()
    began, busy = time.perf_counter(), time.process_time()
    edge = merkle.RightEdge()
    for leaf, signature, message, salt, content in rows:
        edge.push(hashlib.sha256(b"\x00" + leaf).digest())
        canonical.loads(leaf)
        public.verify(signature, message)
        hashlib.sha256(b"tasdiq/body/v1\0" + salt + content).digest()
        canonical.loads(content)
    seconds.append(((time.perf_counter() - began) / len(rows), (time.process_time() - busy) / len(rows)))


def limit_seconds(directory: Path, entries: int, processes: int) -> tuple[float, float]:
    """Return the seconds that the limit takes for `entries` in as many processes, and the processor seconds of them all."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        seconds, ready = manager.list(), context.Barrier(processes)
        workers = [context.Process(target=limit, args=(directory, ready, seconds)) for _ in range(processes)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        walls, processors = zip(*seconds, strict=True)
        return entries * sum(walls) / processes**2, entries * sum(processors) / processes


def audit(directory: Path, processes: int) -> tuple[float, float, float]:
    """Run the real audit in a process of its own; return seconds, processor seconds and peak megabytes with its workers."""
    command = [sys.executable, "-m", "tasdiq.record", "audit", str(directory), "--processes", str(processes)]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peaks: list[float] = [0.0]
    watching = threading.Thread(target=watch, args=(process.pid, peaks), daemon=True)
    watching.start()
    if process.wait():
        sys.exit("the audit failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, busy, peaks[0]


def watch(pid: int, peaks: list[float]) -> None:
    """Note the largest sum of resident sets of a process and its children, in MB (Linux)."""
    while Path(f"/proc/{pid}").exists():
        total = sum(map(resident, [pid, *children(pid)]))
        peaks[0] = max(peaks[0], total * os.sysconf("SC_PAGE_SIZE") / 1e6)
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def resident(pid: int) -> int:
    """Return the resident pages of a process, 0 if it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--runs", type=int, default=1)
    given = parser.parse_args()
    print(machine())
    directory = big_record(given.entries)
    for _ in range(given.runs):
        for processes in given.processes:
            # The limit before and after: what others do on the machine changes while the audit runs.
            before = limit_seconds(directory, given.entries, processes)
            seconds, busy, megabytes = audit(directory, processes)
            after = limit_seconds(directory, given.entries, processes)
            least, busy_least = ((one + other) / 2 for one, other in zip(before, after, strict=True))
            print(
                f"  {given.entries:,} entries, {processes} processes: {seconds:6.1f} s, limit {least:6.1f} s, ratio "
                f"{seconds / least:.2f}; of the processor {busy:6.1f} s, limit {busy_least:6.1f} s, ratio "
                f"{busy / busy_least:.2f}; peak {megabytes:.0f} MB"
            )


if __name__ == "__main__":
    main()
