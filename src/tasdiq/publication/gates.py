"""The crossings and their states, as plain data.

1. A crossing is called by all its ends: those the charter names, else those of the gazetteer, else every name the documents use
   for it in the order in which they come, joined by " / ". Names in use that are no end stand beside, as names.
2. Its states are listed by time, those without a date last.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tasdiq.model.chronicle import CrossingInterval
from tasdiq.model.told import CrossingTold

from .names import readable
from .view import Plain, View


@dataclass(frozen=True)
class Gate:
    """A crossing of the gazetteer: its ends by name, and where it is."""

    ends: tuple[str, ...]
    lat_e7: int
    lon_e7: int


def crossings(view: View) -> list[Plain]:
    """List the crossings, those of the charter and those told of, each with its intervals."""
    known = [c.id for c in view.state.charter.crossings]
    ids = dict.fromkeys([*known, *(i.crossing for i in view.state.crossings.values())])
    return [_crossing(view, ident) for ident in ids]


def _crossing(view: View, ident: str) -> Plain:
    intervals = [i for i in view.state.crossings.values() if i.crossing == ident]
    intervals.sort(key=lambda i: (i.when.key if i.when else "9999", i.basis, i.id))
    crossing = next((c for c in view.state.charter.crossings if c.id == ident), None)
    gate = _gates().get(ident)
    used = _used(view, ident, intervals)
    ends = list(crossing.ends) if crossing else list(gate.ends) if gate else _distinct(used)
    at = crossing if crossing and crossing.lat_e7 is not None else gate
    return {
        "id": ident,
        "name": crossing.name if crossing else " / ".join(ends) or readable(ident),
        "ends": ends,
        "names": [{"text": n.text, "used_by": view.names.actor(n.used_by)} for n in crossing.names] if crossing else [],
        "names_used": used,
        "lat_e7": at.lat_e7 if at else None,
        "lon_e7": at.lon_e7 if at else None,
        "intervals": [_interval(view, interval) for interval in intervals],
    }


def _interval(view: View, interval: CrossingInterval) -> Plain:
    return {
        "id": interval.id,
        "state": interval.state,
        "basis": interval.basis,
        "traffic": list(interval.traffic),
        "when": view.when(interval.when),
        "open_ended": interval.open_ended,
        "until": interval.until,
        "tellings": view.claims(interval.tellings),
        "told_on": _told_on(view, interval.tellings),
        "told_in": _told_in(view, interval.tellings),
        "method": interval.method,
        **view.standing(interval.id),
    }


def _used(view: View, ident: str, intervals: Iterable[CrossingInterval]) -> list[str]:
    """Return the names documents use for a crossing, in the order in which they come."""
    told = [t for t in view.state.told.values() if isinstance(t, CrossingTold) and t.crossing == ident]
    told.sort(key=lambda t: (view.file(t.telling.passage), t.telling.passage.start, t.id))
    return list(dict.fromkeys([*(t.name for t in told if t.name), *(i.name for i in intervals if i.name)]))


def _distinct(names: list[str]) -> list[str]:
    """Return the names that are no part of another."""
    return [name for name in names if not any(name != other and name in other for other in names)]


def _told_on(view: View, names: Iterable[str]) -> str:
    """Return the latest day on which a telling was published: how far a state is known to reach."""
    found = [
        view.state.documents.get(view.state.told[n].telling.passage.document) for n in names if n in view.state.told
    ]
    days = [d.published.end or d.published.start or "" for d in found if d and d.published]
    return max(days, default="")


def _told_in(view: View, names: Iterable[str]) -> list[str]:
    """Return what the documents are called that tell of a state."""
    tellings = [view.state.told[n].telling.passage.document for n in names if n in view.state.told]
    return [view.names.document(document) for document in dict.fromkeys(tellings)]


@cache
def _gates() -> dict[str, Gate]:
    """Read the crossings of the gazetteer, by id, from its plain data."""
    path = files("tasdiq").joinpath("intake", "gazetteer", "crossings.csv")
    if not path.is_file():
        return {}
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        row["id"]: Gate(tuple(row["name"].split("–")), int(row["lat_e7"]), int(row["lon_e7"]))
        for row in rows
        if row["lat_e7"] and row["lon_e7"]
    }
