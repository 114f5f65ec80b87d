"""Sessions: who is looking, from the cookie of a browser or the token of a program.

A20. A session is a random secret of 256 bits in a cookie that scripts cannot read and other sites do not send; the office
     keeps its hash. It ends after 12 hours without use, 7 days after it began, and when its owner says so.
A21. Who signs in, or changes how it signs in, gets a new session: one that was there before opens nothing (fixation).
A22. Member and role are held against the charter as it stands at every request: who left has no powers.
A23. A token stands for its officer within its scopes; a request with one is never helped by a cookie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from fastapi import Request, Response
from sqlalchemy import Connection, delete, insert, select, update

from tasdiq.web.accounts import office as accounts
from tasdiq.web.accounts import secrets
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import SESSION, TOKEN
from tasdiq.web.guard import cookies
from tasdiq.web.office.database import Office
from tasdiq.web.room import Options, Room
from tasdiq.web.viewer import ANYBODY, DeskRole, Viewer

COOKIE = cookies.SESSION
IDLE_S = 12 * 3600
LONGEST_S = 7 * 24 * 3600
SEEN_EVERY_S = 300
ALL_SCOPES = frozenset({"read", "act", "admin"})
_BEARER = re.compile(r"Bearer +(tasdiq_[A-Za-z0-9_-]{20,200})", re.IGNORECASE)


@dataclass(frozen=True)
class Session:
    """One of an officer's own sessions, as it is shown to that officer."""

    hash: str
    started_at: int
    seen_at: int
    method: str
    agent: str


def cookie_name(options: Options) -> str:
    """Return the name of the session's cookie; with TLS, one that browsers refuse from subdomains and plain HTTP."""
    return cookies.named(COOKIE, secure=options.secure)


def start(office: Office, account: str, *, method: str = "", agent: str = "") -> str:
    """Begin a session of an account; return the cookie's value."""
    with office.engine.begin() as connection:
        return begin(connection, office, account, method=method, agent=agent)


def begin(connection: Connection, office: Office, account: str, *, method: str, agent: str = "") -> str:
    """Begin a session within a transaction; sessions that are over are forgotten on the way."""
    value, now = secrets.new(), office.now()
    connection.execute(
        delete(SESSION).where((SESSION.c.seen_at < now - IDLE_S) | (SESSION.c.started_at < now - LONGEST_S))
    )
    connection.execute(
        insert(SESSION).values(
            hash=secrets.hashed(value), account=account, started_at=now, seen_at=now, method=method, agent=agent[:60]
        )
    )
    return value


def end(connection: Connection, value: str) -> None:
    """End the session of a cookie's value."""
    connection.execute(delete(SESSION).where(SESSION.c.hash == secrets.hashed(value)))


def end_one(connection: Connection, account: str, hashed: str) -> bool:
    """End one session of an account, by its hash; tell whether it had it."""
    return (
        connection.execute(delete(SESSION).where(SESSION.c.hash == hashed, SESSION.c.account == account)).rowcount == 1
    )


def end_all(connection: Connection, account: str) -> None:
    """End every session of an account, on every device."""
    connection.execute(delete(SESSION).where(SESSION.c.account == account))


def of_account(connection: Connection, office: Office, account: str) -> list[Session]:
    """Return the sessions of an account that go on, the newest first."""
    now = office.now()
    live = (SESSION.c.seen_at > now - IDLE_S) & (SESSION.c.started_at > now - LONGEST_S)
    found = connection.execute(select(SESSION).where((SESSION.c.account == account) & live))
    listed = [Session(row.hash, row.started_at, row.seen_at, row.method, row.agent) for row in found]
    return sorted(listed, key=lambda one: one.started_at, reverse=True)


def viewer_of(room: Room, request: Request) -> Viewer:
    """Return who is looking; whoever shows nothing that holds is anybody."""
    authorization = request.headers.get("authorization")
    if authorization is not None:
        found = _BEARER.fullmatch(authorization.strip())
        return _by_token(room, found[1]) if found else ANYBODY
    value = request.cookies.get(cookie_name(room.options), "")
    return _by_session(room, value) if value else ANYBODY


def set_cookie(response: Response, options: Options, value: str) -> None:
    """Hand a session to a browser."""
    response.headers.append("set-cookie", cookies.header(COOKIE, value, secure=options.secure))


def clear_cookie(response: Response, options: Options) -> None:
    """Take the session's cookie from a browser."""
    response.headers.append("set-cookie", f"{cookies.header(COOKIE, '', secure=options.secure)}; Max-Age=0")


def _by_session(room: Room, value: str) -> Viewer:
    office, now = room.office, room.office.now()
    with office.reading() as connection:
        row = connection.execute(select(SESSION).where(SESSION.c.hash == secrets.hashed(value))).first()
        if row is None or not (now - IDLE_S < row.seen_at and now - LONGEST_S < row.started_at):
            return ANYBODY
        account = accounts.find(connection, row.account)
    if now - row.seen_at >= SEEN_EVERY_S:
        with office.engine.begin() as connection:
            connection.execute(update(SESSION).where(SESSION.c.hash == row.hash).values(seen_at=now))
    return _viewer(room, account, ALL_SCOPES, row.hash)


def _by_token(room: Room, value: str) -> Viewer:
    office, now = room.office, room.office.now()
    with office.reading() as connection:
        row = connection.execute(select(TOKEN).where(TOKEN.c.hash == secrets.hashed(value))).first()
        if row is None or row.expires_at <= now:
            return ANYBODY
        account = accounts.find(connection, row.account)
    if now - (row.used_at or 0) >= SEEN_EVERY_S:
        with office.engine.begin() as connection:
            connection.execute(update(TOKEN).where(TOKEN.c.id == row.id).values(used_at=now))
    return _viewer(room, account, frozenset(row.scopes.split()))


def _viewer(room: Room, account: Account | None, scopes: frozenset[str], session: str = "") -> Viewer:
    if account is None or account.state != "active":
        return ANYBODY
    # What this account entered, it finds: whatever follows in this request is made from a state that has it.
    if account.role not in accounts.roles_of(room.live.state(room.reached.of(account.id)).charter, account.member):
        return ANYBODY
    role = cast(DeskRole, account.role)
    return Viewer(account.id, account.officer, account.member, role, scopes, session)
