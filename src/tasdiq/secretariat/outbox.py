"""The outbox: what stands in the log's place where a member signs on its own machine, against a mirror or a copy.

1. Entries are checked and signed as if they were entered now, against the record as this copy knows it, and kept to be
   submitted: nothing is written to the copy.
2. Whether they may enter is decided by the host when they are submitted, against the record as it is then; a step of a case
   is dated, so it is submitted within the hour.
3. Files cannot be entered from here: a submission carries no attachments.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tasdiq.errors import RoleError
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Submission
from tasdiq.record.log import Receipt
from tasdiq.record.reader import Reader


class Outbox:
    """The record as a copy knows it, and the submissions that were signed against it."""

    def __init__(self, directory: Path) -> None:
        with Reader.open(directory) as reader:
            self.chain: Chain = reader.chain
            self.origin, self.size = reader.origin, reader.size
        self.submissions: list[Submission] = []

    @property
    def charter(self) -> str | None:
        """Return the id of entry 0."""
        return self.chain.charter

    @property
    def keys_at(self) -> int:
        """Return the index of the newest key event."""
        return self.chain.keys.keys_at

    def append(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Keep submissions; the receipts name the places they would have, and promise nothing."""
        first = self.size + len(self.submissions)
        self.submissions.extend(submissions)
        return [Receipt(made.id, index, "", b"") for index, made in enumerate(submissions, first)]

    def add_attachment(self, data: bytes | Path) -> str:
        """Refuse a file (rule 3)."""
        raise RoleError("files are entered at the record's host: hand them to it, and take this step there")

    def checkpoint(self) -> bytes:
        """Refuse: only the log signs checkpoints."""
        raise RoleError("a copy signs no checkpoint: that is for the record's host")

    def receipt(self, first: int) -> bytes:
        """Refuse: only the log gives receipts."""
        raise RoleError("the receipt is given by the record's host, when it enters the submission")

    def close(self) -> None:
        """Nothing is open."""
