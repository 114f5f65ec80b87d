"""How an officer who is signed in changes the ways it signs in.

A19. Ways to sign in are changed, and tokens made, within a quarter of an hour of signing in: a browser left open, or a stolen
     cookie, changes nothing. After a change the session is a new one, and all others end (A21).
A18. The last way to sign in cannot be removed.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request
from sqlalchemy import Connection, select, update

from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.web.accounts import challenges, codes, enrolment, entering, office, passkeys, passwords, sessions, trace
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import ACCOUNT, SESSION
from tasdiq.web.room import Room
from tasdiq.web.viewer import Viewer

FRESH_S = 900
_SEED = "seed"


def account_of(connection: Connection, viewer: Viewer) -> Account:
    """Return the account of an officer who signed in; RoleError for anybody else, a program with a token among them."""
    found = office.find(connection, viewer.account) if viewer.session else None
    if found is None:
        raise RoleError("sign in to see your account; a program's token does not open it")
    return found


def is_fresh(connection: Connection, room: Room, viewer: Viewer) -> bool:
    """Tell whether the viewer signed in within the last quarter of an hour."""
    found = connection.execute(select(SESSION.c.started_at).where(SESSION.c.hash == viewer.session)).scalar()
    return found is not None and room.office.now() - int(found) < FRESH_S


def require_fresh(connection: Connection, room: Room, viewer: Viewer) -> Account:
    """Return the viewer's account; InputError unless it signed in within the last quarter of an hour (A19)."""
    account = account_of(connection, viewer)
    if not is_fresh(connection, room, viewer):
        raise InputError(
            "you signed in a while ago: sign in again, then do this within a quarter of an hour", field="fresh"
        )
    return account


def offer_seed(room: Room, viewer: Viewer) -> tuple[str, str]:
    """Return a new seed of one-time codes for the viewer, and the id under which it is kept until the form comes back."""
    with room.office.engine.begin() as connection:
        account, seed = account_of(connection, viewer), codes.new_seed()
        sealed = room.office.secret.seal(f"{_SEED}/{account.id}", seed.encode())
        return seed, challenges.issue(connection, room.office, _SEED, account.id, sealed)


def set_password(room: Room, request: Request, viewer: Viewer, ident: str, password: str, code: str) -> str:
    """Set the viewer's password and codes; return the cookie's value of its new session."""
    with room.office.engine.begin() as connection:
        account = require_fresh(connection, room, viewer)
        sealed = challenges.take(connection, room.office, _SEED, account.id, ident)
    if sealed is None:
        raise InputError("this took too long, or was sent twice: scan the new picture", field="code")
    seed = room.office.secret.open(f"{_SEED}/{account.id}", sealed).decode()
    step = enrolment.fit(room, account, seed, password, code)
    kept = passwords.hash_password(password)
    with room.office.engine.begin() as connection:
        enrolment.store_password(connection, room, account, kept, seed, step)
        return _changed(connection, room, request, account, "password-set", "password")


def remove_password(room: Room, request: Request, viewer: Viewer) -> str:
    """Remove the viewer's password; return the cookie's value of its new session."""
    with room.office.engine.begin() as connection:
        account = require_fresh(connection, room, viewer)
        if not passkeys.of_account(connection, account.id):
            raise InputError("this is the only way you can sign in: add a passkey first", field="password")
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account.id).values(password=None, totp=None))
        return _changed(connection, room, request, account, "password-removed", "passkey")


def add_passkey(room: Room, request: Request, viewer: Viewer, ident: str, credential: Any, label: str) -> str:
    """Add a passkey; return the cookie's value of the viewer's new session."""
    with room.office.engine.begin() as connection:
        account = require_fresh(connection, room, viewer)
        passkeys.add(connection, room, account, ident, credential, label)
        return _changed(connection, room, request, account, "passkey-added", "passkey")


def remove_passkey(room: Room, request: Request, viewer: Viewer, ident: str) -> str:
    """Remove a passkey; return the cookie's value of the viewer's new session."""
    with room.office.engine.begin() as connection:
        account = require_fresh(connection, room, viewer)
        if not passkeys.remove(connection, account, ident):
            raise MissingError("no such passkey")
        return _changed(connection, room, request, account, "passkey-removed", "")


def _changed(connection: Connection, room: Room, request: Request, account: Account, what: str, method: str) -> str:
    trace.note(connection, room.office, account, what)
    sessions.end_all(connection, account.id)
    return entering.let_in(connection, room, request, account, method)
