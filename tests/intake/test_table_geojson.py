"""GeoJSON point features as reports (rules of table/objects, points and opened)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.intake.table import Table, load_mapping, read_table
from tasdiq.intake.table.mapping import parse_mapping

TODAY = date(2032, 1, 1)
MAPPING = parse_mapping(
    b'name = "map"\n[text]\nreport_id = { column = "@id", required = true }\nsource_id = { value = "map" }\n'
    b'place = { column = "village/name" }\n[time]\nstart = "day"\n[place]\npoint = "@point"\nprecision = "located"\n'
    b"half_width_m = { gps = 50, village = 3000 }\n",
    "map.toml",
)


def feature(**changes: Any) -> dict[str, Any]:
    """Return a feature about a made-up village, with some members changed."""
    properties = {"day": "2031-05-02", "village": {"name": "Dorna"}, "located": None}
    return {
        "type": "Feature",
        "id": "f1",
        "geometry": {"type": "Point", "coordinates": [71.2, 34.1]},
        "properties": properties,
    } | changes


def read(*features: object, mapping: Any = MAPPING, **members: object) -> Table:
    """Read a collection of features, one a line."""
    rows = ",\n".join(json.dumps(each) for each in features)
    head = "".join(f"{json.dumps(name)}: {json.dumps(value)}, " for name, value in members.items())
    text = f'{{"type": "FeatureCollection", {head}"features": [\n{rows}\n]}}\n'
    return read_table("map.geojson", text.encode(), mapping, today=TODAY)


def test_a_point_is_longitude_first_and_its_precision_unknown() -> None:
    """RFC 7946 writes [longitude, latitude]; a precision nobody states is unknown."""
    (report,) = read(feature()).reports
    assert (report.lat_e7, report.lon_e7, report.place_precision_m) == (341000000, 712000000, None)
    assert (report.report_id, report.place, report.time) == ("f1", "Dorna", "2031-05-02T12:00:00Z")


def test_a_stated_precision_and_an_unlocated_feature() -> None:
    """A property gives the half-width; a feature whose geometry is null is a report without a place."""
    stated = feature(properties={"day": "2031-05-02", "located": "village"})
    first, second = read(stated, feature(id=7, geometry=None)).reports
    assert first.place_precision_m == 3000
    assert (second.report_id, second.lat_e7) == ("7", None)


def test_own_columns_as_properties_need_no_mapping() -> None:
    """The point counts, whatever the properties say of a place."""
    own = {
        "report_id": "r",
        "source_id": "s",
        "time": "2031-05-02",
        "lat": 1,
        "lon": 2,
        "killed_min": 1,
        "killed_max": 2,
    }
    table = read(feature(properties=own), mapping=None)
    assert [(r.lat_e7, r.killed_max) for r in table.reports] == [(341000000, 2)]
    assert read(feature(properties=own), mapping=load_mapping("own")).reports == table.reports


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"geometry": {"type": "Point", "coordinates": [34.1, 171.2]}}, "a latitude from -90 to 90"),
        ({"geometry": {"type": "Point", "coordinates": [200, 3]}}, "a longitude from -180 to 180"),
        ({"geometry": {"type": "Point", "coordinates": ["71.2", "34.1"]}}, "[71.2, 34.1]"),
        ({"geometry": {"type": "Point", "coordinates": [1]}}, "[71.2, 34.1]"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "expected a Point, found 'Polygon'"),
        ({"geometry": [71.2, 34.1]}, "expected a Point"),
        ({"properties": None}, "expected a date"),
        ({"properties": [1]}, "expected an object"),
        ({"properties": {"day": "\ud800"}}, "surrogate"),
        ({"properties": {"a/b": 1, "a": {"b": 2}}}, "twice"),
        ({"properties": {"day": "2031-05-02", "@point": "1 1"}, "geometry": 3}, "expected a Point"),
    ],
)
def test_a_bad_feature_is_listed_and_the_others_go_on(changes: dict[str, Any], words: str) -> None:
    """The reason stands with the line in which the feature begins."""
    table = read(feature(), feature(id="f2", **changes), feature(id="f3"))
    (rejected,) = table.rejected
    assert rejected.line == 3 and words in rejected.reason
    assert [report.report_id for report in table.reports] == ["f1", "f3"]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ('{"features": [{"a": 1},\n]}', "found", 1),
        ('{"features": [\n{"a": NaN}]}', "instead of NaN", 2),
        ('{"features": [\n{"a": 1, "a": 2}]}', "each key once", 2),
        ('{"type": "Feature"}', "an array of rows", 1),
        ('{"features": [{"a": 1}]} x', "nothing after the end", 1),
        ("{1: 2}", "a key in quotation marks", 1),
        ("[" * 100_000, "brackets", 1),
        ('{"features": []}', "no rows", 1),
        ('{"features": [', "the end of the file", 1),
    ],
)
def test_what_is_no_json_is_rejected_as_a_whole(text: str, words: str, line: int) -> None:
    """Nothing that others would read otherwise is taken (rule 1 of objects)."""
    (rejected,) = read_table("t.geojson", text.encode(), MAPPING, today=TODAY).rejected
    assert words in rejected.reason and rejected.line == line


def test_another_coordinate_system_is_refused() -> None:
    """Names of WGS 84 pass, others do not."""
    assert "EPSG:3857" in read(feature(), crs={"properties": {"name": "EPSG:3857"}}).rejected[0].reason
    assert read(feature(), crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}).reports


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab/") | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, JSON, JSON)
@settings(max_examples=200, deadline=None)
def test_any_feature_is_a_report_or_rejected(geometry: object, properties: object, other: object) -> None:
    """Nothing is lost, and nothing but our own outcomes comes of it."""
    table = read(feature(), feature(id="f2", geometry=geometry), feature(id="f3", properties=properties), other)
    assert len(table.reports) + len(table.rejected) == 4 or len(table.rejected) == 1
    assert all(rejected.reason for rejected in table.rejected)


@given(st.text(alphabet='{}[]",:01e-.\\u tfn\n', max_size=40), st.sampled_from(["[", "{", '{"results": [']))
@settings(max_examples=300, deadline=None)
def test_any_brackets_are_rejected_or_read(text: str, head: str) -> None:
    """Hostile JSON gives our own outcomes only."""
    table = read_table("t.json", (head + text).encode(), MAPPING, today=TODAY)
    assert table.rejected or table.reports
