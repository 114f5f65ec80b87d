"""What a worker knows of the writer: hand in signed entries, get back where they stand and the log's promise."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from tasdiq.mechanism import Mechanism
from tasdiq.record.entry import Submission
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings


@dataclass(frozen=True)
class Entered:
    """An entry that stands: its id, its index, and the log's signed receipt."""

    id: str
    index: int
    deadline: str
    receipt: bytes


class Writer:
    """Enters submissions in one process, one after the other."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self.home, self.settings = home, settings
        self._lock = threading.Lock()

    def enter(self, submissions: Sequence[Submission]) -> list[Entered]:
        """Enter signed entries if the record and the rules allow it; durable when this returns. Raises what they raise."""
        with self._lock, Mechanism.open(self.home, self.settings) as mechanism:
            entered = [mechanism.submit(submission) for submission in submissions]
        return [Entered(found.id, found.index, found.deadline, found.note) for found in entered]

    def keep(self, data: bytes) -> str:
        """Keep a file as an attachment of the record; return its SHA-256, which belongs into a body."""
        with self._lock, Mechanism.open(self.home, self.settings) as mechanism:
            return mechanism.log.add_attachment(data)

    def close(self) -> None:
        """End the writer."""
