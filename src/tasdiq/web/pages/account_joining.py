"""The page behind an invitation, or behind a recovery that was approved: how do you want to sign in?

`/invited/{secret}` and `/recovering/{secret}` are the same page, reached in two ways. To look at it uses nothing up: programs
that fetch every address in a message do no harm.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tasdiq.errors import InputError, MissingError
from tasdiq.web.accounts import codes, enrolment, passkeys, recovery, sessions
from tasdiq.web.accounts.enrolment import Grant, Kind
from tasdiq.web.accounts.moments import iso
from tasdiq.web.pages.account_sign_in import PasskeyAnswer, signed_in
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room

router = APIRouter()
WELCOME = "/account?welcome=1"


@router.get("/invited/{secret}", response_class=HTMLResponse)
def invited(request: Request, room: InRoom, secret: str) -> HTMLResponse:
    """Show how to join, or that the link serves no more."""
    found = enrolment.granted(room, "invited", secret)
    return choose(request, room, found) if found else page(request, "account/link-over.html", 404)


@router.get("/recovering/{secret}", response_class=HTMLResponse)
def recovering(request: Request, room: InRoom, secret: str) -> HTMLResponse:
    """Show how far a recovery is; once it was approved, how to go on."""
    found = enrolment.granted(room, "recovering", secret)
    if found:
        return choose(request, room, found)
    with room.office.reading() as connection:
        asked = recovery.look_up(connection, room.office, secret)
    if asked is None:
        return page(request, "account/link-over.html", 404)
    approved = len(asked.approved_by)
    return page(request, "account/recovering.html", asked=asked, approved=approved, needed=recovery.NEEDED, iso=iso)


@router.post("/invited/{secret}/password", response_class=HTMLResponse)
def invited_password(
    request: Request,
    room: InRoom,
    secret: str,
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Join with a password and one-time codes."""
    return _password(request, room, _granted(room, "invited", secret), password, code)


@router.post("/recovering/{secret}/password", response_class=HTMLResponse)
def recovering_password(
    request: Request,
    room: InRoom,
    secret: str,
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Go on with a new password and one-time codes."""
    return _password(request, room, _granted(room, "recovering", secret), password, code)


@router.post("/invited/{secret}/passkey/options")
def invited_options(room: InRoom, secret: str) -> JSONResponse:
    """Return what a browser needs to make the passkey one joins with."""
    return _options(room, _granted(room, "invited", secret))


@router.post("/recovering/{secret}/passkey/options")
def recovering_options(room: InRoom, secret: str) -> JSONResponse:
    """Return what a browser needs to make a new passkey."""
    return _options(room, _granted(room, "recovering", secret))


@router.post("/invited/{secret}/passkey")
def invited_passkey(request: Request, room: InRoom, secret: str, answer: PasskeyAnswer) -> Response:
    """Join with a passkey."""
    return _passkey(request, room, _granted(room, "invited", secret), answer)


@router.post("/recovering/{secret}/passkey")
def recovering_passkey(request: Request, room: InRoom, secret: str, answer: PasskeyAnswer) -> Response:
    """Go on with a new passkey."""
    return _passkey(request, room, _granted(room, "recovering", secret), answer)


def choose(request: Request, room: Room, grant: Grant, status: int = 200, **context: Any) -> HTMLResponse:
    """Show the two ways to sign in, with the picture of the one-time codes' seed."""
    title = room.live.state().charter.title
    shown = {
        "grant": grant,
        "here": f"/{grant.kind}/{grant.secret}",
        "picture": codes.picture(grant.seed, grant.account.sign_in, title),
        "errors": {},
    }
    return page(request, "account/choose.html", status, **{**shown, **context})


def _granted(room: Room, kind: Kind, secret: str) -> Grant:
    found = enrolment.granted(room, kind, secret)
    if found is None:
        raise MissingError("this link serves no more")
    return found


def _password(request: Request, room: Room, grant: Grant, password: str, code: str) -> Response:
    try:
        value = enrolment.choose_password(room, request, grant, password, code)
    except InputError as error:
        return choose(request, room, grant, 422, errors={error.field or "password": error.message})
    response = RedirectResponse(WELCOME, 303)
    sessions.set_cookie(response, room.options, value)
    return response


def _options(room: Room, grant: Grant) -> JSONResponse:
    return JSONResponse(passkeys.options_to_add(room, grant.account, room.live.state().charter.title))


def _passkey(request: Request, room: Room, grant: Grant, answer: PasskeyAnswer) -> Response:
    value = enrolment.choose_passkey(room, request, grant, answer.id, answer.credential, answer.label)
    return signed_in(room, value, WELCOME)
