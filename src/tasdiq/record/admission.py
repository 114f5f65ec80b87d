"""What a group of submissions must meet before anything of it is written.

1. Every leaf has the one right form (`entry`) and fits the log at its index (`chain`); no id comes twice.
2. Body and rows are those the header commits to, and have the right form.
3. A redaction notice names what is there and may be emptied (`redaction`).
4. The key at hand is the log's, before the group and for entry 0 after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasdiq.errors import InputError, RoleError
from tasdiq.record import body, redaction, rows
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Entry, Submission, parse_leaf, read_body
from tasdiq.record.store import Store


@dataclass(frozen=True)
class Admitted:
    """An entry that may be written, and what it empties: (index, row number or None for the whole body)."""

    entry: Entry
    submission: Submission
    empties: list[tuple[int, int | None]]


class Admission:
    """The check of one group against the store and the chain as they stand."""

    def __init__(self, store: Store, chain: Chain, log_key: bytes) -> None:
        self._store, self.chain, self._log_key = store, chain, log_key
        self._earlier: dict[str, tuple[int, dict[str, Any]]] = {}

    def admit(self, submissions: Sequence[Submission], first: int) -> list[Admitted]:
        """Check all submissions in order; raise InputError or RoleError at the first that may not enter."""
        return [self._admit(submission, index) for index, submission in enumerate(submissions, first)]

    def _admit(self, submission: Submission, index: int) -> Admitted:
        entry = parse_leaf(submission.leaf)
        entry_id = entry.id
        if self._place(entry_id) is not None:
            raise InputError(f"the entry {entry_id[:16]}… is in the record already: it is not entered twice")
        if index:
            require_log_key(self.chain, self._log_key)
        self.chain = self.chain.accept(entry, index)
        if not index:
            require_log_key(self.chain, self._log_key)
        content = require_body(entry, submission)
        empties = self._emptied(entry, content) if redaction.is_notice(entry.header) else []
        self._earlier[entry_id] = (index, entry.header)
        return Admitted(entry, submission, empties)

    def _emptied(self, entry: Entry, content: Any) -> list[tuple[int, int | None]]:
        named = redaction.targets(entry.header, content)
        redaction.require_allowed(entry, self.chain.keys, [entry_id for entry_id, _ in named], self._header)
        places = [(self._place(entry_id), number) for entry_id, number in named]
        return [(place, number) for place, number in places if place is not None]

    def _place(self, entry_id: str) -> int | None:
        earlier = self._earlier.get(entry_id)
        return earlier[0] if earlier else self._store.index_of(entry_id)

    def _header(self, entry_id: str) -> dict[str, Any] | None:
        if entry_id in self._earlier:
            return self._earlier[entry_id][1]
        index = self._store.index_of(entry_id)
        return None if index is None else parse_leaf(next(self._store.leaves(index, index + 1))).header


def require_log_key(chain: Chain, log_key: bytes) -> None:
    """Raise RoleError unless the key at hand is the one that signs for the log now."""
    if log_key not in [key.public for key in chain.keys.in_role("log") if key.until is None]:
        raise RoleError("the key at hand is not the log's in this record: use the one its key events name")


def require_body(entry: Entry, submission: Submission) -> Any:
    """Return the JSON of an entry's body; raise InputError unless body and rows are those committed to."""
    if body.commit(submission.salt, submission.plaintext).hex() != entry.header["body_commit"]:
        raise InputError("the body is not the one the header commits to", field="body_commit")
    content = read_body(entry.header, submission.plaintext)
    if rows.commits_in(content) != [row.commit for row in submission.rows]:
        raise InputError("the rows are not those the body commits to", field="rows")
    for row in submission.rows:
        rows.read(row.content)
    return content
