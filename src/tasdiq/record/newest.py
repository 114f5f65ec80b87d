"""The newest checkpoint and the acknowledged head, kept apart from the record, so that a restored backup is noticed.

A store that was set back to an earlier state would sign a second history without knowing it. Therefore two small files
also lie in another directory (the user's state directory), by origin: the note of the newest checkpoint, and the size and
root up to which entries were acknowledged.

1. The note is written after the store holds the checkpoint and before anybody sees it, and is on disk by then.
2. The head is written in place after an append is on disk and before its receipts are given. It survives the process, and
   is not forced to disk: a power failure may leave an older one.
3. A store smaller than either appends and signs nothing until it has caught up; it stays open for import.
4. A store at least as large, but with another root at that size, is another log: it is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

from tasdiq.errors import RecordError, TasdiqError
from tasdiq.record import checkpoint, merkle
from tasdiq.record.durable import guarded, write_durably

_HEAD = re.compile(rb"([0-9]{20}) ([0-9a-f]{64}) ([0-9a-f]{16})\n")


def behind(size: int, found: str) -> str:
    """Return what to say of a store of `size` entries that was set back, and how it catches up."""
    return (
        f"this store holds {size} entries, but {found}: it was set back. Nothing is appended or signed until it has "
        f"caught up from another copy of the record: tasdiq import RECORD EXPORT, where EXPORT is made there with "
        f"tasdiq export COPY --since {size} -o EXPORT"
    )


class Newest:
    """The place apart for one origin; `directory` None keeps nothing (a record that is never moved or restored)."""

    def __init__(self, directory: Path | None, origin: str) -> None:
        name = hashlib.sha256(origin.encode()).hexdigest()[:32]
        self._path = directory / f"{name}.checkpoint" if directory else None
        self._head_path = directory / f"{name}.acknowledged" if directory else None
        self._head: FileIO | None = None

    def close(self) -> None:
        """Close the file of the acknowledged head."""
        if self._head:
            self._head.close()

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

    def note(self) -> bytes | None:
        """Return the note of the newest checkpoint kept here, as it is, None if there is none."""
        return self._path.read_bytes() if self._path and self._path.exists() else None

    def acknowledge(self, size: int, root: bytes) -> None:
        """Keep size and root as the acknowledged head, in place and without waiting for the disk."""
        if self._head_path is None:
            return
        with guarded(self._head_path.parent):
            if self._head is None:
                self._head = _opened(self._head_path)
            said = f"{size:020d} {root.hex()} ".encode()
            self._head.seek(0)
            self._head.write(said + _check(said) + b"\n")

    def acknowledged(self) -> tuple[int, bytes] | None:
        """Return size and root of the acknowledged head, None if there is none."""
        if not self._head_path or not self._head_path.exists() or not self._head_path.stat().st_size:
            return None
        with guarded(self._head_path.parent):
            data = self._head_path.read_bytes()
        match = _HEAD.fullmatch(data)
        if not match or _check(data[:86]) != match[3]:
            raise RecordError(
                f"{self._head_path}: expected the size and root that were acknowledged, found a damaged file; "
                "check the record against a member's mirror, then remove this file"
            )
        return int(match[1]), bytes.fromhex(match[2].decode())

    def require_same_log(self, log_keys: Sequence[bytes], size: int, node: merkle.Node) -> str:
        """Refuse a store that is another log; return why it must not sign, or "" if it may."""
        kept, head = self.recall(log_keys), self.acknowledged()
        if kept and kept.size > size:
            return behind(size, f"a checkpoint over {kept.size} was signed ({self._path})")
        if head and head[0] > size:
            return behind(size, f"{head[0]} were acknowledged ({self._head_path})")
        for path, known in ((self._path, kept and (kept.size, kept.root)), (self._head_path, head)):
            if known and merkle.edge_from(known[0], node).root() != known[1]:
                raise RecordError(
                    f"this store and {path} are two histories of one log: stop, and compare. "
                    "What can be proved of it is kept: tasdiq cosign contradictions RECORD"
                )
        return ""


def _opened(path: Path) -> FileIO:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        write_durably(path, b"")
    return FileIO(path, "r+")


def _check(said: bytes) -> bytes:
    return hashlib.sha256(said).hexdigest()[:16].encode()
