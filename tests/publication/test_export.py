"""Data files: neutral cells, licences, GeoJSON, JSON-LD, and scripts that no text can leave."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import world
from publication import hostile
from tasdiq.publication.export import credits, export, geojson
from tasdiq.publication.linked import linked
from tasdiq.publication.redact import make_public
from tasdiq.publication.render import script
from tasdiq.publication.sitedata import build
from tasdiq.publication.tables import TABLES, neutral, to_csv
from tasdiq.publication.view import View


def _data(state: Any = None) -> dict[str, Any]:
    return build(View(make_public(state or world.state(), world.CLOCK)))


@pytest.mark.parametrize("cell", ["=1+1", "+1 is", "-x", "@sum", "\t=1", "\r=1", "  =cmd|' /C calc'!A0"])
def test_formulas_are_neutralised(cell: str) -> None:
    """A cell a spreadsheet would run begins with an apostrophe (rule 1)."""
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("value", "text"), [(-3, "-3"), ("-3.5", "-3.5"), (None, ""), (["a", "b"], "a; b"), (["=1"], "'=1")]
)
def test_numbers_and_lists_stay_readable(value: object, text: str) -> None:
    """Negative numbers are numbers; lists are joined."""
    assert neutral(value) == text


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_csv_reads_back_with_no_cell_that_runs(cells: list[str]) -> None:
    """Whatever the text, the file has one header and one row, and no cell begins like a formula."""
    columns = [f"c{n}" for n in range(len(cells))]
    written = to_csv(columns, [dict(zip(columns, cells, strict=True))])
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows[0] == columns
    assert not any(cell[:1] in "=@" for row in rows[1:] for cell in row if cell)


@given(st.text())
def test_a_script_cannot_be_left(text: str) -> None:
    """The script holds no angle bracket, ampersand or line separator, and its value reads back as it was."""
    made = script("X", {"text": text})
    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made.removeprefix("window.X=").removesuffix(";\n"))["text"] == text


def test_every_table_is_written_and_described(tmp_path: Path) -> None:
    """Each CSV file opens, has its rows and stands in the list with licence and what was left out."""
    described = {item["path"]: item for item in export(_data(), tmp_path)}
    for name in TABLES:
        rows = list(csv.reader((tmp_path / "data" / f"{name}.csv").open(encoding="utf-8", newline="")))
        assert len(rows) - 1 == described[f"data/{name}.csv"]["rows"]
    assert "licence forbids" in described["data/reports.csv"]["left_out"]
    assert described["data/reports.csv"]["licence"] == "as each row names it"


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    """The Parquet file has the rows and columns of its CSV file, with numbers as numbers and lists as lists."""
    export(_data(), tmp_path)
    table = pq.read_table(tmp_path / "data" / "incidents.parquet")
    header = (tmp_path / "data" / "incidents.csv").read_text(encoding="utf-8").splitlines()[0]
    assert table.column_names == header.split(",")
    assert table.to_pylist()[0]["killed_max"] == 16
    assert table.to_pylist()[0]["reports"] == ["t-001", world.SHELLING]


def test_closed_rows_are_in_no_file(tmp_path: Path) -> None:
    """Neither the id nor the licence of a closed row stands anywhere in the data."""
    export(_data(), tmp_path)
    for path in (tmp_path / "data").rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            assert "All rights reserved" not in path.read_text(encoding="utf-8")


def test_positions_file_says_silences() -> None:
    """A party without a statement has a row that says so."""
    rows = [r for r in TABLES["positions"][1](_data()) if r["proposition"] == "p-agreement-guarantees"]
    assert {(r["party"], r["label"]) for r in rows} == {
        ("kes", "denies"), ("vor", "no statement of its own in this record"),
    }  # fmt: skip


def test_geojson_has_coarse_points_in_the_right_order() -> None:
    """Longitude comes first (RFC 7946); incidents without a place are absent."""
    features = {f["properties"]["id"]: f for f in geojson(_data())["features"]}
    assert features["t-001"]["geometry"]["coordinates"] == [21.3, 45.1]
    assert features["brenk"]["properties"]["kind"] == "crossing"
    assert "t-005" not in features


def test_linked_data_rates_nothing() -> None:
    """Points are claims with their appearances; there is no rating and no review."""
    text = json.dumps(linked(_data()))
    assert '"Claim"' in text
    assert "Review" not in text
    assert "ating" not in text.replace("dateModified", "")


def test_credits_are_listed_once() -> None:
    """The table's credit stands with its licence."""
    assert credits(_data()) == ["Open Conflict Table 2031, CC BY 4.0"]


def test_hostile_ids_stay_inside_the_folder(tmp_path: Path) -> None:
    """An id with dots and slashes cannot write outside `data/`."""
    export(_data(hostile.state()), tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
