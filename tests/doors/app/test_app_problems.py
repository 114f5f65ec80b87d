"""Errors as answers: one table, one shape, no words that are nobody's business (`problems`, `guard.catching`, `serving.watch`)."""

from __future__ import annotations

import logging

import pytest

from doors.app.probes import FAILURES, SECRET, add_probes
from doors.app.seats import Seats
from tasdiq.web.problems import TABLE

STATUS = {"input": 422, "procedure": 409, "role": 403, "missing": 404, "settings": 500, "record": 503, "bug": 500}
TOLD = {"input", "procedure", "role"}


@pytest.fixture
def probed(table: Seats) -> Seats:
    """A table whose application has addresses that fail."""
    add_probes(table.app)
    return table


def test_every_family_of_errors_has_its_status() -> None:
    """The probes fail in every family of the table."""
    assert {type(error) for error in FAILURES.values()} - {KeyError} == {
        kind for kind in TABLE if kind.__name__ != "TooOftenError"
    }


@pytest.mark.parametrize("how", FAILURES)
def test_a_program_is_answered_in_the_one_shape(probed: Seats, how: str) -> None:
    """RFC 9457: type, title, status, detail; the words of errors inside the server stay there, with a number instead."""
    found = probed.client("kes").get(f"/api/v1/probe/fail/{how}")
    problem = found.json()
    assert (found.status_code, found.headers["content-type"]) == (STATUS[how], "application/problem+json")
    assert problem["status"] == STATUS[how]
    assert {"type", "title", "detail"} <= problem.keys()
    assert (SECRET in found.text) == (how in TOLD)
    if STATUS[how] >= 500:
        assert problem["correlation"] == found.headers["x-correlation-id"]


@pytest.mark.parametrize("how", FAILURES)
def test_a_browser_is_answered_with_a_page(probed: Seats, how: str) -> None:
    """The same as a page that says what to do; never a trace of the program."""
    found = probed.client("kes").get(f"/probe/fail/{how}")
    assert (found.status_code, found.headers["content-type"]) == (STATUS[how], "text/html; charset=utf-8")
    assert (SECRET in found.text) == (how in TOLD)
    assert not any(word in found.text for word in ("Traceback", "Error(", "KeyError", ".py"))
    assert (found.headers["x-correlation-id"] in found.text) == (STATUS[how] >= 500)


def test_a_field_and_a_paragraph_are_named(probed: Seats) -> None:
    """What is wrong with which field; which paragraph closes the step."""
    client = probed.client("kes")
    assert client.get("/api/v1/probe/fail/input").json()["field"] == "place"
    assert client.get("/api/v1/probe/fail/procedure").json()["paragraph"] == "P4"


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
def test_what_may_not_be_seen_is_answered_like_what_does_not_exist(probed: Seats, prefix: str) -> None:
    """Rule 1: body and headers are the same, but for the number of the request."""
    client = probed.client("kes")
    client.get("/")  # the first page brings a cookie
    hidden, missing = client.get(f"{prefix}/probe/fail/missing"), client.get(f"{prefix}/no/such/address")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    changing = ("x-correlation-id",)
    assert {k: v for k, v in hidden.headers.items() if k not in changing} == {
        k: v for k, v in missing.headers.items() if k not in changing
    }


def test_anybody_is_asked_to_sign_in_and_led_back(probed: Seats) -> None:
    """Rule 4: a page for officers leads anybody to sign in; a program is told that it may not."""
    client = probed.anybody()
    found = client.get("/probe/fail/role?part=2", follow_redirects=False)
    assert (found.status_code, found.headers["location"]) == (303, "/sign-in?next=%2Fprobe%2Ffail%2Frole%3Fpart%3D2")
    assert client.get("/api/v1/probe/fail/role").status_code == 403


def test_a_record_out_of_reach_still_gives_a_page(probed: Seats) -> None:
    """Where not even the charter can be read, a page without it says so, with 503 and a number."""
    client = probed.anybody()
    (probed.home.path / "record.sqlite").write_bytes(b"no database any more")
    for address in ("/", "/probe/fail/record"):
        found = client.get(address)
        assert (found.status_code, found.headers["x-correlation-id"] in found.text) == (503, True)


def test_a_line_of_the_log_names_no_person_no_item_and_no_words(
    probed: Seats, caplog: pytest.LogCaptureFixture
) -> None:
    """Rules 1 and 2 of the watch: pattern, status, where it happened; nothing of what was asked or by whom."""
    caplog.set_level(logging.INFO, "tasdiq.requests")
    found = probed.client("kes").get("/probe/fail/bug?witness=Ana", headers={"User-Agent": "Ana's telephone"})
    line = caplog.records[-1].__dict__["line"]
    assert (line["route"], line["status"], line["error"]) == ("/probe/fail/{how}", 500, "KeyError")
    assert line["number"] == found.headers["x-correlation-id"]
    assert any("probes.py" in place for place in line["at"])
    assert not any(word in str(line) for word in (SECRET, "Ana", "kes", "testclient"))
