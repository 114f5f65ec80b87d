"""More incidents than a page can hold: counted, drawn by cells and exported whole (rules of `publication.many`)."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tasdiq.model.charter import Charter, Member
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.state import State
from tasdiq.publication import many
from tasdiq.publication.site import publish

START = datetime(2021, 1, 1, tzinfo=UTC)
PARTIES = (Member(id="kes", name="Kestria", role="party"), Member(id="vor", name="Vorland", role="party"))


def crowd(size: int) -> State:
    """Return a state with so many incidents of one report each, all over a land."""
    state = State(charter=Charter(title="Many", form="desk", compiler="a test", parties=PARTIES))
    for n in range(size):
        name = f"r{n:05d}"
        state.reports[name] = IncidentReport(
            report_id=name, source_id="table", time=(START + timedelta(hours=7 * n)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            time_precision_min=720, lat_e7=100_000_000 + n * 37_003 % 40_000_000, lon_e7=200_000_000 + n * 91_019 % 70_000_000,
            place_precision_m=5000, admin1="Ilva", admin2=f"District {n % 40}", type="air/strike",
            killed_min=n % 7, killed_max=n % 7,
        )  # fmt: skip
        state.incidents[name] = Incident(id=name, reports=(name,))
    return state


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of more incidents than its data holds."""
    out = tmp_path_factory.mktemp("many") / "site"
    publish(crowd(many.HELD + 700), out, published_at=datetime(2026, 1, 1, tzinfo=UTC))
    return out


def test_files_hold_every_incident(site: Path) -> None:
    """Rule 1: CSV, Parquet and GeoJSON have all of them; the site's data the latest."""
    total = many.HELD + 700
    with (site / "data" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == total
    assert rows[0]["id"] == "r00000"
    assert pq.read_table(site / "data" / "reports.parquet").num_rows == total
    assert len(json.loads((site / "data" / "incidents.geojson").read_text())["features"]) == total
    data = json.loads((site / "data" / "site.json").read_text())
    assert len(data["incidents"]) == many.HELD
    assert data["incidents"][-1]["id"] == f"r{total - 1:05d}"


def test_pages_stay_small_and_say_what_is_left_out(site: Path) -> None:
    """Rules 1 and 2: a bounded map of all counts with a table beside, and how many stand in the files alone."""
    page = (site / "incidents.html").read_text()
    assert f"{many.HELD + 700:,} alleged incidents" in page
    assert f"The latest 150 of {many.HELD + 700:,}" in page
    assert "How many incidents are told where" in page
    assert len(page) < 600_000
    assert len((site / "trends.html").read_text()) < 300_000


def test_cells_count_every_incident_once(site: Path) -> None:
    """Rule 2: what the cells tell adds up to all that have a place, but for small counts."""
    found = json.loads((site / "data" / "site.json").read_text())["density"]
    assert found["total"] == found["placed"] == many.HELD + 700
    told = sum(cell["count"] for cell in found["cells"] if cell["count"] > 0)
    few = sum(cell["count"] < 0 for cell in found["cells"])
    assert told + few <= found["placed"] <= told + few * (found["smallest"] - 1)
    assert len(found["cells"]) <= many.MOST_CELLS
