"""Submissions of KoboToolbox and ODK: group paths, keys, geopoints, zones and labels (rules of table/propose and objects)."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError
from tasdiq.intake.table import Table, read_table
from tasdiq.intake.table.cells import Misfit, geopoint
from tasdiq.intake.table.choices import read_choices
from tasdiq.intake.table.mapping import parse_mapping
from tasdiq.intake.table.opened import Opened, open_table
from tasdiq.intake.table.proposal_toml import proposal_toml
from tasdiq.intake.table.propose import propose_mapping

CHOICES = "list_name,name,label::English (en)\nkinds,k1,Shelling\nkinds,k2,Drone strike\nplaces,p1,Dorna\nplaces,p2,Upper Salova\n"
KOBO = (
    "start;end;today;incident/when;incident/where/village;incident/where/gps;_incident/where/gps_latitude;incident/type;"
    "incident/killed;phonenumber;_id;_uuid;_submission_time\n"
    "2031-05-03T08:00:00.000+05:00;2031-05-03T08:10:00.000+05:00;2031-05-03;2031-05-02T22:30:00.000+05:00;p2;"
    "34.1 71.2 1500 4.5;34.1;k2;2;070;9;a-1;2031-05-03T03:15:00\n"
)
KOBO_JSON = {
    "start": "2031-05-03T08:00:00.000+05:00", "incident/when": "2031-05-02T22:30:00.000+05:00",
    "incident/where/village": "p2", "incident/where/gps": "34.1 71.2 1500 4.5", "incident/type": "k2", "incident/killed": "2",
    "_id": 9, "_uuid": "a-1", "_submission_time": "2031-05-03T03:15:00", "_geolocation": [34.1, 71.2],
    "people": [{"people/age": 3}],
}  # fmt: skip
ODK_JSON = {
    "__id": "uuid:a-1", "meta": {"instanceID": "uuid:a-1"}, "__system": {"submissionDate": "2031-05-03T03:15:00Z"},
    "incident": {
        "when": "2031-05-02T22:30:00.000+05:00", "type": "k2", "killed": 2,
        "where": {
            "village": "p2",
            "gps": {"type": "Point", "coordinates": [71.2, 34.1, 1500], "properties": {"accuracy": 4.5}},
        },
    },
}  # fmt: skip
ODK = (
    "SubmissionDate,start,incident-when,incident-where-village,incident-where-gps-Latitude,incident-where-gps-Longitude,"
    "incident-where-gps-Altitude,incident-where-gps-Accuracy,incident-type,incident-killed,KEY\n"
    "2031-05-03T03:15:00.000Z,2031-05-03T08:00:00.000+05:00,2031-05-02T22:30:00.000+05:00,p2,34.1,71.2,1500,4.5,k2,2,uuid:a-1\n"
)


def opened(name: str, text: str) -> Opened:
    """Open a table that can be opened."""
    table = open_table(name, text.encode())
    assert isinstance(table, Opened)
    return table


def read(text: str) -> Table:
    """Read submissions with the mapping that is proposed for them."""
    form = opened("form", text)
    rows = [row.cells for row in form.rows]
    choices = read_choices("choices.csv", opened("choices.csv", CHOICES))
    toml = proposal_toml(propose_mapping("form.csv", form.columns, rows, choices))
    return read_table("form.csv", text.encode(), parse_mapping(toml.encode(), "form.toml"), today=date(2032, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        KOBO,
        ODK,
        json.dumps({"count": 1, "results": [KOBO_JSON]}),
        json.dumps([KOBO_JSON]),
        json.dumps({"value": [ODK_JSON]}),
    ],
    ids=["kobo csv", "odk csv", "kobo json", "bare json", "odk json"],
)
def test_a_submission_is_the_same_report_from_every_export(text: str) -> None:
    """Key, place with the device's accuracy, time in UTC, figure and labels are found under any group path."""
    (report,) = read(text).reports
    assert (report.report_id, report.time, report.reported_at) == (
        "a-1",
        "2031-05-02T17:30:00Z",
        "2031-05-03T03:15:00Z",
    )
    assert (report.lat_e7, report.lon_e7, report.place_precision_m) == (341000000, 712000000, 5)
    assert (report.place, report.type, report.killed_max) == ("Upper Salova", "air/drone", 2)
    assert report.source_id == "form"


def test_repeats_are_said_and_a_rejected_submission_is_told_without_its_words() -> None:
    """Nobody's telephone number stands in the public list of what was rejected."""
    table = read(json.dumps([KOBO_JSON]))
    assert any("repeated groups are not read: people" in note for note in table.notes)
    (rejected,) = read(KOBO.replace("2031-05-03T03:15:00", "2041-05-03T03:15:00")).rejected
    assert rejected.content == "" and "in the future" in rejected.reason


def test_the_time_of_filling_in_is_not_the_time_of_the_event() -> None:
    """A form that does not ask when is left open (rule 3)."""
    form = opened("f", "start,_uuid\n2031-05-03T08:00:00Z,a\n")
    assert "time" in propose_mapping("f", form.columns, [row.cells for row in form.rows]).open


def test_a_sheet_that_holds_no_choices_is_refused() -> None:
    """The column that is missing is named."""
    with pytest.raises(InputError, match="label is missing"):
        read_choices("c.csv", opened("c.csv", "list_name,name\na,b\n"))


@pytest.mark.parametrize(
    ("cell", "point"),
    [
        ("", None),
        ("34.1 71.2", (341000000, 712000000, None)),
        ("34.1 71.2 0 0", (341000000, 712000000, None)),
        ("34.1 71.2 -3 4.01", (341000000, 712000000, 5)),
    ],
)
def test_an_accuracy_of_nothing_is_unknown(cell: str, point: tuple[int, int, int | None] | None) -> None:
    """A point set by hand says 0; metres are rounded up."""
    assert geopoint(cell) == point


@given(st.text(alphabet="0123456789.-+eE_ ٣nan,", max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_cell_is_a_point_or_a_misfit(cell: str) -> None:
    """Nothing else escapes, and no point lies off the globe."""
    try:
        point = geopoint(cell)
    except Misfit:
        return
    assert point is None or (abs(point[0]) <= 90 * 10**7 and abs(point[1]) <= 180 * 10**7)
