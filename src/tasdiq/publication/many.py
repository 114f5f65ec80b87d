"""What a site does with more incidents than a page, or a reader, can hold: the latest written out, all counted and exported.

1. The site's data holds the latest `HELD` incidents; how many there are in all is said wherever they are listed. The files of
   incidents and reports (CSV, Parquet, GeoJSON) hold every one, written one after another, so that memory stays bounded.
2. The map of all counts by cells: as wide as coarsening makes them, doubled until there are at most `MOST_CELLS`. A cell's number
   from one up to below the smallest count is not told. Reports that nobody grouped yet are counted one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tasdiq.model.incident import Incident, IncidentReport

from .coarsen import CELLS
from .view import View

HELD = 1000
MOST_CELLS = 250
Plain = dict[str, Any]


def in_time(view: View) -> list[Incident]:
    """Return the incidents by their earliest time, those without one last."""
    reports = view.state.reports

    def key(incident: Incident) -> tuple[str, str]:
        times = [reports[name].time for name in incident.reports if name in reports and reports[name].time]
        return min(times, default="9999"), incident.id

    return sorted(view.state.incidents.values(), key=key)


def days(view: View) -> list[str]:
    """Return the days on which an incident is told, each once."""
    found = {report.time[:10] for report in view.state.reports.values() if report.time}
    return sorted(found)


def density(view: View) -> Plain:
    """Return how many incidents are told in each cell (rule 2)."""
    points: Counter[tuple[int, int]] = Counter()
    names: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    total = placed = 0
    for report in _one_each(view):
        total += 1
        if report.lat_e7 is None or report.lon_e7 is None:
            continue
        placed += 1
        point = report.lat_e7, report.lon_e7
        points[point] += 1
        names[point][report.admin2 or report.admin1 or report.place] += 1
    width = CELLS["district"][0]
    while len(found := {(lat // width, lon // width) for lat, lon in points}) > MOST_CELLS:
        width *= 2
    counts: Counter[tuple[int, int]] = Counter()
    called: dict[tuple[int, int], Counter[str]] = {cell: Counter() for cell in found}
    for (lat, lon), count in points.items():
        counts[lat // width, lon // width] += count
        called[lat // width, lon // width].update(names[lat, lon])
    smallest = view.state.charter.publication.smallest_count
    cells = [
        {"lat_e7": lat * width + width // 2, "lon_e7": lon * width + width // 2, "place": called[lat, lon].most_common(1)[0][0],
         "count": -1 if count < smallest else count}
        for (lat, lon), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip
    return {"total": total, "placed": placed, "cell_e7": width, "smallest": smallest, "cells": cells}


def _one_each(view: View) -> Iterator[IncidentReport]:
    """Yield the closest report of each incident, and every report that nobody grouped yet."""
    reports, grouped = view.state.reports, set[str]()
    for incident in view.state.incidents.values():
        grouped.update(incident.reports)
        own = [reports[name] for name in incident.reports if name in reports]
        yield min(own, key=lambda report: (report.place_precision_m or 1 << 40, report.report_id))
    yield from (report for name, report in reports.items() if name not in grouped)
