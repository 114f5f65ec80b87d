"""Trends: the published site's page, of what the viewer sees; worked out once for each sight, which lasts a minute."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from tasdiq.publication.render import environment
from tasdiq.publication.trends import trends
from tasdiq.publication.trends.drawing import drawn
from tasdiq.publication.view import View
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import view
from tasdiq.web.viewer import AsViewer

router = APIRouter()
_KEPT: WeakKeyDictionary[View, dict[str, Any]] = WeakKeyDictionary()


def _trends(of: View) -> dict[str, Any]:
    """Return the trends of a view, counted once: a record may hold hundreds of thousands of reports."""
    if (kept := _KEPT.get(of)) is None:
        kept = _KEPT[of] = trends(of)
    return kept


@router.get("/trends", response_class=HTMLResponse)
def shown(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show rates of alleged incidents over time, before and after a ceasefire, and what cannot be concluded."""
    found = _trends(view(room, viewer))
    # Everything in it was escaped where it was rendered.
    body = Markup(environment().get_template("trends-body.html").render(**drawn(found)))  # noqa: S704
    return page(request, "trends.html", answer=found["answer"], body=body)
