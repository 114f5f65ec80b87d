"""The use of an invitation or an approved recovery: the officer chooses how to sign in, and is signed in.

The link ends, everything that let anybody in before ends, and the new way stands, in one transaction: whatever interrupts
it, the link still serves or the officer is in. Rules A5, A7 and A32 are those of `invitations` and `recovery`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from sqlalchemy import Connection, update

from tasdiq.errors import InputError, MissingError
from tasdiq.web.accounts import codes, entering, invitations, passkeys, passwords, recovery, trace
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import ACCOUNT
from tasdiq.web.room import Room

Kind = Literal["invited", "recovering"]


@dataclass(frozen=True)
class Grant:
    """What lets an officer choose how to sign in: a link, or a request that two colleagues approved."""

    kind: Kind
    account: Account
    seed: str
    secret: str


def granted(room: Room, kind: Kind, secret: str) -> Grant | None:
    """Return what a secret grants now, None where it grants nothing."""
    with room.office.reading() as connection:
        if kind == "invited":
            link = invitations.look_up(connection, room.office, secret)
            return Grant(kind, link.account, link.seed, secret) if link else None
        asked = recovery.look_up(connection, room.office, secret)
        return Grant(kind, asked.account, asked.seed, secret) if asked and asked.account and asked.approved else None


def choose_password(room: Room, request: Request, grant: Grant, password: str, code: str) -> str:
    """Set password and one-time codes; return the cookie's value of a session. InputError where one is not fit."""
    step = fit(room, grant.account, grant.seed, password, code)
    kept = passwords.hash_password(password)
    with room.office.engine.begin() as connection:
        _use(connection, room, grant)
        store_password(connection, room, grant.account, kept, grant.seed, step)
        return entering.let_in(connection, room, request, grant.account, "password")


def choose_passkey(room: Room, request: Request, grant: Grant, ident: str, credential: Any, label: str) -> str:
    """Set a passkey; return the cookie's value of a session. InputError where it does not hold."""
    with room.office.engine.begin() as connection:
        _use(connection, room, grant)
        passkeys.add(connection, room, grant.account, ident, credential, label)
        return entering.let_in(connection, room, request, grant.account, "passkey")


def fit(room: Room, account: Account, seed: str, password: str, code: str) -> int:
    """Return the half minute of a code that shows that the seed was taken over; InputError where anything is not fit."""
    passwords.require_fit(password, account.sign_in, account.name, account.officer)
    step = codes.step_of(seed, code, room.office.now())
    if step is None:
        raise InputError(
            "expected the six digits that your authenticator shows now; check that the device's clock is right",
            field="code",
        )
    return step


def store_password(connection: Connection, room: Room, account: Account, kept: str, seed: str, step: int) -> None:
    """Store a password's hash and the seed of the codes that go with it; the code of `step` is used up."""
    values = {"password": kept, "totp": room.office.secret.seal(account.id, seed.encode()), "totp_used": step}
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account.id).values(**values))


def _use(connection: Connection, room: Room, grant: Grant) -> None:
    done = invitations.use if grant.kind == "invited" else recovery.use
    if not done(connection, grant.secret):
        raise MissingError("this link was used already")
    invitations.take_away(connection, grant.account.id)
    if grant.account.ready_at is None:
        ready = {"ready_at": room.office.now()}
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == grant.account.id).values(**ready))
    trace.note(connection, room.office, grant.account, "joined" if grant.kind == "invited" else "recovered")
