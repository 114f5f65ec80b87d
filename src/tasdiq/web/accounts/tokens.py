"""Tokens by which programs act for an officer, at the interface for programs.

A40. A token is made by an officer who signed in, for itself, and shown once; the office keeps its hash, a name, its scopes and
     when it ends: after a year at the latest.
A41. Scopes: `read` reads what the officer may read; `act` also prepares entries and hands in signed ones (a token never
     signs: keys do); `admin` also manages the officer's own drafts and notices. No token opens the account's pages.
A42. A token ends when it is revoked, when its account is disabled, recovered or invited again, and when the officer has no
     role at this table any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from tasdiq.errors import InputError
from tasdiq.web.accounts import secrets, trace, ways
from tasdiq.web.accounts.tables import TOKEN
from tasdiq.web.room import Room
from tasdiq.web.viewer import Viewer

PREFIX = "tasdiq_"
SCOPES = ("read", "act", "admin")
LONGEST_DAYS = 366
MOST = 20
_DAY_S = 86_400


@dataclass(frozen=True)
class Token:
    """A token as its owner is shown it; what it is cannot be shown again."""

    id: str
    name: str
    scopes: tuple[str, ...]
    made_at: int
    expires_at: int
    used_at: int | None


def make(room: Room, viewer: Viewer, name: str, scopes: Collection[str], days: int) -> str:
    """Make a token for the viewer; return it, to be shown once. InputError where something is not fit (A40)."""
    shown = " ".join(name.split())
    if not 0 < len(shown) <= 60 or not shown.isprintable():
        raise InputError("expected a name of 1 to 60 characters that says which program uses it", field="name")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise InputError(f"expected at least one of {', '.join(SCOPES)}", field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(f"expected 1 to {LONGEST_DAYS} days, found {days}", field="days")
    secret, now = PREFIX + secrets.new(), room.office.now()
    with room.office.engine.begin() as connection:
        account = ways.require_fresh(connection, room, viewer)
        if len(of_account(connection, account.id)) >= MOST:
            raise InputError(f"an account has {MOST} tokens at most: revoke one that is not used", field="name")
        made = {"id": secrets.new_id(), "account": account.id, "hash": secrets.hashed(secret), "name": shown}
        held = " ".join(scope for scope in SCOPES if scope in scopes)
        times = {"made_at": now, "expires_at": now + days * _DAY_S}
        connection.execute(insert(TOKEN).values(**made, **times, scopes=held))
        trace.note(connection, room.office, account, "token-made")
    return secret


def of_account(connection: Connection, account: str) -> list[Token]:
    """Return the tokens of an account, the newest first; those that ended among them."""
    found = connection.execute(select(TOKEN).where(TOKEN.c.account == account).order_by(TOKEN.c.made_at.desc()))
    return [
        Token(row.id, row.name, tuple(row.scopes.split()), row.made_at, row.expires_at, row.used_at) for row in found
    ]


def revoke(connection: Connection, account: str, ident: str) -> bool:
    """End a token of an account; tell whether it had it."""
    return connection.execute(delete(TOKEN).where(TOKEN.c.id == ident, TOKEN.c.account == account)).rowcount == 1
