"""Agreements, commitments and the review of engagement: what was agreed, how each party reads it, how it goes.

Everything is what `publication.agreed` makes of the register as the viewer sees it; nothing is decided here, and no result is
picked between readings or tellers.
"""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tasdiq.publication import agreed
from tasdiq.publication.answers import CONDUCT_MEANS, FORMS
from tasdiq.publication.view import Plain
from tasdiq.web.pages.offered import acts
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import not_there, view
from tasdiq.web.viewer import AsViewer

router = APIRouter()


@router.get("/agreements", response_class=HTMLResponse)
def agreements(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show the register of agreements and commitments, and what is due next."""
    seen = view(room, viewer)
    return page(
        request,
        "agreements.html",
        agreements=agreed.agreements(seen),
        commitments=agreed.commitments(seen),
        upcoming=agreed.upcoming(seen),
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
        upcoming=[due for due in agreed.upcoming(seen) if due["item"] == ident],
        figures=seen.state.talks.commitments[ident].figures,
        meaning=CONDUCT_MEANS.get(found["conduct"], ""),
        acts=offered,
    )


@router.get("/engagement", response_class=HTMLResponse)
def engagement(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show the review of engagement: measures as each side claims them, dated, attributed, side by side."""
    found = agreed.claimed(view(room, viewer))
    kinds = [(kind, list(items)) for kind, items in groupby(found, key=lambda item: str(item["kind"]))]
    mine = [item["id"] for item in found if viewer.member and _waits_for(item, viewer.member)]
    answers = {
        act.href.partition("measure=")[2]: act
        for act in acts(room, viewer, *(("MeasureAnswered", {"measure": i}) for i in mine))
    }
    return page(
        request, "engagement.html", kinds=kinds, answers=answers, acts=acts(room, viewer, ("MeasureClaimed", {}))
    )


@router.get("/review")
def review() -> RedirectResponse:
    """Lead to the review of engagement."""
    return RedirectResponse("/engagement", 308)


def _waits_for(item: Plain, member: str) -> bool:
    """Tell whether a party has said nothing of a measure yet."""
    return any(word["party"] == member and not word["answer"] for word in item["words"])


def _of(items: list[Plain], ident: str) -> Plain:
    found = next((item for item in items if item["id"] == ident), None)
    if found is None:
        raise not_there()
    return found
