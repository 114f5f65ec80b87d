"""The supervisor: starts the writer and the workers of one record, starts again what dies, and ends all of them in order.

1. One server serves a record: a second one is refused before it touches anything.
2. All workers share one listening socket, which stays open while any of them is started again: connections wait, none is refused.
3. What dies is started again, after a pause that doubles up to 30 seconds while it keeps dying. What cannot even start while the
   server starts ends the server: then a person must look.
4. Told to end (SIGTERM, SIGINT): first the workers, which answer what they have begun, then the writer, so that nothing that was
   acknowledged, or is about to be, loses its writer. Who does not end in time is killed, which loses nothing acknowledged either.
5. SIGHUP starts the workers again one by one, each when the one before is ready: they read a renewed certificate.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from prometheus_client import multiprocess

from tasdiq.errors import RecordError, SettingsError
from tasdiq.secretariat.founding import Home
from tasdiq.web.serving.metrics import FOLDER
from tasdiq.web.serving.orders import Orders

LOCK = "serve.lock"
WORKERS_END_S, WRITER_END_S = 40.0, 30.0
START_S = 600.0
_TICK_S = 0.1
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 30.0
_STEADY_S = 60.0
_LOG = logging.getLogger("tasdiq.supervisor")


@dataclass
class Child:
    """One process of the server, and how it has fared."""

    orders: Orders
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    pause: float = 0.0
    again_at: float = 0.0
    ready: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start it; its orders go to its stdin, which stays open for as long as the supervisor lives."""
        kept = (self.orders.listening,) if self.orders.listening >= 0 else ()
        self.begun, self.again_at, self.ready = time.monotonic(), 0.0, threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"tasdiq.web.serving.as_{self.orders.role}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=kept,
            env=self.environment,
            # Ctrl-C on a terminal reaches the supervisor alone, which ends the others in order.
            process_group=0,
        )
        assert self.process.stdin
        self.process.stdin.write(msgspec.json.encode(self.orders) + b"\n")
        self.process.stdin.flush()
        threading.Thread(target=_hear, args=(self.process, self.ready), daemon=True).start()

    @property
    def ended(self) -> bool:
        """Tell whether its process is gone."""
        return self.process is None or self.process.poll() is not None

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, if it is there."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def wait(self, ends: float) -> None:
        """Wait until it has ended, at the latest until `ends`; then kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, ends - time.monotonic()))
        except subprocess.TimeoutExpired:
            _LOG.error("%s %d did not end in time and is killed", self.orders.role, self.process.pid)
            self.process.kill()
            self.process.wait()


def _hear(process: subprocess.Popen[bytes], ready: threading.Event) -> None:
    assert process.stdout
    for _ in process.stdout:
        ready.set()


class Supervisor:
    """The processes of one server."""

    def __init__(self, home: Home, writer: Orders, worker: Orders, workers: int, figures: Path) -> None:
        self._home, self._figures = home, figures
        environment = {**os.environ, FOLDER: str(figures)}
        self._writer = Child(writer, environment)
        self._workers = [Child(worker, environment) for _ in range(workers)]
        self._ending, self._renewing = threading.Event(), threading.Event()

    def run(self, announce: Callable[[], None]) -> None:
        """Serve until told to end; `announce` is called once every process is ready."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._ending.set())
        signal.signal(signal.SIGHUP, lambda *_: self._renewing.set())
        try:
            self._start()
            if not self._ending.is_set():
                announce()
            while not self._ending.wait(_TICK_S):
                self._look()
        finally:
            self._end()

    def _start(self) -> None:
        ends = time.monotonic() + START_S
        for child in self._children():
            child.start()
        while not self._ending.is_set() and not all(child.ready.is_set() for child in self._children()):
            gone = next((child for child in self._children() if child.ended), None)
            if gone or time.monotonic() > ends:
                raise RecordError(
                    f"{self._home.path}: the server cannot start: its {gone.orders.role if gone else 'processes'} "
                    f"{'ended at once' if gone else 'took too long'}; the log above says why"
                )
            time.sleep(_TICK_S)

    def _look(self) -> None:
        """Start again what died (rule 3), and, asked to, one worker after the other (rule 5)."""
        for child in self._children():
            if child.ended:
                self._start_again(child)
        if self._renewing.is_set():
            self._renewing.clear()
            for worker in self._workers:
                self._renew(worker)

    def _start_again(self, child: Child) -> None:
        assert child.process
        now = time.monotonic()
        if not child.again_at:
            steady = now - child.begun > _STEADY_S
            child.pause = _FIRST_PAUSE_S if steady or not child.pause else min(_LONGEST_PAUSE_S, child.pause * 2)
            child.again_at = now + child.pause
            _LOG.error("%s %d ended with %d", child.orders.role, child.process.pid, child.process.returncode)
            self._forget(child)
        if now >= child.again_at:
            child.start()

    def _renew(self, worker: Child) -> None:
        worker.tell(signal.SIGTERM)
        worker.wait(time.monotonic() + WORKERS_END_S)
        self._forget(worker)
        worker.start()
        while not (self._ending.is_set() or worker.ready.wait(_TICK_S) or worker.ended):
            pass

    def _forget(self, child: Child) -> None:
        # What a process that is gone showed as its own now is no longer so; what it counted stays counted.
        assert child.process
        multiprocess.mark_process_dead(child.process.pid, str(self._figures))  # type: ignore[no-untyped-call]

    def _end(self) -> None:
        for worker in self._workers:
            worker.tell(signal.SIGTERM)
        ends = time.monotonic() + WORKERS_END_S
        for worker in self._workers:
            worker.wait(ends)
        self._writer.tell(signal.SIGTERM)
        self._writer.wait(time.monotonic() + WRITER_END_S)

    def _children(self) -> list[Child]:
        return [self._writer, *self._workers]


@contextmanager
def only_server(home: Home) -> Iterator[None]:
    """Hold a record for one server while the block lasts (rule 1)."""
    descriptor = os.open(home.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingsError(f"{home.path}: another tasdiq serve has this record; end it first") from error
        yield
    finally:
        os.close(descriptor)


@contextmanager
def figures() -> Iterator[Path]:
    """Make the folder in which workers keep what they measure, and remove it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="tasdiq-figures-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
