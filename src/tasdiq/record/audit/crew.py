"""The processes of an audit: stretches handed out, and their outcomes taken in order.

A stretch is checked under the keys that the marked key events give. Where the marks lie, the keys at the end of one
stretch are not those the next was checked under: then that one is checked again here, so that the verdict is always the
one of a single process.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TypeVar

from tasdiq.errors import RecordError
from tasdiq.record.audit import stretch
from tasdiq.record.audit.bodies import Bodies, Emptied
from tasdiq.record.audit.leaves import Leaves
from tasdiq.record.audit.recount import Recount
from tasdiq.record.audit.seen import SeenTable
from tasdiq.record.audit.stretch import Counted
from tasdiq.record.chain import Chain
from tasdiq.record.holding import Holding
from tasdiq.record.places import DATABASE

MOST = 4
WORTH_IT = 4 * stretch.WIDTH
Opener = Callable[[Path], Holding]
# A worker's job and what comes of it.
_Job = TypeVar("_Job")
_Done = TypeVar("_Done")


def cores() -> int:
    """Return how many processes an audit takes where nobody says: one a core, four at most."""
    return min(MOST, os.cpu_count() or 1)


class _Count(NamedTuple):
    opener: Opener
    directory: Path
    chain: Chain
    start: int
    end: int


class _Check(NamedTuple):
    opener: Opener
    directory: Path
    seen: SeenTable
    emptied: Emptied


class Crew:
    """As many processes as are worth their start; `holding` is the record as this process reads it."""

    def __init__(self, opener: Opener, directory: Path, holding: Holding, processes: int) -> None:
        self._opener, self._directory, self._holding = opener, directory, holding
        many = processes > 1 and holding.size() >= WORTH_IT
        # Not forked: a fork would share the open database.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, mp_context=context) if many else None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def count(self, recount: Recount, start: int, end: int) -> Iterator[Counted]:
        """Check the leaves in [start, end) by stretches, bring each into the recount, and yield it."""
        cuts = [*range(start, end, stretch.WIDTH), end]
        spans = list(itertools.pairwise(cuts))
        if self._pool:
            keys = self._keys(recount.chain.origin)
            jobs = [_Count(self._opener, self._directory, _at(keys, low), low, high) for low, high in spans]
            counted = self._each(_count, jobs)
        for low, high in spans:
            made = next(counted) if self._pool else None
            if made is None or made.leaves.before != recount.chain:
                made = stretch.count(self._holding, recount.chain, low, high, DATABASE)
            recount.leaves.extend(made.leaves)
            yield made
            if made.failed:
                raise RecordError(made.failed)

    def _keys(self, origin: str) -> list[tuple[int, Chain]]:
        folded, found = Leaves(Chain(origin)), [(-1, Chain(origin))]
        for index, leaf in self._holding.key_leaves():
            folded.leaf(index, leaf, DATABASE)
            found.append((index, folded.chain))
        return found

    def check(self, seen: SeenTable, emptied: Emptied) -> Iterator[Bodies]:
        """Check the bodies of these entries by stretches and yield what they came to, in order."""
        found = seen.find(entry_id for entry_id, _ in emptied)
        places = sorted((found[item[0]].index, item) for item in emptied if item[0] in found)
        jobs = (
            _Check(self._opener, self._directory, part, _among(places, part.first, part.last))
            for part in seen.parts(stretch.WIDTH)
        )
        if self._pool:
            yield from self._each(_check, jobs)
        else:
            for job in jobs:
                yield stretch.check(self._holding, job.seen, job.emptied, DATABASE)

    def _each(self, function: Callable[[_Job], _Done], jobs: Iterable[_Job]) -> Iterator[_Done]:
        assert self._pool
        try:
            yield from self._pool.map(function, jobs)
        except BrokenProcessPool as error:
            raise RecordError("a process of this audit was ended from outside: try again with --processes 1") from error


def _at(keys: list[tuple[int, Chain]], index: int) -> Chain:
    return keys[bisect_left(keys, index, key=lambda item: item[0]) - 1][1]


def _among(
    places: list[tuple[int, tuple[str, int | None]]], first: int, last: int
) -> frozenset[tuple[str, int | None]]:
    low = bisect_left(places, first, key=lambda item: item[0])
    high = bisect_left(places, last + 1, key=lambda item: item[0])
    return frozenset(item for _, item in places[low:high])


def _count(job: _Count) -> Counted:
    return stretch.count(_opened(job.opener, job.directory), job.chain, job.start, job.end, DATABASE)


def _check(job: _Check) -> Bodies:
    return stretch.check(_opened(job.opener, job.directory), job.seen, job.emptied, DATABASE)


@lru_cache(maxsize=1)
def _opened(opener: Opener, directory: Path) -> Holding:
    # Once in each process, for as long as it lives.
    return opener(directory)
