"""Agreements and commitments: what was agreed, how each party reads it, how it goes.

Everything is what `publication.agreed` makes of the register as the viewer sees it; nothing is decided here, and no result is
picked between readings or tellers.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tasdiq.publication import agreed
from tasdiq.publication.answers import CONDUCT_MEANS, FORMS
from tasdiq.publication.view import Plain, View
from tasdiq.web.desks.lines import matter
from tasdiq.web.pages.offered import acts
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import not_there, view
from tasdiq.web.viewer import AsViewer

router = APIRouter()
MOST_NAMED = 20
"""Cases that the page of a commitment names; the others are in the list of cases."""


@router.get("/agreements", response_class=HTMLResponse)
def agreements(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show the register of agreements and commitments, and what is due next."""
    seen = view(room, viewer)
    return page(
        request,
        "agreements.html",
        agreements=agreed.agreements(seen),
        commitments=agreed.commitments(seen),
        upcoming=_upcoming(seen),
        forms=FORMS,
        acts=acts(room, viewer, ("AgreementRecorded", {})),
    )


@router.get("/agreements/{ident}", response_class=HTMLResponse)
def agreement(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show one agreement: its text, its form, each party's word, and what was committed under it."""
    seen = view(room, viewer)
    found = _of(agreed.agreements(seen), ident)
    held = [item for item in agreed.commitments(seen) if item["agreement"] == ident]
    offered = acts(room, viewer, ("AgreementAnswered", {"item": ident}), ("CommitmentRecorded", {"agreement": ident}))
    return page(request, "agreement.html", item=found, commitments=held, forms=FORMS, acts=offered)


@router.get("/commitments/{ident}", response_class=HTMLResponse)
def commitment(request: Request, room: InRoom, viewer: AsViewer, ident: str) -> HTMLResponse:
    """Show one commitment: readings side by side, counts under each, ratings, conduct with its reason, what is due next."""
    seen = view(room, viewer)
    found = _of(agreed.commitments(seen), ident)
    about = {"commitment": ident}
    offered = acts(
        room, viewer, ("AgreementAnswered", {"item": ident}), ("ReadingDeclared", about), ("QuantityReported", about),
        ("ImplementationRated", about),
    )  # fmt: skip
    return page(
        request,
        "commitment.html",
        item=found,
        agreement=_of(agreed.agreements(seen), found["agreement"]),
        upcoming=[due for due in _upcoming(seen) if due["item"] == ident],
        figures=seen.state.talks.commitments[ident].figures,
        most=MOST_NAMED,
        meaning=CONDUCT_MEANS.get(found["conduct"], ""),
        acts=offered,
    )


@router.get("/engagement")
def engagement() -> RedirectResponse:
    """Lead to the review of engagement (`read`)."""
    return RedirectResponse("/review", 308)


def _upcoming(seen: View) -> list[Plain]:
    """List what is due next, each with the address of what it is about, "" where that has no page of its own."""
    talks = seen.state.talks
    pages = (("/commitments", talks.commitments), ("/sessions", talks.meetings), ("/calls", talks.calls))
    return [
        {
            **item,
            "href": next((f"{base}/{item['item']}" for base, known in pages if item["item"] in known), ""),
            "about": matter(seen.state, item["item"]),
        }
        for item in agreed.upcoming(seen)
    ]


def _of(items: list[Plain], ident: str) -> Plain:
    found = next((item for item in items if item["id"] == ident), None)
    if found is None:
        raise not_there()
    return found
