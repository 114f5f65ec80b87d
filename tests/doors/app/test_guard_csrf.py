"""Forged requests: what another site makes a browser send does nothing (`guard.csrf`)."""

from __future__ import annotations

import re
import time

import pytest
from fastapi.testclient import TestClient

from doors.app.probes import add_probes
from doors.app.seats import ADDRESS, Seats
from tasdiq.web.guard import cookies


def tab(table: Seats, *, signed_in: bool = True) -> TestClient:
    """Return a plain browser, which sends no header by itself, with the cookies of a page it was shown."""
    if "probe" not in str(table.app.routes):
        add_probes(table.app)
    client = TestClient(table.app, base_url=ADDRESS)
    if signed_in:
        client.cookies.update(table.client("kes").cookies)
    client.get("/")
    return client


def token(client: TestClient) -> str:
    """Return the token in the page a browser is shown."""
    found = re.search(r'<meta name="csrf" content="([^"]+)">', client.get("/").text)
    assert found
    return found[1]


def test_a_form_of_a_page_is_taken(table: Seats) -> None:
    """Rule 1: with the token of the page as a field, an officer's form arrives as that officer's."""
    client = tab(table)
    done = client.post("/probe/form", data={"csrf": token(client), "text": "here"})
    assert (done.status_code, done.text) == (200, "kes:here")


def test_a_form_with_a_file_is_taken(table: Seats) -> None:
    """Rule 1: in a multipart form the token is the first field; all of the form arrives."""
    client = tab(table)
    file = {"csrf": (None, token(client)), "file": ("a.bin", b"x" * 300_000)}
    done = client.post("/probe/body", files=file)
    assert (done.status_code, int(done.text) > 300_000) == (200, True)


def test_a_script_of_a_page_is_taken(table: Seats) -> None:
    """Rule 1: with the token in the header, a call with a session is that officer's."""
    client = tab(table)
    done = client.post("/api/v1/probe/form", data={"text": "here"}, headers={"X-CSRF-Token": token(client)})
    assert done.text == "kes:here"


@pytest.mark.parametrize("address", ["/probe/form", "/api/v1/probe/form"])
@pytest.mark.parametrize(
    "given", [{}, {"csrf": ""}, {"csrf": "guess"}, {"csrf": "ü"}], ids=["none", "empty", "guessed", "no ASCII"]
)
def test_a_request_without_the_token_is_refused(table: Seats, address: str, given: dict[str, str]) -> None:
    """Rule 1: cookies alone do nothing."""
    assert tab(table).post(address, data={**given, "text": "here"}).status_code == 403


def test_a_file_before_the_token_is_refused(table: Seats) -> None:
    """Rule 1: the token comes first, so that nobody reads a file to find it."""
    client = tab(table)
    assert client.post("/probe/body", files={"file": ("a", b"x"), "csrf": (None, token(client))}).status_code == 403


def test_a_token_serves_its_session_alone(table: Seats) -> None:
    """Rule 2: a token of before sign-in, or of another officer, serves no longer."""
    client, before = tab(table), tab(table, signed_in=False)
    secret = before.cookies[cookies.TOKEN]
    client.cookies.set(cookies.TOKEN, secret)
    for other in (token(before), token(tab(table))):
        assert client.post("/probe/form", data={"csrf": other}).status_code == 403
    assert client.post("/probe/form", data={"csrf": token(client)}).status_code == 200


def test_signing_in_needs_the_token_too(table: Seats) -> None:
    """Rule 1: nobody can be signed in as somebody else by another site."""
    client = tab(table, signed_in=False)
    assert client.post("/sign-in/probe", data={"text": "x"}).status_code == 403
    assert client.post("/sign-in/probe", data={"csrf": token(client), "text": "x"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": f"{ADDRESS}.elsewhere.example"},
    ],
)
def test_a_request_from_another_site_is_refused_even_with_the_token(table: Seats, headers: dict[str, str]) -> None:
    """Rule 3: a browser that says where the request comes from is believed."""
    client = tab(table)
    assert client.post("/probe/form", data={"csrf": token(client)}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS}, {"Sec-Fetch-Site": "none"}])
def test_a_request_from_a_page_of_this_server_is_taken(table: Seats, headers: dict[str, str]) -> None:
    """Rule 3: what browsers send with forms of this server's pages."""
    client = tab(table)
    assert client.post("/probe/form", data={"csrf": token(client)}, headers=headers).status_code == 200


def test_a_bearer_token_needs_none_and_is_not_helped_by_cookies(table: Seats) -> None:
    """Rule 4: a request that names its authority itself is taken as it stands; with a wrong one it is nobody's."""
    client = tab(table)
    for address in ("/probe/form", "/api/v1/probe/form"):
        done = client.post(address, data={"text": "x"}, headers={"Authorization": "Bearer tasdiq_wrong"})
        assert (done.status_code, done.text) == (200, ":x")


def test_over_tls_the_secret_cannot_be_set_by_others(table: Seats) -> None:
    """The cookie has the prefix that browsers take from this host over TLS alone, and scripts cannot read it."""
    table.with_options(secure=True)
    made = table.anybody().get("/").headers["set-cookie"]
    assert made.startswith("__Host-tasdiq_csrf=")
    assert all(word in made for word in ("Path=/", "HttpOnly", "SameSite=Strict", "Secure"))


def test_a_password_in_an_address_exempts_nothing(table: Seats) -> None:
    """Rule 4: a form that another site sends to http://user:password@host/sign-in signs nobody in to the sender's account."""
    client = tab(table, signed_in=False)
    sent = {"name": "vor/officer", "password": "a password of theirs", "code": "123456"}
    done = client.post("/sign-in", data=sent, headers={"Authorization": "Basic dXNlcjpwYXNz"})
    assert done.status_code == 403 and "did not come from a page of this server" in done.text


def test_a_form_of_a_million_fields_is_refused_unread(table: Seats) -> None:
    """Rule 5: what costs its sender a second costs the server none; whatever it carries is not the token."""
    client = tab(table)
    held = token(client)
    form = f"csrf={held}&" + "a=b&" * 400_000
    begun = time.perf_counter()
    done = client.post("/probe/form", content=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert done.status_code == 403
    assert time.perf_counter() - begun < 0.5
