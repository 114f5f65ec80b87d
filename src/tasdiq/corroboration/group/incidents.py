"""The same grouping for the reports a record holds: `IncidentReport` in, `Incident` out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.taxonomy import current

from .table import METHOD, Grouping, group_table, shown_pairs

MOST_REASONS = 6


def group(reports: Sequence[IncidentReport], texts: Mapping[str, str] | None = None) -> list[Incident]:
    """Group reports into incidents, earliest first; `texts` gives wordings (by report id) that no record may hold.

    The score of an incident is that of its least certain report. `why` lists how its reports were tied, surest first.
    """
    if not reports:
        return []
    return incidents_of(group_table(reports_table(reports, texts or {})))


def incidents_of(grouping: Grouping) -> list[Incident]:
    """Return the incidents of a grouping, earliest first; also asked by `corroboration.incremental`."""
    ids = [str(one) for one in grouping.columns.ids.to_pylist()]
    reasons = _reasons(grouping, ids)
    members: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(grouping.label.tolist()):
        members[label].append(row)
    return [_incident(grouping, ids, rows, reasons.get(label, [])) for label, rows in sorted(members.items())]


def reports_table(reports: Sequence[IncidentReport], texts: Mapping[str, str]) -> pa.Table:
    """Lay reports out as the columns of DESIGN, section 5; integers with units become km, hours and degrees."""
    plain = ("report_id", "source_id", "admin1", "admin2", "place", "actor_a", "actor_b", "cites")
    figures = ("killed_min", "killed_max", "injured_min", "injured_max")
    return pa.table(
        {
            **{name: pa.array([getattr(report, name) for report in reports], pa.string()) for name in plain},
            **{name: pa.array([getattr(report, name) for report in reports], pa.int64()) for name in figures},
            "type": pa.array([current(report.type) for report in reports], pa.string()),
            "reported_at": _times([report.reported_at for report in reports]),
            "time": _times([report.time for report in reports]),
            "time_precision_h": _scaled([report.time_precision_min for report in reports], 60),
            "lat": _scaled([report.lat_e7 for report in reports], 10**7),
            "lon": _scaled([report.lon_e7 for report in reports], 10**7),
            "place_precision_km": _scaled([report.place_precision_m for report in reports], 1000),
            "gazetteer_point": pa.array([report.passage is not None for report in reports], pa.bool_()),
            "text": pa.array([texts.get(report.report_id, report.text) for report in reports], pa.string()),
        }
    )


def _times(texts: list[str]) -> pa.Array:
    parsed = [datetime.fromisoformat(text).replace(tzinfo=None) if text else None for text in texts]
    return pa.array(parsed, pa.timestamp("us"))


def _scaled(values: list[int | None], unit: int) -> pa.Array:
    return pa.array([None if value is None else value / unit for value in values], pa.float64())


def _reasons(grouping: Grouping, ids: list[str]) -> dict[int, list[str]]:
    """Explain the ties inside each group, surest first, at most `MOST_REASONS`."""
    shown, why = shown_pairs(grouping)
    lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for number, text in zip(shown.tolist(), why, strict=True):
        a, b = int(grouping.edges.a[number]), int(grouping.edges.b[number])
        if grouping.label[a] == grouping.label[b]:
            lines[int(grouping.label[a])].append(
                (-float(grouping.edges.score[number]), f"{ids[a]} and {ids[b]}: {text}")
            )
    return {label: [text for _, text in sorted(found)[:MOST_REASONS]] for label, found in lines.items()}


def _incident(grouping: Grouping, ids: list[str], rows: list[int], why: list[str]) -> Incident:
    origins: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        origins[int(grouping.origins.root[row])].append(ids[row])
    return Incident(
        id=ids[rows[0]],
        reports=tuple(ids[row] for row in rows),
        origins=tuple(tuple(copies) for copies in origins.values()),
        origins_min=int(grouping.origins.lowest[rows[0]]),
        origins_max=int(grouping.origins.highest[rows[0]]),
        score_ppm=round(1_000_000 * min(float(grouping.origins.score[row]) for row in rows)),
        why=tuple(why),
        method=METHOD,
    )
