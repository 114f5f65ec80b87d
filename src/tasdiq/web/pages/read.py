"""Reading: points with the parties' positions, incidents with their reports, documents, and the review of engagement."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.compliance.review import review, words_on
from tasdiq.corroboration.decided import successor
from tasdiq.model.proposition import Proposition
from tasdiq.model.state import State
from tasdiq.publication import framed
from tasdiq.publication.names import STATUS, STATUS_MEANS, rotate
from tasdiq.publication.stances import stance_line
from tasdiq.web.called import Called
from tasdiq.web.desks import reading
from tasdiq.web.desks.paging import Before, part
from tasdiq.web.forms.points import digest
from tasdiq.web.pages.offered import Act, acts
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen, view
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()
MOST_STATEMENTS = 200
"""Statements that are written out on a page; a page says how many there are."""


def _order(state: State, now: str) -> list[str]:
    return rotate([party.id for party in state.charter.parties], "the table", int(now[:10].replace("-", "")))


@router.get("/propositions", response_class=HTMLResponse)
def points(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    standing: Annotated[str, Query(max_length=20)] = "",
    before: Before = None,
) -> HTMLResponse:
    """List the points with each party's position."""
    state = seen(room, viewer)
    wanted = standing if standing in STATUS else ""
    found = [ident for ident in state.propositions if not wanted or _standing(state, ident) == wanted]
    shown = part(found, before, 30)
    order = _order(state, room.now())
    rows = [
        (state.propositions[ident], _standing(state, ident), reading.cells(state, state.rows.get(ident), order))
        for ident in shown.items
    ]
    return page(
        request, "points.html", part=shown, rows=rows, statuses=STATUS, means=STATUS_MEANS, standing=wanted,
        order=[Called(state).actor(party) for party in order], names=Called(state),
    )  # fmt: skip


def _standing(state: State, ident: str) -> str:
    row = state.rows.get(ident)
    return row.status if row else "unattributed"


@router.get("/propositions/{ident:path}", response_class=HTMLResponse)
def point(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Show who says so and who denies it; of a point that was merged into another, lead to that."""
    state = seen(room, viewer)
    if (found := state.propositions.get(ident)) is None:
        other = successor(state.framings.values(), state.charter, ident)
        if other not in state.propositions:
            raise not_there()
        return RedirectResponse(f"/propositions/{quote(other)}", 307)
    standing, whole, row = _standing(state, ident), view(room, viewer), state.rows.get(ident)
    shown = reading.cells(state, row, _order(state, room.now()))
    turns = framed.over_time(whole, row.turns if row else ())
    return page(
        request, "point.html", item=found, standing=standing, statuses=STATUS, means=STATUS_MEANS[standing],
        cells=shown, said=reading.statements(whole, found)[:MOST_STATEMENTS], place=reading.place(state, ident),
        together=framed.together(whole, found), decisions=framed.decisions(whole, found), turns=turns,
        stances=stance_line(turns, [(cell.party, cell.name) for cell in shown]), acts=_acts(room, viewer, found),
        names=Called(state), cases=[case for case in state.cases.values() if case.subject == ident],
    )  # fmt: skip


def _acts(room: Room, viewer: Viewer, item: Proposition) -> list[Act]:
    about = {"proposition": item.id}
    kinds = ("WordingObjected", "PropositionReworded", "PropositionsMerged", "PropositionSplit")
    confirm = ("PropositionConfirmed", {**about, "seen": digest(item)})
    return acts(room, viewer, confirm, *((kind, about) for kind in kinds))


@router.get("/incidents", response_class=HTMLResponse)
def incidents(request: Request, room: InRoom, viewer: AsViewer, before: Before = None) -> HTMLResponse:
    """List the incidents, the latest entered first."""
    state = seen(room, viewer)
    shown = part([*state.incidents], before)
    found = _found(state)
    rows = [reading.happened(state, state.incidents[ident], ident in found) for ident in shown.items]
    return page(request, "incidents.html", part=shown, rows=rows, names=Called(state), nowhere=_nowhere(state, viewer))


def _nowhere(state: State, viewer: Viewer) -> str:
    """Return what stands where no place is shown: for anybody it may be closer than the charter lets be published."""
    rule = state.charter.publication.coarsen
    return "not told" if viewer.is_member or rule == "none" else "withheld, if told"


def _found(state: State) -> set[str]:
    """Return the incidents that a signed finding is about."""
    cases = state.cases.values()
    return {case.subject for case in cases if any(finding.decision == "signed" for finding in case.findings)}


@router.get("/incidents/{ident:path}", response_class=HTMLResponse)
def incident(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show an incident with every report behind it."""
    state = seen(room, viewer)
    if (found := state.incidents.get(ident)) is None:
        raise not_there()
    return page(
        request, "incident.html", item=reading.happened(state, found, ident in _found(state)), incident=found,
        names=Called(state), figure=reading.figure, where=reading.where, place=lambda name: reading.place(state, name),
        cases=[case for case in state.cases.values() if case.subject == ident], nowhere=_nowhere(state, viewer),
    )  # fmt: skip


@router.get("/documents", response_class=HTMLResponse)
def documents(request: Request, room: InRoom, viewer: AsViewer, before: Before = None) -> HTMLResponse:
    """List the documents, the latest entered first."""
    state = seen(room, viewer)
    shown = part([*state.documents], before)
    rows = [(state.documents[ident], reading.place(state, ident)) for ident in shown.items]
    return page(request, "documents.html", part=shown, rows=rows, names=Called(state), rejected=state.rejected[:20])


@router.get("/documents/{ident}", response_class=HTMLResponse)
def document(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show what was read in a document: its statements, each with its words as far as they may be shown."""
    state = seen(room, viewer)
    if (found := state.documents.get(ident)) is None:
        raise not_there()
    spoken = [statement for statement in state.statements.values() if statement.document == ident]
    whole = view(room, viewer)
    return page(
        request, "document.html", item=found, place=reading.place(state, ident), total=len(spoken), names=Called(state),
        said=[reading.said(whole, statement) for statement in spoken[:MOST_STATEMENTS]],
    )  # fmt: skip


@router.get("/review", response_class=HTMLResponse)
def engagement(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show what each side says it has done for the other, with the parties' own words on it."""
    state = seen(room, viewer)
    names = Called(state)
    kinds = [
        (kind, [(item, [(names.actor(party), word) for party, word in words_on(state, item)]) for item in claimed])
        for kind, claimed in review(state)
    ]
    return page(request, "review.html", kinds=kinds, names=names, told=len(state.told))
