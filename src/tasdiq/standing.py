"""Which proposals stand: what later entries leave of what programs proposed.

Rules:

1. A proposal stands until a later one for the same kind of row and the same subject; its parts stand together.
2. What was read in a file falls with it: when a correction names the file (`file/<name>`), the proposals about its documents
   and about itself stand no longer, until it is received and read again.
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


class Standing:
    """The proposals that stand, as entries are taken in their order."""

    def __init__(self) -> None:
        self._parts: dict[Subject, dict[int, tuple[int, entries.Proposal]]] = {}
        self._documents: dict[str, set[str]] = {}

    def take(self, index: int, body: Value | None) -> None:
        """Take the entry at `index`."""
        match body:
            case entries.Proposal():
                parts = self._parts.setdefault((body.rows_of, body.subject), {})
                if body.part == 0:
                    parts.clear()
                parts[body.part] = (index, body)
            case entries.DocumentReceived():
                self._documents.setdefault(body.file, set()).update(document.id for document in body.documents)
            case entries.EntryCorrected() if body.item.startswith(FILE):
                name = body.item.removeprefix(FILE)
                fallen = self._documents.pop(name, set()) | {name}
                self._parts = {key: parts for key, parts in self._parts.items() if key[1] not in fallen}

    def proposals(self) -> Iterator[tuple[int, entries.Proposal]]:
        """Yield index and body of every entry that stands, the parts of a proposal in their order."""
        for parts in self._parts.values():
            yield from (parts[number] for number in sorted(parts))

    def lines(self, rows: RowReader) -> dict[Subject, list[bytes]]:
        """Return the rows that stand, as bytes, by kind of row and subject."""
        found: dict[Subject, list[bytes]] = {}
        for index, body in self.proposals():
            lines = found.setdefault((body.rows_of, body.subject), [])
            lines.extend(data for data in rows(index) if data is not None)
        return found
