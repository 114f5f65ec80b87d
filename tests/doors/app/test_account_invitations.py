"""Invitations: who may make them, and what a link gives, to its officer and to a thief (A4 to A8)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from doors.app.account_scenes import invited, join, person, seed_code, signed_in, stop_clock, visitor, who
from doors.app.seats import Seats
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.web.accounts import invitations, office, tokens, trace
from tasdiq.web.viewer import Viewer


def test_a_link_serves_once(either_table: Seats) -> None:
    """A5: looking at the page uses nothing up; the first to choose how to sign in ends the link."""
    _, path = invited(either_table)
    officer, thief = visitor(either_table), visitor(either_table)
    assert [officer.get(path).status_code for _ in range(3)] == [200] * 3
    assert join(officer, path).status_code == 200 and who(officer) == "Officer-3"
    assert thief.get(path).status_code == 404
    assert thief.post(f"{path}/password", data={"password": "x" * 20, "code": "123456"}).status_code == 404
    assert thief.post(f"{path}/passkey/options").status_code == 404


def test_of_two_who_use_a_link_at_once_one_is_let_in(table: Seats) -> None:
    """A5: two requests with one link at the same moment make one way to sign in."""
    _, path = invited(table)
    browsers = [visitor(table) for _ in range(4)]
    code = seed_code(browsers[0], path)
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda one: join(one, path, f"a password of {id(one)}", code).status_code, browsers))
    assert sorted(statuses) == [200, 404, 404, 404]


def test_links_end_and_newer_ones_end_them(table: Seats) -> None:
    """A5: a link ends after three days, and when the host makes another."""
    at = stop_clock(table)
    account, first = invited(table)
    client = visitor(table)
    _, secret = invitations.invite_again(table.room.office, account)
    assert client.get(first).status_code == 404
    assert client.get(f"/invited/{secret}").status_code == 200
    at.later(days=3, seconds=1)
    assert client.get(f"/invited/{secret}").status_code == 404


def test_links_are_kept_as_hashes(table: Seats) -> None:
    """A5: who reads the office's database finds no link, session, token or seed of codes."""
    officer = person(table)
    client = signed_in(table, officer.id)
    cookie = client.cookies["tasdiq_session"]
    _, path = invited(table)
    answer = client.post("/account/tokens", data={"name": "reader", "scopes": "read", "days": "3"})
    token = re.search(r"tasdiq_[\w-]{40,}", answer.text)
    assert token
    found = b"".join(file.read_bytes() for file in table.home.path.glob("office.sqlite*"))
    for secret in (cookie, path.rsplit("/", 1)[1], token[0], officer.seed):
        assert secret.encode() not in found


@pytest.mark.parametrize(("role", "may"), [("liaison", True), ("team", False)])
def test_officers_invite_for_their_own_member(table: Seats, role: str, may: bool) -> None:
    """A4: who speaks for a member invites for it; an officer of its team does not."""
    client = signed_in(table, table.account("kes", role))
    answer = client.post("/account/officers", data={"name": "Officer 12", "role": "team"})
    assert answer.status_code == (201 if may else 403)
    assert ("/invited/" in answer.text) == may


def test_nobody_invites_for_another_member(table: Seats) -> None:
    """A4: neither by form nor by any other way is an officer of one member invited by another's."""
    client = signed_in(table, table.account("vor"))
    client.post("/account/officers", data={"name": "Officer 12", "role": "liaison", "member": "kes"})
    with table.room.office.reading() as connection:
        made = next(one for one in office.listed(connection) if one.name == "Officer 12")
    assert made.member == "vor"
    viewer = Viewer(table.account("vor"), "x", "vor", "liaison", session="s")
    with pytest.raises(RoleError):
        invitations.invite(table.room.office, table.state().charter, "kes", "liaison", "Spy", by=viewer)
    account, path = invited(table)
    assert client.post(f"/account/officers/{account}/withdraw").status_code == 404
    assert visitor(table).get(path).status_code == 200


def test_a_program_invites_nobody(table: Seats) -> None:
    """A41: a token with every scope does not open the page of officers, to read or to invite."""
    officer = person(table)
    client = signed_in(table, officer.id)
    viewer = Viewer(officer.id, "", "kes", "liaison", session=tokens.secrets.hashed(client.cookies["tasdiq_session"]))
    token = tokens.make(table.room, viewer, "all", ("read", "act", "admin"), 3)
    program = table.anybody()
    for method, path in (("GET", "/account"), ("GET", "/account/officers"), ("POST", "/account/officers")):
        answer = program.request(
            method, path, headers={"authorization": f"Bearer {token}"}, follow_redirects=False,
            **({"data": {"name": "x", "role": "team"}} if method == "POST" else {}),
        )  # fmt: skip
        assert answer.status_code == 403


def test_roles_are_those_of_the_members_seat(table: Seats) -> None:
    """A1: a party has no mediators, an observer no liaison officers, and who has no seat has no officers."""
    charter, kept = table.state().charter, table.room.office
    for member, role in (("kes", "mediator"), ("riv", "liaison"), ("ord", "liaison"), ("med", "team")):
        with pytest.raises(InputError, match="role"):
            invitations.invite(kept, charter, member, role, "X")
    with pytest.raises(MissingError, match="no member"):
        invitations.invite(kept, charter, "nowhere", "liaison", "X")


def test_names_sign_in_a_short_form(table: Seats) -> None:
    """A2: a name becomes what records take as a name, unique within the member; one in other letters gets a number."""
    kept, charter = table.room.office, table.state().charter
    account, _ = invitations.invite(kept, charter, "kes", "team", "  Ofițer   nr. 4 ")
    assert (account.name, account.officer, account.sign_in) == ("Ofițer nr. 4", "Ofiter-nr.-4", "kes/ofiter-nr.-4")
    with pytest.raises(InputError, match="already"):
        invitations.invite(kept, charter, "kes", "team", "ofițer nr. 4")
    other, _ = invitations.invite(kept, charter, "vor", "team", "Ofițer nr. 4")
    assert other.officer == account.officer
    foreign, _ = invitations.invite(kept, charter, "kes", "team", "دفتر")
    assert foreign.officer.startswith("officer-")
    for bad in ("", "x" * 61, "two\u202elines"):
        with pytest.raises(InputError):
            invitations.invite(kept, charter, "kes", "team", bad)


def test_a_stolen_link_shows_and_gives_no_key(table: Seats) -> None:
    """A7: colleagues see that the link was used; whoever used it has no key, and loses all when the officer is invited again."""
    account, path = invited(table)
    thief = visitor(table)
    join(thief, path)
    assert "You have no key yet" in thief.get("/account/devices").text
    seen = table.client("kes").get("/account/officers").text
    assert "used the link and chose how to sign in" in seen
    _, secret = invitations.invite_again(table.room.office, account)
    assert who(thief) == ""
    officer = visitor(table)
    assert join(officer, f"/invited/{secret}").status_code == 200 and who(officer)
    assert "was invited again" in officer.get("/account/officers").text


def test_the_trace_is_the_members_own(table: Seats) -> None:
    """A6: what happened to a member's accounts is seen by all its officers, and by no other member's."""
    invited(table, "Officer 33")
    for role in ("liaison", "team"):
        page = table.client("kes", role).get("/account/officers").text
        assert "Officer 33" in page and "the host of this record, at its command line" in page
    for member in ("vor", "ord", "riv", "med"):
        assert "Officer 33" not in table.client(member).get("/account/officers").text


def test_a_withdrawn_link_serves_no_more(table: Seats) -> None:
    """A5: who speaks for the member withdraws a link before it is used."""
    account, path = invited(table)
    signed_in(table, table.account("kes")).post(f"/account/officers/{account}/withdraw")
    assert visitor(table).get(path).status_code == 404
    with table.room.office.reading() as connection:
        assert "had the link withdrawn" in [line.words for line in trace.of_member(connection, "kes")]


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "12 to 256"),
        ("Password!!!!2024", "others would not try"),
        ("kes/Officer-3", "others would not try"),
        ("a" * 300, "12 to 256"),
    ],
)
def test_passwords_that_others_would_try_are_refused(table: Seats, password: str, words: str) -> None:
    """A10: twelve characters, none of the commonest, not one's own name; the link still serves, and nothing else is asked."""
    _, path = invited(table)
    client = visitor(table)
    answer = join(client, path, password)
    assert answer.status_code == 422 and words in answer.text
    assert join(client, path, "quiet rivers run").status_code == 200


def test_a_seed_must_have_been_taken_over(table: Seats) -> None:
    """A10: a password is set only with a code that shows that the authenticator has the seed."""
    _, path = invited(table)
    client = visitor(table)
    assert join(client, path, code="000000").status_code == 422
    assert who(client) == ""
