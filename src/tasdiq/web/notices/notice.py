"""What an officer is to be told: what waits for its member, drafts that need its device, and what others let pass.

Rules (cited by tests as N1 to N4):

N1. A notice is made from what this officer sees, and from nothing else; when the thing is done, the notice is gone.
N2. What waits is told once, and once more when it becomes overdue. What a member asked of others is told when that is overdue.
N3. Read is what the officer marked as read; the badge counts the rest.
N4. The office keeps of a notice only a hash and whether it was read and mailed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from sqlalchemy import Connection, delete, insert, select, update

from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.waiting.item import Waiting
from tasdiq.web import acting
from tasdiq.web.desks.lines import Line, lines
from tasdiq.web.desks.paging import Stretch, stretch
from tasdiq.web.notices.tables import NOTICE
from tasdiq.web.room import Room
from tasdiq.web.seeing import seen, sight
from tasdiq.web.viewer import Viewer

KEPT_DAYS = 90
MOST_MARKS = 50_000


@dataclass(frozen=True)
class Notice:
    """One thing an officer is told; `line` is None for a draft, which `draft` and `kind` name."""

    mark: str
    line: Line | None
    ours: bool
    read: bool
    draft: str = ""
    kind: str = ""


@dataclass(frozen=True)
class _Told:
    """A notice before it is put into words; `item` is None for a draft."""

    mark: str
    item: Waiting | None
    ours: bool
    read: bool
    draft: str = ""
    kind: str = ""


def listed(room: Room, viewer: Viewer) -> list[Notice]:
    """Return the notices of an officer, those not read first (N1 to N3)."""
    state = seen(room, viewer)
    return [_in_words(state, viewer, told) for told in _told(room, viewer)]


def some(room: Room, viewer: Viewer, start: int) -> tuple[Stretch[Notice], int]:
    """Return the notices of an officer from a number on, as many as a page shows, and how many in all are not read."""
    state, told = seen(room, viewer), _told(room, viewer)
    part = stretch(told, start, lambda items: [_in_words(state, viewer, item) for item in items])
    return part, sum(not item.read for item in told)


def unread(room: Room, viewer: Viewer) -> int:
    """Return how many notices an officer has not read."""
    return sum(not told.read for told in _told(room, viewer))


def _told(room: Room, viewer: Viewer) -> list[_Told]:
    eyes = sight(room, viewer)
    found, read = room.desks.of(eyes.state, eyes.eyes, viewer.member, room.now()), _read(room, viewer.account)
    late = (item for item in found.theirs if item.standing == "overdue")
    told = [_Told(mark := _mark(item), item, ours=True, read=mark in read) for item in found.ours]
    told += [_Told(mark := _mark(item), item, ours=False, read=mark in read) for item in late]
    for draft in acting.waiting(room, viewer):
        if not draft.own:
            mark = _hashed(f"draft/{draft.id}")
            told.append(_Told(mark, None, ours=True, read=mark in read, draft=draft.id, kind=draft.kind))
    return sorted(told, key=attrgetter("read"))


def _in_words(state: State, viewer: Viewer, told: _Told) -> Notice:
    line = None
    if told.item is not None:
        line = lines(state, (told.item,), viewer.member, who="by" if told.ours else "of")[0]
    return Notice(told.mark, line, told.ours, told.read, told.draft, told.kind)


def read_all(room: Room, viewer: Viewer) -> None:
    """Mark everything that waits for an officer now as read; what is older than three months is forgotten."""
    now = room.now()
    marks = [told.mark for told in _told(room, viewer) if not told.read]
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


@lru_cache(maxsize=MOST_MARKS)
def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def marks(room: Room, viewer: Viewer) -> list[str]:
    """Return the marks of an officer's notices."""
    return [told.mark for told in _told(room, viewer)]
