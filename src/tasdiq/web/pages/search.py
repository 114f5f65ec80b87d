"""Searching: one field for words, and what narrows it down; the answers are of what the viewer sees (`web.search`)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from tasdiq.errors import InputError
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.search.asked import read_query
from tasdiq.web.search.found import Hit, Results, search
from tasdiq.web.search.index import Index
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import AsViewer

router = APIRouter()
Text = Annotated[str, Query(max_length=300)]
KINDS = (
    ("", "anything"), ("report", "event rows and incident reports"), ("document", "words of documents"),
    ("proposition", "points"), ("statement", "statements"), ("CaseOpened", "allegations"), ("FindingDrafted", "drafts of findings"),
    ("EvidenceSubmitted", "evidence"), ("CallLogged", "calls"), ("MinuteLineRecorded", "lines of minutes"),
)  # fmt: skip
NAMES = dict(KINDS) | {"": "entry"}


@router.get("/search", response_class=HTMLResponse)
def searching(
    request: Request, room: InRoom, viewer: AsViewer, q: Text = "", place: Text = "", actor: Text = "", box: Text = "",
    start: Text = "", end: Text = "", kind: Text = "", member: Text = "", after: Text = "",
) -> HTMLResponse:  # fmt: skip
    """Show what was found."""
    asked = {
        "q": q, "place": place, "actor": actor, "box": box, "start": start, "end": end, "kind": kind, "member": member,
    }  # fmt: skip
    results, errors = Results((), 0, more=False), dict[str, str]()
    try:
        query = read_query(
            q=q, place=place, actor=actor, box=box, start=start, end=end, kind=kind, member=member, after=after
        )
        results = search(room, viewer, query)
    except InputError as error:
        errors = {error.field or "q": error.message}
    rows, state = [(hit, *_leads(hit)) for hit in results.hits], seen(room, viewer)
    following = urlencode({name: text for name, text in asked.items() if text} | {"after": results.next})
    return page(
        request, "search.html", 422 if errors else 200, asked=asked, results=results, rows=rows, errors=errors, kinds=KINDS,
        following=f"/search?{following}" if results.next else "", later=bool(after), narrowed=any(list(asked.values())[1:]),
        members=state.charter.members, missing=max(0, state.size - Index(room.office).size()),
    )  # fmt: skip


_PLACES = {"report": "/incidents", "proposition": "/propositions", "incident": "/incidents"}


def _leads(hit: Hit) -> tuple[str, str]:
    """Return what an answer is called, and where it leads: to its item where that has a page, else to its entry."""
    known = NAMES.get(hit.kind, "")
    called = known or "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in hit.kind).strip()
    place = _PLACES.get(hit.kind)
    return called, f"{place}/{hit.ident}" if place and hit.kind == "proposition" else f"/entries/{hit.entry}"
