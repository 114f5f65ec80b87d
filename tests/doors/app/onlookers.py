"""Everybody who may come to the door, as clients: officers signed in, programs with tokens, those whose access has ended.

Each stands for one of the viewers of `doors.app.viewers`: whoever lost its access, or never had it, for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, update

from doors.app.clients import Client
from doors.app.seats import Seats
from doors.app.viewers import VIEWERS
from tasdiq.web.accounts import office as accounts
from tasdiq.web.accounts import secrets
from tasdiq.web.accounts.tables import SESSION, TOKEN
from tasdiq.web.accounts.tokens import PREFIX

TOKENS = ("read", "act", "admin", "read act")


@dataclass(frozen=True)
class Onlooker:
    """A client, by a name for messages; it `stands_for` the viewer whose canaries it may hear."""

    name: str
    stands_for: str
    client: Client


def onlookers(seats: Seats) -> list[Onlooker]:
    """Return a client for everybody who may come."""
    found = [Onlooker("anybody", "anybody", seats.anybody())]
    for name, viewer in VIEWERS.items():
        if viewer.member:
            found.append(Onlooker(name, name, seats.client(viewer.member, viewer.role)))
    for scopes in TOKENS:
        stands_for = "kes" if "read" in scopes else "anybody"
        found.append(Onlooker(f"a token of kes that may {scopes}", stands_for, with_token(seats, scopes)))
    found.append(Onlooker("a token that ended", "anybody", with_token(seats, "read act admin", ends=1)))
    found.append(Onlooker("a token that never was", "anybody", _bearing(seats, PREFIX + secrets.new())))
    found.append(Onlooker("a session that expired", "anybody", _expired(seats)))
    return [*found, Onlooker("a disabled account", "anybody", _disabled(seats))]


def with_token(seats: Seats, scopes: str, member: str = "kes", role: str = "liaison", *, ends: int = 10**11) -> Client:
    """Return the client of a program with a token of an officer."""
    secret = PREFIX + secrets.new()
    values = {
        "id": secrets.new_id(),
        "account": seats.account(member, role),
        "hash": secrets.hashed(secret),
        "name": scopes,
    }
    times = {"scopes": scopes, "made_at": 0, "expires_at": ends}
    with seats.room.office.engine.begin() as connection:
        connection.execute(insert(TOKEN).values(**values, **times))
    return _bearing(seats, secret)


def _bearing(seats: Seats, secret: str) -> Client:
    client = seats.anybody()
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def _expired(seats: Seats) -> Client:
    client = seats.client("ord", "mediator")
    value = next(value for name, value in client.cookies.items() if "session" in name)
    with seats.room.office.engine.begin() as connection:
        connection.execute(
            update(SESSION).where(SESSION.c.hash == secrets.hashed(value)).values(seen_at=0, started_at=0)
        )
    return client


def _disabled(seats: Seats) -> Client:
    office = seats.room.office
    account = accounts.make_account(office, "ord", "mediator", "who left")
    client = seats.client_of(account)
    with office.engine.begin() as connection:
        accounts.disable(connection, office, account)
    return client
