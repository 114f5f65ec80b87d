"""How far the record had come when an account last entered something: its next page has that, whichever worker answers.

1. All workers of a server share one small table of numbers, which goes with the server. Nothing is kept of who they belong to.
2. Accounts may share a place in it: then a page is made from a newer state than it had to be, never from an older one.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

from tasdiq.record.entry import Submission
from tasdiq.web.writer.writing import Entered, Writing

PLACES = 4096
_BYTES = 8


class Reached:
    """The table: of one process, or of all that give the same path."""

    def __init__(self, path: Path | None = None) -> None:
        self._table = memoryview(_mapped(path)).cast("Q")

    def note(self, account: str, size: int) -> None:
        """Note that an account has entered something, and that the record had so many entries then."""
        place = _place(account)
        # Written whole or not at all: eight bytes at an address that eight divides.
        self._table[place] = max(size, self._table[place])

    def of(self, account: str) -> int:
        """Return how many entries a page of an account must have seen; 0 for nobody in particular."""
        return self._table[_place(account)] if account else 0


def _place(account: str) -> int:
    return zlib.crc32(account.encode()) % PLACES


def _mapped(path: Path | None) -> mmap.mmap:
    if path is None:
        return mmap.mmap(-1, PLACES * _BYTES)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(descriptor, PLACES * _BYTES)
        return mmap.mmap(descriptor, PLACES * _BYTES)
    finally:
        os.close(descriptor)


def enter(writer: Writing, reached: Reached, account: str, submissions: Sequence[Submission]) -> list[Entered]:
    """Enter for an account, and note how far the record had come; raise what the writer raises."""
    found = writer.enter(submissions)
    reached.note(account, max((one.index + 1 for one in found), default=0))
    return found
