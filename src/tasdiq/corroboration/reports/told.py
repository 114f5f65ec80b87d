"""Incident reports from what documents tell, so that text and tables are grouped together.

Rules:

1. The source of a report is the document, and if the passage lies in somebody's speech, that speaker through this document:
   two sides' figures in one article are two reports. `cites` is the speaker.
2. What one source tells twice of one event (same type, place, actors and time) is one report, at its first passage; the
   second fills what the first left open.
3. A time is the middle of what the text allows, with half of it as precision; a day is 24 hours. No time told: none is made up.
4. The words stay in the document: a report carries the passage, not the text.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tasdiq.model.incident import IncidentReport
from tasdiq.model.state import State
from tasdiq.model.told import IncidentTold
from tasdiq.model.when import When

SECONDS = "%Y-%m-%dT%H:%M:%SZ"
FILLED = ("killed_min", "killed_max", "injured_min", "injured_max", "lat_e7", "lon_e7", "place_precision_m")


def from_told(state: State) -> list[IncidentReport]:
    """Return the incident reports that the documents of `state` tell, in order of documents and passages."""
    told = [one for one in state.told.values() if isinstance(one, IncidentTold)]
    told.sort(key=lambda one: (one.telling.passage.document, one.telling.passage.start, one.id))
    reports: dict[tuple[str | None, ...], IncidentReport] = {}
    for one in told:
        report = _report(state, one)
        key = (report.source_id, report.type, report.place, report.actor_a, report.actor_b, report.time)
        reports[key] = _fill(reports[key], report) if key in reports else report
    return list(reports.values())


def _report(state: State, told: IncidentTold) -> IncidentReport:
    document, speaker = told.telling.passage.document, told.telling.speaker
    time, half = _time(told.when)
    return IncidentReport(
        report_id=told.id,
        source_id=f"{document}/{speaker}" if speaker else document,
        source_kind="statement" if speaker else "narration",
        reported_at=_reported(state, document),
        time=time,
        time_precision_min=half,
        lat_e7=told.lat_e7,
        lon_e7=told.lon_e7,
        place_precision_m=None if told.place_precision_km is None else told.place_precision_km * 1000,
        admin1=told.admin1,
        place=told.place_name or told.place,
        type=told.type,
        actor_a=told.actor_a,
        actor_b=told.actor_b,
        killed_min=told.killed_low,
        killed_max=told.killed_high,
        injured_min=told.injured_low,
        injured_max=told.injured_high,
        cites=speaker or "",
        passage=told.telling.passage,
    )


def _reported(state: State, document: str) -> str:
    known = state.documents.get(document)
    moment = _moment(known.published.start, last=False) if known and known.published and known.published.start else None
    return moment.strftime(SECONDS) if moment else ""


def _time(when: When | None) -> tuple[str, int | None]:
    """Return the middle and half-width (minutes) of a time, or nothing where an end is open (rule 3)."""
    if when is None or not (when.start or when.end):
        return "", None
    start, end = when.start or when.end, when.end or when.start
    first, last = _moment(start or "", last=False), _moment(end or "", last=True)
    if first is None or last is None or last < first:
        return "", None
    return (first + (last - first) / 2).strftime(SECONDS), max(round((last - first).total_seconds() / 120), 1)


def _moment(text: str, *, last: bool) -> datetime | None:
    """Parse a date or time; the last moment of a date is its midnight."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) <= 10:
        return moment.replace(tzinfo=UTC) + timedelta(days=int(last))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fill(kept: IncidentReport, later: IncidentReport) -> IncidentReport:
    """Fill what the first telling of an event left open from a later one of the same source (rule 2)."""
    fields = {name: getattr(kept, name) for name in kept.__struct_fields__}
    open_fields = {name: getattr(later, name) for name in FILLED if fields[name] is None}
    return IncidentReport(**(fields | open_fields))
