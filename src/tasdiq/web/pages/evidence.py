"""Evidence: what was handed over, what came of it, and what is in its files.

Who may see it is decided by `seeing` (V6); whoever may not is answered as if it were not there. A file is looked into by a
process of its own (`examining`), shown as a small picture made anew, and handed out as a download only (`uploads.downloads`).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.model.case import Case
from tasdiq.model.evidence import Evidence
from tasdiq.verification import clocks, custody
from tasdiq.web.examining.kinds import HEAD, KINDS, OTHER, Kind, kind_of
from tasdiq.web.pages.offered import acts
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import may_read_attachment, not_there, seen
from tasdiq.web.uploads import copies, names, staging, uploading
from tasdiq.web.uploads.downloads import handed_out
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()


@dataclass(frozen=True)
class File:
    """A file of evidence as the page lists it; `size` is None where this server does not hold it."""

    number: int
    sha256: str
    kind: Kind
    size: int | None

    @property
    def held(self) -> bool:
        """Tell whether this server holds it."""
        return self.size is not None


@dataclass(frozen=True)
class Handed:
    """Evidence with one member it was handed to: until when it was asked to answer, and where that stands."""

    to: str
    due: str
    standing: str
    received_at: str
    receipt: str
    answers: tuple[object, ...]

    @property
    def overdue(self) -> bool:
        """Tell whether the time to answer has passed without an answer."""
        return self.standing == "overdue"


@router.get("/uploads", response_class=HTMLResponse)
def upload(request: Request, room: InRoom, viewer: AsViewer, case: str = "") -> HTMLResponse:
    """Show where files for a case are handed in."""
    uploading.require_submitter(room, viewer, case)
    found = seen(room, viewer).cases[case]
    whole = [item for item in uploading.listed(room, viewer, case) if item.state == "whole"]
    return page(request, "uploads.html", case=found, whole=whole, largest=uploading.LARGEST // uploading.MIB)


@router.get("/evidence/{ident}", response_class=HTMLResponse)
def evidence(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show evidence: its chain of custody, its files, and what each member it was handed to did."""
    case, found = _find(room, viewer, ident)
    about = {"case": case.id, "evidence": found.id}
    offered = acts(room, viewer, ("EvidenceAcknowledged", about), ("EvidenceAnswered", about))
    return page(
        request,
        "evidence.html",
        case=case,
        item=found,
        files=[_file(room, number, sha256) for number, sha256 in enumerate(found.sha256, 1)],
        handed=[_handed(case, found, number, room.now()) for number in range(len(found.handed))],
        acts=offered,
    )


@router.get("/evidence/{ident}/files/{sha256}", response_class=HTMLResponse)
def look(request: Request, room: InRoom, viewer: AsViewer, ident: str, sha256: str) -> HTMLResponse:
    """Show what is in a file, so far as it can be told without opening it."""
    case, found, listed = _readable(room, viewer, ident, sha256)
    told = room.examiner.look(staging.attachment(room.home, sha256)) if listed.held else None
    picture = base64.b64encode(told.picture).decode() if told and told.picture else ""
    return page(request, "evidence-file.html", case=case, item=found, listed=listed, told=told, picture=picture)


@router.get("/evidence/{ident}/files/{sha256}/download")
def download(room: InRoom, viewer: AsViewer, ident: str, sha256: str) -> Response:
    """Hand out a file as it was handed in."""
    _, found, listed = _readable(room, viewer, ident, sha256)
    name = names.given(found.id, listed.number, sha256, listed.kind.ending)
    return handed_out(staging.attachment(room.home, sha256), sha256, name)


@router.post("/evidence/{ident}/files/{sha256}/copies", response_class=HTMLResponse)
def make_copy(request: Request, room: InRoom, viewer: AsViewer, ident: str, sha256: str) -> Response:
    """Make a copy without hidden data of a file, because somebody chose to."""
    case, found, listed = _readable(room, viewer, ident, sha256)
    made = copies.make(room, viewer, found.id, sha256)
    if isinstance(made, str):
        return page(request, "evidence-refused.html", 422, case=case, item=found, listed=listed, why=made)
    return RedirectResponse(f"/evidence/{found.id}/copies/{made.id}", 303)


@router.get("/evidence/{ident}/copies/{copy}", response_class=HTMLResponse)
def show_copy(request: Request, room: InRoom, viewer: AsViewer, ident: str, copy: str) -> HTMLResponse:
    """Show a copy beside its original: what was left behind, and both hashes."""
    case, found, listed, made = _copy(room, viewer, ident, copy)
    return page(request, "evidence-copy.html", case=case, item=found, listed=listed, copy=made, kind=KINDS[made.media])


@router.get("/evidence/{ident}/copies/{copy}/download")
def download_copy(room: InRoom, viewer: AsViewer, ident: str, copy: str) -> Response:
    """Hand out a copy to whoever made it."""
    _, _, listed, made = _copy(room, viewer, ident, copy)
    name = names.given("public-copy", listed.number, made.sha256, KINDS[made.media].ending)
    return handed_out(staging.place(room.home, made.id, copies.ENDING), made.sha256, name)


def _find(room: Room, viewer: Viewer, ident: str) -> tuple[Case, Evidence]:
    """Return evidence that the viewer sees, with its case; raise as for what is not there."""
    for case in seen(room, viewer).cases.values():
        for item in case.evidence:
            if item.id == ident:
                return case, item
    raise not_there()


def _readable(room: Room, viewer: Viewer, ident: str, sha256: str) -> tuple[Case, Evidence, File]:
    case, found = _find(room, viewer, ident)
    if sha256 not in found.sha256 or not may_read_attachment(room, viewer, sha256):
        raise not_there()
    return case, found, _file(room, found.sha256.index(sha256) + 1, sha256)


def _copy(room: Room, viewer: Viewer, ident: str, copy: str) -> tuple[Case, Evidence, File, copies.PublicCopy]:
    made = copies.find(room, viewer, copy)
    if made.evidence != ident:
        raise not_there()
    return (*_readable(room, viewer, ident, made.original), made)


def _file(room: Room, number: int, sha256: str) -> File:
    path = staging.attachment(room.home, sha256)
    if not path.is_file():
        return File(number, sha256, OTHER, None)
    return File(number, sha256, kind_of(staging.head_of(path, HEAD)), path.stat().st_size)


def _handed(case: Case, item: Evidence, number: int, now: str) -> Handed:
    given = item.handed[number]
    due = clocks.extended(case, item.id, given.due)
    standing = custody.standing(case, item, given, now)
    return Handed(given.to, due, standing, given.received_at, given.receipt, given.answers)
