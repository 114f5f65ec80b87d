"""What an attacker sends: paths, nested and huge JSON, templates and formulas in texts, addresses that the server might fetch.

Forged requests, headers, rates and sizes are in `test_guard_*`, sessions in `test_account_*`, who sees what in `test_matrix`.
"""

from __future__ import annotations

import csv
import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doors.app.onlookers import with_token
from doors.app.scene import now
from doors.app.seats import Seats
from tasdiq.mechanism import Mechanism
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.publication.tables import neutral

ALL = "read act admin"
TEMPLATE = '{{ 7*7 }} {% import os %} ${7*7} #{7*7} <script>alert(1)</script> " onmouseover="x'
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", '=HYPERLINK("http://x.example")')
ADDRESSES = (
    "http://127.0.0.1:9/",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "gopher://x.example/",
)


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """No connection leaves this process; what tries is listed."""
    tried: list[object] = []
    connect = socket.socket.connect

    def refuse(this: socket.socket, address: Any) -> None:
        if this.family == socket.AF_UNIX:
            return connect(this, address)
        tried.append(address)
        raise OSError("unplugged")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield tried


def _deep(levels: int) -> bytes:
    return b'{"kind":"CaseOpened","body":' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"


BOMBS = {
    "deeply nested objects": _deep(100_000),
    "deeply nested arrays": b"[" * 200_000,
    "a huge integer": b'{"kind":"CaseOpened","body":{"at":' + b"9" * 100_000 + b"}}",
    "a huge exponent": b'{"kind":"CaseOpened","body":{"at":1e999999999}}',
    "not a number": b'{"kind":"CaseOpened","body":{"at":NaN}}',
    "a key twice": b'{"kind":"CaseOpened","kind":"MessageSent","body":{}}',
    "a lone surrogate": b'{"kind":"CaseOpened","body":{"case":"\\ud800"}}',
    "bytes that are no text": b"\xff\xfe\x00",
    "a field nobody knows": b'{"kind":"CaseOpened","body":{},"admin":true}',
    "another type": b'"CaseOpened"',
    "nothing": b"",
}


@pytest.mark.parametrize("path", ["drafts", "entries", "uploads", "drafts/x/signatures"])
@pytest.mark.parametrize("what", BOMBS)
def test_json_that_is_meant_to_break_something_is_refused(table: Seats, path: str, what: str) -> None:
    """Whatever is sent is answered below 500, with a problem, and at once."""
    program = with_token(table, ALL)
    answer = program.post(f"/api/v1/{path}", content=BOMBS[what], headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 2000


TRAVERSALS = (
    "../../record.sqlite", "..%2f..%2frecord.sqlite", "%2e%2e/%2e%2e/keys/log.key", "....//keys/log.key", "/etc/passwd",
    "..\\..\\keys\\log.key", "0/../../../keys/log.key", "%00", "con", "0/000%00.p/9",
)  # fmt: skip


@pytest.mark.parametrize(
    "prefix", ["/record/tile/", "/static/", "/api/v1/documents/", "/api/v1/exports/", "/evidence/", "/cases/"]
)
def test_no_path_leads_out_of_where_it_belongs(table: Seats, prefix: str) -> None:
    """Names of files are looked up, never joined: what is not known by its name is not there."""
    secret = (table.home.path / "keys" / "log.key").read_bytes()
    for client in (table.anybody(), table.client("kes")):
        for path in TRAVERSALS:
            answer = client.get(prefix + path, follow_redirects=False)
            assert answer.status_code in (303, 400, 404, 422), (path, answer.status_code)
            assert secret not in answer.content and b"root:" not in answer.content and b"SQLite" not in answer.content


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x", "..\\x", "/etc/passwd", "a\0b", "x" * 5000, "con", "", ".", ".."]
)
def test_the_name_of_an_upload_is_a_label_and_never_a_path(table: Seats, name: str) -> None:
    """No file comes to lie where its sender says; nothing appears outside the record's folder."""
    before = {path for path in table.base.rglob("*") if "office" not in path.name}
    sent = {"case": "case-1", "name": name, "size": 3, "sha256": "0" * 64}
    answer = with_token(table, ALL).post("/api/v1/uploads", json=sent)
    assert answer.status_code < 500
    grown = {path for path in table.base.rglob("*") if "office" not in path.name} - before
    assert all(table.home.path in path.parents for path in grown)
    assert not any(Path(name).name and path.name == Path(name).name for path in grown)


def test_a_submission_array_is_bounded(table: Seats) -> None:
    """More submissions at once than are taken are refused before any is read."""
    answer = with_token(table, ALL).post("/api/v1/entries", content=b"[" + b",".join([b"{}"] * 101) + b"]")
    assert answer.status_code == 422


def _told(table: Seats, text: str) -> None:
    """Enter a report whose texts an attacker chose."""
    report = IncidentReport(
        report_id="report-1", source_id=text, source_kind="observer", reported_at="2031-03-01T05:00:00Z",
        time="2031-03-01T05:00:00Z", type="ground/shelling", place=text, admin1=text, admin2=text, cites=text, actor_a=text,
    )  # fmt: skip
    with Mechanism.open(table.home, table.settings, key=table.keys["ord"], clock=lambda: table.at) as mechanism:
        mechanism.propose("report", "forms", "tests", [report], access="joint")
        mechanism.propose(
            "incident", "by hand", "tests", [Incident(id="report-1", reports=("report-1",))], access="joint"
        )


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(table: Seats, text: str) -> None:
    """A spreadsheet that opens the file runs nothing of what a report says."""
    _told(table, text)
    answer = table.client("kes").get("/api/v1/exports/reports.csv")
    cells = [cell for row in csv.reader(io.StringIO(answer.text, newline="")) for cell in row]
    assert any(text.strip() in cell for cell in cells)
    assert not any(
        cell.lstrip()[:1] in ("=", "+", "@") or (cell.lstrip()[:1] == "-" and not _number(cell)) for cell in cells
    )
    assert neutral(text).startswith("'")


def _number(cell: str) -> bool:
    try:
        return bool(float(cell)) or True
    except ValueError:
        return False


def test_what_a_text_says_is_shown_and_never_run(table: Seats) -> None:
    """A template's or a page's own signs in a text come out as text, on pages, in the interface and in searches."""
    _told(table, TEMPLATE)
    client = table.client("kes")
    for path in ("/incidents", "/incidents/report-1", "/search?q=onmouseover", "/entries", "/desk"):
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        assert "<script>alert(1)" not in answer.text
        assert "49 " not in answer.text or "7*7" in answer.text
        assert '" onmouseover="x' not in answer.text
    told = client.get("/api/v1/reports/report-1")
    assert told.json()["item"]["place"] == TEMPLATE
    assert told.headers["content-type"] == "application/json"
    assert told.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_that_somebody_enters_is_fetched(table: Seats, unplugged: list[object], address: str) -> None:
    """Addresses in bodies, texts, queries and headers are words to this server."""
    _told(table, address)
    program, person = with_token(table, ALL), table.client("kes")
    body = {
        "case": "case-1", "subject": address, "subject_kind": "incident", "allegation": address, "alleged_by": "kes",
        "at": now(table),
    }  # fmt: skip
    program.post("/api/v1/drafts", json={"kind": "CaseOpened", "body": body})
    headers = {"Referer": address, "X-Forwarded-Host": address, "Origin": "http://testserver"}
    for path in (
        f"/search?q={address}",
        f"/sign-in?next={address}",
        "/incidents",
        "/api/v1/reports",
        f"/do/CaseOpened?subject={address}",
    ):
        assert person.get(path, headers=headers, follow_redirects=False).status_code < 500
    assert unplugged == []


NEXT = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/%09/evil.example",
)


@pytest.mark.parametrize("hostile", NEXT)
def test_no_redirect_leads_elsewhere(table: Seats, hostile: str) -> None:
    """Wherever an address takes `next`, no answer sends a browser to another place."""
    for client in (table.anybody(), table.client("kes")):
        for path in ("/sign-in", "/account", "/desk", "/sign/x"):
            answer = client.get(path, params={"next": hostile}, follow_redirects=False)
            where = answer.headers.get("location", "/")
            assert where.startswith("/") and not where.startswith(("//", "/\\")), (path, where)
            assert f'href="{hostile}"' not in answer.text


def test_a_method_that_an_address_does_not_take_changes_nothing(table: Seats) -> None:
    """PUT, PATCH, DELETE and TRACE on what is read are refused in the one shape of problems."""
    program, size = with_token(table, ALL), table.state().size
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        answer = program.request(method, "/api/v1/cases")
        assert answer.status_code == 405, method
    assert table.state().size == size
