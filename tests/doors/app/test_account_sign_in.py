"""Signing in by password and code, and what an attacker gets for trying (rules of docs/design/accounts.md)."""

from __future__ import annotations

import re
import statistics
import time

import pytest

from doors.app.account_scenes import PASSWORD, person, signed_in, stop_clock, visitor, who
from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.web.accounts import office, sessions
from tasdiq.web.guard import csrf


def body_of(answer: object) -> str:
    """Return a page without what differs from browser to browser: tokens."""
    return re.sub(r'(value|content)="[A-Za-z0-9_-]{43}"', "", answer.text)  # type: ignore[attr-defined]


def test_password_and_code_let_an_officer_in(either_table: Seats) -> None:
    """An officer signs in with name, password and code, and is led to the page it came for; letters' size does not matter."""
    officer, client = person(either_table), visitor(either_table)
    answer = client.post("/sign-in", data=officer.form(name=" KES/Officer-7 ", next="/cases"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases")
    assert who(client) == "Officer-7"


@pytest.mark.parametrize(
    "wrong", [{"password": "four sheep on a blue hill"}, {"code": "000000"}, {"name": "kes/nobody"}]
)
def test_every_wrong_attempt_is_answered_the_same(table: Seats, wrong: dict[str, str]) -> None:
    """A24: whichever is wrong, and whether or not anybody has the name, page, status and headers are the same."""
    stop_clock(table)
    officer, client = person(table), visitor(table)
    plain = client.post("/sign-in", data={"name": "vor/nobody", "password": "x", "code": "1"})
    answer = client.post("/sign-in", data=officer.form(**wrong))
    assert answer.status_code == plain.status_code == 403
    told = officer.form(**wrong)["name"]
    assert body_of(answer).replace(told, "") == body_of(plain).replace("vor/nobody", "")
    assert set(answer.headers) == set(plain.headers)
    assert who(client) == ""


def test_unknown_names_take_as_long(table: Seats) -> None:
    """A11: the median time for a name that nobody has lies near that for one that somebody has."""
    officer, client = person(table), visitor(table)
    table.room.budgets.factor = 100

    def seconds(name: str) -> float:
        begun = time.perf_counter()
        client.post("/sign-in", data=officer.form(name=name, password="a wrong password"))
        return time.perf_counter() - begun

    seconds("kes/warm-up")
    pairs = [(seconds(officer.sign_in), seconds("kes/nobody")) for _ in range(7)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.5 < unknown / known < 2, (known, unknown)


def test_a_code_serves_once(table: Seats) -> None:
    """A14: a code that let somebody in lets nobody in again, and an earlier one neither; the next one does."""
    at = stop_clock(table)
    officer, first, second = person(table), visitor(table), visitor(table)
    seen = officer.form()
    assert first.post("/sign-in", data=seen, follow_redirects=False).status_code == 303
    assert second.post("/sign-in", data=seen).status_code == 403
    assert second.post("/sign-in", data=officer.form(code=officer.code(-1))).status_code == 403
    at.later(seconds=30)
    assert second.post("/sign-in", data=officer.form(), follow_redirects=False).status_code == 303


def test_a_wrong_password_uses_no_code_up(table: Seats) -> None:
    """A14: who mistyped the password uses the same code again."""
    stop_clock(table)
    officer, client = person(table), visitor(table)
    assert client.post("/sign-in", data=officer.form(password="mistyped by hand")).status_code == 403
    assert client.post("/sign-in", data=officer.form(), follow_redirects=False).status_code == 303


def test_a_password_alone_lets_nobody_in(table: Seats) -> None:
    """A10: an account with a password and no seed of codes signs in to nothing by it."""
    office.make_account(table.room.office, "kes", "liaison", "Officer-8", PASSWORD)
    client = visitor(table)
    for code in ("", "000000"):
        assert (
            client.post("/sign-in", data={"name": "kes/officer-8", "password": PASSWORD, "code": code}).status_code
            == 403
        )


def test_brute_force_is_stopped_by_rate_and_locks_nobody_out(table: Seats) -> None:
    """A12: after ten attempts under a name even the right password waits, the same for a name nobody has; later it is taken."""
    at = stop_clock(table)
    officer, client = person(table), visitor(table)
    for name in (officer.sign_in, "kes/nobody"):
        statuses = [
            client.post("/sign-in", data=officer.form(name=name, password=f"guess number {n}")).status_code
            for n in range(12)
        ]
        assert statuses == [403] * 10 + [429] * 2
    refused = client.post("/sign-in", data=officer.form())
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) <= 300
    at.later(minutes=6)
    assert client.post("/sign-in", data=officer.form(), follow_redirects=False).status_code == 303


def test_a_session_from_before_opens_nothing(table: Seats) -> None:
    """A21: a session that somebody planted in the browser is neither kept nor raised; the cookie is a new one."""
    officer, client = person(table), visitor(table)
    name = sessions.cookie_name(table.options)
    planted = "planted-by-somebody-else"
    client.cookies.set(name, planted)
    client.get("/sign-in")
    answer = client.post("/sign-in", data=officer.form(), follow_redirects=False)
    value = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert value != planted and len(value) == 43
    attacker = table.anybody()
    attacker.cookies.set(name, planted)
    assert who(attacker) == ""


def test_signing_in_again_ends_the_browsers_session_before(table: Seats) -> None:
    """A25: of two sessions in one browser, one after the other, only the second holds."""
    at = stop_clock(table)
    officer = person(table)
    client = signed_in(table, officer.id)
    before = client.cookies[sessions.cookie_name(table.options)]
    at.later(minutes=1)
    assert client.post("/sign-in", data=officer.form(), follow_redirects=False).status_code == 303
    old = table.anybody()
    old.cookies.set(sessions.cookie_name(table.options), before)
    assert who(old) == ""


def test_signing_in_needs_the_token_of_the_page(table: Seats) -> None:
    """Another site cannot sign a browser in as its own officer: without the page's token nothing is done."""
    officer, client = person(table), visitor(table)
    assert client.post("/sign-in", data=officer.form(), headers={csrf.HEADER: "none"}).status_code == 403
    assert who(client) == ""
    elsewhere = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    assert client.post("/sign-in", data=officer.form(), headers=elsewhere).status_code == 403
    assert who(client) == ""


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(table: Seats, next_page: str) -> None:
    """The page one is led to after signing in is this server's own."""
    officer, client = person(table), visitor(table)
    assert next_page not in client.get("/sign-in", params={"next": next_page}).text
    answer = client.post("/sign-in", data=officer.form(next=next_page), follow_redirects=False)
    assert answer.headers["location"] == "/desk"


def test_sessions_end(table: Seats) -> None:
    """A20: a session ends after 12 hours without use and 7 days after it began, however much it is used."""
    at = stop_clock(table)
    officer = person(table)
    idle = signed_in(table, officer.id)
    at.later(hours=11, minutes=59)
    assert who(idle)
    at.later(hours=12, minutes=1)
    assert not who(idle)
    used = signed_in(table, officer.id)
    for _ in range(16):
        assert who(used)
        at.later(hours=10)
    at.later(hours=9)
    assert not who(used)


def test_signing_out_ends_the_session_itself(table: Seats) -> None:
    """A20: after signing out the cookie opens nothing, wherever it was copied to."""
    officer = person(table)
    client = signed_in(table, officer.id)
    value = client.cookies[sessions.cookie_name(table.options)]
    assert client.post("/sign-out", follow_redirects=False).status_code == 303
    copy = table.anybody()
    copy.cookies.set(sessions.cookie_name(table.options), value)
    assert (who(client), who(copy)) == ("", "")


def test_an_officer_signs_out_everywhere(table: Seats) -> None:
    """A20: every session of the account ends at once, and no other officer's; one of them can be ended alone."""
    officer, other = person(table), person(table, "Officer-9")
    here, there, third = (signed_in(table, officer.id) for _ in range(3))
    colleague = signed_in(table, other.id)
    listed = re.findall(r"/account/sessions/([0-9a-f]{64})/end", here.get("/account").text)
    assert len(listed) == 3
    assert colleague.post(f"/account/sessions/{listed[-1]}/end").status_code == 404
    ours = sessions.secrets.hashed(there.cookies[sessions.cookie_name(table.options)])
    here.post(f"/account/sessions/{ours}/end")
    assert [bool(who(client)) for client in (here, there, third)] == [True, False, True]
    here.post("/account/sessions/end")
    assert [bool(who(client)) for client in (here, third, colleague)] == [False, False, True]


def test_powers_are_those_of_the_charter(table: Seats) -> None:
    """A22: an account of a member that the charter does not have, or in a role not open to it, is nobody."""
    for member, role in (("gone", "liaison"), ("kes", "mediator"), ("riv", "liaison")):
        account = office.make_account(table.room.office, member, role, f"Officer-{role}-{member}")
        assert who(signed_in(table, account)) == ""


def test_a_disabled_account_is_nobody(table: Seats) -> None:
    """A3: disabling ends sessions; the right password and code do not help, and are answered like wrong ones."""
    officer = person(table)
    client, fresh = signed_in(table, officer.id), visitor(table)
    with table.room.office.engine.begin() as connection:
        office.disable(connection, table.room.office, officer.id)
    assert who(client) == ""
    assert fresh.post("/sign-in", data=officer.form()).status_code == 403


def test_cookies_are_out_of_reach(table: Seats, anybody: Client) -> None:
    """A20: scripts and other sites do not get the session's cookie; over TLS it is bound to this host."""
    officer, client = person(table), visitor(table)
    header = client.post("/sign-in", data=officer.form(), follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in header and "SameSite=Strict" in header and "Path=/" in header
    secure = sessions.cookie_name(type(table.options)(secure=True))
    assert secure == "__Host-tasdiq_session"
