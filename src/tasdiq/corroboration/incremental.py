"""Match new reports against standing incidents without regrouping everything, and leave alone what a person confirmed.

Rules:

1. Only reports within reach of a new one in time, and the incidents these are in, are compared anew. Islands of them without a new
   report stay as they are; the others are linked by the same rules as all at once (`group.linkage`).
2. Weights are learnt from these and from the latest `LEARNT_FROM` standing reports, unless given. That is the one difference from
   grouping everything: on made-up reports in ten batches B-cubed between the two is at least 0.98 (`benchmarks/incremental.py`).
3. A report that changed counts as new; one that is gone leaves its incident. Where more than `MOST_NEW` of all are new, or there
   are at most `ALL_AT_ONCE` reports, everything is grouped.
4. An incident that a person confirmed keeps its reports and its bounds. What would join it stands by itself, and says so; what
   would leave it is said as well. Nothing of it is made: a person decides.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from tasdiq.model.incident import Incident, IncidentReport

from .compare.codes import Comparer
from .group.edges import Edges, score_pairs
from .group.incidents import group, incidents_of, reports_table
from .group.islands import components
from .group.learning import Learnt, evenly, learn_weights
from .group.linkage import link
from .group.origins import count_origins
from .group.table import Grouping
from .pair.reach import TIME_REACH
from .reports.columns import read_columns

ALL_AT_ONCE, MOST_NEW, LEARNT_FROM = 20_000, 0.3, 20_000
HALF_UNKNOWN_H, SLACK_H = 12.0, 24.0
THREADS = min(os.cpu_count() or 1, 8)
Rows = NDArray[np.int64]


def regroup(
    reports: Mapping[str, IncidentReport],
    standing: Mapping[str, Incident],
    changed: Collection[str] = (),
    confirmed: Collection[str] = (),
    *,
    all_at_once: int = ALL_AT_ONCE,
    learnt: Learnt | None = None,
) -> list[Incident]:
    """Return the incidents of all reports, earliest first; `changed` are ids of reports that are not as they were.

    `confirmed` are ids of standing incidents (rule 4). With at most `all_at_once` reports everything is grouped (rule 3).
    """
    grouped = {name for incident in standing.values() for name in incident.reports}
    new = (reports.keys() - grouped) | (set(changed) & reports.keys())
    few = len(reports) <= all_at_once or len(new) > MOST_NEW * len(reports)
    if few:
        found = group(list(reports.values()))
    else:
        found = _extended(reports, standing, new, learnt)
    return keep_confirmed(found, [standing[name] for name in confirmed if name in standing], reports)


def _extended(
    reports: Mapping[str, IncidentReport], standing: Mapping[str, Incident], new: set[str], learnt: Learnt | None
) -> list[Incident]:
    """Group the surroundings of new reports; everything else stays (rules 1 and 2)."""
    left = {name: _left(incident, reports, new) for name, incident in standing.items()}
    whole = {name: members for name, members in left.items() if members}
    near = _near(reports, whole, new)
    latest = sorted((n for n in whole if n not in near), key=lambda n: reports[whole[n][0]].time)[-LEARNT_FROM:]
    around = [*new, *chain.from_iterable(whole[name] for name in near)]
    learnt = learnt or _learnt([reports[name] for name in chain(around, *(whole[name] for name in latest))])
    grouping, fresh = _linked([reports[name] for name in around], whole, new, learnt)
    made = [one for one in incidents_of(grouping) if fresh.issuperset(one.reports)]
    replaced = {name for one in made for name in one.reports}
    kept = [
        incident
        for name, incident in standing.items()
        if name in whole and replaced.isdisjoint(whole[name]) and len(whole[name]) == len(incident.reports)
    ]
    shrunk = [
        _without(standing[name], members)
        for name, members in whole.items()
        if replaced.isdisjoint(members) and len(members) < len(standing[name].reports)
    ]
    return sorted([*kept, *shrunk, *made], key=lambda one: (reports[one.id].reported_at or "9999", one.id))


def _left(incident: Incident, reports: Mapping[str, IncidentReport], new: Collection[str]) -> list[str]:
    return [name for name in incident.reports if name in reports and name not in new]


def _without(incident: Incident, members: Sequence[str]) -> Incident:
    """Return an incident without the reports that are gone."""
    origins = tuple(own for origin in incident.origins if (own := tuple(name for name in origin if name in members)))
    return msgspec.structs.replace(
        incident, id=members[0], reports=tuple(members), origins=origins,
        origins_min=min(incident.origins_min, max(len(origins), 1)),
    )  # fmt: skip


def _near(reports: Mapping[str, IncidentReport], whole: Mapping[str, list[str]], new: Collection[str]) -> set[str]:
    """Return the incidents with a report within reach of a new one in time (rule 1)."""
    spans = [span for name in new if (span := _span(reports[name]))]
    if not spans:
        return set()
    times, widest = np.sort([time for time, _ in spans]), max(half for _, half in spans)
    names = [(incident, span) for incident, members in whole.items() for n in members if (span := _span(reports[n]))]
    at = np.array([time for _, (time, _) in names])
    reach = TIME_REACH * (np.array([half for _, (_, half) in names]) + widest) + SLACK_H
    first, last = np.searchsorted(times, at - reach), np.searchsorted(times, at + reach, side="right")
    return {names[number][0] for number in np.flatnonzero(last > first).tolist()}


def _span(report: IncidentReport) -> tuple[float, float] | None:
    """Return the time of a report and its half-width, in hours."""
    if not report.time:
        return None
    half = HALF_UNKNOWN_H if report.time_precision_min is None else report.time_precision_min / 60
    return datetime.fromisoformat(report.time).timestamp() / 3600, half


def _learnt(chosen: Sequence[IncidentReport]) -> Learnt:
    with ThreadPoolExecutor(THREADS) as pool:
        columns = read_columns(reports_table(chosen, {}), pool)
        return learn_weights(Comparer(columns), evenly(columns), pool)


def _linked(
    chosen: Sequence[IncidentReport], whole: Mapping[str, Sequence[str]], new: Collection[str], learnt: Learnt
) -> tuple[Grouping, set[str]]:
    """Link the islands with a new report anew, the rest as it stood; return the grouping, and the reports of these islands."""
    with ThreadPoolExecutor(THREADS) as pool:
        columns = read_columns(reports_table(chosen, {}), pool)
        comparer = Comparer(columns)
        edges = score_pairs(comparer, learnt.weights, pool)
        names = [str(one) for one in columns.ids.to_pylist()]
        stood = _stood(names, whole)
        above = np.flatnonzero(edges.score > learnt.threshold)
        size, tied = len(columns), np.flatnonzero(stood != np.arange(len(columns)))
        island = components(
            size,
            np.concatenate([edges.a.take(above).astype(np.int64), stood.take(tied)]),
            np.concatenate([edges.b.take(above).astype(np.int64), tied]),
        )
        is_new = np.array([name in new for name in names], dtype=bool)
        open_ = np.isin(island, island[is_new])
        inside = _of(edges, np.flatnonzero(open_.take(edges.a) & open_.take(edges.b)))
        label = link(size, inside, columns.source.astype(np.int64), learnt.threshold, pool)
        label = np.where(open_, label, stood)
        origins = count_origins(comparer, edges, label, pool)
    grouping = Grouping(columns, label, origins, edges, learnt, learnt.calibration)
    return grouping, {name for name, fresh in zip(names, open_.tolist(), strict=True) if fresh}


def _stood(names: Sequence[str], whole: Mapping[str, Sequence[str]]) -> Rows:
    """Return for each report the first row of the incident it stood in, its own row where it is new."""
    row = {name: number for number, name in enumerate(names)}
    stood = np.arange(len(names))
    for members in whole.values():
        rows = [row[name] for name in members if name in row]
        if rows:
            stood[rows] = min(rows)
    return stood


def _of(edges: Edges, chosen: Rows) -> Edges:
    return Edges(*(getattr(edges, name).take(chosen) for name in Edges.__dataclass_fields__))


def keep_confirmed(
    found: Sequence[Incident], confirmed: Sequence[Incident], reports: Mapping[str, IncidentReport]
) -> list[Incident]:
    """Return the incidents with those that a person confirmed as they were, and say what would change them (rule 4)."""
    held = {one.id: one for one in confirmed if all(name in reports for name in one.reports)}
    owner = {name: one.id for one in held.values() for name in one.reports}
    if not owner:
        return list(found)
    made: list[Incident] = []
    for incident in found:
        own = [name for name in incident.reports if name not in owner]
        joins = sorted({owner[name] for name in incident.reports if name in owner})
        if not joins:
            made.append(incident)
        elif own:
            note = [f"may belong to {one}, which a person confirmed as it is: to be decided" for one in joins]
            made.append(_apart(incident, own, note))
    where = {name: incident.id for incident in found for name in incident.reports}
    made += [_noted(one, where) for one in held.values()]
    return sorted(made, key=lambda one: (reports[one.id].reported_at or "9999", one.id))


def _apart(incident: Incident, own: Sequence[str], note: Sequence[str]) -> Incident:
    origins = tuple(kept for origin in incident.origins if (kept := tuple(name for name in origin if name in own)))
    most = max(len(origins), 1)
    return msgspec.structs.replace(
        incident, id=own[0], reports=tuple(own), origins=origins, origins_min=1, origins_max=most,
        why=(*note, *(line for line in incident.why if _is_about(line, own))),
    )  # fmt: skip


def _is_about(line: str, own: Collection[str]) -> bool:
    pair = line.partition(":")[0].split(" and ")
    return all(name in own for name in pair)


def _noted(one: Incident, where: Mapping[str, str]) -> Incident:
    """Say of a confirmed incident that its reports would not stand together any more, where that is so."""
    parts = {where[name] for name in one.reports if name in where}
    note = f"would now be {len(parts)} incidents; it stands as a person confirmed it"
    why = tuple(line for line in one.why if not line.startswith("would now be "))
    return msgspec.structs.replace(one, why=(note, *why) if len(parts) > 1 else why)
