"""What was read in documents and tables, and what it comes to: one table of collections, each as a list and item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from tasdiq.model.chronicle import CeasefirePoint, CrossingInterval, Session
from tasdiq.model.document import Document, Passage, Span
from tasdiq.model.incident import Incident, IncidentReport
from tasdiq.model.proposition import Disagreement, Origin, Proposition, Row
from tasdiq.model.reuse import Copy
from tasdiq.model.source import Actor
from tasdiq.model.statement import Statement
from tasdiq.model.told import AnyTold
from tasdiq.publication.view import View
from tasdiq.web.api.answering import After, Limit, Listed, answers, tell, turn
from tasdiq.web.api.shapes import Stated
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen, view
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter(prefix="/api/v1", tags=["reading"])
Words = Callable[[View, Any], dict[str, list[str]]]
ItemId = Annotated[str, Path(max_length=300, description="The item's id in this record.")]
Text = Annotated[str, Query(max_length=200)]


def _no_words(_: View, __: Any) -> dict[str, list[str]]:
    return {}


def _of_statement(shown: View, item: Statement) -> dict[str, list[str]]:
    def words(spans: Iterable[Span]) -> list[str]:
        found = (Passage(document=item.document, start=span.start, end=span.end) for span in spans)
        return [shown.shown.words(passage).text for passage in found]

    return {"source": words(item.source), "cue": words(item.cue), "content": words(item.content)}


def _of_telling(shown: View, item: AnyTold) -> dict[str, list[str]]:
    return {"passage": [shown.shown.words(item.telling.passage).text]}


def _of_report(shown: View, item: IncidentReport) -> dict[str, list[str]]:
    return {"passage": [shown.shown.words(item.passage).text]} if item.passage else {}


def _of_document(shown: View, item: Document) -> dict[str, list[str]]:
    pieces = shown.shown.pieces(item.id)
    inside = [(max(p.start, item.start), min(p.end, item.end)) for p in pieces]
    return {"shown": [shown.shown.text(item.id, start, end) for start, end in inside if start < end]}


@dataclass(frozen=True)
class Collection:
    """A part of the state: its name in addresses, its field, the type of its items, and what of them are words."""

    name: str
    field: str
    kind: Any
    says: str
    words: Words = _no_words


COLLECTIONS = (
    Collection("documents", "documents", Document, "articles, captions and posts as they arrived", _of_document),
    Collection("statements", "statements", Statement, "attributed statements", _of_statement),
    Collection("tellings", "told", AnyTold, "what documents tell besides speech", _of_telling),
    Collection("propositions", "propositions", Proposition, "what statements are about, in neutral words"),
    Collection("origins", "origins", Origin, "first sources with their repetitions"),
    Collection("copies", "copies", Copy, "documents with one statement, passage by passage"),
    Collection("disagreements", "disagreements", Disagreement, "points on which documents differ"),
    Collection("actors", "actors", Actor, "who speaks and acts, with every name in use"),
    Collection("reports", "reports", IncidentReport, "what one source each says happened", _of_report),
    Collection("incidents", "incidents", Incident, "reports grouped as one occurrence"),
    Collection("sessions", "sessions", Session, "rounds of talks as documents tell of them"),
    Collection("crossings", "crossings", CrossingInterval, "states of crossings, announced and observed"),
    Collection("ceasefire", "ceasefire", CeasefirePoint, "turns in the life of the ceasefire"),
)


def stated(shown: View, collection: Collection, ident: str, item: Any) -> Stated[Any]:
    """Return an item with what is said about it."""
    return Stated(item, shown.status(ident), shown.state.provenance.get(ident), collection.words(shown, item))


def _list(collection: Collection, request: Request, room: Room, viewer: Viewer, limit: int, after: str) -> Response:
    items = getattr(seen(room, viewer), collection.field)
    part = turn(list(items), str, limit, after)
    shown = view(room, viewer)
    told = [stated(shown, collection, ident, items[ident]) for ident in part.items]
    return tell(request, Listed(told, part.total, part.next))


def _one(collection: Collection, request: Request, room: Room, viewer: Viewer, ident: str) -> Response:
    items = getattr(seen(room, viewer), collection.field)
    if ident not in items:
        raise not_there()
    return tell(request, stated(view(room, viewer), collection, ident, items[ident]))


def _mount(collection: Collection) -> None:
    """Give a collection its two addresses."""

    def every(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
        return _list(collection, request, room, viewer, limit, after)

    def one(request: Request, room: InRoom, viewer: AsViewer, ident: ItemId) -> Response:
        return _one(collection, request, room, viewer, ident)

    add = partial(router.add_api_route, methods=["GET"])
    found = Stated[collection.kind]  # type: ignore[name-defined]
    if collection.name != "reports":
        add(
            f"/{collection.name}",
            answers(Listed[found])(every),
            summary=f"List {collection.says}",
            name=f"{collection.name}_list",
        )
    add(
        f"/{collection.name}/{{ident:path}}",
        answers(found)(one),
        summary=f"Give one of the {collection.name}: {collection.says}",
        name=f"{collection.name}_one",
    )


@router.get("/positions")
@answers(Listed[Row])
def positions(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the positions table: for each proposition what each party holds in own voice, what is told of it, who is silent."""
    rows = seen(room, viewer).rows
    return tell(request, turn(list(rows.values()), lambda row: row.proposition, limit, after))


@router.get("/positions/{proposition}")
@answers(Row)
def position(request: Request, room: InRoom, viewer: AsViewer, proposition: ItemId) -> Response:
    """Give the positions on one proposition."""
    rows = seen(room, viewer).rows
    if proposition not in rows:
        raise not_there()
    return tell(request, rows[proposition])


@router.get("/reports")
@answers(Listed[Stated[IncidentReport]])
def reports(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    limit: Limit = 100,
    after: After = "",
    since: Text = "",
    until: Text = "",
    type: Text = "",
) -> Response:
    """List what one source each says happened, from a time until another (UTC, as text compares), of a type or a part of it."""
    state, shown = seen(room, viewer), view(room, viewer)
    found = [ident for ident, item in state.reports.items() if _wanted(item, since, until, type)]
    part = turn(found, str, limit, after)
    collection = next(each for each in COLLECTIONS if each.name == "reports")
    told = [stated(shown, collection, ident, state.reports[ident]) for ident in part.items]
    return tell(request, Listed(told, part.total, part.next))


def _wanted(item: IncidentReport, since: str, until: str, type: str) -> bool:
    if type and item.type != type and not item.type.startswith(f"{type}/"):
        return False
    time = item.time or item.reported_at
    return since <= time and (not until or time <= until)


for _collection in COLLECTIONS:
    _mount(_collection)
