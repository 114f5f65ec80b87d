"""Signing in: who it is that shows a passkey, or a password with a one-time code.

A12. Attempts are counted, under a name and from an address, whether anybody has the name or not; too many are refused unread
     for a few minutes (`guard.budget`). No account is ever locked, and a passkey is tried under no name: nobody shuts an
     officer out by trying passwords under its name. An attempt is counted before it is looked at, so that many at once count
     like many in a row.
A24. Name, password and code are sent together and refused together, in the same words and after the same work, whichever of
     them is wrong and whether or not anybody has the name.
A25. Who signs in leaves the session that the browser had before, if any, and gets a new one (A21).
"""

from __future__ import annotations

from typing import Any

from fastapi import Request
from sqlalchemy import Connection, select

from tasdiq.web.accounts import codes, office, passkeys, passwords, sessions
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import ACCOUNT
from tasdiq.web.room import Room

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def count(room: Room, name: str) -> None:
    """Count an attempt under a name; TooOftenError where it is one too many (A12)."""
    room.budgets.spend(room.office, "name", name.strip().lower()[:200])


def by_password(room: Room, request: Request, name: str, password: str, code: str) -> str | None:
    """Return the cookie's value of a new session, None where name, password or code is wrong (A24)."""
    with room.office.reading() as connection:
        account = office.find_by_sign_in(connection, name)
        ident = account.id if account else ""
        kept = connection.execute(select(ACCOUNT.c.password).where(ACCOUNT.c.id == ident)).scalar()
    # Outside of any transaction: it takes long on purpose.
    right = passwords.holds(password, kept)
    with room.office.engine.begin() as connection:
        fresh = codes.use(connection, room.office, ident, code, taken=right)
        if not (account and right and fresh and account.state == "active"):
            return None
        return let_in(connection, room, request, account, "password")


def by_passkey(room: Room, request: Request, ident: str, credential: Any) -> str | None:
    """Return the cookie's value of a new session, None where the passkey is nobody's or does not hold."""
    with room.office.engine.begin() as connection:
        found = passkeys.signed_in(connection, room, ident, credential)
        account = office.find(connection, found) if found else None
        if account is None or account.state != "active":
            return None
        return let_in(connection, room, request, account, "passkey")


def let_in(connection: Connection, room: Room, request: Request, account: Account, method: str) -> str:
    """End the browser's earlier session and begin one of this account; return the cookie's value (A25)."""
    before = request.cookies.get(sessions.cookie_name(room.options), "")
    if before:
        sessions.end(connection, before)
    return sessions.begin(connection, room.office, account.id, method=method, agent=agent_of(request))


def agent_of(request: Request) -> str:
    """Return browser and system in two words, by which an officer knows its own sessions; nothing finer is kept."""
    told = request.headers.get("user-agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in told), "a browser")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    return f"{browser} on {system}" if system else browser
