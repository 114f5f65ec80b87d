"""The contact line: the log of calls, each side's account, arrangements and call-backs, and the printed sheet.

Calls stay with the members (L8): whoever is none sees that there is such a log, and nothing in it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from tasdiq.errors import InputError, RoleError
from tasdiq.model.call import Call
from tasdiq.publication.paper.labels import labels, languages
from tasdiq.publication.paper.sheet import sheet_pdf
from tasdiq.talks import calls as line
from tasdiq.web.desks.paging import Before, part
from tasdiq.web.pages.offered import acts
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,24}")


@dataclass(frozen=True)
class Standing:
    """A call with where it stands at the time it is looked at: with the other side, its call-back, its arrangement."""

    call: Call
    confirmation: str
    call_back: str
    arrangement: str
    ours: bool

    @property
    def overdue(self) -> bool:
        """Tell whether a call-back is owed and past its time."""
        return self.call_back == "overdue"


@router.get("/calls", response_class=HTMLResponse)
def calls(request: Request, room: InRoom, viewer: AsViewer, before: Before = None) -> HTMLResponse:
    """Show the log of the contact line: what waits for us, what is overdue of anybody, every call, the latest first."""
    found = [_standing(room, viewer, call) for call in seen(room, viewer).talks.calls.values()]
    found.sort(key=lambda one: (one.call.tried_at, one.call.id))
    return page(
        request,
        "calls.html",
        shown=part(found, before),
        total=len(found),
        ours=[one for one in reversed(found) if one.ours],
        overdue=[one for one in found if one.overdue],
        in_place=[one for one in found if one.arrangement == "in place"],
        acts=acts(room, viewer, ("CallLogged", {})),
        languages=[(tag, named["name"]) for tag, named in languages().items()],
    )


@router.get("/calls/sheet.pdf")
def sheet(
    room: InRoom,
    viewer: AsViewer,
    first: Annotated[str, Query(max_length=12)] = "",
    second: Annotated[str, Query(max_length=12)] = "",
    number: Annotated[str, Query(max_length=24)] = "",
) -> Response:
    """Hand out an empty sheet in two languages, under a number of its own."""
    if not viewer.is_member:
        raise RoleError("sign in as an officer of a member: the sheet is for the two desks")
    known = languages()
    if first not in known or second not in known or first == second:
        raise InputError(f"choose two different languages of {', '.join(known)}", field="second")
    if number and not _NUMBER.fullmatch(number):
        raise InputError("a number is up to 24 letters, digits and hyphens", field="number")
    numbered = number or f"S-{secrets.token_hex(3).upper()}"
    data = sheet_pdf(seen(room, viewer).charter, numbered, (first, second))
    named = f'attachment; filename="contact-line-{numbered}.pdf"'
    return Response(data, media_type="application/pdf", headers={"Content-Disposition": named})


@router.get("/calls/{ident}", response_class=HTMLResponse)
def call(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show one call: each side's account, what was arranged until when, call-backs."""
    found = seen(room, viewer).talks.calls.get(ident)
    if found is None:
        raise not_there()
    offered = acts(room, viewer, ("CallReturned", {"call": ident}))
    return page(request, "call.html", one=_standing(room, viewer, found), acts=offered, label=labels)


def _standing(room: Room, viewer: Viewer, call: Call) -> Standing:
    now = room.now()
    waits = viewer.member == call.other and "act" in viewer.scopes and not call.confirmations
    return Standing(call, line.confirmation(call), line.call_back(call, now), line.arrangement(call, now), waits)
