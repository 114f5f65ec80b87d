"""What every guard needs to know of a request, and how it refuses one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from tasdiq.web import problems

CALLS = "/api/"
"""Under this prefix programs call; everything else is for browsers."""


def header(scope: Scope, name: bytes) -> bytes:
    """Return the value of a header, b"" where it is absent; `name` in lower case."""
    return next((value for key, value in scope["headers"] if key == name), b"")


def is_call(scope: Scope) -> bool:
    """Tell whether a program calls."""
    return str(scope["path"]).startswith(CALLS)


async def refuse(
    scope: Scope, receive: Receive, send: Send, problem: str, headers: dict[str, str] | None = None
) -> None:
    """Answer a request with one of the `problems`, in the shape its caller reads."""
    response = problems.answer(Request(scope), problems.NAMED[problem], headers=headers)
    await response(scope, receive, send)
