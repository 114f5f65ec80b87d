"""What an officer is told of: the notices of its page, and a mark under all of them."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from tasdiq.errors import RoleError
from tasdiq.web.api.answering import answers, tell
from tasdiq.web.notices.notice import Notice, listed, read_all
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import not_there
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1/notices", tags=["desk"])


class Notices(msgspec.Struct, frozen=True):
    """What waits and what is late, that the officer was told of; those not read first."""

    notices: list[Notice]
    unread: int


@router.get("")
@answers(Notices)
def notices(request: Request, room: InRoom, viewer: AsViewer) -> Response:
    """List the caller's notices; for a program without a member there are none to be seen."""
    if not viewer.is_member:
        raise not_there()
    found = listed(room, viewer)
    return tell(request, Notices(found, sum(not notice.read for notice in found)))


@router.post("/read", status_code=204)
@answers(None, 204)
def read(room: InRoom, viewer: AsViewer) -> Response:
    """Mark all of the caller's notices as read; a token needs the scope `admin` for it."""
    if not viewer.is_member or "admin" not in viewer.scopes:
        raise RoleError("an officer marks its own notices as read, or its program with the scope admin")
    read_all(room, viewer)
    return Response(status_code=204)
