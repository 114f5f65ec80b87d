"""What was agreed and said between the parties: agreements, commitments with conduct, engagement, minutes, the contact line."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from tasdiq.model.agreement import Conduct, RegisteredAgreement, RegisteredCommitment
from tasdiq.model.call import Call
from tasdiq.model.meeting import Meeting
from tasdiq.model.talks import Measure
from tasdiq.web.api.answering import After, Limit, Listed, answers, tell, turn
from tasdiq.web.api.reading import ItemId
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter(prefix="/api/v1", tags=["talks"])


class CommitmentTold(msgspec.Struct, frozen=True):
    """A commitment of the register, and its conduct held against findings, if it was assessed."""

    commitment: RegisteredCommitment
    conduct: Conduct | None


def _list(request: Request, room: Room, viewer: Viewer, part: str, limit: int, after: str) -> Response:
    held: dict[str, Any] = getattr(seen(room, viewer).talks, part)
    return tell(request, turn(list(held.values()), lambda item: str(item.id), limit, after))


def _one(request: Request, room: Room, viewer: Viewer, part: str, ident: str) -> Response:
    held: dict[str, Any] = getattr(seen(room, viewer).talks, part)
    if ident not in held:
        raise not_there()
    return tell(request, held[ident])


@router.get("/agreements")
@answers(Listed[RegisteredAgreement])
def agreements(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the agreements, with their form and each party's own words about them."""
    return _list(request, room, viewer, "agreements", limit, after)


@router.get("/agreements/{agreement}")
@answers(RegisteredAgreement)
def agreement(request: Request, room: InRoom, viewer: AsViewer, agreement: ItemId) -> Response:
    """Give one agreement."""
    return _one(request, room, viewer, "agreements", agreement)


@router.get("/commitments")
@answers(Listed[CommitmentTold])
def commitments(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the commitments with every reading, figures, ratings and conduct."""
    state = seen(room, viewer)
    found = [CommitmentTold(item, state.conduct.get(item.id)) for item in state.talks.commitments.values()]
    return tell(request, turn(found, lambda told: told.commitment.id, limit, after))


@router.get("/commitments/{commitment}")
@answers(CommitmentTold)
def commitment(request: Request, room: InRoom, viewer: AsViewer, commitment: ItemId) -> Response:
    """Give one commitment."""
    state = seen(room, viewer)
    if commitment not in state.talks.commitments:
        raise not_there()
    return tell(request, CommitmentTold(state.talks.commitments[commitment], state.conduct.get(commitment)))


@router.get("/measures")
@answers(Listed[Measure])
def measures(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the measures of engagement that members claim, dated and attributed."""
    return _list(request, room, viewer, "measures", limit, after)


@router.get("/minutes")
@answers(Listed[Meeting])
def meetings(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the sessions that were held, with their minutes line by line."""
    return _list(request, room, viewer, "meetings", limit, after)


@router.get("/minutes/{session}")
@answers(Meeting)
def minutes(request: Request, room: InRoom, viewer: AsViewer, session: ItemId) -> Response:
    """Give the minutes of one session."""
    return _one(request, room, viewer, "meetings", session)


@router.get("/calls")
@answers(Listed[Call])
def calls(request: Request, room: InRoom, viewer: AsViewer, limit: Limit = 100, after: After = "") -> Response:
    """List the calls over the contact line, with what the other side says of them."""
    return _list(request, room, viewer, "calls", limit, after)


@router.get("/calls/{call}")
@answers(Call)
def call(request: Request, room: InRoom, viewer: AsViewer, call: ItemId) -> Response:
    """Give one call."""
    return _one(request, room, viewer, "calls", call)
