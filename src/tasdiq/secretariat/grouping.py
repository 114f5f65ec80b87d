"""Entries gathered to be entered together: one durable transaction for many, so that ten thousand do not wait for the disk each.

Rules
1. A group is entered when it has `MOST` entries or `MOST_ROWS` rows, or when its first entry has waited `LONGEST` seconds.
2. What is gathered when the work ends is entered, also if it ends by an error or by Ctrl-C: only a kill loses it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, NamedTuple

from tasdiq.model.value import Value
from tasdiq.record.entry import Submission

MOST, MOST_ROWS, LONGEST = 64, 10_000, 2.0


class Proposed(NamedTuple):
    """What a program proposes about a subject: rows of one type, by which method, for whom to read (None: as is usual)."""

    rows_of: str
    subject: str
    method: str
    rows: Sequence[Value]
    access: str | None = None


class Group:
    """Entries on their way; use it in a `with` block."""

    def __init__(self, enter: Callable[[Sequence[Submission]], Any]) -> None:
        self._enter = enter
        self._gathered: list[Submission] = []
        self._rows, self._since = 0, 0.0

    def __enter__(self) -> Group:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.enter()

    def add(self, submission: Submission, rows: int = 0) -> None:
        """Gather one more entry (rule 1)."""
        if not self._gathered:
            self._since = time.monotonic()
        self._gathered.append(submission)
        self._rows += rows
        if len(self._gathered) >= MOST or self._rows >= MOST_ROWS or time.monotonic() - self._since > LONGEST:
            self.enter()

    def enter(self) -> None:
        """Enter what was gathered."""
        gathered, self._gathered, self._rows = self._gathered, [], 0
        if gathered:
            self._enter(gathered)
