"""One's own account: the ways to sign in, and where one is signed in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tasdiq.errors import InputError, MissingError
from tasdiq.web.accounts import codes, passkeys, recovery, sessions, ways
from tasdiq.web.accounts.moments import iso
from tasdiq.web.pages.account_sign_in import PasskeyAnswer, signed_in
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()


@router.get("/account", response_class=HTMLResponse)
def account(request: Request, room: InRoom, viewer: AsViewer, welcome: bool = False) -> HTMLResponse:
    """Show one's account."""
    return account_page(request, room, viewer, welcome=welcome)


@router.get("/account/password", response_class=HTMLResponse)
def password_form(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Offer a password with one-time codes."""
    return _password_page(request, room, viewer)


@router.post("/account/password", response_class=HTMLResponse)
def set_password(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    seed: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Set a password with one-time codes."""
    try:
        value = ways.set_password(room, request, viewer, seed, password, code)
    except InputError as error:
        return _password_page(request, room, viewer, 422, errors={error.field or "password": error.message})
    return _renewed(room, value)


@router.post("/account/password/remove", response_class=HTMLResponse)
def remove_password(request: Request, room: InRoom, viewer: AsViewer) -> Response:
    """Remove the password."""
    try:
        return _renewed(room, ways.remove_password(room, request, viewer))
    except InputError as error:
        return account_page(request, room, viewer, 422, errors={error.field or "password": error.message})


@router.post("/account/passkeys/options")
def passkey_options(room: InRoom, viewer: AsViewer) -> JSONResponse:
    """Return what a browser needs to make another passkey."""
    with room.office.reading() as connection:
        mine = ways.require_fresh(connection, room, viewer)
    return JSONResponse(passkeys.options_to_add(room, mine, room.live.state().charter.title))


@router.post("/account/passkeys")
def add_passkey(request: Request, room: InRoom, viewer: AsViewer, answer: PasskeyAnswer) -> Response:
    """Add a passkey."""
    value = ways.add_passkey(room, request, viewer, answer.id, answer.credential, answer.label)
    return signed_in(room, value, "/account")


@router.post("/account/passkeys/{ident}/remove", response_class=HTMLResponse)
def remove_passkey(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Remove a passkey."""
    try:
        return _renewed(room, ways.remove_passkey(room, request, viewer, ident))
    except InputError as error:
        return account_page(request, room, viewer, 422, errors={error.field or "passkey": error.message})


@router.post("/account/sessions/{hashed}/end")
def end_session(room: InRoom, viewer: AsViewer, hashed: str) -> Response:
    """End one of one's own sessions."""
    with room.office.engine.begin() as connection:
        mine = ways.account_of(connection, viewer)
        if not sessions.end_one(connection, mine.id, hashed):
            raise MissingError("no such session")
    return RedirectResponse("/account", 303)


@router.post("/account/sessions/end")
def end_everywhere(room: InRoom, viewer: AsViewer) -> Response:
    """Sign out everywhere, here too."""
    with room.office.engine.begin() as connection:
        sessions.end_all(connection, ways.account_of(connection, viewer).id)
    response = RedirectResponse("/sign-in", 303)
    sessions.clear_cookie(response, room.options)
    return response


def account_page(request: Request, room: Room, viewer: Viewer, status: int = 200, **context: Any) -> HTMLResponse:
    """Return the page, with what a form on it came to."""
    with room.office.reading() as connection:
        mine = ways.account_of(connection, viewer)
        shown = {
            "account": mine,
            "passkeys": passkeys.of_account(connection, mine.id),
            "sessions": sessions.of_account(connection, room.office, mine.id),
            "fresh": ways.is_fresh(connection, room, viewer),
            "asked": len(recovery.of_member(connection, room.office, mine.member)),
        }
    defaults: dict[str, Any] = {"errors": {}, "welcome": False, "iso": iso}
    return page(request, "account/account.html", status, **{**defaults, **shown, **context})


def _password_page(request: Request, room: Room, viewer: Viewer, status: int = 200, **context: Any) -> HTMLResponse:
    with room.office.reading() as connection:
        mine = ways.account_of(connection, viewer)
        fresh = ways.is_fresh(connection, room, viewer)
    seed, ident = ways.offer_seed(room, viewer)
    picture = codes.picture(seed, mine.sign_in, room.live.state().charter.title)
    shown = {"account": mine, "fresh": fresh, "seed": seed, "ident": ident, "picture": picture, "errors": {}}
    return page(request, "account/password.html", status, **{**shown, **context})


def _renewed(room: Room, value: str) -> Response:
    response = RedirectResponse("/account", 303)
    sessions.set_cookie(response, room.options, value)
    return response
