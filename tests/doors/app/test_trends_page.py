"""The application's page of trends shows what the viewer may see, with a table beside each drawing."""

from __future__ import annotations

from doors.app.seats import Seats
from tasdiq.mechanism import Mechanism
from tasdiq.model.incident import IncidentReport


def test_trends_of_what_is_seen(table: Seats) -> None:
    """Heat map and time line with their tables, no count that leads to a person, and what cannot be concluded."""
    reports = [
        IncidentReport(
            report_id=f"r-{n}", source_id="post", time=f"2031-03-{3 + n:02d}T12:00:00Z", time_precision_min=720,
            type="air/strike", place="Salova", admin2="Salova <b>",
        )
        for n in range(5)
    ]  # fmt: skip
    with Mechanism.open(table.home, table.settings, key=table.keys["ord"], clock=lambda: table.at) as mechanism:
        mechanism.propose("report", "t.csv", "test", reports, access="joint")
    page = table.client("kes").get("/trends").text
    assert "Alleged incidents by week and district" in page
    assert "The same as a table" in page
    assert "What cannot be concluded" in page
    assert "Salova &lt;b&gt;" in page
    assert "Salova <b>" not in page
    assert 'href="/trends"' in page
