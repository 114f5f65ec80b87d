"""What an officer is to be told: what waits for its member, drafts that need its device, and what others let pass.

Rules (cited by tests as N1 to N4):

N1. A notice is made from what this officer sees, and from nothing else; when the thing is done, the notice is gone.
N2. What waits is told once, and once more when it becomes overdue. What a member asked of others is told when that is overdue.
N3. Read is what the officer marked as read; the badge counts the rest.
N4. The office keeps of a notice only a hash and whether it was read and mailed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from tasdiq.verification import clocks
from tasdiq.waiting.item import Waiting
from tasdiq.web import acting
from tasdiq.web.desks.lines import Line, lines
from tasdiq.web.notices.tables import NOTICE
from tasdiq.web.room import Room
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import Viewer

KEPT_DAYS = 90


@dataclass(frozen=True)
class Notice:
    """One thing an officer is told; `line` is None for a draft, which `draft` and `kind` name."""

    mark: str
    line: Line | None
    ours: bool
    read: bool
    draft: str = ""
    kind: str = ""


def listed(room: Room, viewer: Viewer) -> list[Notice]:
    """Return the notices of an officer, those not read first (N1 to N3)."""
    state = seen(room, viewer)
    found = room.desks.of(state, viewer.member, room.now())
    ours = [*zip(map(_mark, found.ours), lines(state, found.ours, viewer.member), strict=True)]
    late = [item for item in found.theirs if item.standing == "overdue"]
    theirs = [*zip(map(_mark, late), lines(state, late, viewer.member, who="of"), strict=True)]
    read = _read(room, viewer.account)
    notices = [Notice(mark, line, True, mark in read) for mark, line in ours]
    notices += [Notice(mark, line, False, mark in read) for mark, line in theirs]
    for draft in acting.waiting(room, viewer):
        if not draft.own:
            mark = _hashed(f"draft/{draft.id}")
            notices.append(Notice(mark, None, True, mark in read, draft.id, draft.kind))
    return sorted(notices, key=lambda notice: notice.read)


def unread(room: Room, viewer: Viewer) -> int:
    """Return how many notices an officer has not read."""
    return sum(not notice.read for notice in listed(room, viewer))


def read_all(room: Room, viewer: Viewer) -> None:
    """Mark everything that waits for an officer now as read; what is older than three months is forgotten."""
    now = room.now()
    marks = [notice.mark for notice in listed(room, viewer) if not notice.read]
    with room.office.engine.begin() as connection:
        note(connection, viewer.account, marks, now, read=True)
        connection.execute(delete(NOTICE).where(NOTICE.c.at < clocks.after(now, days=-KEPT_DAYS)))


def note(connection: Connection, account: str, marks: Iterable[str], now: str, **said: bool) -> None:
    """Note of each thing that it was read, or told by mail."""
    known = set(connection.scalars(select(NOTICE.c.mark).where(NOTICE.c.account == account)))
    for mark in marks:
        if mark in known:
            here = (NOTICE.c.account == account) & (NOTICE.c.mark == mark)
            connection.execute(update(NOTICE).where(here).values(**said))
        else:
            values = {"account": account, "mark": mark, "at": now, "read": False, "mailed": False, **said}
            connection.execute(insert(NOTICE).values(**values))


def _read(room: Room, account: str) -> set[str]:
    with room.office.reading() as connection:
        query = select(NOTICE.c.mark).where((NOTICE.c.account == account) & NOTICE.c.read)
        return set(connection.scalars(query))


def _mark(item: Waiting) -> str:
    """Return what names a thing that waits, and another name once it is overdue (N2)."""
    return _hashed(item.key + ("/overdue" if item.standing == "overdue" else ""))


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def marks(notices: Iterable[Notice]) -> Iterator[str]:
    """Yield the marks of notices."""
    yield from (notice.mark for notice in notices)
