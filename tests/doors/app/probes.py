"""Addresses that tests add to an application: they fail in each way, take forms and files, and say who is looking."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import PlainTextResponse

from tasdiq.errors import InputError, MissingError, ProcedureError, RecordError, RoleError, SettingsError
from tasdiq.web.viewer import AsViewer

SECRET = "the hidden farm"
FAILURES = {
    "input": InputError(SECRET, field="place"),
    "procedure": ProcedureError(SECRET, paragraph="P4"),
    "role": RoleError(SECRET),
    "missing": MissingError(SECRET),
    "settings": SettingsError(SECRET),
    "record": RecordError(SECRET),
    "bug": KeyError(SECRET),
}


def add_probes(app: FastAPI) -> None:
    """Add the addresses, once as pages and once as calls of programs."""
    for prefix in ("", "/api/v1"):
        app.get(f"{prefix}/probe/fail/{{how}}")(_fail)
        app.post(f"{prefix}/probe/form")(_form)
        app.post(f"{prefix}/probe/body")(_body)
    app.post("/api/v1/uploads/probe")(_body)
    app.post("/sign-in/probe")(_form)


def _fail(how: str) -> None:
    raise FAILURES[how]


def _form(viewer: AsViewer, text: Annotated[str, Form()] = "") -> PlainTextResponse:
    return PlainTextResponse(f"{viewer.member}:{text}")


async def _body(request: Request) -> PlainTextResponse:
    size = 0
    async for piece in request.stream():
        size += len(piece)
    return PlainTextResponse(str(size))
