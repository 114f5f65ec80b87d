"""What happened and when, as plain data: incidents and the ceasefire.

Every figure keeps its teller; a range is given, never an average. An incident is alleged until a finding says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tasdiq.model.chronicle import CeasefirePoint
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.taxonomy import current

from . import many, times
from .claimed import bounds_in_words
from .view import Plain, View


def incidents(view: View) -> list[Plain]:
    """List the incidents by time, the latest `many.HELD` of them, each with every report behind it and the ranges they give."""
    return [_incident(view, incident) for incident in many.in_time(view)[-many.HELD :]]


def every_incident(view: View) -> Iterator[Plain]:
    """Yield all incidents by time, as `incidents` has them, one after another."""
    return (_incident(view, incident) for incident in many.in_time(view))


def _incident(view: View, incident: Incident) -> Plain:
    reports = [view.state.reports[name] for name in incident.reports if name in view.state.reports]
    best = min(reports, key=lambda r: (r.place_precision_m or 1 << 40, r.time or "9999", r.report_id))
    cases = [case for case in view.state.cases.values() if case.subject == incident.id]
    return {
        "id": incident.id,
        "allegation": not any(finding.decision == "signed" for case in cases for finding in case.findings),
        "type": max((current(r.type) for r in reports), key=lambda t: (t.count("/"), t), default=""),
        "time": min((r.time for r in reports if r.time), default=""),
        "times": sorted({r.time for r in reports if r.time}),
        "time_words": times.moment(best.time, view.zones)
        if _to_the_hour(best)
        else [times.day(best.time)]
        if best.time
        else [],
        "place": best.place or best.admin2 or best.admin1,
        "admin1": best.admin1,
        "admin2": best.admin2,
        "lat_e7": best.lat_e7,
        "lon_e7": best.lon_e7,
        "place_precision_m": best.place_precision_m,
        "killed": _range(reports, "killed"),
        "injured": _range(reports, "injured"),
        "reports": [_report(view, report) for report in reports],
        "origins_min": incident.origins_min,
        "origins_max": incident.origins_max,
        "score_ppm": incident.score_ppm,
        "why": list(incident.why),
        "cases": [case.id for case in cases],
        "method": incident.method,
        **view.standing(incident.id),
    }


def _to_the_hour(report: IncidentReport) -> bool:
    return report.time_precision_min is not None and times.is_to_the_hour(report.time_precision_min)


def _range(reports: Iterable[IncidentReport], field: str) -> Plain:
    lows = [v for r in reports if (v := getattr(r, f"{field}_min")) is not None]
    highs = [v for r in reports if (v := getattr(r, f"{field}_max")) is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    return {"low": low, "high": high, "words": bounds_in_words(low, high)}


def _report(view: View, report: IncidentReport) -> Plain:
    return {
        "report_id": report.report_id,
        "source_id": report.source_id,
        "source_name": view.names.actor(report.source_id),
        "source_kind": report.source_kind,
        "reported_at": report.reported_at,
        "time": report.time,
        "time_precision_min": report.time_precision_min,
        "type": current(report.type),
        "place": report.place,
        "admin1": report.admin1,
        "admin2": report.admin2,
        "lat_e7": report.lat_e7,
        "lon_e7": report.lon_e7,
        "place_precision_m": report.place_precision_m,
        "actor_a": report.actor_a,
        "actor_b": report.actor_b,
        "actor_names": [view.names.actor(report.actor_a), view.names.actor(report.actor_b)],
        "killed": _range([report], "killed"),
        "injured": _range([report], "injured"),
        "cites": view.names.known(report.cites),
        "licence": report.licence,
        "credit": report.credit,
        "passage": view.passage(report.passage) if report.passage else None,
        **view.standing(report.report_id),
    }


def ceasefire(view: View) -> list[Plain]:
    """List the turns in the life of the ceasefire with who says so; turns without a time come last."""
    points = sorted(view.state.ceasefire.values(), key=lambda p: (p.when.key if p.when else "9999", p.id))
    return [
        {
            "id": point.id,
            "event": point.event,
            "by": point.by,
            "event_words": f"{point.event} by {view.names.actor(point.by)}" if point.by else point.event,
            "when": view.when(point.when),
            "tellers": list(point.tellers),
            "teller_names": _tellers(view, point),
            "tellings": view.claims(point.tellings),
            "method": point.method,
            **view.standing(point.id),
        }
        for point in points
    ]


def _tellers(view: View, point: CeasefirePoint) -> list[str]:
    """Return who says so, from the tellings themselves; without any, as the point names them."""
    told = [view.state.told[name].telling for name in point.tellings if name in view.state.told]
    return list(dict.fromkeys(view.voice(t) for t in told)) or [view.names.actor(teller) for teller in point.tellers]
