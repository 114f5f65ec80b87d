"""How large a request may be, and how long it may take to arrive.

1. Addresses have at most 8 KiB, headers together 32 KiB.
2. A body is bounded by what its address takes, whether it says its length or not; what is beyond is not read.
3. A body that stops arriving for 30 seconds is given up: a slow sender holds no place for ever.
"""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasdiq.errors import TasdiqError
from tasdiq.web.guard.requests import header, refuse

KIB, MIB = 2**10, 2**20
LONGEST_ADDRESS, LARGEST_HEADERS = 8 * KIB, 32 * KIB
USUAL = 2 * MIB
BY_ADDRESS = (
    # Files of 200 MiB come in parts of at most 8 MiB (`uploads.uploading`).
    ("/api/v1/uploads", 9 * MIB),
    # Submissions of at most 64 MiB each (`record.submission`).
    ("/api/v1/entries", 128 * MIB),
    ("/api/v1/tables", 128 * MIB),
    ("/api/v1/drafts", 16 * MIB),
)
SILENCE_S = 30.0
CLOSING = {"connection": "close"}
"""What was not read is not read: the connection ends with the answer."""


class _BeyondError(TasdiqError):
    """A body is larger than its address takes, or does not go on arriving; `problem` is what is answered."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def largest(path: str) -> int:
    """Return how many bytes a body sent to this address may have."""
    return next((most for prefix, most in BY_ADDRESS if path.startswith(prefix)), USUAL)


class Sizes:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: object) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what says that it is too large; bound what does not say."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif problem := _said(scope):
            await refuse(scope, receive, send, problem, CLOSING)
        else:
            await self._bounded(scope, receive, send)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; where its body went beyond the bounds, that is answered, whatever became of it inside."""
        bounded = _Bounded(receive, largest(scope["path"]))
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if begun or bounded.problem is None:
                begun = True
                await send(message)

        try:
            await self.app(scope, bounded.receive, sending)
        except _BeyondError:
            if begun:
                raise
        if bounded.problem and not begun:
            await refuse(scope, receive, send, bounded.problem, CLOSING)


class _Bounded:
    """A body as it arrives, up to `left` bytes; `problem` is set once it went beyond."""

    def __init__(self, receive: Receive, left: int) -> None:
        self._receive, self._left, self._whole = receive, left, False
        self.problem: str | None = None

    async def receive(self) -> Message:
        """Receive what comes next. Once the body is whole, what comes is the client's leaving, for which nobody waits too long."""
        try:
            message = await asyncio.wait_for(self._receive(), None if self._whole else SILENCE_S)
        except TimeoutError as error:
            raise self._beyond("slow") from error
        self._left -= len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._left < 0:
            raise self._beyond("large")
        return message

    def _beyond(self, problem: str) -> _BeyondError:
        self.problem = problem
        return _BeyondError(problem)


def _said(scope: Scope) -> str:
    """Return the problem with what a request says of its own size, "" if there is none."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return "long"
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS:
        return "long"
    said = header(scope, b"content-length")
    if said and not said.isdigit():
        return "request"
    return "large" if said and int(said[:20]) > largest(scope["path"]) else ""
