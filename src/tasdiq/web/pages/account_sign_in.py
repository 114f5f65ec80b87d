"""Signing in and out.

A24 (one answer to every wrong attempt) and A12 (how often) are decided in `accounts`; here they become pages. A passkey is
asked for by the page's script; the form beside it works without one.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from tasdiq.errors import RoleError
from tasdiq.web.accounts import entering, passkeys, sessions
from tasdiq.web.pages.sign import local
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.viewer import AsViewer

router = APIRouter()
REFUSED = "The name, the password or the code is not right. Wait for a new code, then try again."
NO_PASSKEY = "This passkey opens no account here. Sign in another way, or ask for recovery."


class PasskeyAnswer(BaseModel):
    """What a browser sends after it was asked for a passkey, or to make one."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: str = Field(max_length=100)
    credential: dict[str, Any]
    label: str = Field(default="", max_length=200)
    next: str = Field(default="", max_length=2000)


@router.get("/sign-in", response_class=HTMLResponse)
def form(request: Request, viewer: AsViewer, next: str = "/desk", again: bool = False) -> Response:
    """Ask who it is; `again` asks an officer who signed in a while ago."""
    if viewer.session and not again:
        return RedirectResponse(local(next), 303)
    return page(request, "account/sign-in.html", next=local(next), name="", error="", again=again)


@router.post("/sign-in", response_class=HTMLResponse)
def with_password(
    request: Request,
    room: InRoom,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/desk",
) -> Response:
    """Sign in by name, password and code."""
    entering.count(room, name)
    value = entering.by_password(room, request, name, password, code)
    if value is None:
        return page(request, "account/sign-in.html", 403, next=local(next), name=name[:200], error=REFUSED, again=False)
    response = RedirectResponse(local(next), 303)
    sessions.set_cookie(response, room.options, value)
    return response


@router.post("/sign-in/passkey/options")
def passkey_options(room: InRoom) -> Response:
    """Return what a browser needs to ask for a passkey."""
    return JSONResponse(passkeys.options_to_sign_in(room))


@router.post("/sign-in/passkey")
def with_passkey(request: Request, room: InRoom, answer: PasskeyAnswer) -> Response:
    """Sign in by a passkey."""
    value = entering.by_passkey(room, request, answer.id, answer.credential)
    if value is None:
        raise RoleError(NO_PASSKEY)
    return signed_in(room, value, local(answer.next or "/desk"))


@router.post("/sign-out")
def sign_out(request: Request, room: InRoom) -> Response:
    """End this browser's session."""
    value = request.cookies.get(sessions.cookie_name(room.options), "")
    with room.office.engine.begin() as connection:
        sessions.end(connection, value)
    response = RedirectResponse("/", 303)
    sessions.clear_cookie(response, room.options)
    return response


def signed_in(room: InRoom, value: str, following: str) -> Response:
    """Answer a script: a new session, and where to go from here."""
    response = JSONResponse({"next": following})
    sessions.set_cookie(response, room.options, value)
    return response
