"""`tasdiq corroborate` on tables of reports: columns in, groups and pairs out, and everything wrong named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from doors.conftest import Door
from doors.folders import TABLE, write_folder

GROUPS = ["report_id", "incident_id", "origin_id", "origins_min", "origins_max", "score"]
PAIRS = ["report_a", "report_b", "probability", "why"]
HEADER = "report_id,source_id,reported_at,time,lat,lon,type,killed_min\n"


def reports(ids: list[Any]) -> pa.Table:
    """Return three reports: two of one occurrence by two sources, one far away."""
    return pa.table(
        {
            "report_id": ids,
            "source_id": ["post", "times", "radio"],
            "reported_at": ["2025-03-04T10:00:00Z", "2025-03-04T15:00:00Z", "2025-05-01T08:00:00Z"],
            "time": ["2025-03-04T05:00:00Z", "2025-03-04T05:30:00Z", "2025-05-01T05:00:00Z"],
            "time_precision_h": [1.0, 1.0, 12.0],
            "lat": [45.10, 45.11, 44.2],
            "lon": [21.30, 21.30, 20.0],
            "place_precision_km": [1.0, 1.0, 5.0],
            "type": ["ground/shelling", "ground/shelling", "air/strike"],
            "actor_a": ["vor", "vor", "kes"],
            "actor_b": ["kes", "kes", "vor"],
            "killed_min": [2, 2, 0],
            "killed_max": [2, 3, 0],
            "text": [
                "Shelling at Salova killed two.",
                "Two were killed by shells at Salova.",
                "An air strike near Orm.",
            ],
        }
    )


@pytest.mark.parametrize("ids", [["r1", "r2", "r3"], [11, 12, 13]], ids=["text", "number"])
@pytest.mark.parametrize("given", [".parquet", ".csv"])
@pytest.mark.parametrize("wanted", [".parquet", ".csv"])
def test_groups_and_pairs_come_out(door: Door, tmp_path: Path, ids: list[Any], given: str, wanted: str) -> None:
    """A row for every report, ids of their own type, bounds and a score; two reports are one incident."""
    source, out, pairs = tmp_path / f"reports{given}", tmp_path / f"groups{wanted}", tmp_path / f"pairs{wanted}"
    _write(reports(ids), source)
    done = door("corroborate", source, "-o", out, "--pairs", pairs)
    assert (done.code, done.out) == (0, ""), done.err
    assert "3 reports in 2 incidents" in done.err
    found = _read(out)
    assert found.column_names == GROUPS
    assert sorted(found["report_id"].to_pylist()) == ids
    incident = dict(zip(found["report_id"].to_pylist(), found["incident_id"].to_pylist(), strict=True))
    assert incident == {ids[0]: ids[0], ids[1]: ids[0], ids[2]: ids[2]}
    scores = dict(zip(found["report_id"].to_pylist(), found["score"].to_pylist(), strict=True))
    assert scores[ids[2]] == 1 and all(0 <= score <= 1 for score in scores.values())
    assert all(
        low <= high
        for low, high in zip(found["origins_min"].to_pylist(), found["origins_max"].to_pylist(), strict=True)
    )
    compared = _read(pairs)
    assert compared.column_names == PAIRS
    assert (ids[0], ids[1]) in set(zip(compared["report_a"].to_pylist(), compared["report_b"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("report_id,source_id\nr1,a\n", "column time is missing"),
        ("source_id,time\na,2025-03-04\n", "column report_id is missing"),
        (HEADER + "r1,a,2025-03-04,2025-03-04,200,21,air,0\n", ":2 [lat]: expected a number from -90 to 90"),
        (
            HEADER + "r1,a,2025-03-04,2025-03-04,45,21,air,0\nr2,a,yesterday,2025-03-04,45,21,air,0\n",
            ":3 [reported_at]",
        ),
        (HEADER + "r1,a,2025-03-04,2025-03-04,45,21,air,many\n", ":2 [killed_min]: expected a number"),
        (HEADER + "r1,,2025-03-04,2025-03-04,45,21,air,0\n", ":2 [source_id]: a value is needed"),
        (HEADER + "r1,a,2025-03-04\n", "cannot be read as csv"),
        ("", "cannot be read as csv"),
    ],
)
def test_bad_tables_are_refused_by_row_and_column(door: Door, tmp_path: Path, text: str, words: str) -> None:
    """The first thing wrong is named with file, row and column; exit 2, and nothing is written."""
    (tmp_path / "reports.csv").write_text(text, encoding="utf-8")
    done = door("corroborate", tmp_path / "reports.csv", "-o", tmp_path / "groups.csv")
    assert (done.code, words in done.err, "reports.csv" in done.err) == (2, True, True), done.err
    assert not (tmp_path / "groups.csv").exists()


def test_a_later_version_of_a_report_stands_in_its_place(door: Door, tmp_path: Path) -> None:
    """The same id again, reported later, is a new version: each id comes out once."""
    _write(reports(["r1", "r1", "r2"]), tmp_path / "reports.csv")
    assert door("corroborate", tmp_path / "reports.csv", "-o", tmp_path / "groups.csv").code == 0
    assert _read(tmp_path / "groups.csv")["report_id"].to_pylist() == ["r1", "r2"]


def test_places_and_engines_that_cannot_be(door: Door, tmp_path: Path) -> None:
    """A missing table, no -o, another suffix, a file that is no Parquet, an unwritable place: exit 2, said plainly."""
    _write(reports(["r1", "r2", "r3"]), tmp_path / "reports.csv")
    (tmp_path / "noise.parquet").write_bytes(b"noise")
    for arguments, words in (
        ((tmp_path / "none.csv", "-o", tmp_path / "g.csv"), "there is no such file"),
        ((tmp_path / "reports.csv",), "-o GROUPS.parquet"),
        ((tmp_path / "reports.csv", "-o", tmp_path / "g.xlsx"), "ends in .parquet or .csv"),
        ((tmp_path / "noise.parquet", "-o", tmp_path / "g.csv"), "cannot be read as parquet"),
        ((tmp_path / "reports.csv", "-o", tmp_path / "nowhere" / "g.csv"), "cannot be written"),
        ((tmp_path / "reports.csv", "-o", tmp_path / "g.csv", "--engine", "spark"), "spark"),
        ((tmp_path,), "no record here"),
    ):
        done = door("corroborate", *arguments)
        assert (done.code, words in done.err) == (2, True), (arguments, done.err)


def test_a_record_is_corroborated_in_place(door: Door, tmp_path: Path) -> None:
    """Given a record it proposes nothing that stands already."""
    folder = write_folder(tmp_path / "folder", table=TABLE)
    assert door("assess", folder, "-o", tmp_path / "site").code == 0
    done = door("corroborate", tmp_path / "site.record")
    assert (done.code, "0 proposals appended" in done.out) == (0, True)


def _write(table: pa.Table, path: Path) -> None:
    writer = pyarrow.csv.write_csv if path.suffix == ".csv" else pyarrow.parquet.write_table
    writer(table, path)


def _read(path: Path) -> pa.Table:
    reader = pyarrow.csv.read_csv if path.suffix == ".csv" else pyarrow.parquet.read_table
    return reader(path)
