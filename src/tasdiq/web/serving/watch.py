"""Each request gets a number, a line in the log and its place in the measurements: what was done, never by whom or to what.

1. A line has method, route, status, milliseconds and the number. The route is the pattern (`/cases/{ident}`), not the address:
   ids, query strings, names and the addresses of people are nobody's business.
2. Of an error the line has its kind and where in the program it happened; its words may quote what somebody entered.
3. The number is in the answer's header `X-Correlation-Id` and on pages that say that something went wrong.
"""

from __future__ import annotations

import logging
import secrets
import time
from pathlib import Path
from traceback import extract_tb
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasdiq.web.guard.viewing import STATIC
from tasdiq.web.serving.metrics import Metrics

_LOG = logging.getLogger("tasdiq.requests")


class Watch:
    """The middleware, the outermost of all."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Number a request, hand it on, and note how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, begun, status = secrets.token_hex(8), time.perf_counter(), 500
        scope.setdefault("state", {})["correlation"] = number

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-correlation-id", number.encode())]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self._note(scope, status, number, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, number: str, seconds: float) -> None:
        route, error = route_of(scope), scope["state"].get("error")
        self.metrics.answered(scope["method"], route, status, seconds)
        if scope["path"].startswith(STATIC) and status < 400:
            return
        line: dict[str, Any] = {
            "method": scope["method"] if scope["method"].isalpha() else "?",
            "route": route,
            "status": status,
            "ms": round(seconds * 1000),
            "number": number,
        }
        if error is not None and status >= 500:
            line |= {"error": type(error).__name__, "at": places(error)}
        _LOG.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra={"line": line})


def route_of(scope: Scope) -> str:
    """Return the pattern that a request's address matched (rule 1)."""
    if scope["path"].startswith(STATIC):
        return STATIC
    return str(getattr(scope.get("route"), "path", "")) or "none"


def places(error: BaseException) -> list[str]:
    """Return where an error came from, the innermost place first: file, line and function, none of its words (rule 2)."""
    frames = extract_tb(error.__traceback__)
    told = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
    cause = error.__cause__ or error.__context__
    return told[:8] + ([f"from {type(cause).__name__}"] if cause else [])
