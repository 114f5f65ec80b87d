"""What whoever holds a record answers to an auditor, and the shape of a body as it is read; it opens nothing.

`Store` holds a record for its writer and readers; `audit.sqlite_file` reads one for the audit and shares no code with
the writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from tasdiq.record.rows import Row


@dataclass(frozen=True, slots=True)
class Held:
    """A body as it is held: salt and plaintext where they can be read, or an envelope that only its recipients open.

    All None: redacted by the notice at index `redacted_at`, or, where that is None too, not here to be read.
    """

    salt: bytes | None = None
    plaintext: bytes | None = None
    envelope: bytes | None = None
    redacted_at: int | None = None


class Holding(Protocol):
    """A record that is open for reading."""

    def close(self) -> None:
        """Close it."""

    def origin(self) -> str:
        """Return the log's origin."""

    def size(self) -> int:
        """Return the number of entries."""

    def checkpoint(self) -> bytes | None:
        """Return the newest checkpoint's note with the cosignatures collected for it, None if none was signed."""

    def cosignatures(self, size: int) -> list[str]:
        """Return the signature lines collected for the checkpoint over `size` entries."""

    def contradictions(self) -> list[tuple[bytes, bytes]]:
        """Return the pairs of notes by this log's key that cannot both be true, kept as proof of a split view."""

    def entries(self, start: int, end: int) -> Iterator[tuple[int, bytes, int, bytes]]:
        """Yield index, noted id, the mark of key events, and leaf, of what stands in [start, end)."""

    def key_leaves(self) -> list[tuple[int, bytes]]:
        """Return index and leaf of every entry marked as a key event."""

    def tile(self, level: int, number: int) -> bytes:
        """Return the hashes of a full tile."""

    def body(self, index: int) -> Held:
        """Return the body of the entry at `index` as it is held here."""

    def bodies(self, start: int, end: int) -> Iterator[tuple[int, Held]]:
        """Yield index and body, in order, wherever [start, end) has one or had one."""

    def divided(self, start: int, end: int) -> set[int]:
        """Return the indices in [start, end) that have rows or disclosures."""

    def rows(self, index: int) -> dict[int, Row | None]:
        """Return the rows of a bulk entry by number; None where a row was redacted or cannot be read."""

    def disclosures(self, index: int) -> list[str | None]:
        """Return the disclosures of an entry in order; None where one was redacted or cannot be read."""

    def is_left(self, index: int, number: int | None = None) -> bool:
        """Tell whether any byte of the body of an entry, its rows or disclosures is here; with `number`, of that row."""

    def irregularities(self) -> Iterator[str]:
        """Yield what this record's storage holds that a record never does, or lacks."""
