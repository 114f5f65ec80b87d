"""Rows that are read together give what each of them gives by itself (rules of table/by_column)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.table.actors import Actors
from tasdiq.intake.table.by_column import ByColumn
from tasdiq.intake.table.mapping import SHIPPED, Mapping, at_point, load_mapping
from tasdiq.intake.table.report import Reading, read_report
from tasdiq.model.incident import IncidentReport

TODAY = date(2032, 1, 1)
CELLS = (
    "", " ", "0", "1", "2", "7", "12", "1,200", "12.0", "-3", "1_000", "٣", "34.1", " 34.1", "-34.1234567", "34.12345678",
    "90.0000001", "180", "999.5", "+5.0", "nan", "1e3", "2031-05-02", "2031-05-02T10:00:00Z", "2031-05-02 10:00:00",
    "2031-05-02T10:00:00+05:00",
    "2031-02-30T10:00:00Z", "2032-01-02T23:59:59Z", "2032-01-03T00:00:00Z", "2031-05-02T24:00:00Z", "0999-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z", "17 October 2031", "2031-05-04;2031-05-05", "2031-05-02T10:00:00Z;2031-05-05", "1930000000",
    "2031-05-02T10:00:00Z\n", "34.1 71.2 0 4", "34.1 71.2", "Army of Kestria", "Government of Vorland", "air/strike",
    "-99", "Unknown",
    "Reuters 4/10, AFP", "Post; Courier", "France", "=1+1", "é", "civilians",
)  # fmt: skip
ORDINARY = {
    "report_id": "r1", "source_id": "s1", "reported_at": "2031-05-03T10:00:00Z", "time": "2031-05-02T10:00:00Z",
    "time_precision_h": "6", "lat": "34.1", "lon": "-71.2", "place_precision_km": "0.5", "place": "Dorna", "type": "air/strike",
    "actor_a": "kes", "killed_min": "1", "killed_max": "2", "text": "Shots",
}  # fmt: skip


def one_by_one(mapping: Mapping, columns: list[str], cells: tuple[str, ...]) -> IncidentReport | None:
    """Read a row by itself; None where it is odd."""
    reading = Reading(dict(zip(columns, cells, strict=True)), TODAY, Actors(None))
    report = read_report(mapping, reading)
    return None if reading.grouped else report


@pytest.mark.parametrize("name", [*SHIPPED, "point"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_rows_read_together_are_the_rows_read_apart(name: str, data: st.DataObject) -> None:
    """Rules 1-3: a report is the same to the last field; a row that does not fit is always given back."""
    mapping = at_point(load_mapping("own"), "lat") if name == "point" else load_mapping(name)
    named = sorted(mapping.columns)
    columns = data.draw(st.permutations([*named, "more"]))
    if data.draw(st.booleans()):
        optional = data.draw(st.sampled_from(named))
        columns = [column for column in columns if column != optional or column in mapping.needed]
    fitting = {column: data.draw(st.sampled_from(CELLS)) for column in columns}
    row = st.tuples(*(st.just(fitting[column]) | st.sampled_from(CELLS) for column in columns))
    rows = data.draw(st.lists(row, min_size=1, max_size=12))
    found = [*ByColumn(mapping, columns, TODAY, Actors(None)).reports(rows)]
    assert found == [one_by_one(mapping, columns, cells) for cells in rows]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(ORDINARY)), st.sampled_from(CELLS), max_size=3))
def test_an_ordinary_row_with_a_few_other_cells_is_read_alike(others: dict[str, str]) -> None:
    """Rule 2: moments and degrees in their commonest spelling, with others beside them."""
    mapping, columns = load_mapping("own"), [*ORDINARY]
    cells = tuple((ORDINARY | others).values())
    (found,) = ByColumn(mapping, columns, TODAY, Actors(None)).reports([cells])
    assert found == one_by_one(mapping, columns, cells)


def test_ordinary_rows_are_not_given_back() -> None:
    """Nothing but what is odd is read twice."""
    (found,) = ByColumn(load_mapping("own"), [*ORDINARY], TODAY, Actors(None)).reports([tuple(ORDINARY.values())])
    assert found is not None
    assert (found.time, found.lat_e7, found.time_precision_min) == ("2031-05-02T10:00:00Z", 341000000, 360)
