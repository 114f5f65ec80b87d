"""Fold the record into the current state.

Decides what the entries come to, in their order and by nothing else: the same entries always give the same state. Rules:

1. Entry 0 is the charter; a later CharterAmended stands in its place from its index on.
2. A proposal stands until a later one of its member for the same subject, or until its file is corrected (`standing`); all
   stay in the record.
3. What a person of the member that proposed it refused is left out of the state and listed as refused; what a person
   confirmed is marked. Nobody takes another's out, nor puts a row in the place of another's of the same id, nor marks it
   as corrected.
4. Unknown kinds, withheld and redacted bodies are counted and fold to nothing; a notice says what it redacted. Key events
   fold to nothing here: who may sign what is read from their headers, by `record.keys`.
5. Cases fold by `verification.procedure`, which holds each step against its rules once more: one that they refuse is listed
   and changes nothing. The positions table and conduct are derived last. What lapse of time decides is for `timing`.
6. A correction of a file (`file/<name>`) takes it out of the state with all that was read in it; received again, it is back.
7. A fold that goes on (`Folding`) comes to what a fold of everything at once does. A state that was handed out never changes.
8. Propositions stand as persons decided (`framed`): rows stay as they were proposed, and decisions are put to them. One that the
   rules of `framing` refuse is listed and changes nothing; one that its member corrects changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasdiq.model.state import State
from tasdiq.register.folding import AttachmentReader, Folding
from tasdiq.register.rows import KIND_OF_ROWS, ROWS, row_key
from tasdiq.register.stored import StoredEntry, read_body, says
from tasdiq.standing import RowReader, Standing, Subject

__all__ = [
    "KIND_OF_ROWS",
    "ROWS",
    "AttachmentReader",
    "Folding",
    "StoredEntry",
    "fold",
    "refused_by",
    "row_key",
    "says",
    "standing",
]


def fold(stored: Iterable[StoredEntry], rows: RowReader, attachment: AttachmentReader) -> State:
    """Fold entries, in index order, into the state they come to; raise `RecordError` if entry 0 is no charter."""
    folding = Folding(rows, attachment)
    for entry in stored:
        folding.take(entry)
    return folding.state()


def refused_by(state: State, member: str) -> dict[str, str]:
    """Return what a member refused of its own proposals: item -> entry; nobody's run follows another's refusals (rule 3)."""
    own = {line.id for line in state.entries if line.member == member and line.kind == "ProposalRefused"}
    return {item: entry for item, entry in state.refused.items() if entry in own}


def standing(stored: Iterable[StoredEntry], rows: RowReader) -> dict[Subject, list[bytes]]:
    """Return the row bytes of every proposal that stands, by type of row and subject."""
    found = Standing()
    for entry in stored:
        found.take(entry.index, read_body(entry), entry.member)
    return found.lines(rows)
