"""Files for other programs: tables as CSV and JSON, incidents and crossings as GeoJSON; of what the caller sees.

1. They are cut from the same data as the published site's files (`publication.tables`, `publication.export`).
2. Rows whose licence forbids passing them on are left out of every file, an officer's too; the header `Tasdiq-Left-Out` says how
   many reports.
3. No cell of a CSV file is taken for a formula by a spreadsheet (`publication.tables`, rule 1).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from tasdiq.publication import claimed, export, gates, happened, held, named, redact, repeated, rounds, said, tables
from tasdiq.publication.redact import Public
from tasdiq.publication.view import Plain, View
from tasdiq.publication.withheld import Withheld
from tasdiq.web.api.answering import JSON, answers, give
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import not_there, view
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1/exports", tags=["exports"])
CSV, GEOJSON = "text/csv; charset=utf-8", "application/geo+json"
Part = Callable[[View], list[Plain]]
PARTS: dict[str, tuple[str, Part]] = {
    "documents": ("documents", said.documents),
    "statements": ("statements", said.statements),
    "positions": ("propositions", held.propositions),
    "origins": ("origins", held.origins),
    "copies": ("copies", repeated.copies),
    "disagreements": ("disagreements", named.disagreements),
    "actors": ("actors", named.actors),
    "sessions": ("sessions", rounds.sessions),
    "ceasefire": ("ceasefire", happened.ceasefire),
    "crossings": ("crossings", gates.crossings),
    "incidents": ("incidents", happened.incidents),
    "reports": ("incidents", happened.incidents),
    "figures": ("figures", claimed.figures),
    "measures": ("measures", claimed.measures),
}
"""Name of a table -> the part of the site's data it is cut from, and what builds that part."""


@router.get("/incidents.geojson")
@answers(dict, media=GEOJSON)
def places(request: Request, room: InRoom, viewer: AsViewer) -> Response:
    """Give incidents and crossings with coordinates (RFC 7946)."""
    shown, left_out = passed_on(view(room, viewer))
    data = {"incidents": happened.incidents(shown), "crossings": gates.crossings(shown)}
    return give(request, export.dumps(export.geojson(data)).encode(), GEOJSON, _left_out(left_out))


@router.get("/{table}.csv")
@answers(str, media=CSV)
def as_csv(request: Request, room: InRoom, viewer: AsViewer, table: str) -> Response:
    """Give a table as CSV (RFC 4180), no cell of which is a formula."""
    rows, left_out = _rows(view(room, viewer), table)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    disposed = {"Content-Disposition": f'attachment; filename="{table}.csv"'}
    return give(request, tables.to_csv(columns, rows).encode(), CSV, disposed | _left_out(left_out))


@router.get("/{table}.json")
@answers(list[dict[str, Any]])
def as_json(request: Request, room: InRoom, viewer: AsViewer, table: str) -> Response:
    """Give the same rows as JSON."""
    rows, left_out = _rows(view(room, viewer), table)
    return give(request, msgspec.json.encode(rows), JSON, _left_out(left_out))


def _rows(shown: View, table: str) -> tuple[list[Plain], int]:
    if table not in PARTS:
        raise not_there()
    part, build = PARTS[table]
    shown, left_out = passed_on(shown)
    return tables.TABLES[table][1]({part: build(shown)}), left_out


def passed_on(shown: View) -> tuple[View, int]:
    """Return a view without what may not be passed on, and how many reports that is (rule 2)."""
    state = shown.state
    kept = {name: report for name, report in state.reports.items() if report.redistribute}
    if len(kept) == len(state.reports):
        return shown, 0
    incidents = redact.public_incidents(state.incidents.values(), kept, Withheld())
    bare = dataclasses.replace(state, reports=kept, incidents=incidents)
    public = Public(bare, shown.shown, shown.public.withheld, shown.public.published_at)
    return View(public, sealed=shown.sealed), len(state.reports) - len(kept)


def _left_out(count: int) -> dict[str, str]:
    return {"Tasdiq-Left-Out": str(count)}
