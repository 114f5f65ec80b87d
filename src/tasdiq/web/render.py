"""Render the application's pages: one environment, everything escaped, nothing undefined let through."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined

from tasdiq.web.room import Room
from tasdiq.web.viewer import ANYBODY


@cache
def environment() -> Environment:
    """Return the environment all pages of the application are rendered in."""
    return Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _source(name: str) -> str:
    return files("tasdiq").joinpath("web", "templates", "app", name).read_text(encoding="utf-8")


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Render a template of `templates/app` with `room`, `viewer` and `path` beside what is given."""
    room: Room = request.app.state.room
    viewer = getattr(request.state, "viewer", ANYBODY)
    text = (
        environment()
        .get_template(template)
        .render(room=room, viewer=viewer, path=request.url.path, charter=room.live.state().charter, **context)
    )
    return HTMLResponse(text, status_code=status)
