"""Lay the public state out as what trends count: alleged incidents with their week, district, type, parties named and sources.

1. An incident counts once, in the week (from Monday) of its earliest time, in the district its closest report names. Reports that
   nobody grouped yet count one by one, and their number is said.
2. What has no time, or one vaguer than a week, is in no week; what has no district stands under "place not told".
3. A party is counted where a report names it as taking part, whatever its part: naming is no blame.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tasdiq.model.incident import IncidentReport
from tasdiq.model.state import State
from tasdiq.model.taxonomy import current

HALF_A_WEEK_MIN = 5040
NOWHERE = "place not told"


class Occurrence(NamedTuple):
    """One alleged incident, as trends count it; `day` is an ordinal, `week` that of its Monday."""

    day: int
    week: int
    district: str
    kind: str
    named: frozenset[str]
    sources: frozenset[str]


class Laid(NamedTuple):
    """All occurrences in time, how many of them are reports not grouped yet, and how many have no time."""

    rows: list[Occurrence]
    alone: int
    timeless: int


def lay_out(state: State) -> Laid:
    """Return the occurrences of a public state (rules 1 to 3)."""
    rows: list[Occurrence] = []
    timeless = 0
    grouped: set[str] = set()
    for incident in state.incidents.values():
        grouped.update(incident.reports)
        reports = [state.reports[name] for name in incident.reports if name in state.reports]
        if (row := _occurrence(reports)) is None:
            timeless += 1
        else:
            rows.append(row)
    alone = 0
    for name, report in state.reports.items():
        if name not in grouped:
            alone += 1
            if (row := _occurrence([report])) is None:
                timeless += 1
            else:
                rows.append(row)
    rows.sort(key=lambda row: row.day)
    return Laid(rows, alone, timeless)


def _occurrence(reports: list[IncidentReport]) -> Occurrence | None:
    times = [report.time for report in reports if report.time and (report.time_precision_min or 0) <= HALF_A_WEEK_MIN]
    if not times:
        return None
    day = date.fromisoformat(min(times)[:10]).toordinal()
    best = min(reports, key=_vagueness)
    return Occurrence(
        day,
        day - (day - 1) % 7,
        _district(best),
        max((current(report.type) for report in reports), key=lambda kind: (kind.count("/"), kind), default=""),
        frozenset(name for report in reports for name in _actors(report)),
        frozenset(report.source_id for report in reports),
    )


def _vagueness(report: IncidentReport) -> tuple[int, str]:
    return (1 << 40 if report.place_precision_m is None else report.place_precision_m), report.report_id


def _district(report: IncidentReport) -> str:
    told = report.place if report.passage is not None else report.admin2 or report.place or report.admin1
    return told or NOWHERE


def _actors(report: IncidentReport) -> Iterator[str]:
    yield from (actor for actor in (report.actor_a, report.actor_b) if actor)


def week_of(day: str) -> int:
    """Return the ordinal of the Monday of an ISO day."""
    ordinal = date.fromisoformat(day[:10]).toordinal()
    return ordinal - (ordinal - 1) % 7


def monday(week: int) -> date:
    """Return the Monday a week is named by."""
    return date.fromordinal(week)


def weeks_between(first: int, last: int) -> list[int]:
    """Return all weeks from `first` to `last`, both included."""
    return list(range(first, last + 1, timedelta(weeks=1).days))
