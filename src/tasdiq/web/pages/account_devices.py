"""The devices one signs on: the keys, their requests for certification, and what the record says of them.

The browser makes the keys and proves to hold them (`static/account/devices.js`, with `static/sign/keys.js`); the member's
answer, signed offline, is uploaded here or entered with `tasdiq submit`.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from tasdiq.errors import InputError, RoleError
from tasdiq.record import submission as files
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.web.accounts import devices, ways
from tasdiq.web.accounts.moments import iso
from tasdiq.web.acting.preparing import chain_of
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()
LARGEST = 2**18


class NewKey(BaseModel):
    """The public keys a browser made."""

    model_config = ConfigDict(strict=True, extra="forbid")

    key: str = Field(max_length=60)
    next: str | None = Field(default=None, max_length=60)


class Proof(BaseModel):
    """The signatures over the statement."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: str = Field(max_length=100)
    sig: str = Field(max_length=100)
    next_sig: str | None = Field(default=None, max_length=100)
    label: str = Field(default="", max_length=200)


@router.get("/account/devices", response_class=HTMLResponse)
def listed(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show one's keys."""
    return _page(request, room, viewer)


@router.post("/account/devices/challenge")
def challenge(room: InRoom, viewer: AsViewer, made: NewKey) -> JSONResponse:
    """Return the statement that the new keys are to sign."""
    ident, statement = devices.ask(room, viewer, made.key, made.next)
    return JSONResponse({"id": ident, "statement": statement})


@router.post("/account/devices")
def add(room: InRoom, viewer: AsViewer, proof: Proof) -> JSONResponse:
    """Keep a key that proved to be held."""
    request = devices.add(room, viewer, proof.id, proof.sig, proof.next_sig, proof.label)
    return JSONResponse({"key": request.statement.fingerprint}, 201)


@router.get("/account/devices/{key}/request.json")
def request_file(room: InRoom, viewer: AsViewer, key: str) -> Response:
    """Hand out the request for certification, for whoever holds the member's key."""
    with room.office.reading() as connection:
        mine = ways.account_of(connection, viewer)
        data = devices.request_of(connection, mine, key)
    name = f"certification-request-{mine.officer}-{key[:8]}.json"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(data, media_type="application/json", headers=headers)


@router.post("/account/devices/{key}/drop")
def drop(room: InRoom, viewer: AsViewer, key: str) -> Response:
    """Take a key that was never certified from the list."""
    devices.drop(room, viewer, key)
    return RedirectResponse("/account/devices", 303)


@router.post("/account/devices/submission", response_class=HTMLResponse)
def submit(
    request: Request, room: InRoom, viewer: AsViewer, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Enter what the member's key signed: a certification or a revocation."""
    with room.office.reading() as connection:
        ways.account_of(connection, viewer)
    try:
        room.enter(viewer.account, [_submission(file.file.read(LARGEST + 1) if file else b"", viewer)])
    except (InputError, RoleError) as error:
        return _page(request, room, viewer, 422, errors={"file": getattr(error, "message", str(error))})
    return RedirectResponse("/account/devices", 303)


def _submission(data: bytes, viewer: Viewer) -> Submission:
    """Read a submission of key events by the viewer's member; whose key signed it is checked where it is entered."""
    if not data:
        raise InputError("choose the file that tasdiq key certify wrote")
    if len(data) > LARGEST:
        raise InputError(f"expected a certification of at most {LARGEST} bytes")
    found = files.from_bytes(data)
    header = parse_leaf(found.leaf).header
    if header["member"] != viewer.member or not header.get("keys"):
        raise InputError("expected a certification or revocation signed by your own member's key")
    return found


def _page(request: Request, room: Room, viewer: Viewer, status: int = 200, **context: Any) -> HTMLResponse:
    chain = chain_of(room)
    with room.office.reading() as connection:
        mine = ways.account_of(connection, viewer)
        shown = {
            "account": mine,
            "devices": devices.of_account(connection, mine, chain.keys),
            "origin": chain.origin,
            "charter_id": chain.charter,
        }
    return page(request, "account/devices.html", status, **{"errors": {}, "iso": iso, **shown, **context})
