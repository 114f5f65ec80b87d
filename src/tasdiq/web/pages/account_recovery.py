"""Asking for recovery, and deciding about a colleague's request (A30 to A35 of `accounts.recovery`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.errors import InputError
from tasdiq.web.accounts import entering, recovery
from tasdiq.web.pages.account_officers import officers_page
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.viewer import AsViewer

router = APIRouter()


@router.get("/recover", response_class=HTMLResponse)
def form(request: Request) -> HTMLResponse:
    """Say how recovery goes, and ask for the name."""
    return page(request, "account/recover.html", name="", errors={})


@router.post("/recover", response_class=HTMLResponse)
def ask(request: Request, room: InRoom, name: Annotated[str, Form()] = "") -> Response:
    """Begin a request, for whatever name was given (A30)."""
    entering.count(room, f"recover/{name}")
    if not 0 < len(name.strip()) <= 130:
        errors = {"name": "Enter your sign-in name, such as abc/officer-1"}
        return page(request, "account/recover.html", 422, name=name[:200], errors=errors)
    secret, _ = recovery.ask(room.office, name)
    return RedirectResponse(f"/recovering/{secret}", 303)


@router.post("/account/recoveries/{ident}/approve", response_class=HTMLResponse)
def approve(
    request: Request, room: InRoom, viewer: AsViewer, ident: str, code: Annotated[str, Form()] = ""
) -> Response:
    """Approve a colleague's request with the code that was read out."""
    try:
        recovery.approve(room.office, ident, code, viewer)
    except InputError as error:
        return officers_page(request, room, viewer, 422, errors={f"code-{ident}": error.message})
    return RedirectResponse("/account/officers", 303)


@router.post("/account/recoveries/{ident}/refuse")
def refuse(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """End a request of an officer of one's own member."""
    recovery.refuse(room.office, ident, viewer)
    return RedirectResponse("/account/officers", 303)
