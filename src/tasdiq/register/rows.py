"""The rows of bulk entries: which types there are, which field of the state each fills, and each row decoded once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from tasdiq.model.chronicle import CeasefirePoint, CrossingInterval, Session
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.proposition import Disagreement, Origin, Position, Proposition
from tasdiq.model.reuse import Copy
from tasdiq.model.source import Actor
from tasdiq.model.statement import Statement
from tasdiq.model.told import AnyTold
from tasdiq.register.stored import decode
from tasdiq.standing import RowReader

ROWS: dict[str, tuple[Any, str]] = {
    "statement": (Statement, "statements"),
    "told": (AnyTold, "told"),
    "report": (IncidentReport, "reports"),
    "actor": (Actor, "actors"),
    "origin": (Origin, "origins"),
    "copy": (Copy, "copies"),
    "incident": (Incident, "incidents"),
    "session": (Session, "sessions"),
    "crossing": (CrossingInterval, "crossings"),
    "ceasefire": (CeasefirePoint, "ceasefire"),
    "disagreement": (Disagreement, "disagreements"),
    "proposition": (Proposition, "propositions"),
    "position": (Position, "positions"),
}
"""What a bulk entry may hold: name in `Proposal.rows_of`, its type, the field of `State` it fills."""

KIND_OF_ROWS = {
    **dict.fromkeys(ROWS, "GroupingProposed"),
    "statement": "StatementsProposed",
    "told": "ReportsProposed",
    "report": "ReportsProposed",
    "proposition": "PropositionFramed",
    "position": "PositionProposed",
}
"""The kind of entry that proposes each type of row."""


def row_key(row: Any) -> str:
    """Return the local id of a row: its `id`, or for the types without one the fields that name it."""
    if isinstance(row, IncidentReport):
        return row.report_id
    if isinstance(row, Position):
        return "/".join((row.proposition, row.party, row.teller, row.told_by or "", row.stance))
    return str(row.id)


@dataclass(frozen=True, slots=True)
class Keyed:
    """One row that is there: its number in its entry, its local id, and itself."""

    number: int
    key: str
    row: Any


class Rows:
    """The rows of the bulk entries that stand, decoded when they are first asked for."""

    def __init__(self, read: RowReader) -> None:
        self._read = read
        self._decoded: dict[int, list[Keyed]] = {}

    def of(self, index: int, entry_kind: str, rows_of: str) -> list[Keyed]:
        """Return the rows of the entry at `index`; `RecordError` if one does not have its type's form."""
        found = self._decoded.get(index)
        if found is None:
            kind = ROWS[rows_of][0]
            rows = (
                (number, decode(data, kind, index, entry_kind))
                for number, data in enumerate(self._read(index))
                if data is not None
            )
            found = self._decoded[index] = [Keyed(number, row_key(row), row) for number, row in rows]
        return found

    def forget(self, index: int) -> None:
        """Let go of the rows of an entry: they are read anew when they are asked for."""
        self._decoded.pop(index, None)

    def keep(self, indices: Collection[int]) -> None:
        """Let go of the rows of all entries but these."""
        for index in self._decoded.keys() - set(indices):
            del self._decoded[index]

    def fill(self, into: Any, rows: Iterable[Keyed]) -> None:
        """Put rows into a field of the state."""
        if isinstance(into, list):
            into.extend(keyed.row for keyed in rows)
        else:
            into.update((keyed.key, keyed.row) for keyed in rows)
