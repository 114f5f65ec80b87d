"""For whoever watches over the server: is it up, is it ready, what does it measure."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy import select

from tasdiq.errors import RecordError
from tasdiq.web.room import InRoom
from tasdiq.web.serving import metrics

router = APIRouter(include_in_schema=False)


@router.get("/health")
def health() -> PlainTextResponse:
    """Say that this worker answers."""
    return PlainTextResponse("ok\n")


@router.get("/ready")
def ready(request: Request, room: InRoom) -> PlainTextResponse:
    """Say that this worker can read the record and the office, and reach who writes; 503 otherwise, or while it stops."""
    if request.app.state.pulse.stopping:
        raise RecordError("this worker is about to end")
    room.live.state()
    with room.office.reading() as connection:
        connection.execute(select(1))
    if not room.writer.reachable():
        raise RecordError("the writer is not running")
    return PlainTextResponse("ready\n")


@router.get("/metrics")
def measured(request: Request, room: InRoom) -> Response:
    """Show the figures to this machine, or to who has the token."""
    return metrics.shown(request, room, request.app.state.metrics)
