"""Inclusion and consistency proofs at 10^4, 10^5 and 10^6 entries: `.venv/bin/python benchmarks/proofs.py [--entries N …]`.

Every round asks random places of random sizes, through the reader that a server would hold (warm), each answer checked
afterwards against the roots. Cold is the first proof of a reader opened for it, opening included, in a process that has
loaded the program: once with the file as the system caches it, once after the system was told to forget it. Memory is what
the process's resident set grew by from before opening to after the last proof. In brackets stands processor time, which others
on the machine cannot stretch.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from big_record import big_record, machine

from tasdiq.record import merkle
from tasdiq.record.reader import Reader

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Return the megabytes this process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


Seconds = tuple[float, float]


def quantiles(seconds: list[Seconds]) -> str:
    """Return median and 99th percentile in milliseconds, of the clock and of the processor."""
    wall, processor = (sorted(each) for each in zip(*seconds, strict=True))
    at = len(wall) * 99 // 100
    return (
        f"p50 {statistics.median(wall) * 1e3:.2f} ms ({statistics.median(processor) * 1e3:.2f}), "
        f"p99 {wall[at] * 1e3:.2f} ms ({processor[at] * 1e3:.2f})"
    )


def clocked(work: Callable[[], Any]) -> tuple[Seconds, Any]:
    """Return the seconds that something takes, of the clock and of the processor, and what it returns."""
    began, busy = time.perf_counter(), time.process_time()
    found = work()
    return (time.perf_counter() - began, time.process_time() - busy), found


def warm(reader: Reader, count: int, chance: random.Random) -> tuple[list[Seconds], list[Seconds]]:
    """Return the seconds of inclusion and of consistency proofs; each proof is verified."""
    inclusion, consistency = [], []
    size, root = reader.size, merkle.edge_from(reader.size, reader.node).root()
    for _ in range(count):
        index, old = chance.randrange(size), chance.randrange(1, size)
        seconds, proof = clocked(lambda index=index: reader.inclusion_proof(index, size))
        inclusion.append(seconds)
        merkle.verify_inclusion(index, size, merkle.leaf_hash(reader.leaf(index)), proof, root)
        seconds, proof = clocked(lambda old=old: reader.consistency_proof(old, size))
        consistency.append(seconds)
        merkle.verify_consistency(old, size, merkle.edge_from(old, reader.node).root(), root, proof)
    return inclusion, consistency


def first(directory: Path, index: int, size: int) -> Seconds:
    """Return the seconds from opening a reader to its first proof."""

    def ask() -> None:
        with Reader.open(directory) as reader:
            reader.inclusion_proof(index, size)

    return clocked(ask)[0]


def forget(directory: Path) -> None:
    """Tell the system to drop the files of a record from its cache (Linux)."""
    for path in directory.glob("record.sqlite*"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def cold(directory: Path, size: int, rounds: int, chance: random.Random, *, uncached: bool) -> list[Seconds]:
    """Return the seconds of first proofs."""
    found = []
    for _ in range(rounds):
        if uncached:
            forget(directory)
        found.append(first(directory, chance.randrange(size), size))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--entries", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--proofs", type=int, default=2000)
    parser.add_argument("--cold", type=int, default=50)
    given = parser.parse_args()
    print(machine())
    for entries in given.entries:
        directory, chance = big_record(entries), random.Random(7)
        first(directory, 0, entries)
        before = resident()
        with Reader.open(directory) as reader:
            inclusion, consistency = warm(reader, given.proofs, chance)
        grown = resident() - before
        print(
            f"  {entries:>9,}: inclusion {quantiles(inclusion)}; consistency {quantiles(consistency)}; {grown:.0f} MB"
        )
        print(
            f"             cold first proof {quantiles(cold(directory, entries, given.cold, chance, uncached=False))}"
        )
        print(
            f"             and from the disk {quantiles(cold(directory, entries, given.cold, chance, uncached=True))}"
        )


if __name__ == "__main__":
    main()
