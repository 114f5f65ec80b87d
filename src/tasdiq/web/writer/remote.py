"""The writer as a worker reaches it: over a Unix socket in the record's directory.

1. A call takes one connection; those that are free are kept for the next.
2. While the writer is being started again a call waits for it, and hands in again what was not answered: an entry that stands
   already is answered with its place.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tasdiq.errors import RecordError
from tasdiq.record.entry import Submission
from tasdiq.web.writer import wire
from tasdiq.web.writer.writing import Entered

PATIENCE_S = 30.0
_ANSWER_S = 120.0
_PAUSE_S = 0.1
_LONGEST_PATH = 100


class RemoteWriter:
    """The writer process of one record."""

    def __init__(self, path: Path, patience: float = PATIENCE_S) -> None:
        self._path, self._patience = path, patience
        self._lock = threading.Lock()
        self._free: list[socket.socket] = []

    def enter(self, submissions: Sequence[Submission]) -> list[Entered]:
        """Enter signed entries, all or none; raise what the record or the rules raise."""
        return self._ask(wire.Enter(list(submissions))).entered

    def keep(self, data: bytes) -> str:
        """Keep bytes as an attachment; return their SHA-256."""
        return self._ask(wire.Keep(data)).sha256

    def keep_file(self, path: Path) -> str:
        """Move a staged file among the attachments; return its SHA-256."""
        return self._ask(wire.KeepFile(str(path.resolve()))).sha256

    def reachable(self) -> bool:
        """Tell whether the writer takes a connection now."""
        try:
            connection = self._connected()
        except OSError:
            return False
        with self._lock:
            self._free.append(connection)
        return True

    def close(self) -> None:
        """Close the connections that are free."""
        with self._lock:
            free, self._free = self._free, []
        for connection in free:
            connection.close()

    def _ask(self, message: wire.Asked) -> wire.Done:
        ends = time.monotonic() + self._patience
        while True:
            try:
                answer = self._asked(message)
                break
            except OSError as error:
                self.close()
                if time.monotonic() > ends:
                    raise RecordError("nothing can be entered now: the writer is not running; try again") from error
                time.sleep(_PAUSE_S)
        if isinstance(answer, wire.Failed):
            raise wire.raised(answer)
        return answer

    def _asked(self, message: wire.Asked) -> wire.Answer:
        with self._lock:
            connection = self._free.pop() if self._free else None
        connection = connection or self._connected()
        try:
            wire.send(connection, message)
            answer = wire.answer(connection)
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._free.append(connection)
        return answer

    def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(_ANSWER_S)
            with address(self._path) as where:
                connection.connect(where)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def address(path: Path) -> Iterator[str]:
    """Yield the socket's address; one too long for the system (108 bytes) by way of its open directory (Linux)."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{directory}/{path.name}"
    finally:
        os.close(directory)
