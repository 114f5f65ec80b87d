"""The desk: what an officer's first page opens on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tasdiq.web import acting
from tasdiq.web.acting.preparing import require_actor
from tasdiq.web.desks.board import board
from tasdiq.web.desks.paging import From
from tasdiq.web.forms.offers import refusal
from tasdiq.web.forms.setting import Setting
from tasdiq.web.forms.table import FORMS
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import sight
from tasdiq.web.viewer import AsViewer

router = APIRouter()


@router.get("/desk", response_class=HTMLResponse)
def desk(
    request: Request, room: InRoom, viewer: AsViewer, ours: From = 0, theirs: From = 0, late: From = 0
) -> HTMLResponse:
    """Show what waits for the officer who is looking, each list from some number on."""
    require_actor(viewer)
    eyes, whole, now = sight(room, viewer), room.live.state(), room.now()
    state = eyes.state

    def is_open(kind: str, case: str) -> bool:
        return not refusal(whole, Setting(state, viewer, now, {"case": case}), FORMS[kind])

    found = room.desks.of(state, eyes.eyes, viewer.member, now)
    shown = board(state, found, viewer, now, is_open, (ours, theirs, late))
    return page(request, "desk.html", board=shown, drafts=acting.waiting(room, viewer), forms=FORMS)
