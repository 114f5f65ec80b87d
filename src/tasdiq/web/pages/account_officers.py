"""The officers of one's own member: who they are, what happened to their accounts, whom to invite, whose recovery to decide."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.errors import InputError
from tasdiq.web.accounts import invitations, office, recovery, trace, ways
from tasdiq.web.accounts.moments import iso
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()


@router.get("/account/officers", response_class=HTMLResponse)
def officers(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show the officers of the viewer's member."""
    return officers_page(request, room, viewer)


@router.post("/account/officers", response_class=HTMLResponse)
def invite(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
) -> Response:
    """Invite an officer of the viewer's member; the link is shown once."""
    charter = room.live.state().charter
    try:
        with room.office.reading() as connection:
            ways.require_fresh(connection, room, viewer)
        account, secret = invitations.invite(room.office, charter, viewer.member, role, name, by=viewer)
    except InputError as error:
        errors = {error.field or "name": error.message}
        return officers_page(request, room, viewer, 422, errors=errors, given={"name": name[:100], "role": role})
    link = f"{room.options.address}/invited/{secret}"
    return officers_page(request, room, viewer, 201, made={"account": account, "link": link})


@router.post("/account/officers/{ident}/withdraw")
def withdraw(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Withdraw the link of an officer who has not joined yet."""
    invitations.withdraw(room.office, ident, viewer)
    return RedirectResponse("/account/officers", 303)


def officers_page(request: Request, room: Room, viewer: Viewer, status: int = 200, **context: Any) -> HTMLResponse:
    """Return the page, with what a form on it came to."""
    with room.office.reading() as connection:
        ways.account_of(connection, viewer)
        shown = {
            "officers": office.listed(connection, viewer.member),
            "links": invitations.waiting(connection, room.office, viewer.member),
            "requests": recovery.of_member(connection, room.office, viewer.member),
            "lines": trace.of_member(connection, viewer.member),
            "fresh": ways.is_fresh(connection, room, viewer),
        }
    defaults = {
        "errors": {},
        "given": {"name": "", "role": ""},
        "made": None,
        "roles": office.roles_of(room.live.state().charter, viewer.member),
        "may_invite": viewer.role in invitations.INVITING,
        "needed": recovery.NEEDED,
        "iso": iso,
    }
    return page(request, "account/officers.html", status, **{**defaults, **shown, **context})
