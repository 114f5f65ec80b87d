"""What a group of submissions must meet before anything of it is written.

1. Every leaf has the one right form (`entry`) and fits the log at its index (`chain`); no id comes twice.
2. Body and rows are those the header commits to, and have the right form; disclosures belong to the body. A named entry
   brings its envelope instead, which nobody here can hold against the commitment.
3. A redaction notice names what is there and may be emptied (`redaction`), which entry 0 never may; it
   always brings its body.
4. The key at hand, if there is one, is the log's, before the group and for entry 0 after it.
5. Only where content may be withheld (a mirror) may an entry come without it, or a row as None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasdiq.errors import InputError, RoleError
from tasdiq.record import body, redaction, rows
from tasdiq.record.ahead import Ahead, Verify
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Entry, Submission, parse_leaf, read_body
from tasdiq.record.secrecy import disclosure, envelope
from tasdiq.record.store import Store


@dataclass(frozen=True)
class Admitted:
    """An entry that may be written, and what it empties: (index, row number or None for the whole body)."""

    entry: Entry
    submission: Submission
    empties: list[tuple[int, int | None]]


class Admission:
    """The check of one group against the store and the chain as they stand."""

    def __init__(self, store: Store, chain: Chain, log_key: bytes | None, *, may_withhold: bool = False) -> None:
        self._store, self.chain, self._log_key, self._may_withhold = store, chain, log_key, may_withhold
        self._trusted: Chain | None = None
        self._known: dict[str, int] = {}
        self._earlier: dict[str, tuple[int, dict[str, Any]]] = {}

    def admit(self, submissions: Sequence[Submission], first: int) -> list[Admitted]:
        """Check all submissions in order; raise InputError or RoleError at the first that may not enter."""
        parsed = [parse_leaf(submission.leaf) for submission in submissions]
        self._known = self._store.indices_of([entry.id for entry in parsed])
        with Ahead(parsed, self.chain.keys) as verify:
            return [
                self._admit(entry, submission, index, verify)
                for index, (entry, submission) in enumerate(zip(parsed, submissions, strict=True), first)
            ]

    def _admit(self, entry: Entry, submission: Submission, index: int, verify: Verify) -> Admitted:
        entry_id = entry.id
        if entry_id in self._known or entry_id in self._earlier:
            raise InputError(f"the entry {entry_id[:16]}… is in the record already: it is not entered twice")
        if index:
            self._require_log_key()
        self.chain = self.chain.accept(entry, index, verify)
        if not index:
            self._require_log_key()
        content = require_content(entry, submission, may_withhold=self._may_withhold)
        empties = self._emptied(entry, content) if redaction.is_notice(entry.header) else []
        self._earlier[entry_id] = (index, entry.header)
        return Admitted(entry, submission, empties)

    def _require_log_key(self) -> None:
        # The chain is another only after a key event: between two of them nothing new can be found.
        if self._log_key is not None and self._trusted is not self.chain:
            require_log_key(self.chain, self._log_key)
            self._trusted = self.chain

    def _emptied(self, entry: Entry, content: Any) -> list[tuple[int, int | None]]:
        named = redaction.targets(entry.header, content)
        redaction.require_allowed(entry, self.chain.keys, [entry_id for entry_id, _ in named], self._header)
        places = [(self._place(entry_id), number) for entry_id, number in named]
        if any(place == 0 for place, _ in places):
            raise InputError("the charter (entry 0) cannot be redacted: the record is read by it", field="refs")
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


def require_content(entry: Entry, submission: Submission, *, may_withhold: bool = False) -> Any:
    """Return the JSON of an entry's body, None where it cannot be read; raise InputError unless it is the right one."""
    if may_withhold and not submission.salt and not redaction.is_notice(entry.header):
        _require_nothing_beside(submission)
        return None
    if entry.header["access"] == "named":
        _require_envelope(submission)
        return None
    if submission.envelope:
        raise InputError("expected an envelope on entries for named recipients alone", field="envelope")
    return _require_body(entry, submission, may_withhold)


def _require_nothing_beside(submission: Submission) -> None:
    if submission.plaintext or submission.rows or submission.disclosures:
        raise InputError("expected an entry without its salt to come without body, rows and disclosures")


def _require_envelope(submission: Submission) -> None:
    envelope.require_form(submission.envelope)
    if submission.salt or submission.plaintext or submission.rows or submission.disclosures:
        raise InputError("what is for named recipients comes in their envelope alone", field="envelope")


def _require_body(entry: Entry, submission: Submission, may_withhold: bool) -> Any:
    if body.commit(submission.salt, submission.plaintext).hex() != entry.header["body_commit"]:
        raise InputError("the body is not the one the header commits to", field="body_commit")
    content = read_body(entry.header, submission.plaintext)
    commits = rows.commits_in(content)
    if len(commits) != len(submission.rows):
        raise InputError("the rows are not those the body commits to", field="rows")
    for commit, row in zip(commits, submission.rows, strict=True):
        _require_row(commit, row, may_withhold)
    rows.require_forms(row.content for row in submission.rows if row)
    _require_disclosures(entry, submission, may_withhold)
    return content


def _require_disclosures(entry: Entry, submission: Submission, may_withhold: bool) -> None:
    held = [text for text in submission.disclosures if text is not None]
    if len(held) != len(submission.disclosures):
        if not may_withhold:
            raise InputError("expected every disclosure of an entry that is submitted", field="disclosures")
        # One that is gone may be what the others stand in: the digests alone are held to their form.
        held = []
    if held or disclosure.is_concealed(submission.plaintext):
        disclosure.reveal(body.inner(entry.header["access"], submission.plaintext), held)


def _require_row(commit: bytes, row: rows.Row | None, may_withhold: bool) -> None:
    if row is None:
        if not may_withhold:
            raise InputError("expected every row the body commits to", field="rows")
        return
    if row.commit != commit:
        raise InputError("the rows are not those the body commits to", field="rows")
