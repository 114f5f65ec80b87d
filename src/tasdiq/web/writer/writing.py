"""What pages and programs know of the writer: they hand in signed entries and get back where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tasdiq.record.entry import Submission


@dataclass(frozen=True)
class Entered:
    """An entry that stands: its id, its index, and the log's signed receipt."""

    id: str
    index: int
    deadline: str
    receipt: bytes


class Writing(Protocol):
    """The writer, in this process or in another."""

    def enter(self, submissions: Sequence[Submission]) -> list[Entered]:
        """Enter signed entries, all or none, if the record and the rules allow it; durable when this returns."""

    def keep(self, data: bytes) -> str:
        """Keep a file as an attachment of the record; return its SHA-256, which belongs into a body."""

    def keep_file(self, path: Path) -> str:
        """Move a staged file among the attachments of the record; return its SHA-256."""

    def reachable(self) -> bool:
        """Tell whether something could be handed in now."""

    def close(self) -> None:
        """Let go of the writer."""
