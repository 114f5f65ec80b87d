"""Event tables: mappings, strict cells, and rows that cannot be read (rules of table/read, rows, report, exchanged)."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError, MissingError, TasdiqError
from tasdiq.intake.charter import parse_charter
from tasdiq.intake.table import Table, load_mapping, read_table

GED = Path(__file__).parents[3] / "shared" / "data" / "ged_pakistan_before_2015.csv"
TODAY = date(2032, 1, 1)
COLUMNS = (
    "report_id,source_id,source_kind,reported_at,time,time_precision_h,lat,lon,place_precision_km,admin1,admin2,place,type,"
    "actor_a,actor_b,killed_min,killed_max,injured_min,injured_max,text,cites"
)
GED_COLUMNS = (
    "id,relid,type_of_violence,side_a,side_b,source_article,source_office,source_date,source_headline,where_prec,"
    "where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,best,high,low"
)
ACLED_COLUMNS = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,admin2,location,latitude,"
    "longitude,geo_precision,source,notes,fatalities,timestamp"
)


def row(number: int, **changes: str) -> str:
    """Return a row of our own columns, with some cells changed."""
    cells = dict.fromkeys(COLUMNS.split(","), "") | {
        "report_id": f"r{number}", "source_id": "s1", "reported_at": "2031-05-03", "time": "2031-05-02T10:00:00Z",
        "time_precision_h": "6", "lat": "34.1", "lon": "71.2", "place_precision_km": "0.5", "place": "Dorna",
        "type": "air/strike", "actor_a": "kes", "killed_min": "1", "killed_max": "2", "text": "Shots",
    }  # fmt: skip
    return ",".join((cells | changes).values())


def read(*rows: str, header: str = COLUMNS) -> Table:
    """Read a table of rows as of a fixed day."""
    return read_table("events.csv", "\n".join([header, *rows, ""]).encode(), today=TODAY)


def test_own_columns_become_reports() -> None:
    """Times, coordinates and half-widths become integers with their units."""
    table = read(row(1))
    (report,) = table.reports
    assert (table.mapping, table.rejected, table.redistribute) == ("own", (), True)
    assert (report.time, report.time_precision_min) == ("2031-05-02T10:00:00Z", 360)
    assert (report.lat_e7, report.lon_e7, report.place_precision_m) == (341000000, 712000000, 500)
    assert (report.killed_min, report.killed_max, report.injured_min, report.actor_b) == (1, 2, None, None)


def test_a_day_without_a_time_is_its_noon() -> None:
    """A day is its middle and half its length (report, rule 2)."""
    (report,) = read(row(1, time="2031-05-02", time_precision_h="")).reports
    assert (report.time, report.time_precision_min) == ("2031-05-02T12:00:00Z", 720)


def test_ged_rows_become_reports_with_credit() -> None:
    """A span of days, three figures, codes and organs are read as UCDP means them."""
    cells = (
        '7,X-1,1,Government of Norway,NLA,"(1) Six dead\n3 May 2031\nReuters News\n\n(2) AP 4/5",,,,2,Dorna,North,,60.1,10.2,'
        "Norway,2,2031-05-01 00:00:00.000,2031-05-03 00:00:00.000,6,5,4"
    )
    table = read(cells, header=GED_COLUMNS)
    (report,) = table.reports
    assert (table.mapping, table.licence) == ("ged", "CC BY 4.0")
    assert "Uppsala Conflict Data Program" in report.credit
    assert (report.report_id, report.source_id, report.cites) == ("ged:7", "ucdp-ged", "Reuters; Associated Press")
    assert (report.time, report.time_precision_min) == ("2031-05-02T12:00:00Z", 4320)
    assert (report.killed_min, report.killed_max) == (4, 6)
    assert (report.type, report.actor_a, report.actor_b, report.country) == (
        "armed/state-based",
        "nor/government",
        "NLA",
        "NOR",
    )
    assert report.place_precision_m == 25_000


def test_acled_rows_may_not_be_passed_on() -> None:
    """Rows whose licence forbids it are marked, and the table says so."""
    cells = (
        "NOR1,17 October 2031,1,Battles,Armed clash,Military Forces of Norway (2019-),NLA,Norway,North,,Dorna,60.1,10.2,1,"
        "Post; Times,=1+1,3,1824422400"
    )
    table = read(cells, header=ACLED_COLUMNS)
    (report,) = table.reports
    assert (table.mapping, table.redistribute, report.redistribute) == ("acled", False, False)
    assert (report.time, report.type, report.actor_a) == ("2031-10-17T12:00:00Z", "direct-fire/clash", "nor/military")
    assert (report.text, report.reported_at) == ("=1+1", "2027-10-25T00:00:00Z")
    assert any("left out of exports" in note for note in table.notes)


def test_a_charter_names_the_actors() -> None:
    """Designations of the charter give actors their ids, organs go under the party."""
    charter = parse_charter(
        b'[[party]]\nid = "no"\nname = "Norway"\n[[party]]\nname = "K"\n[[group]]\nname = "Northern Army"\ndesignations = ["NLA"]\n'
    )
    cells = "1,X,2,Government of Norway,NLA,R,,,,1,D,N,,60.1,10.2,Norway,1,2031-05-01,2031-05-01,1,1,1"
    table = read_table("t.csv", f"{GED_COLUMNS}\n{cells}\n".encode(), charter=charter, today=TODAY)
    assert [(r.actor_a, r.actor_b) for r in table.reports] == [("no/government", "group/northern-army")]


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"lat": "200"}, "lat", "from -90 to 90"),
        ({"lon": "181"}, "lon", "from -180 to 180"),
        ({"lat": ""}, "lat", "both latitude and longitude"),
        ({"lat": '"34,1"'}, "lat", "decimal point as a dot"),
        ({"lat": "nan"}, "lat", "expected a latitude"),
        ({"time": "2040-01-01"}, "time", "in the future"),
        ({"reported_at": "2040-01-01"}, "reported_at", "in the future"),
        ({"time": "5/6/2031"}, "time", "could be exchanged"),
        ({"time": "2031-02-30"}, "time", "a date that exists"),
        ({"time": ""}, "time", "found an empty cell"),
        ({"killed_min": "1_000"}, "killed_min", "without underscores"),
        ({"killed_min": "٣"}, "killed_min", "digits 0–9"),
        ({"killed_min": "-3"}, "killed_min", "not negative"),
        ({"killed_min": "many"}, "killed_min", "expected a whole number"),
        ({"killed_min": "1e3"}, "killed_min", "expected a whole number"),
        ({"killed_min": "9"}, "killed_min", "expected at most 2"),
        ({"report_id": " "}, "report_id", "expected a value"),
        ({"time_precision_h": "x"}, "time_precision_h", "expected hours"),
        ({"text": '"a" b'}, "", "double quotation marks"),
        ({"text": '"open'}, "", "quotation mark"),
        ({"text": "one, two"}, "", "expected 21 fields, found 22"),
        ({"report_id": "r1"}, "report_id", "stands in line 2 already"),
    ],
)
def test_a_bad_row_is_listed_and_the_others_go_on(changes: dict[str, str], column: str, words: str) -> None:
    """Each bad row gives file, physical line, column and what was expected; no other row is lost."""
    table = read(row(1, text='"two\nlines"'), row(2, **changes), row(3))
    assert [report.report_id for report in table.reports] == ["r1", "r3"]
    (rejected,) = table.rejected
    assert (rejected.file, rejected.line, rejected.field) == ("events.csv", 4, column)
    assert words in rejected.reason
    assert rejected.content


def test_an_open_quotation_mark_swallows_no_rows() -> None:
    """Reading starts anew below a row whose quotation is never closed."""
    table = read(row(1, text='"open'), *(row(number) for number in range(2, 1000)))
    assert (len(table.reports), [r.line for r in table.rejected]) == (998, [2])


def test_exchanged_coordinates_are_told() -> None:
    """A point that fits only when turned round is rejected, by the table's middle or the gazetteer (exchanged)."""
    table = read(*(row(number) for number in range(10)), row(10, lat="71.2", lon="34.1"))
    assert [(r.line, r.field) for r in table.rejected] == [(12, "lat")]
    assert "look exchanged" in table.rejected[0].reason
    whole = read(*(row(number, place="Kandahar", lat="65.7", lon="31.6") for number in range(5)))
    assert len(whole.rejected) == 5 and any("columns exchanged" in note for note in whole.notes)


def test_exchanged_columns_are_suspected() -> None:
    """A table in which most rows fail at one column asks whether columns are exchanged."""
    table = read(*(row(number, killed_min="Shots", text="1") for number in range(9)))
    assert not table.reports and "are columns exchanged?" in table.notes[-1]


def test_thousands_separators_are_read_and_noted() -> None:
    """ "1,200" is 1200, and the table's notes say so."""
    table = read(row(1, killed_min='"1,200"', killed_max='"1,500"'))
    assert (table.reports[0].killed_min, table.reports[0].killed_max) == (1200, 1500)
    assert "thousands separators" in table.notes[0]


def test_a_formula_stays_as_it_is() -> None:
    """Cells that a spreadsheet would run are kept verbatim."""
    (report,) = read(row(1, text="=HYPERLINK(A1)", place=" @x ")).reports
    assert (report.text, report.place) == ("=HYPERLINK(A1)", " @x ")


def test_a_later_version_replaces_an_earlier_one() -> None:
    """The same report with a later time of reporting is a correction."""
    table = read(row(1), row(1, reported_at="2031-06-01", killed_max="5"))
    assert [report.killed_max for report in table.reports] == [5]
    assert "later versions" in table.notes[0]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_recognised(separator: str) -> None:
    """Semicolons and tabs are found in the header."""
    text = f"{COLUMNS}\n{row(1)}\n".replace(",", separator)
    assert len(read_table("t.csv", text.encode("utf-8-sig"), today=TODAY).reports) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no mapping fits"),
        (b"report_id,source_id,tyme\n", "own, lacks time"),
        (b"report_id,report_id,source_id,time\n", "twice"),
        (b"PK\x03\x04xxxx", "ZIP"),
        (b'"report_id\n', "quotation mark"),
    ],
)
def test_a_table_that_cannot_be_read_is_rejected_as_a_whole(data: bytes, words: str) -> None:
    """The reason says what was expected and what to do."""
    table = read_table("t.csv", data, today=TODAY)
    assert (table.reports, len(table.rejected)) == ((), 1)
    assert words in table.rejected[0].reason


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    """A TOML file maps other columns; its mistakes are told with the file."""
    path = tmp_path / "desk.toml"
    path.write_text(
        'name = "desk"\n[text]\nreport_id = { column = "nr", required = true }\nsource_id = { value = "desk" }\n'
        'type = { column = "what", values = { shelling = "indirect-fire/shelling" } }\n[time]\nstart = "day"\n'
    )
    table = read_table("t.csv", b"nr,day,what\n1,2 May 2031,shelling\n2,2 May 2031,noise\n", path, today=TODAY)
    assert [(r.report_id, r.type) for r in table.reports] == [("1", "indirect-fire/shelling")]
    assert "expected one of shelling, found 'noise'" in table.rejected[0].reason
    path.write_text('name = "desk"\n[text]\nid = { value = "x" }\n[time]\nstart = "day"\n')
    with pytest.raises(InputError, match="unknown field 'id'"):
        load_mapping(path)
    with pytest.raises(InputError, match="acled, ged, gtd, own"):
        load_mapping("gedd")
    with pytest.raises(MissingError):
        load_mapping(tmp_path / "none.toml")


def test_the_reference_has_every_column_and_a_valid_mapping(tmp_path: Path) -> None:
    """docs/reference/tables.md names our columns, and its example can be used."""
    text = (Path(__file__).parents[2] / "docs" / "reference" / "tables.md").read_text("utf-8")
    assert [column for column in COLUMNS.split(",") if f"`{column}`" not in text] == []
    path = tmp_path / "desk.toml"
    path.write_text(text.split("```toml\n")[1].split("```")[0], "utf-8")
    header = "nr,village,district,what,remarks,day,logged,y,x,located,dead"
    rows = f"{header}\n7,,Dorna,drone,Seen,2 May 2031,2031-05-03,34.1,71.2,gps,0\n"
    (report,) = read_table("t.csv", rows.encode(), path, today=TODAY).reports
    assert (report.report_id, report.place, report.type, report.place_precision_m) == (
        "desk:7",
        "Dorna",
        "air/drone",
        100,
    )


@pytest.mark.skipif(not GED.is_file(), reason="the UCDP rows are not beside the repository")
def test_five_thousand_ucdp_rows_are_read_in_two_seconds() -> None:
    """Every row of the file becomes a report, quickly."""
    data = GED.read_bytes()
    read_table("ged.csv", data[:20_000])
    begun = time.process_time()
    table = read_table("ged.csv", data)
    assert time.process_time() - begun < 2
    assert (len(table.reports), table.rejected) == (5296, ())


CELLS = st.sampled_from(['"', '""', "\n", "\r", ",", "1", "x", "\u2028", "2031-05-02", row(1), COLUMNS])


@given(st.lists(CELLS | st.text(max_size=5), max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_row_is_lost(text: str) -> None:
    """Every row is either a report, a rejection or a blank line; nothing but our errors escapes."""
    text = f"{COLUMNS}\n{row(1)}\n{text}"
    try:
        table = read_table("t.csv", text.encode("utf-8", "ignore"), today=TODAY)
    except TasdiqError:
        return
    assert table.reports or table.rejected
    assert all(rejected.line >= 0 and rejected.reason for rejected in table.rejected)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_table_or_rejected(data: bytes) -> None:
    """Bytes that are no table are rejected with a reason."""
    assert read_table("t.csv", data, today=TODAY).rejected
