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
    here = [*map(_point, reports)]
    known = {number: there for number, report in enumerate(reports) if (there := _where(report))}
    judged = {number: _is_exchanged(here[number], there) for number, there in known.items()}
    middle = _middle([point for point in here if point])
    if middle and sum(judged.values()) > len(judged) * 0.6:
        middle = middle[1], middle[0]
    found = {number for number, exchanged in judged.items() if exchanged}
    if middle:
        found |= {number for number, point in enumerate(here) if number not in known and _is_exchanged(point, middle)}
    return found


def _point(report: IncidentReport) -> Point | None:
    if report.lat_e7 is None or report.lon_e7 is None:
        return None
    return report.lat_e7 / UNIT, report.lon_e7 / UNIT


def _where(report: IncidentReport) -> Point | None:
    return _known((report.place, report.admin2, report.admin1), report.country)


def _is_exchanged(point: Point | None, there: Point) -> bool:
    # As written it lies far away, turned round it lies near.
    return (
        point is not None
        and not (abs(point[0] - there[0]) <= FAR and abs(point[1] - there[1]) <= FAR)
        and _apart((point[1], point[0]), there) < NEAR
    )


def _apart(a: Point, b: Point) -> float:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def _middle(points: Sequence[Point]) -> Point | None:
    if len(points) < FEWEST:
        return None
    middle = median(lat for lat, _ in points), median(lon for _, lon in points)
    near = sum(1 for point in points if _apart(point, middle) < FAR)
    return middle if near > len(points) * 0.6 else None


@cache
def _known(names: tuple[str, ...], country: str | None) -> Point | None:
    """Return the gazetteer's point for the first name it knows in that country."""
    for name in filter(None, names):
        for place in load_gazetteer().find(name):
            if place.lat_e7 is not None and place.lon_e7 is not None and country in (None, place.country):
                return place.lat_e7 / UNIT, place.lon_e7 / UNIT
    return None
