"""Passkeys (Web Authentication Level 3, https://www.w3.org/TR/webauthn-3/), checked by the `webauthn` package.

A16. A passkey is discoverable, belongs to this server's name, and its device has verified its owner (PIN, finger, face) each
     time. It is tried under no name: nothing is told about who has an account.
A17. An account may have several. A counter that runs backwards tells of a copy: such a passkey signs in nowhere.
A18. The last way to sign in cannot be removed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tasdiq.errors import InputError
from tasdiq.web.accounts import challenges, secrets
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import PASSKEY
from tasdiq.web.room import Room

MOST = 10
WAITS_MS = 60_000
_ADD, _SIGN_IN = "passkey", "sign-in"
_REFUSALS = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner is shown it; `synced` says that it is copied between its owner's devices."""

    id: str
    label: str
    synced: bool
    added_at: int
    used_at: int | None


def options_to_add(room: Room, account: Account, title: str) -> dict[str, Any]:
    """Return `{id, options}`: what a browser needs to make a passkey for an account."""
    with room.office.engine.begin() as connection:
        known = connection.execute(select(PASSKEY.c.credential).where(PASSKEY.c.account == account.id)).scalars().all()
        made = webauthn.generate_registration_options(
            rp_id=_host(room),
            rp_name=title[:64] or "tasdiq",
            user_name=account.sign_in,
            user_id=bytes.fromhex(account.id),
            user_display_name=account.name,
            timeout=WAITS_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(each)) for each in known],
        )
        ident = challenges.issue(connection, room.office, _ADD, account.id, made.challenge)
    return {"id": ident, "options": json.loads(webauthn.options_to_json(made))}


def add(connection: Connection, room: Room, account: Account, ident: str, credential: Any, label: str) -> None:
    """Keep the passkey that a browser made for an account; InputError if it is none, or answers nothing we asked."""
    challenge = challenges.take(connection, room.office, _ADD, account.id, ident)
    if challenge is None:
        raise InputError("this took too long, or was sent twice: start again", field="passkey")
    try:
        found = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(room),
            expected_origin=room.options.address,
            require_user_verification=True,
        )
    except _REFUSALS as error:
        raise InputError("expected a new passkey of this device, found none that holds", field="passkey") from error
    if len(of_account(connection, account.id)) >= MOST:
        raise InputError(f"an account has {MOST} passkeys at most: remove one that is not used", field="passkey")
    values = {
        "id": secrets.new_id(),
        "account": account.id,
        "credential": found.credential_id,
        "public": found.credential_public_key,
        "uses": found.sign_count,
        "label": " ".join(label.split())[:60] or "Passkey",
        "synced": found.credential_backed_up,
        "added_at": room.office.now(),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(PASSKEY).values(**values))
    except IntegrityError as error:
        raise InputError("this passkey is in use already", field="passkey") from error


def options_to_sign_in(room: Room) -> dict[str, Any]:
    """Return `{id, options}`: what a browser needs to sign in with whichever passkey its owner chooses."""
    made = webauthn.generate_authentication_options(
        rp_id=_host(room), timeout=WAITS_MS, user_verification=UserVerificationRequirement.REQUIRED
    )
    with room.office.engine.begin() as connection:
        ident = challenges.issue(connection, room.office, _SIGN_IN, "", made.challenge)
    return {"id": ident, "options": json.loads(webauthn.options_to_json(made))}


def signed_in(connection: Connection, room: Room, ident: str, credential: Any) -> str | None:
    """Return the id of the account whose passkey answered, None where none did."""
    challenge = challenges.take(connection, room.office, _SIGN_IN, "", ident)
    try:
        raw = webauthn.base64url_to_bytes(credential["rawId"])
        row = connection.execute(select(PASSKEY).where(PASSKEY.c.credential == raw)).first()
        if challenge is None or row is None:
            return None
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(room),
            expected_origin=room.options.address,
            credential_public_key=bytes(row.public),
            credential_current_sign_count=row.uses,
            require_user_verification=True,
        )
    except _REFUSALS:
        return None
    connection.execute(
        update(PASSKEY).where(PASSKEY.c.id == row.id).values(uses=found.new_sign_count, used_at=room.office.now())
    )
    return str(row.account)


def of_account(connection: Connection, account: str) -> list[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    found = connection.execute(select(PASSKEY).where(PASSKEY.c.account == account).order_by(PASSKEY.c.added_at))
    return [Passkey(row.id, row.label, row.synced, row.added_at, row.used_at) for row in found]


def remove(connection: Connection, account: Account, ident: str) -> bool:
    """Remove a passkey of an account, if it has it; InputError if it could not sign in any more (A18)."""
    if not account.has_password and len(of_account(connection, account.id)) < 2:
        raise InputError("this is the only way you can sign in: add another first", field="passkey")
    done = connection.execute(delete(PASSKEY).where(PASSKEY.c.id == ident, PASSKEY.c.account == account.id))
    return done.rowcount == 1


def _host(room: Room) -> str:
    return urlsplit(room.options.address).hostname or "localhost"
