"""Cases and findings, and what is due: asked of whom, until when, and whether that has passed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from tasdiq.model.case import Case, Finding
from tasdiq.model.state import State
from tasdiq.publication.view import View
from tasdiq.verification import clocks
from tasdiq.web.api.answering import After, Limit, Listed, answers, tell, turn
from tasdiq.web.api.reading import ItemId
from tasdiq.web.api.shapes import CaseTold, FindingTold, Owed
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen, view
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter(prefix="/api/v1", tags=["cases"])
Word = Annotated[str, Query(max_length=60)]


def _told(room: Room, viewer: Viewer, shown: View, case: Case) -> CaseTold:
    dues = clocks.due(shown.state.charter, case, room.now()) if viewer.is_member else []
    return CaseTold(case, dues, shown.status(case.id), shown.state.provenance.get(case.id))


@router.get("/cases")
@answers(Listed[CaseTold])
def cases(
    request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "", stage: Word = ""
) -> Response:
    """List the cases as the caller may see them, at one stage if one is named."""
    shown = view(room, viewer)
    found = [case for case in shown.state.cases.values() if stage in ("", case.stage)]
    part = turn(found, lambda case: case.id, limit, after)
    return tell(request, Listed([_told(room, viewer, shown, case) for case in part.items], part.total, part.next))


@router.get("/cases/{case}")
@answers(CaseTold)
def case(request: Request, room: InRoom, viewer: AsViewer, case: ItemId) -> Response:
    """Give one case as the caller may see it."""
    shown = view(room, viewer)
    if case not in shown.state.cases:
        raise not_there()
    return tell(request, _told(room, viewer, shown, shown.state.cases[case]))


@router.get("/findings")
@answers(Listed[FindingTold])
def findings(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the findings that the caller may see."""
    shown = view(room, viewer)
    part = turn(list(_findings(shown.state)), lambda finding: finding.id, limit, after)
    return tell(request, Listed([_found(shown, finding) for finding in part.items], part.total, part.next))


@router.get("/findings/{finding}")
@answers(FindingTold)
def finding(request: Request, room: InRoom, viewer: AsViewer, finding: ItemId) -> Response:
    """Give one finding, with the marks under each part, and every dissent."""
    shown = view(room, viewer)
    found = next((item for item in _findings(shown.state) if item.id == finding), None)
    if found is None:
        raise not_there()
    return tell(request, _found(shown, found))


def _findings(state: State) -> Iterator[Finding]:
    return (finding for case in state.cases.values() for finding in case.findings)


def _found(shown: View, finding: Finding) -> FindingTold:
    return FindingTold(finding, shown.status(finding.id), shown.state.provenance.get(finding.id))


@router.get("/dues")
@answers(Listed[Owed])
def dues(
    request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "", owed_by: Word = ""
) -> Response:
    """List what is due, the earliest first, from one member if one is named: in cases, and in the talks."""
    found = sorted(_dues(room, viewer, seen(room, viewer)), key=lambda owed: (owed.due.due, _name(owed)))
    listed = [owed for owed in found if owed_by in ("", owed.due.owed_by)]
    return tell(request, turn(listed, _name, limit, after))


def _dues(room: Room, viewer: Viewer, state: State) -> Iterator[Owed]:
    if viewer.is_member:
        for case in state.cases.values():
            yield from (Owed(due, case.id) for due in clocks.due(state.charter, case, room.now()))
    yield from (Owed(due, "") for due in state.upcoming)


def _name(owed: Owed) -> str:
    return "|".join((owed.case, owed.due.item, owed.due.owed_by, owed.due.what))[:300]
