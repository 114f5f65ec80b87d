"""The front page: what this record is, who keeps it, how much is in it that this viewer may see, and how anyone can check it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tasdiq.model.charter import Charter, Member
from tasdiq.model.state import State
from tasdiq.web.render import in_turn, page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import AsViewer

router = APIRouter(include_in_schema=False)
ROLES = (
    ("party", "Party", "submits, answers and signs, as the other does"),
    ("mediator", "Mediator", "chairs findings, and cosigns the record"),
    ("observer", "Observer", "reads what members read, and may sign beside them"),
    ("protection", "Protection body", "answers for each safeguard before a person is handed over"),
)


@router.get("/", response_class=HTMLResponse)
def front(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show what this record is."""
    state = seen(room, viewer)
    return page(request, "front.html", kept=counts(state), seats=seats(state.charter, room.now()), size=state.size)


def counts(state: State) -> list[tuple[str, int, str]]:
    """Return what the viewer may see, as (what, how many, where)."""
    return [
        ("agreements", len(state.talks.agreements), "/agreements"),
        ("positions", len(state.propositions), "/propositions"),
        ("incidents", len(state.incidents), "/incidents"),
        ("documents", len(state.documents), "/documents"),
        ("cases", len(state.cases), "/cases"),
    ]


def seats(charter: Charter, now: str) -> list[tuple[str, str, list[Member]]]:
    """Return who sits at the table: each role, what it does, and its members; parties in the order of the day."""
    ordered = [*in_turn(charter.parties, now), *(member for member in charter.members if member.role != "party")]
    found = [(name, does, [member for member in ordered if member.role == role]) for role, name, does in ROLES]
    return [seat for seat in found if seat[2]]
