"""Drafts as they are kept: whose they are, who may see them, and until when.

1. A draft belongs to the account that prepared it. Nobody else sees it, and who asks for it is told that there is none, until
   it carries a signature and waits for a second one: then the officers of its member see it, and for a charter those of every
   member.
2. It can be signed until an hour after it was prepared, for a step is dated within the hour in which it is entered (T1).
3. What was entered stays for a day, so that its receipt can be fetched again; then it goes, as the expired do.
4. What a draft says lies sealed in the office's database, each field bound to its draft, as joint bodies do in the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from tasdiq.clock import timestamp
from tasdiq.errors import MissingError, ProcedureError
from tasdiq.record import canonical, rows
from tasdiq.record.entry import Submission, header_of, with_signature
from tasdiq.web.acting.tables import DRAFT, SIGNATURE
from tasdiq.web.office.database import Office
from tasdiq.web.room import Room
from tasdiq.web.viewer import Viewer

LIFETIME = timedelta(hours=1)
KEPT = timedelta(days=1)
OF_ALL = "CharterAmended"
_SAID = ("asked", "salt", "plaintext", "beside")
_NOTHING = canonical.dumps({"rows": [], "disclosures": [], "decoys": []})


@dataclass(frozen=True)
class Draft:
    """A draft with what was signed so far; `signatures` are (key id, signature, officer)."""

    id: str
    account: str
    officer: str
    member: str
    kind: str
    access: str
    asked: bytes
    unsigned: Submission
    decoys: tuple[str, ...]
    keys_at: int
    prepared_at: str
    expires_at: str
    signatures: tuple[tuple[str, bytes, str], ...] = ()
    entry: str = ""
    index: int | None = None
    deadline: str = ""
    receipt: str = ""

    @property
    def header(self) -> str:
        """Return the canonical header, as text."""
        return header_of(self.unsigned).decode()

    @property
    def signed(self) -> Submission:
        """Return the entry with the signatures it carries so far."""
        made = self.unsigned
        for key, sig, _ in self.signatures:
            made = with_signature(made, key, sig)
        return made


@dataclass(frozen=True)
class Waiting:
    """A line of the list of drafts: one that was left, or one that waits for another device."""

    id: str
    kind: str
    member: str
    officer: str
    own: bool
    signed_by: tuple[str, ...]
    prepared_at: str
    expires_at: str


def shown(room: Room, viewer: Viewer, ident: str) -> Draft:
    """Return a draft that this viewer may see (rule 1); MissingError, in the same words, for every other."""
    with room.office.reading() as connection:
        found = _read(connection, room.office, ident)
    if found is None or not _may_see(found, viewer, room.now()):
        raise MissingError("there is no such draft: it was entered or discarded, it expired, or it is somebody else's")
    return found


def waiting(room: Room, viewer: Viewer) -> list[Waiting]:
    """Return the drafts that a viewer can still sign, the oldest first."""
    if not viewer.is_member:
        return []
    open_now = (DRAFT.c.entry == "") & (DRAFT.c.expires_at > room.now())
    theirs = (DRAFT.c.member == viewer.member) | (DRAFT.c.kind == OF_ALL)
    with room.office.reading() as connection:
        idents = connection.scalars(
            select(DRAFT.c.id).where(open_now & theirs).order_by(DRAFT.c.prepared_at, DRAFT.c.id)
        )
        found = [_read(connection, room.office, ident) for ident in idents.all()]
    return [_line(draft, viewer) for draft in found if draft and _may_see(draft, viewer, room.now())]


def discard(room: Room, viewer: Viewer, ident: str) -> None:
    """Drop a draft; only the account that prepared it does, and what was entered stays entered."""
    draft = shown(room, viewer, ident)
    if draft.account != viewer.account:
        raise MissingError("only the officer who prepared a draft discards it; leave it unsigned, and it expires")
    if draft.entry:
        raise ProcedureError("this was entered already: what is entered is corrected by a new entry")
    with room.office.engine.begin() as connection:
        _drop(connection, [ident])


def keep(room: Room, draft: Draft) -> None:
    """Keep a draft, in the place of what stood under its id, without signatures; what has expired goes."""
    values = {
        "id": draft.id,
        "account": draft.account,
        "officer": draft.officer,
        "member": draft.member,
        "kind": draft.kind,
        "access": draft.access,
        "leaf": draft.unsigned.leaf,
        **_sealed(room.office, draft.id, draft.asked, draft.unsigned.salt, draft.unsigned.plaintext, _beside(draft)),
        "keys_at": draft.keys_at,
        "prepared_at": draft.prepared_at,
        "expires_at": draft.expires_at,
    }
    with room.office.engine.begin() as connection:
        gone = timestamp(room.clock() - KEPT)
        _drop(connection, connection.scalars(select(DRAFT.c.id).where(DRAFT.c.expires_at < gone)).all())
        _drop(connection, [draft.id])
        connection.execute(insert(DRAFT).values(**values))


def add_signature(room: Room, draft: Draft, viewer: Viewer, key: str, sig: bytes) -> Draft:
    """Keep a signature under a draft as it stands; return the draft with it."""
    with room.office.engine.begin() as connection:
        standing = _read(connection, room.office, draft.id)
        if standing is None or standing.unsigned.leaf != draft.unsigned.leaf:
            raise ProcedureError("this draft was prepared anew or discarded meanwhile: read it again before signing")
        if key not in {known for known, _, _ in standing.signatures}:
            connection.execute(
                insert(SIGNATURE).values(
                    draft=draft.id,
                    key=key,
                    sig=sig,
                    account=viewer.account,
                    officer=viewer.officer,
                    at=room.now(),
                )
            )
        again = _read(connection, room.office, draft.id)
    return again or standing


def mark_entered(room: Room, ident: str, entry: str, index: int, deadline: str, receipt: str) -> None:
    """Note that a draft stands in the record; what it said is dropped here, for it stands there."""
    stands = {"entry": entry, "index": index, "deadline": deadline, "receipt": receipt}
    dropped = _sealed(room.office, ident, b"{}", b"", b"", _NOTHING)
    with room.office.engine.begin() as connection:
        connection.execute(update(DRAFT).where(DRAFT.c.id == ident).values(**stands, **dropped))


def expiry(prepared: datetime) -> str:
    """Return until when a draft prepared at this time can be signed (rule 2)."""
    return timestamp(prepared + LIFETIME)


def _may_see(draft: Draft, viewer: Viewer, now: str) -> bool:
    if not viewer.account:
        return False
    if draft.account == viewer.account:
        return True
    theirs = viewer.is_member and (draft.member == viewer.member or draft.kind == OF_ALL)
    return theirs and bool(draft.signatures) and not draft.entry and now < draft.expires_at


def _line(draft: Draft, viewer: Viewer) -> Waiting:
    return Waiting(
        id=draft.id,
        kind=draft.kind,
        member=draft.member,
        officer=draft.officer,
        own=draft.account == viewer.account,
        signed_by=tuple(officer for _, _, officer in draft.signatures),
        prepared_at=draft.prepared_at,
        expires_at=draft.expires_at,
    )


def _drop(connection: Connection, idents: Sequence[str]) -> None:
    connection.execute(delete(SIGNATURE).where(SIGNATURE.c.draft.in_(idents)))
    connection.execute(delete(DRAFT).where(DRAFT.c.id.in_(idents)))


def _sealed(office: Office, ident: str, *said: bytes) -> dict[str, bytes]:
    """Return what a draft says, sealed for the database (rule 4)."""
    return {name: office.secret.seal(f"draft/{ident}/{name}", data) for name, data in zip(_SAID, said, strict=True)}


def _read(connection: Connection, office: Office, ident: str) -> Draft | None:
    row = connection.execute(select(DRAFT).where(DRAFT.c.id == ident)).one_or_none()
    if row is None:
        return None
    listed = connection.execute(select(SIGNATURE).where(SIGNATURE.c.draft == ident).order_by(SIGNATURE.c.at))
    return _draft(office, row, tuple((item.key, item.sig, item.officer) for item in listed))


def _draft(office: Office, row: Row[Any], signatures: tuple[tuple[str, bytes, str], ...]) -> Draft:
    values = row._asdict()
    values |= {name: office.secret.open(f"draft/{row.id}/{name}", values[name]) for name in _SAID}
    beside = canonical.loads(values.pop("beside"))
    unsigned = Submission(
        leaf=values.pop("leaf"),
        salt=values.pop("salt"),
        plaintext=values.pop("plaintext"),
        rows=tuple(map(rows.from_json, beside["rows"])),
        disclosures=tuple(beside["disclosures"]),
    )
    return Draft(**values, unsigned=unsigned, decoys=tuple(beside["decoys"]), signatures=signatures)


def _beside(draft: Draft) -> bytes:
    listed = [rows.as_json(row) for row in draft.unsigned.rows if row]
    shown = list(draft.unsigned.disclosures)
    return canonical.dumps({"rows": listed, "disclosures": shown, "decoys": list(draft.decoys)})
