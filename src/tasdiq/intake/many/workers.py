"""Worker processes: one function over many items, with the answers in the items' order, whatever becomes of a process.

Rules
1. Answers come in the order of the items, however many processes there are: nothing may depend on that number.
2. With one worker nothing is started: this process does it.
3. No more than `AHEAD` items of a process are out, so that none is left with much at the end, and no more than `WINDOW` a process
   are out or wait for their turn, so that memory does not grow with the items.
4. A process runs one thread, whatever its libraries would like, and is started anew, not forked. Ctrl-C is its starter's concern;
   when that is gone, it ends.
5. A process that ends by itself is told and replaced, and what it had not answered is handed out again. The item that it was at
   comes back as `Lost` when it has cost `TRIES` processes, or raises where no item may be missing.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from socket import socketpair
from types import TracebackType
from typing import Any, TypeVar

from tasdiq.errors import InputError

from .counting import Progress, note, silent
from .worker import Answer, Begin, Item, main

AHEAD, WINDOW = 4, 64
TRIES = 2
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
Context = TypeVar("Context")
Asked = TypeVar("Asked")
Reply = TypeVar("Reply")


@dataclass(frozen=True)
class Lost:
    """An item at which a worker process ended, again and again; `status` is how: a signal's number, negative, or an exit code."""

    item: Any
    status: int

    @property
    def reason(self) -> str:
        """Say what happened and what to do."""
        how = f"signal {-self.status}" if self.status < 0 else f"exit code {self.status}"
        return (
            f"the process that read it ended {TRIES} times ({how}; out of memory?): it was not entered, everything else was; "
            "run again with fewer --workers, or leave it out"
        )


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    pipe: Connection
    out: dict[int, Any] = field(default_factory=dict)
    """Items it was given and has not answered, by number, in order."""


class Workers:
    """Some processes that stand by; use it in a `with` block."""

    def __init__(self, count: int = 1, tell: Progress = silent) -> None:
        self.count, self._tell = count, tell
        self._workers: list[_Worker] = []
        self._job = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what they were at is dropped."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in workers:
            worker.process.wait()

    def each(
        self, function: Callable[[Context, Asked], Reply], context: Context, items: Iterable[Asked]
    ) -> Iterator[Reply]:
        """Yield what `function(context, item)` gives for each item; raise `InputError` for one that is lost (rule 5)."""
        for answer in self.whatever(function, context, items):
            if isinstance(answer, Lost):
                raise InputError(f"{answer.item!r:.80}: {answer.reason}")
            yield answer

    def whatever(
        self, function: Callable[[Context, Asked], Reply], context: Context, items: Iterable[Asked]
    ) -> Iterator[Reply | Lost]:
        """Yield the same, with `Lost` in the place of an item that is."""
        if self.count <= 1:
            yield from (function(context, item) for item in items)
            return
        self._job += 1
        begin = Begin(self._job, function, pickle.dumps(context, protocol=pickle.HIGHEST_PROTOCOL))
        while len(self._workers) < self.count:
            self._workers.append(_start())
        for worker in self._workers:
            worker.out.clear()
            self._send(worker, begin)
        yield from _Job(self, begin, iter(items)).answers()

    def _send(self, worker: _Worker, message: Begin | Item) -> None:
        with suppress(OSError):  # It may have ended: its pipe says so when it is read next.
            worker.pipe.send(message)

    def _replace(self, worker: _Worker, begin: Begin) -> int:
        """Put another process in the place of one that ended; return how it ended."""
        worker.pipe.close()
        status = worker.process.wait()
        note(self._tell, f"a worker process ended (status {status}); another goes on, and nothing is lost")
        fresh = _start()
        self._workers[self._workers.index(worker)] = fresh
        self._send(fresh, begin)
        return status


class _Job:
    """One function over some items, under way."""

    def __init__(self, workers: Workers, begin: Begin, items: Iterator[Any]) -> None:
        self.workers, self.begin, self.items = workers, begin, items
        self.again: deque[tuple[int, Any]] = deque()
        self.answered: dict[int, Any] = {}
        self.cost: Counter[int] = Counter()
        self.taken, self.next, self.ended = 0, 0, False

    def answers(self) -> Iterator[Any]:
        while True:
            self._hand_out()
            while self.next in self.answered:
                answer = self.answered.pop(self.next)
                self.next += 1
                yield answer
            if not any(worker.out for worker in self.workers._workers):
                if self.ended and not self.again and self.next == self.taken:
                    return
                continue
            self._listen()

    def _hand_out(self) -> None:
        """Give each process something to do, the least busy first (rule 3)."""
        for worker in sorted(self.workers._workers, key=lambda each: len(each.out)):
            while len(worker.out) < AHEAD and (taken := self._take()) is not None:
                number, item = taken
                worker.out[number] = item
                self.workers._send(worker, Item(self.begin.job, number, item))

    def _take(self) -> tuple[int, Any] | None:
        if self.again:
            return self.again.popleft()
        if self.ended or self.taken - self.next >= WINDOW * self.workers.count:
            return None
        for item in self.items:
            self.taken += 1
            return self.taken - 1, item
        self.ended = True
        return None

    def _listen(self) -> None:
        by_pipe = {worker.pipe: worker for worker in self.workers._workers}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                answer: Answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._ended(worker)
                continue
            if answer.job != self.begin.job:
                continue
            if answer.error is not None:
                answer.error.add_note(answer.where)
                raise answer.error
            del worker.out[answer.number]
            self.answered[answer.number] = answer.answer

    def _ended(self, worker: _Worker) -> None:
        """Hand out again what a process left that ended; what it was at may have been the reason (rule 5)."""
        status = self.workers._replace(worker, self.begin)
        left = list(worker.out.items())
        if left:
            number, item = left[0]
            self.cost[number] += 1
            if self.cost[number] >= TRIES:
                self.answered[number] = Lost(item, status)
                left = left[1:]
        self.again.extend(left)


def _start() -> _Worker:
    ours, theirs = socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", f"from {main.__module__} import main; main()", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
            process_group=0,
        )
    return _Worker(process, Connection(ours.detach()))
