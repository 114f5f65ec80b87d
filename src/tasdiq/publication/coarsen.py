"""Coarsen where things happened to the level the charter sets (rule R2), and hide small counts of submissions (rule R6).

1. `district`: coordinates go to the middle of a cell of 0.2 degree, half-width at least 15 km; the place is named by its
   district, else its province. `province`: a cell of one degree, half-width at least 75 km, named by the province alone.
   `none`: as reported.
2. A place that a shown passage of a public document names keeps its name; its coordinates are coarsened all the same.
3. Counts of submitted forms below the charter's `smallest_count` are replaced by the range from none to one below it.
4. A place or person that somebody asked to reach is never named: the request is sealed, and whoever wrote it was told who
   reads it. That access was asked for, of whom, and every answer are shown.
"""

from __future__ import annotations

import msgspec

from tasdiq.model.case import AccessRequest, Case
from tasdiq.model.charter import PublicationRules
from tasdiq.model.incident import IncidentReport

CELLS = {"district": (2_000_000, 15_000), "province": (10_000_000, 75_000)}
"""Level -> cell size in 10^-7 degree, least half-width in metres."""
UNNAMED = "withheld: known to those who have to act"


def coarsen_report(report: IncidentReport, rules: PublicationRules) -> IncidentReport:
    """Return the report with place and small counts as they may be published."""
    if rules.coarsen == "none":
        return _hide_small(report, rules)
    cell, half_width = CELLS[rules.coarsen]
    known = report.lat_e7 is not None and report.lon_e7 is not None
    return _hide_small(
        msgspec.structs.replace(
            report,
            lat_e7=_middle(report.lat_e7, cell),
            lon_e7=_middle(report.lon_e7, cell),
            place_precision_m=max(report.place_precision_m or 0, half_width) if known else report.place_precision_m,
            place=_place(report, rules),
            admin2=report.admin2 if rules.coarsen == "district" else "",
        ),
        rules,
    )


def coarsen_access(case: Case) -> tuple[AccessRequest, ...]:
    """Return a case's access requests without the places and persons they name (rule 4)."""
    return tuple(msgspec.structs.replace(request, place=UNNAMED) for request in case.access)


def _place(report: IncidentReport, rules: PublicationRules) -> str:
    if report.passage is not None:
        return report.place
    return (report.admin2 or report.admin1) if rules.coarsen == "district" else report.admin1


def _middle(value: int | None, cell: int) -> int | None:
    return None if value is None else value // cell * cell + cell // 2


def _hide_small(report: IncidentReport, rules: PublicationRules) -> IncidentReport:
    if report.source_kind not in ("form", "submission"):
        return report
    changes: dict[str, int] = {}
    for field in ("killed", "injured"):
        high = getattr(report, f"{field}_max")
        if high is not None and 0 < high < rules.smallest_count:
            changes |= {f"{field}_min": 0, f"{field}_max": rules.smallest_count - 1}
    return msgspec.structs.replace(report, **changes) if changes else report
