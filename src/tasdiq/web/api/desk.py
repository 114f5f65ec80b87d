"""What waits for the caller's member: asked of it, asked by it, and overdue of anybody."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from tasdiq.waiting.desk import desk as waiting_for
from tasdiq.waiting.item import Waiting
from tasdiq.web.api.answering import answers, tell
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import not_there, seen
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1", tags=["desk"])


class Desk(msgspec.Struct, frozen=True):
    """What waits: asked of the caller's member, asked by it of others, and overdue of anybody."""

    ours: list[Waiting]
    theirs: list[Waiting]
    overdue: list[Waiting]


@router.get("/desk")
@answers(Desk)
def desk(request: Request, room: InRoom, viewer: AsViewer) -> Response:
    """Tell what waits for the caller's member; for a program without a member there is no desk."""
    if not viewer.is_member:
        raise not_there()
    found = waiting_for(seen(room, viewer), viewer.member, room.now())
    return tell(request, Desk(list(found.ours), list(found.theirs), list(found.overdue)))
