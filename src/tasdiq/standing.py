"""Which proposals stand: what later entries leave of what programs proposed.

Rules:

1. A proposal stands until a later one of the same member for the same kind of row and the same subject; its parts stand
   together.
2. What was read in a file falls with it: when a correction names the file (`file/<name>`), the proposals about its documents
   and about itself stand no longer, until it is received and read again.
3. Nobody takes another's out: what a member proposed or received gives way to its own later entries alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tasdiq.model import entries
from tasdiq.model.value import Value

RowReader = Callable[[int], list[bytes | None]]
"""Index of an entry -> its rows in order, None for a row that is redacted."""

Subject = tuple[str, str]
"""Kind of row, and what the rows are about: a document, a table, or the whole record."""

FILE = "file/"
Key = tuple[str, str, str]
"""A subject, and the member who proposed the rows."""
Stands = tuple[int, entries.Proposal]
"""Index and body of a proposal that stands."""


class Standing:
    """The proposals that stand, as entries are taken in their order."""

    def __init__(self) -> None:
        self._parts: dict[Key, dict[int, tuple[int, entries.Proposal]]] = {}
        self._documents: dict[tuple[str, str], set[str]] = {}
        self.fresh: list[Stands] = []
        """What came to stand since it was last `taken`, in its order."""

    def take(self, index: int, body: Value | None, member: str = "") -> bool:
        """Take the entry of a member at `index`; tell whether it changed anything but the end of what stands."""
        match body:
            case entries.Proposal():
                return self._propose(index, body, member)
            case entries.DocumentReceived():
                held = self._documents.setdefault((body.file, member), set())
                held.update(document.id for document in body.documents)
            case entries.EntryCorrected() if body.item.startswith(FILE):
                name = body.item.removeprefix(FILE)
                fallen = {(about, member) for about in self._documents.pop((name, member), set()) | {name}}
                self._parts = {key: parts for key, parts in self._parts.items() if key[1:] not in fallen}
                return True
        return False

    def _propose(self, index: int, body: entries.Proposal, member: str) -> bool:
        key = (body.rows_of, body.subject, member)
        last = key not in self._parts or (next(reversed(self._parts)) == key and body.part > max(self._parts[key]))
        parts = self._parts.setdefault(key, {})
        if body.part == 0:
            parts.clear()
        parts[body.part] = (index, body)
        self.fresh.append((index, body))
        return not last

    def taken(self) -> list[Stands]:
        """Return what came to stand since this was last asked."""
        fresh, self.fresh = self.fresh, []
        return fresh

    def all_anew(self) -> None:
        """Let everything that stands count as fresh."""
        self.fresh = list(self.proposals())

    def proposals(self) -> Iterator[Stands]:
        """Yield index and body of every entry that stands, the parts of a proposal in their order."""
        for parts in self._parts.values():
            yield from (parts[number] for number in sorted(parts))

    def lines(self, rows: RowReader) -> dict[Subject, list[bytes]]:
        """Return the rows that stand, as bytes, by kind of row and subject."""
        return {(rows_of, about): self.lines_of((rows_of, about), rows) for rows_of, about, _ in self._parts}

    def lines_of(self, subject: Subject, rows: RowReader, member: str | None = None) -> list[bytes]:
        """Return the rows that stand about one subject, as bytes; of one member, or of all."""
        if member is not None:
            found = [self._parts.get((*subject, member), {})]
        else:
            found = [parts for key, parts in self._parts.items() if key[:2] == subject]
        return [
            data for parts in found for number in sorted(parts) for data in rows(parts[number][0]) if data is not None
        ]
