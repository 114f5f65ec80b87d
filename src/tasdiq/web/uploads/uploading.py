"""Take a file in parts and hold it against the hash it was announced with.

Rules (cited by tests as U1 to U6):

U1. Files are handed in for a case, by officers whose member may submit evidence in it now.
U2. A file is announced with its size and SHA-256. Its parts come in order: a part that begins elsewhere is refused with where the
    next begins, so that whoever was interrupted goes on. When the last has come the file is hashed, and kept for an entry only if
    the hash is the one announced; if not, all of it goes.
U3. A file has at most 200 MiB. A member hands in at most 2 GiB and 300 files a day; an account has 8 unfinished files at once.
U4. What was not finished, or not named by an entry, within a day goes.
U5. An upload is its account's: nobody else is told that it is there.
U6. Announcing the same file again while it is unfinished or unnamed finds what has come of it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from tasdiq import rules
from tasdiq.clock import timestamp
from tasdiq.errors import InputError, ProcedureError, RoleError
from tasdiq.model.evidence import Custody
from tasdiq.model.steps import EvidenceSubmitted
from tasdiq.web.examining.kinds import HEAD, kind_of
from tasdiq.web.room import Room
from tasdiq.web.seeing import not_there, seen
from tasdiq.web.uploads import names, staging
from tasdiq.web.uploads.tables import UPLOAD
from tasdiq.web.viewer import Viewer

MIB = 2**20
LARGEST, PART = 200 * MIB, 8 * MIB
A_DAY, FILES_A_DAY, UNFINISHED = 2048 * MIB, 300, 8
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Upload:
    """A file on its way: how much of it has come, and where it stands (open, whole, kept)."""

    id: str
    account: str
    member: str
    case_id: str
    name: str
    size: int
    sha256: str
    received: int
    state: str
    media: str
    begun_at: str


class MisplacedError(ProcedureError):
    """A part does not begin where the next belongs."""

    def __init__(self, expected: int, found: int) -> None:
        self.expected = expected
        super().__init__(f"the next part begins at byte {expected}, found one for byte {found}: go on from there")


def require_submitter(room: Room, viewer: Viewer, case: str) -> None:
    """Raise unless the viewer's member may submit evidence in a case now (U1)."""
    if not viewer.is_member or "act" not in viewer.scopes:
        raise RoleError("sign in as an officer of a member who sits on the case: only they hand in files")
    state, now = seen(room, viewer), room.now()
    if case not in state.cases:
        raise not_there()
    link = Custody(holder=viewer.member, at=now, how="held")
    probe = EvidenceSubmitted(case=case, evidence=f"probe-{secrets.token_hex(4)}", title="…", custody=(link,), at=now)
    rules.check(state, viewer.member, probe, now)


def begin(room: Room, viewer: Viewer, case: str, name: str, size: int, sha256: str) -> Upload:
    """Announce a file; return the upload, which may have begun before (U6). Raises what `require_submitter` and U3 raise."""
    require_submitter(room, viewer, case)
    if not 0 < size <= LARGEST:
        raise InputError(f"a file has 1 to {LARGEST} bytes (200 MiB), this one {size}", field="size")
    forget_old(room)
    with room.office.engine.begin() as connection:
        same = (
            (UPLOAD.c.account == viewer.account)
            & (UPLOAD.c.sha256 == sha256)
            & (UPLOAD.c.size == size)
            & (UPLOAD.c.case_id == case)
            & UPLOAD.c.state.in_(("open", "whole"))
        )
        if row := connection.execute(select(UPLOAD).where(same)).first():
            return Upload(**row._asdict())
        _require_room(connection, viewer, size, timestamp(room.clock() - KEPT))
        made = Upload(
            id=secrets.token_hex(16), account=viewer.account, member=viewer.member, case_id=case,
            name=names.harmless(name), size=size, sha256=sha256, received=0, state="open", media="", begun_at=room.now(),
        )  # fmt: skip
        connection.execute(insert(UPLOAD).values(**made.__dict__))
    return made


def _require_room(connection: Connection, viewer: Viewer, size: int, since: str) -> None:
    """Raise unless there is room for another file (U3)."""
    lately = (UPLOAD.c.member == viewer.member) & (UPLOAD.c.begun_at > since)
    count, total = connection.execute(
        select(func.count(), func.coalesce(func.sum(UPLOAD.c.size), 0)).where(lately)
    ).one()
    if count >= FILES_A_DAY or int(total) + size > A_DAY:
        raise InputError(
            f"a member hands in {FILES_A_DAY} files and {A_DAY // MIB} MiB a day; yours has {count} files and "
            f"{int(total) // MIB} MiB since yesterday. Go on when a day has passed",
            field="size",
        )
    unfinished = (UPLOAD.c.account == viewer.account) & (UPLOAD.c.state == "open")
    if (connection.scalar(select(func.count()).where(unfinished)) or 0) >= UNFINISHED:
        raise InputError(f"you have {UNFINISHED} unfinished files: finish or cancel one first", field="size")


def find(room: Room, viewer: Viewer, ident: str) -> Upload:
    """Return an upload of this account (U5)."""
    with room.office.engine.connect() as connection:
        mine = (UPLOAD.c.id == ident) & (UPLOAD.c.account == viewer.account)
        row = connection.execute(select(UPLOAD).where(mine)).first() if viewer.account else None
    if row is None:
        raise not_there()
    return Upload(**row._asdict())


def listed(room: Room, viewer: Viewer, case: str) -> list[Upload]:
    """Return the account's files for a case that no entry names yet, the earliest first."""
    since = timestamp(room.clock() - KEPT)
    chosen = (
        (UPLOAD.c.account == viewer.account)
        & (UPLOAD.c.case_id == case)
        & UPLOAD.c.state.in_(("open", "whole"))
        & (UPLOAD.c.begun_at > since)
    )
    with room.office.engine.connect() as connection:
        rows = connection.execute(select(UPLOAD).where(chosen).order_by(UPLOAD.c.begun_at, UPLOAD.c.id)).all()
    return [Upload(**row._asdict()) for row in rows]


def take(room: Room, viewer: Viewer, ident: str, offset: int, part: bytes) -> Upload:
    """Take the next part of a file; with the last one, hash the file and hold it against what was announced (U2)."""
    upload = find(room, viewer, ident)
    end = offset + len(part)
    if upload.state != "open" or offset != upload.received or not part:
        raise MisplacedError(upload.received, offset)
    if len(part) > PART or end > upload.size:
        raise InputError(f"expected at most {min(PART, upload.size - offset)} bytes, found {len(part)}", field="offset")
    staging.write_at(staging.place(room.home, ident), offset, part)
    with room.office.engine.begin() as connection:
        # Of two senders of the same part one goes on; the file's hash tells in the end whether they sent the same.
        here = (UPLOAD.c.id == ident) & (UPLOAD.c.received == offset) & (UPLOAD.c.state == "open")
        if connection.execute(update(UPLOAD).where(here).values(received=end)).rowcount != 1:
            raise MisplacedError(end, offset)
    return _finish(room, viewer, upload) if end == upload.size else find(room, viewer, ident)


def _finish(room: Room, viewer: Viewer, upload: Upload) -> Upload:
    path = staging.place(room.home, upload.id)
    if (arrived := staging.sha256_of(path)) != upload.sha256:
        # It goes on counting for the day (U3), so that nobody fills the disk with what is not what it says.
        _set(room, upload.id, state="refused")
        path.unlink(missing_ok=True)
        raise InputError(
            f"what arrived has the SHA-256 {arrived}, and {upload.sha256} was announced: the file changed on its way or while it "
            "was read. Nothing was kept; hand it in again",
            field="sha256",
        )
    _set(room, upload.id, state="whole", media=kind_of(staging.head_of(path, HEAD)).media)
    return find(room, viewer, upload.id)


def _set(room: Room, ident: str, **values: str) -> None:
    with room.office.engine.begin() as connection:
        connection.execute(update(UPLOAD).where(UPLOAD.c.id == ident).values(**values))


def cancel(room: Room, viewer: Viewer, ident: str) -> None:
    """Give up a file that no entry names; what had come of it goes at once, and goes on counting for the day."""
    upload = find(room, viewer, ident)
    if upload.state == "kept":
        raise ProcedureError("an entry names this file already: what is entered is corrected by a new entry")
    _set(room, ident, state="refused")
    staging.place(room.home, ident).unlink(missing_ok=True)


def forget_old(room: Room) -> None:
    """Drop what is a day old (U4)."""
    old = UPLOAD.c.begun_at <= timestamp(room.clock() - KEPT)
    with room.office.engine.begin() as connection:
        gone = connection.scalars(select(UPLOAD.c.id).where(old)).all()
        connection.execute(delete(UPLOAD).where(UPLOAD.c.id.in_(gone)))
    for ident in gone:
        staging.place(room.home, ident).unlink(missing_ok=True)


def require_sha256(text: str) -> str:
    """Return a SHA-256 as it is announced; InputError unless it is 64 digits and letters a to f."""
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise InputError("expected the file's SHA-256 as 64 lower-case hexadecimal digits", field="sha256")
    return text
