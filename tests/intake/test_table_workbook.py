"""Workbooks as tables: the same mapping, rows and refusals as CSV; dates right, nothing run, nothing unpacked without bound."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.table import read_table
from tasdiq.intake.table.opened import open_table
from tasdiq.intake.table.read import Table

HEADER = ["report_id", "source_id", "source_kind", "time", "time_precision_h", "lat", "lon", "place_precision_km",
          "type", "killed_min", "killed_max", "text", "reported_at"]  # fmt: skip
TODAY = date(2031, 5, 1)


def workbook(*rows: list[object], above: int = 0, sheets: tuple[str, ...] = (), epoch: object = None) -> bytes:
    """Return a workbook with one table of rows."""
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch  # type: ignore[assignment]
    sheet = book.active
    assert sheet is not None
    sheet.title = "Log"
    for number in range(above):
        sheet.append([f"Weekly sheet {number}"])
    for row in rows:
        sheet.append(row)
    for name in sheets:
        book.create_sheet(name).append(["a", "b"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def event(number: int, at: object, killed: object = 2) -> list[object]:
    """Return one report as a row of cells."""
    return [f"r-{number}", "desk-a", "desk", at, 1, 34.5, 70.25, 2, "indirect-fire/shelling", killed, killed, "Shells fell.",
            datetime(2031, 4, 6, 8, 30)]  # fmt: skip


def read(data: bytes) -> Table:
    """Read a workbook under tasdiq's own columns."""
    return read_table("log.xlsx", data, today=TODAY)


def test_rows_are_those_of_the_same_csv() -> None:
    """A workbook and a CSV with the same cells give the same reports."""
    found = read(workbook(HEADER, event(1, datetime(2031, 4, 5, 10, 15)), event(2, datetime(2031, 4, 5, 11, 0), 3.0)))
    lines = [",".join(HEADER)] + [
        f"r-{n},desk-a,desk,2031-04-05 {clock},1,34.5,70.25,2,indirect-fire/shelling,{k},{k},Shells fell.,2031-04-06 08:30:00"
        for n, clock, k in ((1, "10:15:00", 2), (2, "11:00:00", 3))
    ]
    same = read_table("log.csv", "\n".join(lines).encode(), today=TODAY)
    assert found.reports == same.reports and len(found.reports) == 2
    assert found.mapping == "own" and not found.rejected


def test_dates_are_dates_in_both_calendars_of_workbooks() -> None:
    """Days count from 1900 or 1904, midnight is a day, text stays text."""
    for epoch in (None, openpyxl.utils.datetime.CALENDAR_MAC_1904):
        opened = open_table("a.xlsx", workbook(["day", "what"], [date(2031, 4, 5), "05/04/2031"], epoch=epoch))
        assert not isinstance(opened, str)
        assert [row.cells for row in opened.rows] == [["2031-04-05", "05/04/2031"]]  # type: ignore[union-attr]


def test_the_header_is_found_below_a_title() -> None:
    """Titles above the header and further sheets are noted and not read; rows keep the sheet's own numbers."""
    found = read(workbook(HEADER, event(1, "not a time"), event(2, datetime(2031, 4, 5)), above=3, sheets=("Codes",)))
    assert len(found.reports) == 1 and found.rejected[0].line == 5 and found.rejected[0].field == "time"
    assert any("row 4" in note for note in found.notes) and any("'Codes'" in note for note in found.notes)


def test_formulas_are_what_was_saved_and_never_run() -> None:
    """A formula without a saved value is an empty cell; one that looks like a command is never followed."""
    opened = open_table(
        "a.xlsx", workbook(["id", "what"], ["1", '=HYPERLINK("https://x.example","go")'], ["2", "kept"])
    )
    assert [row.cells for row in opened.rows] == [["1", ""], ["2", "kept"]]  # type: ignore[union-attr]


def test_cells_beyond_the_header_break_their_row_alone() -> None:
    """A row with more than the header has is refused by its number; empty rows are left out."""
    opened = open_table("a.xlsx", workbook(["id", "what"], ["1", "a", "b"], [None, None], ["2", "c"]))
    rows = list(opened.rows)  # type: ignore[union-attr]
    assert [(row.line, bool(row.broken)) for row in rows] == [(2, True), (4, False)]


def packed(name: str, content: bytes, declared: int | None = None) -> bytes:
    """Return a workbook with one part replaced; `declared` is the size it says it has."""
    held, made = io.BytesIO(), io.BytesIO(workbook(["id", "what"], ["1", "a"]))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    data = held.getvalue()
    if declared is not None:
        data = data.replace(len(content).to_bytes(4, "little"), declared.to_bytes(4, "little"))
    return data


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04", "no workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "no workbook"),
        (packed(SHEET, bytes(20_000_000), declared=900), "bytes unpacked"),
        (packed(SHEET, b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "document type"),
        (packed("xl/workbook.xml", b"<nothing/>"), ""),
        (workbook([]), "no sheet has a header"),
    ],
)
def test_what_is_no_sound_workbook_is_refused(data: bytes, words: str) -> None:
    """Bombs, entities, old and broken files are rejected with what to do."""
    found = read(data)
    assert not found.reports and words in found.rejected[0].reason


def test_a_sheet_that_claims_to_be_endless_is_not_believed() -> None:
    """One far cell in a sheet costs nothing: rows are read as they come, columns beyond the header break their row."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>what</t></is></c></row>'
        '<row r="9"><c r="XFD9" t="inlineStr"><is><t>far</t></is></c></row><row r="12"><c r="A12"><v>7</v></c></row>'
    )
    head = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    )
    opened = open_table("a.xlsx", packed(SHEET, f"{head}<sheetData>{rows}</sheetData></worksheet>".encode()))
    assert [(row.line, row.cells) for row in opened.rows] == [(12, ["7", ""])]  # type: ignore[union-attr]


WHOLE = workbook(HEADER, event(1, datetime(2031, 4, 5, 10, 15, tzinfo=UTC).replace(tzinfo=None)))


@settings(max_examples=40, deadline=None)
@given(noise=st.binary(max_size=60), at=st.integers(0, len(WHOLE)), dropped=st.integers(0, 60))
def test_no_bytes_raise(noise: bytes, at: int, dropped: int) -> None:
    """A workbook with anything put into it or taken out of it is read or rejected."""
    read(WHOLE[:at] + noise + WHOLE[at + dropped :])
