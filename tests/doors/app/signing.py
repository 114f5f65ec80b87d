"""Preparing and signing as the browser does it, for the tests of drafts: with keys that are held in this process."""

from __future__ import annotations

from typing import Any

from httpx import Response

from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.clock import timestamp
from tasdiq.record import canonical
from tasdiq.record.ed25519 import pae
from tasdiq.record.entry import PAYLOAD_TYPE
from tasdiq.record.keys import SigningKey
from tasdiq.secretariat import custody
from tasdiq.web.acting.preparing import chain_of

SLIP = {"item": "case-9", "reason": "a slip of the pen"}


def prepared(client: Client, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Prepare an entry that must be allowed."""
    answer = client.post("/api/v1/drafts", json={"kind": kind, "body": body})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def signature(draft: dict[str, Any], key: SigningKey) -> dict[str, str]:
    """Sign a draft as the browser does."""
    message = pae(PAYLOAD_TYPE, draft["header"].encode())
    return {"key": key.key_id, "sig": canonical.b64url(key.sign(message))}


def sign(client: Client, draft: dict[str, Any], key: SigningKey) -> Response:
    """Hand a signature in."""
    answer: Response = client.post(f"/api/v1/drafts/{draft['id']}/signatures", json=signature(draft, key))
    return answer


def change(table: Seats, made: custody.Change, member: str) -> None:
    """Enter a key event that a member signs."""
    chain = chain_of(table.room)
    table.room.writer.enter(
        [custody.sign_change(chain, made, [table.keys[member]], timestamp(table.at), member=member)]
    )


def at(table: Seats, *who: str) -> Client:
    """Return a client signed in as an officer, that has seen a page: its token is there."""
    client = table.client(*who) if who else table.anybody()
    client.get("/")
    return client
