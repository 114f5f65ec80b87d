"""Preparing, signing and entering through the interface for programs, over a real record."""

from __future__ import annotations

from typing import Any

from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.record.canonical import b64url
from tasdiq.record.ed25519 import pae
from tasdiq.record.entry import PAYLOAD_TYPE
from tasdiq.record.keys import SigningKey

OPENING = {
    "case": "case-1",
    "subject": "no-fire",
    "subject_kind": "commitment",
    "allegation": "Fire across the line at Sella",
    "alleged_by": "kes",
    "alleged_against": "vor",
    "commitment": "no-fire",
}


def prepared(client: Client, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Prepare an entry that must be allowed."""
    client.get("/")
    answer = client.post("/api/v1/drafts", json={"kind": kind, "body": body})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def signature(draft: dict[str, Any], key: SigningKey) -> dict[str, str]:
    """Sign a draft as the browser does."""
    message = pae(PAYLOAD_TYPE, draft["header"].encode())
    return {"key": key.key_id, "sig": b64url(key.sign(message))}


def test_a_draft_is_prepared_signed_and_entered(table: Seats) -> None:
    """What an officer prepares and signs stands in the record, and is answered with the log's receipt."""
    with table.client("kes") as client:
        draft = prepared(client, "EntryCorrected", {"item": "nothing", "reason": "a slip of the pen"})
        key = table.officer("kes").keys[0]
        answer = client.post(f"/api/v1/drafts/{draft['id']}/signatures", json=signature(draft, key))
    assert answer.status_code == 201, answer.text
    entered = answer.json()["entered"]
    assert table.state().entries[entered["index"]].id == entered["id"]
    assert "tasdiq" in entered["receipt"]
