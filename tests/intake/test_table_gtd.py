"""GTD's columns: dates with unknown parts, codes, and rows that may not be passed on (report, rule 2; read, rule 2)."""

from __future__ import annotations

from datetime import date

import pytest

from tasdiq.intake.table import Table, read_table

COLUMNS = (
    "eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,specificity,summary,attacktype1,gname,corp1,"
    "nkill,nwound,scite1,scite2,scite3"
)


def read(**changes: str) -> Table:
    """Read one made-up row with some cells changed."""
    cells = dict.fromkeys(COLUMNS.split(","), "") | {
        "eventid": "203105020001", "iyear": "2031", "imonth": "5", "iday": "2", "country_txt": "Norway", "city": "Dorna",
        "latitude": "60.1", "longitude": "10.2", "specificity": "1", "summary": "A bridge fell", "attacktype1": "3",
        "gname": "Unknown", "corp1": "Post of Dorna", "nkill": "2", "nwound": "", "scite1": "Dorna Post",
    }  # fmt: skip
    text = f"{COLUMNS}\n{','.join((cells | changes).values())}\n"
    return read_table("gtd.csv", text.encode(), today=date(2032, 1, 1))


def test_gtd_rows_become_reports() -> None:
    """Codes become paths in the taxonomy, "Unknown" is nobody, the licence goes with the rows."""
    table = read()
    (report,) = table.reports
    assert (table.mapping, table.redistribute, report.redistribute) == ("gtd", False, False)
    assert (report.report_id, report.type, report.actor_a, report.actor_b) == (
        "gtd:203105020001", "explosive/bomb", None, "Post of Dorna",
    )  # fmt: skip
    assert (report.killed_min, report.killed_max, report.injured_min, report.cites) == (2, 2, None, "Dorna Post")
    assert (report.country, report.place_precision_m) == ("NOR", 5000)
    assert "left out of exports" in table.notes[0]


@pytest.mark.parametrize(
    ("month", "day", "time", "minutes"),
    [
        ("5", "2", "2031-05-02T12:00:00Z", 720),
        ("5", "0", "2031-05-16T12:00:00Z", 22320),
        ("12", "0", "2031-12-16T12:00:00Z", 22320),
        ("0", "0", "2031-07-02T12:00:00Z", 262800),
    ],
)
def test_an_unknown_day_or_month_is_the_whole_of_it(month: str, day: str, time: str, minutes: int) -> None:
    """Where GTD writes 0, the month or year is the span."""
    (report,) = read(imonth=month, iday=day).reports
    assert (report.time, report.time_precision_min) == (time, minutes)


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"iday": "31", "imonth": "6"}, "iyear", "a date that exists"),
        ({"iyear": ""}, "iyear", "a date that exists"),
        ({"iyear": "9999", "imonth": "12", "iday": "31"}, "iyear", "a date that exists"),
        ({"iyear": "2033"}, "iyear", "in the future"),
        ({"imonth": "May"}, "imonth", "a whole number"),
        ({"attacktype1": "10"}, "attacktype1", "expected one of 1, 2"),
    ],
)
def test_a_rejected_row_is_told_without_its_words(changes: dict[str, str], column: str, words: str) -> None:
    """Line, column and reason are listed; the row itself is not, since its licence forbids passing it on."""
    (rejected,) = read(**changes).rejected
    assert (rejected.line, rejected.field, rejected.content) == (2, column, "")
    assert words in rejected.reason
