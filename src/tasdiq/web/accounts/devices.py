"""The devices an officer signs on: which keys it made, and what the record says of them.

A50. A key is made in the officer's browser and never leaves it; the server is told the public key, and that the browser holds
     it (a signature over a fresh statement, by the key and by its successor).
A51. Nobody's key signs anything because it stands here. The member certifies it with its own key, offline, after comparing the
     fingerprint with the officer out of band; that is an entry, and what counts is the record alone.
A52. The same for its end: the member revokes it by an entry; a password, a recovery or the host changes nothing about keys.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.exc import IntegrityError

from tasdiq.errors import InputError, MissingError
from tasdiq.record import canonical
from tasdiq.record.keys import Key, KeyState
from tasdiq.secretariat import certification
from tasdiq.secretariat.certification import Request
from tasdiq.web.accounts import challenges, secrets, trace, ways
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import DEVICE
from tasdiq.web.acting.preparing import chain_of
from tasdiq.web.room import Room
from tasdiq.web.viewer import Viewer

MOST = 20
_POSSESSION = "possession"


@dataclass(frozen=True)
class Device:
    """A key of an officer, made here or certified elsewhere; `id` is "" for the latter.

    `state` is one of "asks for certification", "certified", "revoked", "replaced"; `since`, `until` and `disputed_from` are
    indices of entries.
    """

    id: str
    label: str
    key_id: str
    made_at: int | None
    state: str
    since: int | None = None
    until: int | None = None
    disputed_from: int | None = None


def ask(room: Room, viewer: Viewer, key: str, following: str | None) -> tuple[str, str]:
    """Return the id of a challenge and the statement that a new key, and its successor, are to sign."""
    chain = chain_of(room)
    with room.office.engine.begin() as connection:
        account = ways.account_of(connection, viewer)
        challenge = canonical.b64url(random.token_bytes(certification.CHALLENGE_BYTES))
        said = certification.make_statement(chain.origin, account.member, account.officer, key, following, challenge)
        _require_new(chain.keys, said.fingerprint)
        return challenges.issue(connection, room.office, _POSSESSION, account.id, said.text.encode()), said.text


def add(room: Room, viewer: Viewer, ident: str, sig: str, next_sig: str | None, label: str) -> Request:
    """Keep a new key that proved to be held; return the request for its certification."""
    with room.office.engine.begin() as connection:
        account = ways.account_of(connection, viewer)
        kept = challenges.take(connection, room.office, _POSSESSION, account.id, ident)
        if kept is None:
            raise InputError("this took too long, or was sent twice: start again", field="id")
        request = Request(certification.read_statement(kept.decode()), sig, next_sig)
        request.require_proof()
        if len(_made(connection, account)) >= MOST:
            raise InputError(f"an account lists {MOST} keys at most: drop a request that is not used", field="id")
        values = {"id": secrets.new_id(), "account": account.id, "key": request.statement.fingerprint}
        shown = " ".join(label.split())[:60] or "This browser"
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(DEVICE).values(
                        **values, label=shown, request=request.data.decode(), made_at=room.office.now()
                    )
                )
        except IntegrityError as error:
            raise InputError("this key was sent here before: make a new one", field="key") from error
        trace.note(connection, room.office, account, "key-made")
    return request


def request_of(connection: Connection, account: Account, key_id: str) -> bytes:
    """Return the request for certification of one of an account's keys; MissingError if it has no such key."""
    query = select(DEVICE.c.request).where(DEVICE.c.key == key_id, DEVICE.c.account == account.id)
    found = connection.execute(query).scalar()
    if found is None:
        raise MissingError("no such key")
    return str(found).encode()


def drop(room: Room, viewer: Viewer, key_id: str) -> None:
    """Take a key that was never certified from the list."""
    with room.office.engine.begin() as connection:
        account = ways.account_of(connection, viewer)
        request_of(connection, account, key_id)
        if key_id in chain_of(room).keys.keys:
            raise InputError(
                "this key serves or served in the record, and stays listed: a member revokes it", field="key"
            )
        connection.execute(delete(DEVICE).where(DEVICE.c.key == key_id, DEVICE.c.account == account.id))


def of_account(connection: Connection, account: Account, keys: KeyState) -> list[Device]:
    """Return the keys of an officer: those made here, then those that the record knows under the officer's name."""
    made = _made(connection, account)
    listed = [_device(row.id, row.label, row.key, row.made_at, keys.keys.get(row.key)) for row in made]
    known = {row.key for row in made}
    others = (key for key in keys.keys.values() if key.role == "officer" and key.key_id not in known)
    mine = [key for key in others if key.member == account.member and key.name == account.officer]
    return listed + [_device("", "", key.key_id, None, key) for key in mine]


def _made(connection: Connection, account: Account) -> Sequence[Row[Any]]:
    query = select(DEVICE).where(DEVICE.c.account == account.id).order_by(DEVICE.c.made_at)
    return connection.execute(query).all()


def _device(ident: str, label: str, key_id: str, made_at: int | None, key: Key | None) -> Device:
    if key is None:
        return Device(ident, label, key_id, made_at, "asks for certification")
    state = "certified" if key.until is None else "replaced" if key.disputed_from is None else "revoked"
    return Device(ident, label, key_id, made_at, state, key.since, key.until, key.disputed_from)


def _require_new(keys: KeyState, key_id: str) -> None:
    if key_id in keys.keys:
        raise InputError("this key serves or served in the record already: make a new one", field="key")
