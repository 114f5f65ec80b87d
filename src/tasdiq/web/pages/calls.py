"""The contact line: the log of calls, each side's account, arrangements and call-backs, and the printed sheet.

Calls stay with the members (L8): whoever is none sees that there is such a log, and nothing in it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from tasdiq.errors import InputError, RoleError
from tasdiq.model.call import Call
from tasdiq.publication.paper.labels import labels, languages
from tasdiq.publication.paper.sheet import sheet_pdf
from tasdiq.talks import calls as line
from tasdiq.web.desks.paging import Before, From, Part, part, stretch
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
def calls(
    request: Request, room: InRoom, viewer: AsViewer, before: Before = None, ours: From = 0, late: From = 0
) -> HTMLResponse:
    """Show the log of the contact line: what waits for us, what is overdue of anybody, every call, the latest first."""
    now, found = room.now(), sorted(seen(room, viewer).talks.calls.values(), key=attrgetter("tried_at", "id"))

    def standing(calls: Iterable[Call]) -> list[Standing]:
        return [_standing(room, viewer, call) for call in calls]

    shown = part(found, before)
    waiting = [call for call in reversed(found) if _waits(viewer, call)]
    overdue = [call for call in found if call.call_back_by and line.call_back(call, now) == "overdue"]
    return page(
        request,
        "calls.html",
        shown=Part(standing(shown.items), shown.later, shown.earlier, shown.total),
        total=len(found),
        ours=stretch(waiting, ours, standing),
        overdue=stretch(overdue, late, standing),
        in_place=sum(call.until > now and line.arrangement(call, now) == "in place" for call in found),
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
    waits = _waits(viewer, call)
    return Standing(call, line.confirmation(call), line.call_back(call, now), line.arrangement(call, now), waits)


def _waits(viewer: Viewer, call: Call) -> bool:
    return not call.confirmations and viewer.member == call.other and "act" in viewer.scopes
