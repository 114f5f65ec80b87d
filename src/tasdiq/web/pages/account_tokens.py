"""Tokens for programs: make one, see them, revoke them (A40 to A42 of `accounts.tokens`)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.errors import InputError, MissingError
from tasdiq.web.accounts import tokens, ways
from tasdiq.web.accounts.moments import iso
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()


@router.get("/account/tokens", response_class=HTMLResponse)
def listed(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show one's tokens, and a form for another."""
    return _page(request, room, viewer)


@router.post("/account/tokens", response_class=HTMLResponse)
def make(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    name: Annotated[str, Form()] = "",
    scopes: Annotated[list[str] | None, Form()] = None,
    days: Annotated[str, Form()] = "90",
) -> Response:
    """Make a token; it is shown once."""
    given = {"name": name[:100], "scopes": scopes or [], "days": days[:6]}
    try:
        number = int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0
        secret = tokens.make(room, viewer, name, scopes or [], number)
    except InputError as error:
        return _page(request, room, viewer, 422, errors={error.field or "name": error.message}, given=given)
    return _page(request, room, viewer, 201, made=secret)


@router.post("/account/tokens/{ident}/revoke")
def revoke(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Revoke one of one's tokens."""
    with room.office.engine.begin() as connection:
        if not tokens.revoke(connection, ways.account_of(connection, viewer).id, ident):
            raise MissingError("no such token")
    return RedirectResponse("/account/tokens", 303)


def _page(request: Request, room: Room, viewer: Viewer, status: int = 200, **context: Any) -> HTMLResponse:
    with room.office.reading() as connection:
        mine = ways.account_of(connection, viewer)
        shown = {
            "tokens": tokens.of_account(connection, mine.id),
            "fresh": ways.is_fresh(connection, room, viewer),
            "over": room.office.now(),
        }
    defaults = {"errors": {}, "made": "", "given": {"name": "", "scopes": ["read"], "days": "90"}, "iso": iso}
    return page(request, "account/tokens.html", status, **{**defaults, **shown, **context})
