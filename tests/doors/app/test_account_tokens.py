"""Tokens for programs (A40 to A42), and what a browser left open cannot do (A19)."""

from __future__ import annotations

import re

import pytest

from doors.app.account_scenes import person, signed_in, stop_clock, who
from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.web.accounts import invitations, office, sessions
from tasdiq.web.accounts.office import Account


def made(client: Client, **changes: object) -> str:
    """Make a token on the page; return it."""
    answer = client.post("/account/tokens", data={"name": "reader", "scopes": ["read"], "days": "3", **changes})
    found = re.search(r"<code>(tasdiq_[\w-]{43})</code>", answer.text)
    assert answer.status_code == 201 and found, answer.text
    return found[1]


def viewer(table: Seats, token: str, **headers: str) -> tuple[str, frozenset[str]]:
    """Return for whom a token counts, and its scopes."""
    request = type("Asked", (), {"headers": {"authorization": f"Bearer {token}", **headers}, "cookies": {}})()
    found = sessions.viewer_of(table.room, request)
    return found.officer, found.scopes


def test_a_token_is_shown_once_and_stands_for_its_officer(either_table: Seats) -> None:
    """A40: the page shows a token when it is made and never again; it stands for the officer within its scopes."""
    officer = person(either_table)
    client = signed_in(either_table, officer.id)
    token = made(client, scopes=["act", "read"])
    assert viewer(either_table, token) == ("Officer-7", frozenset({"read", "act"}))
    page = client.get("/account/tokens").text
    assert token not in page and "read, act" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scopes": ["all"]}, "at least one of"),
        ({"scopes": []}, "at least one of"),
        ({"days": "1000"}, "366"),
        ({"days": "-1"}, "366"),
        ({"name": ""}, "1 to 60"),
    ],
)
def test_unfit_tokens_are_refused(table: Seats, changes: dict[str, object], words: str) -> None:
    """A40: unknown scopes, no scope, a year and more, no name: the form says what is expected."""
    client = signed_in(table, person(table).id)
    answer = client.post("/account/tokens", data={"name": "reader", "scopes": ["read"], "days": "3", **changes})
    assert answer.status_code == 422 and words in answer.text


def test_tokens_end(table: Seats) -> None:
    """A42: a token ends with its time, when it is revoked, and when its account is disabled or invited again."""
    at = stop_clock(table)
    officer = person(table)
    client = signed_in(table, officer.id)
    tokens = [made(client) for _ in range(3)]
    listed = re.findall(r"/account/tokens/([0-9a-f]{32})/revoke", client.get("/account/tokens").text)
    client.post(f"/account/tokens/{listed[0]}/revoke")
    assert sorted(viewer(table, token)[0] for token in tokens) == ["", "Officer-7", "Officer-7"]
    at.later(days=3)
    assert [viewer(table, token)[0] for token in tokens] == ["", "", ""]
    token = made(signed_in(table, officer.id))
    with table.room.office.engine.begin() as connection:
        office.disable(connection, table.room.office, officer.id)
    with table.room.office.engine.begin() as connection:
        office.enable(connection, officer.id)
    assert viewer(table, token)[0] == ""
    token = made(signed_in(table, officer.id))
    account: Account = invitations.invite_again(table.room.office, officer.id)[0]
    assert (viewer(table, token)[0], account.sign_in) == ("", officer.sign_in)


def test_nobody_revokes_anothers_token(table: Seats) -> None:
    """A40: a colleague neither sees nor revokes an officer's tokens."""
    owner, other = person(table), person(table, "Officer-8")
    token = made(signed_in(table, owner.id))
    listed = re.findall(r"tokens/([0-9a-f]{32})/revoke", signed_in(table, owner.id).get("/account/tokens").text)
    colleague = signed_in(table, other.id)
    assert colleague.post(f"/account/tokens/{listed[0]}/revoke").status_code == 404
    assert "reader" not in colleague.get("/account/tokens").text
    assert viewer(table, token)[0] == "Officer-7"


@pytest.mark.parametrize("header", ["Bearer tasdiq_", "Bearer x", "Basic eDp4", "Bearer tasdiq_" + "A" * 43, ""])
def test_what_is_no_token_is_nobody_and_no_cookie_helps(table: Seats, header: str) -> None:
    """A23: a request with an authorization that does not hold is anybody's, whatever cookie comes with it."""
    client = signed_in(table, person(table).id)
    assert who(client)
    answer = client.get("/account", headers={"authorization": header}, follow_redirects=False)
    assert answer.status_code in (303, 403)


def test_what_changes_sign_in_wants_a_fresh_session(table: Seats) -> None:
    """A19: a quarter of an hour after signing in, tokens, passkeys, passwords and invitations ask to sign in again."""
    at = stop_clock(table)
    client = signed_in(table, person(table).id)
    at.later(minutes=16)
    assert "sign in again" in client.get("/account").text
    before = [
        client.post("/account/tokens", data={"name": "reader", "scopes": ["read"], "days": "3"}),
        client.post("/account/passkeys/options", headers={"accept": "application/json"}),
        client.post("/account/password/remove"),
        client.post("/account/officers", data={"name": "Late", "role": "team"}),
        client.post("/account/password", data={"seed": "x", "password": "quiet rivers run", "code": "1"}),
    ]
    assert [answer.status_code for answer in before] == [422] * 5
    assert all("sign in again" in answer.text for answer in before)
