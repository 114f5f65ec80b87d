"""Cases: the list of them, and each on one page of its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tasdiq.model.case import Case
from tasdiq.verification import clocks, custody
from tasdiq.verification.opening import ENDED
from tasdiq.verification.roles import recused
from tasdiq.web.called import Called
from tasdiq.web.desks import casefile
from tasdiq.web.desks.paging import Before, part
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import not_there, seen
from tasdiq.web.viewer import AsViewer

router = APIRouter()
SHOWN = {"": "All", "under way": "Under way", "ended": "Ended"}


def _shown(case: Case, which: str) -> bool:
    return not which or (case.stage in ENDED) == (which == "ended")


@router.get("/cases", response_class=HTMLResponse)
def listed(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    which: Annotated[str, Query(max_length=20)] = "",
    commitment: Annotated[str, Query(max_length=200)] = "",
    before: Before = None,
) -> HTMLResponse:
    """List the cases, the latest first; those about one commitment, if it is named."""
    state = seen(room, viewer)
    found = [
        case
        for case in state.cases.values()
        if _shown(case, which if which in SHOWN else "") and commitment in ("", case.commitment)
    ]
    return page(
        request, "cases.html", part=part(found, before), names=Called(state), shown=SHOWN, which=which, total=len(found),
        commitment=state.talks.commitments.get(commitment),
    )  # fmt: skip


@router.get("/cases/{ident}", response_class=HTMLResponse)
def one(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show a case with everything in it that the viewer sees."""
    state, now = seen(room, viewer), room.now()
    case = state.cases.get(ident)
    if case is None:
        raise not_there()
    return page(
        request,
        "case.html",
        case=case,
        state=state,
        names=Called(state),
        subject=casefile.subject(state, case),
        commitment=casefile.commitment(state, case),
        deadlines=casefile.deadlines(state, case, viewer.member, now),
        marks={finding.id: casefile.marks(state, case, finding, now) for finding in case.findings},
        open=casefile.open_now(room.live.state(), state, viewer, case, now),
        extended=lambda item, due: clocks.extended(case, item, due),
        standing=lambda evidence, handed: custody.standing(case, evidence, handed, now),
        signing_opens=lambda finding: clocks.signing_opens(state.charter, case, finding),
        signing_ends=lambda finding: clocks.signing_ends(state.charter, case, finding),
        recused=recused(case),
    )
