"""Notices: that something waits, in a list, as a number beside its name, and the choice to be told by mail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.errors import InputError
from tasdiq.web.acting.preparing import require_actor
from tasdiq.web.desks.paging import From
from tasdiq.web.notices import choice, notice
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()


@router.get("/notices", response_class=HTMLResponse)
def notices(request: Request, room: InRoom, viewer: AsViewer, start: From = 0) -> HTMLResponse:
    """List what an officer is to be told."""
    require_actor(viewer)
    return _page(request, room, viewer, choice.chosen(room, viewer.account), start=start)


@router.get("/notices/badge", response_class=HTMLResponse)
def badge(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Give the number of notices that were not read; nothing where there are none, or nobody signed in."""
    count = notice.unread(room, viewer) if viewer.account else 0
    return page(request, "notices-badge.html", count=count)


@router.post("/notices/read")
def read(room: InRoom, viewer: AsViewer) -> RedirectResponse:
    """Mark everything as read."""
    require_actor(viewer)
    notice.read_all(room, viewer)
    return RedirectResponse("/notices", 303)


@router.post("/notices/mail", response_class=HTMLResponse)
def mail(request: Request, room: InRoom, viewer: AsViewer, address: Annotated[str, Form()] = "") -> Response:
    """Be told by mail at an address, or no longer."""
    require_actor(viewer)
    try:
        choice.choose(room, viewer.account, address.strip())
    except InputError:
        wrong = {"address": "Write an address like name@example.org, or leave it blank to get no mail"}
        return _page(request, room, viewer, address, wrong, 422)
    return RedirectResponse("/notices", 303)


def _page(
    request: Request,
    room: Room,
    viewer: Viewer,
    address: str,
    errors: dict[str, str] | None = None,
    status: int = 200,
    start: int = 0,
) -> HTMLResponse:
    shown, new = notice.some(room, viewer, start)
    return page(
        request,
        "notices.html",
        status,
        shown=shown,
        new=new,
        address=address,
        errors=errors or {},
        mails=bool(room.settings.smtp_url),
    )
