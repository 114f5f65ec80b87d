"""The last door: whatever goes wrong inside, the answer is one of the `problems`, and never the error's own words.

What went wrong is noted in the request's state, for the line in the server's log.
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasdiq.errors import TasdiqError
from tasdiq.web import problems
from tasdiq.web.room import Room


class Catching:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the place of whoever failed; an answer that has begun is cut off."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending if scope["type"] == "http" else send)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            request = Request(scope)
            request.state.error = error
            await _answer(request, error)(scope, receive, send)


def _answer(request: Request, error: Exception) -> ASGIApp:
    if isinstance(error, TasdiqError):
        return problems.answer_error(request, error)
    # A database that is away for a moment: nothing was acknowledged, and the same request succeeds when it is back.
    name = "record" if isinstance(error, SQLAlchemyError) else "failed"
    return problems.answer(request, problems.NAMED[name])
