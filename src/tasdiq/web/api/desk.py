"""What waits for the caller, and search: by words, place, time, actor, kind and member, over what the caller sees."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from tasdiq.waiting.desk import desk as waiting_for
from tasdiq.waiting.item import Waiting
from tasdiq.web.api.answering import answers, tell
from tasdiq.web.room import InRoom
from tasdiq.web.search import asked as asking
from tasdiq.web.search import found as searching
from tasdiq.web.seeing import not_there, seen
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1", tags=["desk and search"])
Words = Annotated[str, Query(max_length=400)]
Day = Annotated[str, Query(max_length=20, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?)?$")]
MOST = 100


class Desk(msgspec.Struct, frozen=True):
    """What waits: asked of the caller's member, asked by it of others, and overdue of anybody."""

    ours: list[Waiting]
    theirs: list[Waiting]
    overdue: list[Waiting]


class Hit(msgspec.Struct, frozen=True):
    """One thing found: its kind and id, the entry (and row) that brings it, and some of its words."""

    kind: str
    ident: str
    entry: int
    row: int | None
    at: str
    member: str
    words: str


class Found(msgspec.Struct, frozen=True):
    """What a search found; where there is `more` than was counted, `count` is a lower bound. `next` asks for the next turn."""

    items: list[Hit]
    count: int
    more: bool
    next: str | None


@router.get("/desk")
@answers(Desk)
def desk(request: Request, room: InRoom, viewer: AsViewer) -> Response:
    """Tell what waits for the caller's member; for a program without a member there is no desk."""
    if not viewer.is_member:
        raise not_there()
    found = waiting_for(seen(room, viewer), viewer.member, room.now())
    return tell(request, Desk(list(found.ours), list(found.theirs), list(found.overdue)))


@router.get("/search")
@answers(Found)
def search(
    request: Request,
    room: InRoom,
    viewer: AsViewer,
    q: Words = "",
    place: Words = "",
    actor: Words = "",
    box: Annotated[str, Query(max_length=80, description="South, west, north, east in degrees, with commas.")] = "",
    start: Day = "",
    end: Day = "",
    kind: Annotated[str, Query(max_length=60)] = "",
    member: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Search the record; all that is given must hold. Nothing given finds nothing."""
    query = asking.read_query(
        q=q, place=place, actor=actor, box=box, start=start, end=end, kind=kind, member=member, limit=limit, after=after
    )
    found = searching.search(room, viewer, query)
    hits = [Hit(h.kind, h.ident, h.entry, h.row, h.at, h.member, h.words) for h in found.hits]
    return tell(request, Found(hits, found.count, found.more, found.next or None))
