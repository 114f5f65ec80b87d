"""Search by program: the questions and answers of the page."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from tasdiq.web.api.answering import answers, tell
from tasdiq.web.room import InRoom
from tasdiq.web.search.asked import MOST_ON_A_PAGE, read_query
from tasdiq.web.search.found import Hit, search
from tasdiq.web.viewer import AsViewer

router = APIRouter(prefix="/api/v1/search", tags=["reading"])
Text = Annotated[str, Query(max_length=300)]


class Found(msgspec.Struct, frozen=True):
    """The answers of one turn, the last entered first; `total` counts what the caller may see, up to 200 (`more` beyond)."""

    items: list[Hit]
    total: int
    more: bool
    next: str | None


@router.get("")
@answers(Found)
def find(
    request: Request, room: InRoom, viewer: AsViewer, q: Text = "", place: Text = "", actor: Text = "",
    box: Annotated[str, Query(max_length=100, description="South, west, north, east in degrees.")] = "",
    start: Text = "", end: Text = "", kind: Text = "", member: Text = "", access: Text = "",
    limit: Annotated[int, Query(ge=1, le=MOST_ON_A_PAGE)] = 20, after: Text = "",
) -> Response:  # fmt: skip
    """Find what the record says, among what the caller sees."""
    query = read_query(
        q=q, place=place, actor=actor, box=box, start=start, end=end, kind=kind, member=member, access=access,
        limit=limit, after=after,
    )  # fmt: skip
    found = search(room, viewer, query)
    return tell(request, Found(list(found.hits), found.count, found.more, found.next or None))
