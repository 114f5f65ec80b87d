"""Sessions of the talks and their minutes, line by line, with each delegation's mark side by side; exported as signed minutes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from tasdiq.errors import MissingError, ProcedureError
from tasdiq.model.meeting import Meeting, MinuteLine
from tasdiq.publication.paper.labels import direction, labels, languages
from tasdiq.publication.rounds import sessions as told_of
from tasdiq.secretariat.minuting import Minutes, export
from tasdiq.talks.minutes import standing
from tasdiq.web.pages.offered import acts
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen, view
from tasdiq.web.uploads.names import given
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()


@dataclass(frozen=True)
class Line:
    """A line of minutes as the page shows it; `mine` says that it waits for, or takes, the viewer's own mark."""

    line: MinuteLine
    standing: str
    mine: bool


@router.get("/sessions", response_class=HTMLResponse)
def sessions(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """List the sessions with minutes, and those that the charter and documents tell of."""
    state = seen(room, viewer)
    held = sorted(state.talks.meetings.values(), key=lambda item: (item.start, item.id), reverse=True)
    counts = {item.id: Counter(standing(item, line) for line in item.lines) for item in held}
    offered = acts(room, viewer, ("SessionHeld", {}))
    return page(request, "sessions.html", held=held, counts=counts, told=told_of(view(room, viewer)), acts=offered)


@router.get("/sessions/{ident}", response_class=HTMLResponse)
def session(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show one session: who sat at it, and its minutes line by line."""
    found = _find(room, viewer, ident)
    about = {"session": ident}
    offered = acts(room, viewer, ("DelegationNamed", about), ("MinuteLineRecorded", about), ("MinutesOpened", about))
    lines = [Line(line, standing(found, line), _is_mine(found, line, viewer)) for line in found.lines]
    return page(
        request,
        "session.html",
        item=found,
        lines=lines,
        waiting=sum(one.mine and one.line.answer_of(viewer.member) is None for one in lines),
        acts=offered,
        language=_language,
        direction=direction,
    )


@router.get("/sessions/{ident}/minutes.pdf")
def minutes_pdf(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Hand out the minutes on paper: for officers all of them, for others what was opened."""
    made = _export(room, viewer, ident)
    return _handed_out(made.pdf, "application/pdf", f"minutes-{ident}", "pdf")


@router.get("/sessions/{ident}/minutes.json")
def minutes_json(room: InRoom, viewer: AsViewer, ident: str) -> Response:
    """Hand out the signed entries behind the minutes, in one file that can be checked offline."""
    made = _export(room, viewer, ident)
    return _handed_out(made.bundle, "application/json", f"minutes-{ident}", "tasdiq.json")


def _export(room: Room, viewer: Viewer, ident: str) -> Minutes:
    _find(room, viewer, ident)
    try:
        return export(room.home, seen(room, viewer), ident, public=not viewer.is_member)
    except MissingError as error:
        raise ProcedureError(
            "these minutes are so new that the log has not signed them yet: try again in a minute"
        ) from error


def _handed_out(data: bytes, media: str, name: str, ending: str) -> Response:
    called = given(name, 1, "", ending).replace("-1-.", ".")
    return Response(data, media_type=media, headers={"Content-Disposition": f'attachment; filename="{called}"'})


def _find(room: Room, viewer: Viewer, ident: str) -> Meeting:
    found = seen(room, viewer).talks.meetings.get(ident)
    if found is None:
        raise not_there()
    return found


def _is_mine(meeting: Meeting, line: MinuteLine, viewer: Viewer) -> bool:
    """Tell whether the viewer's delegation can still mark a line (M4, M6, M7); the rules decide again when it does."""
    here = viewer.member in meeting.parties and "act" in viewer.scopes
    return here and not line.replaced_by and not meeting.agreed(line)


def _language(tag: str) -> str:
    """Return what a language is called, its tag where nobody named it."""
    known = {name.partition("-")[0] for name in languages()}
    return labels(tag)["name"] if tag.partition("-")[0] in known else tag
