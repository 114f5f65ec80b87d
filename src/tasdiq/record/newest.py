"""The newest checkpoint, kept apart from the record, so that a restored backup is noticed.

A store that was set back to an earlier state would sign a second history without knowing it. The note of the newest
checkpoint therefore also lies in another directory (the user's state directory), by origin.

1. The note is written after the store holds the checkpoint and before anybody sees it.
2. A store smaller than the note's size signs nothing until it has caught up.
3. A store at least as large, but with another root at that size, is another log: it is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tasdiq.errors import RecordError, TasdiqError
from tasdiq.record import checkpoint, merkle
from tasdiq.record.durable import guarded, write_durably


class Newest:
    """The place apart for one origin; `directory` None keeps nothing (a record that is never moved or restored)."""

    def __init__(self, directory: Path | None, origin: str) -> None:
        name = hashlib.sha256(origin.encode()).hexdigest()[:32]
        self._path = directory / f"{name}.checkpoint" if directory else None

    def remember(self, note: bytes) -> None:
        """Keep a note as the newest."""
        if self._path:
            with guarded(self._path.parent):
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_durably(self._path, note)

    def recall(self, log_keys: Sequence[bytes]) -> checkpoint.Checkpoint | None:
        """Return the newest checkpoint kept here, None if there is none."""
        if not self._path or not self._path.exists():
            return None
        try:
            return checkpoint.open_checkpoint(self._path.read_bytes(), log_keys)
        except (TasdiqError, OSError) as error:
            raise RecordError(
                f"{self._path}: expected the newest checkpoint of this log, found: {error}; "
                "check the record against a member's mirror, then remove this file"
            ) from error

    def require_same_log(self, log_keys: Sequence[bytes], size: int, node: merkle.Node) -> str:
        """Refuse a store that is another log; return why it must not sign, or "" if it may."""
        kept = self.recall(log_keys)
        if kept is None:
            return ""
        if kept.size > size:
            return (
                f"this store holds {size} entries, but a checkpoint over {kept.size} was signed ({self._path}): it was "
                "set back; catch up from a member's mirror before anything else is signed"
            )
        if merkle.edge_from(kept.size, node).root() != kept.root:
            raise RecordError(
                f"this store and the checkpoint in {self._path} are two histories of one log: stop, and compare"
            )
        return ""
