"""The writer in this process: one thread that appends, and everyone who hands in entries waits for it.

1. All that waits when the thread is free becomes one group (`appending`).
2. A checkpoint is signed at most once a second while the record is open. Cosignatures are taken in by the same thread.
3. With `idle` 0 the record is let go of after each group, and no checkpoint is signed: for tests, and for a server of one
   process. Else it is kept open, and let go of when nothing came for so many seconds: commands can write then, too.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

from tasdiq.clock import Clock, utc_now
from tasdiq.errors import RecordError
from tasdiq.record.entry import Submission
from tasdiq.record.note import SignatureLine
from tasdiq.record.store import attachments
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.writer.appending import Appending, Waiting
from tasdiq.web.writer.writing import Entered

_LOG = logging.getLogger("tasdiq.writer")
MOST_ENTRIES, MOST_BYTES = 500, 32 * 2**20
_Job = Waiting | SignatureLine | None


class Writer:
    """Enters submissions in this process."""

    def __init__(self, home: Home, settings: Settings, *, idle: float = 0.0, clock: Clock = utc_now) -> None:
        self.home, self._idle = home, idle
        self._appending = Appending(home, settings, clock)
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def enter(self, submissions: Sequence[Submission]) -> list[Entered]:
        """Enter signed entries, all or none, if the record and the rules allow it; durable when this returns."""
        waiting = Waiting(list(submissions))
        if not waiting.submissions:
            return []
        self._hand_in(waiting)
        return waiting.result.result()

    def keep(self, data: bytes) -> str:
        """Keep a file as an attachment of the record; return its SHA-256, which belongs into a body."""
        return attachments.add(self.home.path, data)

    def keep_file(self, path: Path) -> str:
        """Move a staged file among the attachments of the record; return its SHA-256."""
        return attachments.take(self.home.path, path)

    def reachable(self) -> bool:
        """Tell whether something could be handed in now."""
        return not self._closed

    def cosigned(self, line: SignatureLine) -> None:
        """Take in a cosigner's line for the newest checkpoint."""
        self._hand_in(line)

    def warm(self) -> None:
        """Begin at once what the first entry would have to wait for."""
        self._hand_in(Waiting([]))

    def close(self) -> None:
        """Answer what was handed in, let go of the record and end the thread."""
        with self._lock:
            self._closed, thread = True, self._thread
        if thread is not None:
            self._jobs.put(None)
            thread.join()

    def _hand_in(self, job: _Job) -> None:
        with self._lock:
            if self._closed:
                raise RecordError("nothing is entered any more: the server is being stopped")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
                self._thread.start()
            self._jobs.put(job)

    def _work(self) -> None:
        last = time.monotonic()
        ended = False
        while not ended:
            jobs = self._waiting(last)
            ended = None in jobs
            batch = [job for job in jobs if isinstance(job, Waiting)]
            if batch:
                self._enter(batch)
                last = time.monotonic()
            for job in jobs:
                if isinstance(job, SignatureLine):
                    self._appending.cosigned(job)
            if self._idle and self._appending.seconds_to_checkpoint() == 0.0:
                self._appending.sign_checkpoint()
            if time.monotonic() - last >= self._idle and self._jobs.empty():
                self._appending.close()
        if self._idle:
            self._appending.sign_checkpoint()
        self._appending.close()

    def _enter(self, batch: list[Waiting]) -> None:
        try:
            self._appending.enter(batch)
        except Exception:
            # Told to those who wait; the thread goes on for everybody else.
            _LOG.exception("while entering")
        if not self._idle:
            # Whoever is answered may write to the record itself at once.
            self._appending.close()
        for each in batch:
            each.tell()

    def _waiting(self, last: float) -> list[_Job]:
        """Return what waits, after waiting for something to do: a job, a checkpoint, letting go."""
        due = self._appending.seconds_to_checkpoint() if self._idle else None
        if due is None and self._appending.is_open:
            due = max(0.0, last + self._idle - time.monotonic())
        try:
            jobs: list[_Job] = [self._jobs.get(timeout=due)]
        except Empty:
            return []
        entries, size = _extent(jobs[0])
        while not self._jobs.empty() and entries < MOST_ENTRIES and size < MOST_BYTES:
            jobs.append(self._jobs.get())
            more = _extent(jobs[-1])
            entries, size = entries + more[0], size + more[1]
        return jobs


def _extent(job: _Job) -> tuple[int, int]:
    """Return how many entries a job brings, and about how many bytes."""
    if not isinstance(job, Waiting):
        return 0, 0
    rows = sum(len(row.content) for given in job.submissions for row in given.rows if row)
    return len(job.submissions), rows + sum(len(given.plaintext) for given in job.submissions)
