"""Looking after mail: once a minute, one process of the server sees for whom something new waits, and tells them by mail.

1. Only who chose it is told, at most once in a quarter of an hour, and of each thing once.
2. What could not be handed in is tried again the next time; what a crash leaves behind is at worst told twice.
3. Several processes may look after mail: who takes the round first has it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import cast

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from tasdiq.clock import timestamp
from tasdiq.errors import TasdiqError
from tasdiq.web.accounts import office as accounts
from tasdiq.web.notices import mail
from tasdiq.web.notices.notice import marks, note
from tasdiq.web.notices.tables import MAIL, NOTICE, ROUND
from tasdiq.web.room import Room
from tasdiq.web.viewer import ANYBODY, DeskRole, Viewer

EVERY_S = 60.0
PAUSE = timedelta(minutes=15)
_LOG = logging.getLogger("tasdiq.mail")


@contextmanager
def looked_after(room: Room, every: float = EVERY_S) -> Iterator[None]:
    """Look after mail in a thread while the block runs; nothing is done where no mail server is set."""
    if not room.settings.smtp_url:
        yield
        return
    server = mail.server_of(room.settings.smtp_url, room.settings.mail_from)
    over = threading.Event()
    thread = threading.Thread(target=_go_on, args=(room, server, every, over), name="mail", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=mail.PATIENCE_S)


def _go_on(room: Room, server: mail.Server, every: float, over: threading.Event) -> None:
    while not over.wait(every):
        try:
            if take_round(room, timedelta(seconds=every)):
                send_round(room, server)
        except (TasdiqError, SQLAlchemyError, OSError) as error:
            _LOG.error("mail", extra={"line": {"error": type(error).__name__}})


def take_round(room: Room, every: timedelta = timedelta(seconds=EVERY_S)) -> bool:
    """Tell whether this process has the round that is due (rule 3)."""
    now, due = room.now(), timestamp(room.clock() - every)
    with room.office.engine.begin() as connection:
        here = (ROUND.c.name == "mail") & (ROUND.c.at <= due)
        if connection.execute(update(ROUND).where(here).values(at=now)).rowcount:
            return True
        if connection.execute(select(ROUND.c.at).where(ROUND.c.name == "mail")).first():
            return False
        try:
            with connection.begin_nested():
                connection.execute(insert(ROUND).values(name="mail", at=now))
        except IntegrityError:
            return False
    return True


def send_round(room: Room, server: mail.Server) -> int:
    """Tell everybody by mail for whom something new waits; return how many were told (rules 1 and 2)."""
    told, since = 0, timestamp(room.clock() - PAUSE)
    with room.office.reading() as connection:
        wishing = [*connection.execute(select(MAIL.c.account, MAIL.c.address).where(MAIL.c.sent_at <= since))]
    for account, address in wishing:
        new = _new(room, account)
        if new and _handed_in(room, server, address):
            with room.office.engine.begin() as connection:
                note(connection, account, new, room.now(), mailed=True)
                connection.execute(update(MAIL).where(MAIL.c.account == account).values(sent_at=room.now()))
            told += 1
    return told


def _new(room: Room, account: str) -> list[str]:
    viewer = officer(room, account)
    if not viewer.is_member:
        return []
    with room.office.reading() as connection:
        known = NOTICE.c.read | NOTICE.c.mailed
        done = set(connection.scalars(select(NOTICE.c.mark).where((NOTICE.c.account == account) & known)))
    return [mark for mark in marks(room, viewer) if mark not in done]


def officer(room: Room, account: str) -> Viewer:
    """Return what an account may see now: nothing more than anybody where it was disabled or its role is gone."""
    with room.office.reading() as connection:
        found = accounts.find(connection, account)
    if found is None or found.state != "active":
        return ANYBODY
    if found.role not in accounts.roles_of(room.live.state().charter, found.member):
        return ANYBODY
    return Viewer(found.id, found.officer, found.member, cast(DeskRole, found.role))


def _handed_in(room: Room, server: mail.Server, address: str) -> bool:
    try:
        mail.send(server, mail.letter(server, address, room.options.address))
    except OSError as error:
        _LOG.warning("mail", extra={"line": {"error": type(error).__name__}})
        return False
    return True
