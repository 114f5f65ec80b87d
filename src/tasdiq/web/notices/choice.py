"""Who wishes to be told by mail: an address, or none; each account for itself."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from tasdiq.web.notices.mail import require_address
from tasdiq.web.notices.tables import MAIL
from tasdiq.web.room import Room


def chosen(room: Room, account: str) -> str:
    """Return the address at which an account is told by mail, "" for none."""
    with room.office.reading() as connection:
        return connection.scalar(select(MAIL.c.address).where(MAIL.c.account == account)) or ""


def choose(room: Room, account: str, address: str) -> None:
    """Have an account told by mail at an address, or, with "", no longer; raise `InputError` for what is no address."""
    if address:
        require_address(address)
    with room.office.engine.begin() as connection:
        connection.execute(delete(MAIL).where(MAIL.c.account == account))
        if address:
            connection.execute(insert(MAIL).values(account=account, address=address, sent_at=""))
