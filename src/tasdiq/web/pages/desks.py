"""The desk: what an officer's first page opens on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tasdiq.web import acting
from tasdiq.web.acting.preparing import require_actor
from tasdiq.web.desks.board import board
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import AsViewer

router = APIRouter()


@router.get("/desk", response_class=HTMLResponse)
def desk(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show what waits for the officer who is looking."""
    require_actor(viewer)
    drafts = acting.waiting(room, viewer)
    return page(request, "desk.html", board=board(seen(room, viewer), viewer, room.now()), drafts=drafts)
