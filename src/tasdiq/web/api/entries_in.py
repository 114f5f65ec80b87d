"""Entries that were signed elsewhere, handed in whole: one submission file, or many in a JSON array.

1. They are entered together in their order, or none is: the answer lists a receipt for each.
2. Whoever hands them in is an officer of a member; whose entries they are, their signatures say.
3. The same submission again is answered with the place where it stands.
4. An entry about something that whoever hands it in does not see is answered as if that were not there.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from tasdiq.errors import InputError
from tasdiq.model import entries
from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.submission import from_bytes
from tasdiq.secretariat.reviewing import opened
from tasdiq.web.acting.preparing import require_actor
from tasdiq.web.api import shapes
from tasdiq.web.api.answering import answers, asks
from tasdiq.web.api.asked import raw
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import require_seen
from tasdiq.web.uploads.keeping import keep_submitted
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter(prefix="/api/v1/entries", tags=["entries"])
MOST = 100


@router.post("", status_code=201)
@answers(shapes.EnteredTold, 201)
@asks(list[dict[str, Any]])
@asks(dict[str, Any], "application/vnd.tasdiq.submission+json")
def enter(room: InRoom, viewer: AsViewer, data: Annotated[bytes, Depends(raw)]) -> JSONResponse:
    """Enter signed submissions; 201 with a receipt for each."""
    return JSONResponse(entered(room, viewer, read(data)), 201)


def entered(room: Room, viewer: Viewer, submissions: list[Submission]) -> dict[str, Any]:
    """Enter what an officer hands in; return the answer, with a receipt for each."""
    require_actor(viewer)
    for submission in submissions:
        _require_seen(room, viewer, submission)
    keep_submitted(room, viewer, submissions)
    found = room.enter(viewer.account, submissions)
    listed = [
        {"id": one.id, "index": one.index, "deadline": one.deadline, "receipt": one.receipt.decode()} for one in found
    ]
    return {"entered": listed}


def _require_seen(room: Room, viewer: Viewer, submission: Submission) -> None:
    """Raise `MissingError` where an entry is about what whoever hands it in does not see (rule 4)."""
    entry = parse_leaf(submission.leaf)
    if entry.header["access"] == "named":
        return
    kind, content = opened(entry, submission)
    try:
        require_seen(room, viewer, msgspec.convert(content, entries.BODIES.get(kind, entries.KeysChanged)))
    except msgspec.ValidationError:
        return  # What has not the form of its kind is refused where entries are reviewed, with what is wrong.


def read(data: bytes) -> list[Submission]:
    """Read one submission or an array of them; each is in its one canonical form, however the array is written."""
    if data.lstrip()[:1] != b"[":
        return [from_bytes(data.strip(b"\n"))]
    try:
        parts = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"expected a submission, or an array of submissions, found: {error}") from error
    if not 0 < len(parts) <= MOST:
        raise InputError(f"expected 1 to {MOST} submissions, found {len(parts)}: hand them in by turns")
    return [from_bytes(bytes(part)) for part in parts]
