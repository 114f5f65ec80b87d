"""Event tables by program, and searching by page and program."""

from __future__ import annotations

import csv
import io

import pyarrow
import pyarrow.parquet
import pytest

from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.reader import Reader
from tasdiq.record.submission import to_bytes
from tasdiq.secretariat.custody import sign_for

COLUMNS = ("report_id", "source_id", "time", "lat", "lon", "place", "type", "text")
ROWS = [("e1", "post 7", "2021-03-01T05:00:00Z", "34.5", "69.25", "Sella", "ground/shelling", "Smoke over the orchard")]
BULK = "application/vnd.tasdiq.submission+json"


def as_csv(rows: list[tuple[str, ...]]) -> bytes:
    """Write a table."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, *rows])
    return out.getvalue().encode()


def officer(seats: Seats) -> Client:
    """Sign in as the mediator's officer, and load a page: it brings the token of the session."""
    client = seats.client("ord")
    client.get("/")
    return client


def test_a_table_becomes_drafts_whose_rows_the_officer_signs(table: Seats) -> None:
    """One that it arrived, one for its rows; what cannot be read is told with its line."""
    client = officer(table)
    bad = ("e2", "post 7", "yesterday", "34.5", "69.25", "Sella", "ground", "x")
    answer = client.post(
        "/api/v1/tables?name=events.csv", content=as_csv([*ROWS, bad]), headers={"Content-Type": "text/csv"}
    )
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert [draft["kind"] for draft in told["drafts"]] == ["TableReceived", "ReportsProposed"]
    assert [row["row"] for row in told["drafts"][1]["rows"]]
    assert (told["accepted"], told["rejected"][0]["line"]) == (1, 3)


def test_a_table_in_parquet_is_read_as_its_cells(table: Seats) -> None:
    """The same rows come out."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({name: [row[n] for row in ROWS] for n, name in enumerate(COLUMNS)}), out)
    headers = {"Content-Type": "application/vnd.apache.parquet"}
    answer = officer(table).post("/api/v1/tables?name=events.parquet", content=out.getvalue(), headers=headers)
    assert (answer.status_code, answer.json()["accepted"]) == (201, 1)


@pytest.mark.parametrize("data", [b"", b"PAR1 no table", b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused_with_what_is_wrong(table: Seats, data: bytes) -> None:
    """422, and never an error of ours."""
    answer = officer(table).post("/api/v1/tables", content=data, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 422, answer.text


def test_nobody_hands_in_a_table_without_signing_in(table: Seats) -> None:
    """Refused before it is read."""
    assert table.anybody().post("/api/v1/tables", content=as_csv(ROWS)).status_code in (401, 403)


def test_a_signed_bulk_entry_is_found_when_its_answer_comes(either_table: Seats) -> None:
    """By program and on the page; by nobody who may not see it."""
    seats = either_table
    row = canonical.dumps({"place": "Sella", "report_id": "r1", "source_id": "s", "text": "smoke <b>rose</b>"})
    body = canonical.dumps({"method": "t", "rows_of": "report", "subject": "t.csv"})
    with Reader.open(seats.home.path) as reader:
        at = seats.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        made = sign_for(
            reader.chain, Draft("ReportsProposed", "ord", at, body, "joint", rows=(row,)), [seats.keys["ord"]]
        )
    client = officer(seats)
    answer = client.post("/api/v1/tables", content=to_bytes(made), headers={"Content-Type": BULK})
    assert answer.status_code == 200, answer.text
    found = client.get("/api/v1/search", params={"q": "smok", "place": "sella"}).json()
    assert (found["total"], found["items"][0]["ident"], found["next"]) == (1, "r1", None)
    page = client.get("/search", params={"q": "smok"})
    assert "smoke &lt;b&gt;rose" in page.text
    assert "1 answer" in page.text
    nobody = seats.anybody()
    assert nobody.get("/api/v1/search", params={"q": "smok"}).json()["total"] == 0
    assert "Nothing was found" in nobody.get("/search", params={"q": "smok"}).text


def test_a_question_that_cannot_be_read_is_told_beside_its_field(table: Seats) -> None:
    """On the page as a form's error, by program as a problem that names the field."""
    client = table.client("kes")
    page = client.get("/search", params={"box": "1,2"})
    assert (page.status_code, "There is a problem" in page.text) == (422, True)
    assert client.get("/api/v1/search", params={"box": "1,2"}).json()["field"] == "box"
    assert "Ask for a word" in client.get("/search").text
