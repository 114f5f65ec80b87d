"""Trends: the published site's page, of what the viewer sees."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from tasdiq.publication.render import environment
from tasdiq.publication.trends import trends
from tasdiq.publication.trends.drawing import drawn
from tasdiq.web.render import page
from tasdiq.web.room import InRoom
from tasdiq.web.seeing import view
from tasdiq.web.viewer import AsViewer

router = APIRouter()


@router.get("/trends", response_class=HTMLResponse)
def shown(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """Show rates of alleged incidents over time, before and after a ceasefire, and what cannot be concluded."""
    found = trends(view(room, viewer))
    # Everything in it was escaped where it was rendered.
    body = Markup(environment().get_template("trends-body.html").render(**drawn(found)))  # noqa: S704
    return page(request, "trends.html", answer=found["answer"], body=body)
