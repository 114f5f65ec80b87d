"""Copies for the public: made when a person chooses it, of what that person may read; the original stays as it is.

A copy is its maker's: kept for a day, for whoever made it, so that it can be looked at and taken. It enters no record by itself.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select

from tasdiq.clock import timestamp
from tasdiq.web.room import Room
from tasdiq.web.seeing import not_there
from tasdiq.web.uploads import staging
from tasdiq.web.uploads.tables import PUBLIC_COPY
from tasdiq.web.viewer import Viewer

KEPT = timedelta(days=1)
ENDING = ".copy"


@dataclass(frozen=True)
class PublicCopy:
    """A copy beside its original: both hashes, and what was left behind."""

    id: str
    account: str
    evidence: str
    original: str
    sha256: str
    size: int
    media: str
    left_behind: str
    made_at: str

    @property
    def left(self) -> list[str]:
        """Return what was left behind, thing by thing."""
        return self.left_behind.splitlines()


def make(room: Room, viewer: Viewer, evidence: str, sha256: str) -> PublicCopy | str:
    """Make a copy of a file; return it, or say in words why there can be none."""
    forget_old(room)
    original = staging.attachment(room.home, sha256)
    staging.require_unaltered(original, sha256)
    ident = secrets.token_hex(16)
    path = staging.place(room.home, ident, ENDING)
    told = room.examiner.copy(original, path)
    if told.failed:
        return told.failed
    made = PublicCopy(
        id=ident, account=viewer.account, evidence=evidence, original=sha256, sha256=staging.sha256_of(path),
        size=path.stat().st_size, media=told.media, left_behind="\n".join(told.left), made_at=room.now(),
    )  # fmt: skip
    with room.office.engine.begin() as connection:
        connection.execute(insert(PUBLIC_COPY).values(**made.__dict__))
    return made


def find(room: Room, viewer: Viewer, ident: str) -> PublicCopy:
    """Return a copy that this account made."""
    with room.office.engine.connect() as connection:
        mine = (PUBLIC_COPY.c.id == ident) & (PUBLIC_COPY.c.account == viewer.account)
        row = connection.execute(select(PUBLIC_COPY).where(mine)).first() if viewer.account else None
    if row is None:
        raise not_there()
    return PublicCopy(**row._asdict())


def forget_old(room: Room) -> None:
    """Drop copies that are a day old."""
    old = PUBLIC_COPY.c.made_at <= timestamp(room.clock() - KEPT)
    with room.office.engine.begin() as connection:
        gone = connection.scalars(select(PUBLIC_COPY.c.id).where(old)).all()
        connection.execute(delete(PUBLIC_COPY).where(PUBLIC_COPY.c.id.in_(gone)))
    for ident in gone:
        staging.place(room.home, ident, ENDING).unlink(missing_ok=True)
