"""Who is looking is found out once for each request, and noted as `request.state.viewer`.

What a session or a token allows is decided by `accounts.sessions`; static files are the same for everyone.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tasdiq.web.accounts.sessions import viewer_of
from tasdiq.web.room import Room

STATIC = "/static/"


class Viewing:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who is looking, and hand the request on."""
        if scope["type"] == "http" and not scope["path"].startswith(STATIC):
            found = await run_in_threadpool(viewer_of, self.room, Request(scope))
            scope.setdefault("state", {})["viewer"] = found
        await self.app(scope, receive, send)
