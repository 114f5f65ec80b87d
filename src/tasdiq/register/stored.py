"""An entry as the record's reader gives it, its body as one of ours, and what it says in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from tasdiq.errors import RecordError
from tasdiq.model import entries
from tasdiq.model.charter import Charter
from tasdiq.model.state import EntryLine
from tasdiq.model.value import Value
from tasdiq.record.keys import Key


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
    @property
    def signers(self) -> Sequence[Key]: ...  # noqa: D102


def read_body(entry: StoredEntry) -> Value | None:
    """Return an entry's body, None where there is none to show or its kind is unknown; `RecordError` if it is misshapen."""
    kind = entries.BODIES.get(entry.kind)
    if kind is None or entry.body is None:
        return None
    body: Value = decode(entry.body, kind, entry.index, entry.kind)
    return body


def decode(data: bytes, kind: Any, index: int, name: str) -> Any:
    """Return bytes of an entry as one of our types; raise `RecordError` where they are not."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise RecordError(f"entry {index} ({name}) does not have the form its kind has: {error}") from error


def charter_of(body: Value | None) -> Charter:
    """Return the charter that entry 0 brings; raise `RecordError` if it brings none."""
    if not isinstance(body, entries.CharterAdopted):
        raise RecordError(
            "entry 0 is no charter that can be read: this is not a tasdiq record, or its charter is withheld"
        )
    return body.charter


def line_of(entry: StoredEntry, body: Value | None) -> EntryLine:
    """Return the line of an entry as the record page lists it."""
    return EntryLine(
        entry.index, entry.id, entry.kind, entry.member, entry.claimed_time, entry.access, entry.status, says(body)
    )


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
