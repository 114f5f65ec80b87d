"""Fold the record into the current state.

Decides what the entries come to, in their order and by nothing else: the same entries always give the same state. Rules:

1. Entry 0 is the charter; a later CharterAmended stands in its place from its index on.
2. A proposal stands until a later one for the same subject, or until its file is corrected (`standing`); all stay in the
   record.
3. What a person refused is left out of the state and listed as refused; what a person confirmed is marked.
4. Unknown kinds, withheld and redacted bodies are counted and fold to nothing; a notice says what it redacted. Key events
   fold to nothing here: who may sign what is read from their headers, by `record.keys`.
5. Cases fold by `verification.procedure`, which holds each step against its rules once more: one that they refuse is listed
   and changes nothing. The positions table and conduct are derived last. What lapse of time decides is for `timing`.
6. A correction of a file (`file/<name>`) takes it out of the state with all that was read in it; received again, it is back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import msgspec

from tasdiq import rules
from tasdiq.compliance.conduct import assess_conduct
from tasdiq.corroboration.positions import tabulate
from tasdiq.errors import MissingError, ProcedureError, RecordError, RoleError
from tasdiq.model import entries
from tasdiq.model.charter import Charter
from tasdiq.model.chronicle import CeasefirePoint, CrossingInterval, Session
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.proposition import Disagreement, Origin, Position, Proposition
from tasdiq.model.source import Actor
from tasdiq.model.state import EntryLine, Provenance, State
from tasdiq.model.statement import Statement
from tasdiq.model.told import AnyTold
from tasdiq.model.value import Value
from tasdiq.standing import FILE, RowReader, Standing, Subject
from tasdiq.verification.docket import Docket

ROWS: dict[str, tuple[Any, str]] = {
    "statement": (Statement, "statements"),
    "told": (AnyTold, "told"),
    "report": (IncidentReport, "reports"),
    "actor": (Actor, "actors"),
    "origin": (Origin, "origins"),
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


class StoredEntry(Protocol):
    """An entry as the record's reader gives it: `body` is None where it is withheld or redacted."""

    @property
    def index(self) -> int: ...  # noqa: D102
    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def member(self) -> str: ...  # noqa: D102
    @property
    def claimed_time(self) -> str: ...  # noqa: D102
    @property
    def access(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> bytes | None: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def refs(self) -> Sequence[str]: ...  # noqa: D102


AttachmentReader = Callable[[str], bytes | None]


def fold(stored: Iterable[StoredEntry], rows: RowReader, attachment: AttachmentReader) -> State:
    """Fold entries, in index order, into the state they come to; raise `RecordError` if entry 0 is no charter."""
    folding = _Folding(rows, attachment)
    for entry in stored:
        folding.take(entry)
    return folding.finish()


def standing(stored: Iterable[StoredEntry], rows: RowReader) -> dict[Subject, list[bytes]]:
    """Return the row bytes of every proposal that stands, by type of row and subject."""
    found = Standing()
    for entry in stored:
        found.take(entry.index, _read_body(entry))
    return found.lines(rows)


def row_key(row: Any) -> str:
    """Return the local id of a row: its `id`, or for the types without one the fields that name it."""
    if isinstance(row, IncidentReport):
        return row.report_id
    if isinstance(row, Position):
        return "/".join((row.proposition, row.party, row.teller, row.told_by or "", row.stance))
    return str(row.id)


class _Folding:
    """The state while it is being built, with the proposals that still stand."""

    def __init__(self, rows: RowReader, attachment: AttachmentReader) -> None:
        self.rows, self.attachment = rows, attachment
        self.state: State | None = None
        self.standing = Standing()
        self.entries: dict[int, StoredEntry] = {}
        self.received: dict[str, list[tuple[StoredEntry, entries.DocumentReceived]]] = {}

    def take(self, entry: StoredEntry) -> None:
        """Fold one entry."""
        body = _read_body(entry)
        if self.state is None:
            self.state = State(charter=_charter_of(body))
            self.docket = Docket(self.state.charter)
        self.standing.take(entry.index, body)
        state = self.state
        state.size = entry.index + 1
        state.entries.append(
            EntryLine(
                entry.index,
                entry.id,
                entry.kind,
                entry.member,
                entry.claimed_time,
                entry.access,
                entry.status,
                says(body),
            )
        )
        if body is None:
            if entry.kind not in entries.BODIES:
                state.unknown_kinds[entry.kind] = state.unknown_kinds.get(entry.kind, 0) + 1
            return
        self._apply(state, entry, body)

    def _apply(self, state: State, entry: StoredEntry, body: Value) -> None:
        match body:
            case entries.CharterAmended():
                state.charter = body.charter
                state.talks.adopt(body.charter)
            case entries.DocumentReceived():
                self._arrive(state, entry, body)
                self.received.setdefault(body.file, []).append((entry, body))
            case entries.TableReceived():
                self._arrive(state, entry, body)
            case entries.Proposal():
                self.entries[entry.index] = entry
            case (
                entries.ProposalConfirmed()
                | entries.ProposalRefused()
                | entries.BodyRedacted()
                | entries.EntryCorrected()
            ):
                self._mark(state, entry, body)
            case _:
                self._step(state, entry, body)

    def _mark(self, state: State, entry: StoredEntry, body: Value) -> None:
        match body:
            case entries.ProposalConfirmed():
                state.confirmed.update(dict.fromkeys(body.items, entry.id))
            case entries.ProposalRefused():
                state.refused.update(dict.fromkeys(body.items, entry.id))
            case entries.BodyRedacted():
                state.redacted.update(dict.fromkeys((*entry.refs, *body.redacted_rows), entry.id))
            case entries.EntryCorrected():
                state.corrected[body.item] = entry.id
                self._take_out(state, body.item)

    def _step(self, state: State, entry: StoredEntry, body: Value) -> None:
        """Take a step of the procedure (rule 5)."""
        self.docket.charter = state.charter
        try:
            introduced = rules.take(state, self.docket, entry.member, entry.claimed_time, entry.id, entry.access, body)
        except (ProcedureError, RoleError, MissingError) as error:
            state.refused_steps[entry.id] = str(error)
            return
        for ident in introduced:
            state.provenance[ident] = Provenance(entry.id, entry.index, None, entry.kind)

    def _arrive(self, state: State, entry: StoredEntry, body: entries.DocumentReceived | entries.TableReceived) -> None:
        state.rejected.extend(body.rejected)
        state.corrected.pop(FILE + body.file, None)
        state.files.setdefault(body.file, []).append(hashlib.sha256(entry.body or b"").hexdigest())

    def _take_out(self, state: State, item: str) -> None:
        """Take a corrected file out of the state (rule 6); other items stay and are marked."""
        if item.startswith(FILE):
            name = item.removeprefix(FILE)
            self.received.pop(name, None)
            state.files.pop(name, None)
            state.rejected = [rejected for rejected in state.rejected if rejected.file != name]

    def _documents(self, state: State) -> None:
        """Fill documents and texts; the same bytes under two names are one document, of the name that came first."""
        for entry, body in (item for arrived in self.received.values() for item in arrived):
            data = self.attachment(body.text_sha256) if body.text_sha256 else None
            if data is not None:
                state.texts[body.text_sha256] = data.decode("utf-8")
            for document in body.documents:
                if document.id not in state.documents:
                    state.documents[document.id] = document
                    state.provenance[document.id] = Provenance(entry.id, entry.index, None, entry.kind)

    def finish(self) -> State:
        """Fill the rows of the proposals that stand, then derive what follows from them."""
        if self.state is None:
            raise RecordError("the record is empty: entry 0 must be its charter")
        self._documents(self.state)
        for index, body in self.standing.proposals():
            self._fill(self.state, self.entries[index], body)
        self.state.cases = self.docket.cases
        self.state.rows = {row.proposition: row for row in tabulate(self.state)}
        self.state.conduct = {item.commitment: item for item in assess_conduct(self.state)}
        return self.state

    def _fill(self, state: State, entry: StoredEntry, body: entries.Proposal) -> None:
        if body.rows_of not in ROWS:
            state.unknown_kinds[body.rows_of] = state.unknown_kinds.get(body.rows_of, 0) + 1
            return
        kind, name = ROWS[body.rows_of]
        field = getattr(state, name)
        for number, data in enumerate(self.rows(entry.index)):
            if data is None:
                continue
            row = _decode(data, kind, entry)
            key = row_key(row)
            if key in state.refused:
                continue
            state.provenance[key] = Provenance(entry.id, entry.index, number, entry.kind)
            if isinstance(field, list):
                field.append(row)
            else:
                field[key] = row


def _read_body(entry: StoredEntry) -> Value | None:
    kind = entries.BODIES.get(entry.kind)
    if kind is None or entry.body is None:
        return None
    body: Value = _decode(entry.body, kind, entry)
    return body


def _decode(data: bytes, kind: Any, entry: StoredEntry) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise RecordError(f"entry {entry.index} ({entry.kind}) does not have the form its kind has: {error}") from error


def _charter_of(body: Value | None) -> Charter:
    if not isinstance(body, entries.CharterAdopted):
        raise RecordError(
            "entry 0 is no charter that can be read: this is not a tasdiq record, or its charter is withheld"
        )
    return body.charter


def says(body: Value | None) -> str:
    """Say in a few words what an entry's body holds; equal bodies of arrivals say the same."""
    match body:
        case entries.DocumentReceived() | entries.TableReceived():
            return f"{body.file} ({body.sha256[:16]})"
        case entries.Proposal():
            return f"{body.rows_of} rows: {len(body.rows.commits) if body.rows else 0}, {body.subject}"
        case entries.CharterAdopted() | entries.CharterAmended():
            return body.charter.title
        case entries.BodyRedacted():
            return body.reason
        case entries.KeysChanged():
            return body.note
        case _:
            return ""
