"""The front page: what this record is, and where one goes from here."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tasdiq.web.render import page

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def front(request: Request) -> HTMLResponse:
    """Show what this record is."""
    return page(request, "front.html")
