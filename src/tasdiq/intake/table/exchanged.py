"""Find rows whose latitude and longitude are exchanged although both lie in range (34, 71 written as 71, 34).

A row is taken as exchanged if its point, turned round, lies within `NEAR` degrees of where it belongs while as written it
lies more than `FAR` degrees away. Where it belongs is the gazetteer's point for its place or province, if it has one of that
name, else the middle (median) of the table, if most of the table lies near that; turned round too where most rows that the
gazetteer knows are exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import median

from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.model.incident import IncidentReport

Point = tuple[float, float]
NEAR, FAR = 4.0, 12.0
FEWEST = 8
UNIT = 10**7


def find_exchanged(reports: Sequence[IncidentReport]) -> set[int]:
    """Return the positions of the reports whose coordinates look exchanged."""
    known = {number: _where(report) for number, report in enumerate(reports)}
    judged = {number: _is_exchanged(reports[number], there) for number, there in known.items() if there}
    middle = _middle(reports)
    if middle and sum(judged.values()) > len(judged) * 0.6:
        middle = middle[1], middle[0]
    others = {number: _is_exchanged(reports[number], middle) for number, there in known.items() if not there and middle}
    return {number for number, exchanged in (judged | others).items() if exchanged}


def _where(report: IncidentReport) -> Point | None:
    return _known(tuple(name for name in (report.place, report.admin2, report.admin1) if name), report.country)


def _is_exchanged(report: IncidentReport, there: Point | None) -> bool:
    if report.lat_e7 is None or report.lon_e7 is None or there is None:
        return False
    point = (report.lat_e7 / UNIT, report.lon_e7 / UNIT)
    return _apart(point, there) > FAR and _apart((point[1], point[0]), there) < NEAR


def _apart(a: Point, b: Point) -> float:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def _middle(reports: Sequence[IncidentReport]) -> Point | None:
    points = [(r.lat_e7 / UNIT, r.lon_e7 / UNIT) for r in reports if r.lat_e7 is not None and r.lon_e7 is not None]
    if len(points) < FEWEST:
        return None
    middle = median(lat for lat, _ in points), median(lon for _, lon in points)
    near = sum(1 for point in points if _apart(point, middle) < FAR)
    return middle if near > len(points) * 0.6 else None


@cache
def _known(names: tuple[str, ...], country: str | None) -> Point | None:
    """Return the gazetteer's point for the first name it knows in that country."""
    for name in names:
        for place in load_gazetteer().find(name):
            if place.lat_e7 is not None and place.lon_e7 is not None and country in (None, place.country):
                return place.lat_e7 / UNIT, place.lon_e7 / UNIT
    return None
