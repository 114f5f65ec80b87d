"""Grouping of incident reports: the rules of `corroboration.pair`, `compare`, `group`, on small made-up worlds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tasdiq.corroboration.group import corroborate_table, group
from tasdiq.corroboration.group.edges import Edges
from tasdiq.corroboration.group.linkage import link
from tasdiq.corroboration.group.stretches import cut, spots_of
from tasdiq.corroboration.pair import distance_km, search, space_reach, time_reach
from tasdiq.corroboration.reports.columns import read_columns
from tasdiq.errors import InputError
from tasdiq.intake.frames import read_reports, write_table
from tasdiq.model.incident import IncidentReport

DAY = datetime(2031, 5, 4, tzinfo=UTC)


def report(ident: Any, source: str, hour: float, lat: float = 40.0, lon: float = 60.0, **more: Any) -> dict[str, Any]:
    """One row: exact to a quarter of an hour and 0.1 km unless said otherwise."""
    row = {
        "report_id": ident, "source_id": source,
        "reported_at": DAY + timedelta(hours=hour + 3), "time": DAY + timedelta(hours=hour),
        "time_precision_h": 0.25, "lat": lat, "lon": lon, "place_precision_km": 0.1, "type": "clash/fire",
        "actor_a": "kestria/army", "actor_b": "vorland/guard", "killed_min": 3, "killed_max": 3, "text": None, "cites": None,
    }  # fmt: skip
    return row | more


def groups_of(rows: list[dict[str, Any]]) -> dict[Any, Any]:
    """Group rows and return incident by report."""
    groups, _ = corroborate_table(pa.Table.from_pylist(rows))
    return dict(zip(groups["report_id"].to_pylist(), groups["incident_id"].to_pylist(), strict=True))


def world(seed: int, incidents: int = 40) -> list[dict[str, Any]]:
    """A made-up world with precision classes, actors and types of its own."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for incident in range(incidents):
        hour, lat, lon = rng.uniform(0, 240), 40 + rng.uniform(0, 2), 60 + rng.uniform(0, 2)
        sides = rng.permutation(5)[:2]
        for source in rng.permutation(9)[: rng.integers(1, 5)]:
            km, half = rng.choice([0.4, 3.0]), rng.choice([0.5, 2.0])
            rows.append(
                report(
                    f"r{incident}-{source}", f"s{source}", hour + rng.uniform(-half, half),
                    lat + rng.uniform(-km, km) / 160, lon + rng.uniform(-km, km) / 160,
                    place_precision_km=float(km), time_precision_h=float(half), type=f"kind{incident % 3}",
                    actor_a=f"side{sides[0]}", actor_b=f"side{sides[1]}", killed_min=incident % 6, killed_max=incident % 6,
                )
            )  # fmt: skip
    return rows


def test_reports_of_one_clash_join_and_a_later_clash_stays_apart() -> None:
    """Three sources on one clash are one incident; the same place twelve hours later is another."""
    rows = [
        report("a", "s1", 6.0),
        report("b", "s2", 6.1),
        report("c", "s3", 6.0, place_precision_km=1.0),
        report("d", "s4", 18.0),
    ]
    found = groups_of(rows)
    assert found["a"] == found["b"] == found["c"] == "a"
    assert found["d"] == "d"


def test_one_source_never_reports_an_incident_twice() -> None:
    """Two reports of one source stay apart, however alike they are (linkage, rule 2)."""
    found = groups_of([report("a", "s1", 6.0), report("b", "s1", 6.0), report("c", "s2", 6.0)])
    assert found["a"] != found["b"]


def test_nothing_is_matched_across_an_impossible_distance() -> None:
    """Equal in everything but 50 km apart with exact places: two incidents (pair, rule 1)."""
    found = groups_of(
        [report("a", "s1", 6.0, text="same words"), report("b", "s2", 6.0, lat=40.45, text="same words", cites="s1")]
    )
    assert found == {"a": "a", "b": "b"}


def test_a_vague_report_attaches_and_does_not_bridge() -> None:
    """ "The district, that day" joins one clash at most; the two exact clashes it fits stay apart."""
    vague = report("v", "s9", 12.0, place_precision_km=25.0, time_precision_h=12.0)
    clash = [
        report("a", "s1", 6.0),
        report("b", "s2", 6.0),
        report("c", "s3", 15.0, lat=40.1),
        report("d", "s4", 15.0, lat=40.1),
    ]
    found = groups_of([vague, *clash])
    assert found["a"] == found["b"] and found["c"] == found["d"] and found["a"] != found["c"]


def test_a_century_of_reports_is_one_world() -> None:
    """Two reports of one clash meet, whatever lies a hundred and fifty years before and after them."""
    rows = [report("a", "s1", 6.0), report("b", "s2", 6.1), report("old", "s1", -1.3e6), report("young", "s2", 1.3e6)]
    found = groups_of(rows)
    assert found["a"] == found["b"] and len(set(found.values())) == 3


@pytest.mark.parametrize("size", [1000, 40])
def test_candidates_are_exactly_the_pairs_within_reach(size: int) -> None:
    """The cell search finds each pair once that comparing all with all finds, also over the date line and near a pole."""
    rng = np.random.default_rng(5)
    rows = [
        report(number, f"s{number % 7}", rng.uniform(0, 300),
               lat=float(rng.choice([0.0, 52.0, 88.9]) + rng.normal(0, 0.5)),
               lon=float((180 + rng.normal(0, 0.7) + 180) % 360 - 180),
               place_precision_km=float(rng.choice([0.1, 4.0, 30.0, 90.0])),
               time_precision_h=float(rng.choice([0.5, 5.0, 12.0, 84.0])))
        for number in range(300)
    ]  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        columns = read_columns(pa.Table.from_pylist(rows), pool)
    a, b = np.triu_indices(len(columns), 1)
    near = distance_km(columns.where, a, b) <= space_reach(columns.place_half[a], columns.place_half[b])
    apart = np.abs(columns.seconds[a] - columns.seconds[b]) / 3600.0
    near &= apart <= time_reach(columns.time_half[a], columns.time_half[b])
    found = []
    for stretch in cut(columns, size):
        for part in search(spots_of(columns, stretch)):
            one, other = stretch.rows[part.a], stretch.rows[part.b]
            found += zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True)
    assert sorted(found) == list(zip(a[near].tolist(), b[near].tolist(), strict=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_order_and_duplicates_do_not_change_groups(seed: int) -> None:
    """Shuffled input and repeated rows give the same groups."""
    rows = world(seed)
    shuffled = [rows[number] for number in np.random.default_rng(seed).permutation(len(rows))]
    assert groups_of(rows) == groups_of(shuffled) == groups_of([*shuffled, *rows[:20]])


def test_a_world_of_other_classes_is_grouped_well() -> None:
    """Other precision classes, actors and types than any generator's: most incidents are found as they are."""
    found = groups_of(world(3, 120))
    truth = {ident: ident.split("-")[0] for ident in found}
    together = sum(truth[a] == truth[b] and found[a] == found[b] for a in found for b in found if a < b)
    made = sum(found[a] == found[b] for a in found for b in found if a < b)
    true = sum(truth[a] == truth[b] for a in found for b in found if a < b)
    assert together / made > 0.9 and together / true > 0.9


def test_parties_exchanged_give_the_same_groups() -> None:
    """Exchanging the actors' names throughout changes nothing."""
    rows = world(4)
    swap = {f"side{number}": f"side{4 - number}" for number in range(5)}
    swapped = [row | {"actor_a": swap[row["actor_a"]], "actor_b": swap[row["actor_b"]]} for row in rows]
    assert groups_of(rows) == groups_of(swapped)


def test_ids_keep_their_type_and_scores_are_one_alone() -> None:
    """Numbers stay numbers; a report alone has score 1 and exactly one origin."""
    groups, pairs = corroborate_table(pa.Table.from_pylist([report(7, "s1", 1.0)]))
    assert groups.to_pylist() == [
        {"report_id": 7, "incident_id": 7, "origin_id": 7, "origins_min": 1, "origins_max": 1, "score": 1.0}
    ]
    assert pairs.num_rows == 0 and pairs.column_names == ["report_a", "report_b", "probability", "why"]


def test_an_empty_table_gives_empty_tables() -> None:
    """No reports: no groups, no error."""
    groups, pairs = corroborate_table(pa.Table.from_pylist([report("a", "s", 1.0)]).slice(0, 0))
    assert groups.num_rows == pairs.num_rows == 0


def test_pairs_say_why_in_words() -> None:
    """A shown pair gives distance, time and what agreed."""
    _, pairs = corroborate_table(
        pa.Table.from_pylist([report("a", "s1", 6.0), report("b", "s2", 6.5, place_precision_km=2.0)])
    )
    (why,) = pairs["why"].to_pylist()
    assert "30 minutes apart" in why and "same type" in why and "same actors" in why


def test_groups_never_follow_one_strong_link_alone() -> None:
    """Average linkage: a chain of strong links whose ends are far apart is not one group (linkage, rule 1)."""
    none = np.zeros(3, dtype=np.int16)
    edges = Edges(
        np.array([0, 1, 2], np.int32), np.array([1, 2, 3], np.int32), np.array([4.0, 3.0, 4.0], np.float32), none, none
    )
    with ThreadPoolExecutor(1) as pool:
        label = link(4, edges, np.arange(4), 0.0, pool)
    assert label.tolist() == [0, 0, 2, 2]


def test_copies_count_as_one_origin_and_bounds_hold_it() -> None:
    """A citing report and a word-for-word copy add no origin; a report in other words does."""
    words = "Residents of the border hamlet said shells landed near the school before dawn on Sunday"
    rows = [
        report("a", "s1", 6.0, text=words, lat=40.00123),
        report("b", "s2", 6.1, text=words + " (s1)"),
        report(
            "c",
            "s3",
            6.05,
            text="Fire was exchanged, three guards died, officials in the capital announced",
            cites="s1",
        ),
        report("d", "s4", 6.2, text="Our observers counted three dead and several craters this morning"),
    ]
    groups, _ = corroborate_table(pa.Table.from_pylist(rows))
    row = {one["report_id"]: one for one in groups.to_pylist()}
    assert len({one["incident_id"] for one in row.values()}) == 1
    assert row["a"]["origin_id"] == row["b"]["origin_id"] == row["c"]["origin_id"] == "a"
    assert row["d"]["origin_id"] == "d"
    assert row["a"]["origins_min"] <= 2 <= row["a"]["origins_max"]


def test_records_reports_become_incidents() -> None:
    """`IncidentReport`s with integer units group like table rows; each incident says how its reports were tied."""
    reports = [
        IncidentReport(report_id=ident, source_id=source, reported_at="2031-05-04T09:00:00Z", time="2031-05-04T06:00:00Z",
                       time_precision_min=15, lat_e7=400_000_000, lon_e7=600_000_000, place_precision_m=500, type="clash")
        for ident, source in (("x1", "s1"), ("x2", "s2"))
    ]  # fmt: skip
    (incident,) = group(reports)
    assert incident.id == "x1" and incident.reports == ("x1", "x2") and incident.why
    assert group([]) == []


def test_a_csv_and_a_parquet_file_give_the_same_table(tmp_path: Path) -> None:
    """Both doors read the same values; whole-number ids stay numbers."""
    table = pa.Table.from_pylist([report(1, "s1", 1.0), report(2, "s2", 2.0)])
    for name in ("reports.csv", "reports.parquet"):
        write_table(table, tmp_path / name)
    first, second = read_reports(tmp_path / "reports.csv"), read_reports(tmp_path / "reports.parquet")
    assert first.to_pylist() == second.to_pylist()


@pytest.mark.parametrize(
    ("column", "value", "line"),
    [("lat", "200", 3), ("time", "yesterday", 3), ("killed_min", "many", 3), ("source_id", "", 3)],
)
def test_a_wrong_value_is_named_with_file_line_and_column(tmp_path: Path, column: str, value: str, line: int) -> None:
    """The first impossible value stops the run with an error that says where it stands."""
    row = {"report_id": "a", "source_id": "s", "time": "2031-05-04T06:00:00Z", "lat": "40", "killed_min": "1"}
    bad = row | {"report_id": "b", column: value}
    lines = [",".join(row), ",".join(row.values()), ",".join(bad.values())]
    (tmp_path / "reports.csv").write_text("\n".join(lines) + "\n")
    with pytest.raises(InputError) as caught:
        read_reports(tmp_path / "reports.csv")
    assert caught.value.line == line and caught.value.field == column and "reports.csv" in str(caught.value)


def test_a_missing_column_and_a_missing_file_are_named(tmp_path: Path) -> None:
    """Without `time` nothing can be grouped; a file that is not there is said to be missing."""
    (tmp_path / "reports.csv").write_text("report_id,source_id\na,s\n")
    with pytest.raises(InputError, match="time is missing"):
        read_reports(tmp_path / "reports.csv")
    with pytest.raises(InputError, match="no such file"):
        read_reports(tmp_path / "none.parquet")


def test_time_zones_do_not_change_groups(tmp_path: Path) -> None:
    """The same moments written with another offset, or without one as UTC, give the same table."""
    rows = [
        ("a", "2031-05-04T06:00:00Z"),
        ("b", "2031-05-04T11:00:00+05:00"),
        ("c", "2031-05-04T06:00:00"),
        ("d", "2031-05-04 06:00:00"),
    ]
    lines = ["report_id,source_id,time,lat,lon", *(f"{ident},s{ident},{time},40.1,60.1" for ident, time in rows)]
    (tmp_path / "reports.csv").write_text("\n".join(lines) + "\n")
    assert len(set(read_reports(tmp_path / "reports.csv")["time"].to_pylist())) == 1


def test_bytes_that_are_no_table_are_refused_in_words(tmp_path: Path) -> None:
    """An empty or binary file, or another suffix, ends in our error, not the library's."""
    for name, data in (("a.csv", b""), ("b.parquet", b"\x00\x01garbage"), ("c.csv", b"\xff\xfe\x00"), ("d.txt", b"x")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=name):
            read_reports(tmp_path / name)
