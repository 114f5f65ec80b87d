"""Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): the record has grown.

1. An event has the number of entries and nothing else: what is new, and who may see it, is for the page loaded then. The
   first may be older than the page that listens: a page has the number it was made from (`data-size`), and compares.
2. Officers are told. For anybody else there is no stream: that members are at work now is theirs to know.
3. A stream ends after five minutes, and the browser asks again: whoever was signed out meanwhile hears nothing more.
4. When the server stops, every stream ends at once, and browsers come back to the next one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from tasdiq.errors import MissingError
from tasdiq.web.serving.pulse import Pulse
from tasdiq.web.viewer import AsViewer

router = APIRouter(include_in_schema=False)
LONGEST_S = 300.0
BEAT_S = 15.0


@router.get("/events")
async def events(request: Request, viewer: AsViewer) -> StreamingResponse:
    """Tell an officer's browser whenever the record grows."""
    if not viewer.is_member:
        raise MissingError("no events for anybody")
    pulse: Pulse = request.app.state.pulse
    pulse.require_place(viewer.account)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_stream(pulse, viewer.account), media_type="text/event-stream", headers=headers)


async def _stream(pulse: Pulse, account: str) -> AsyncIterator[str]:
    yield "retry: 3000\n\n"
    async with pulse.listening(account) as heard:
        async for size in heard(LONGEST_S, BEAT_S):
            yield ": still here\n\n" if size is None else f"id: {size}\nevent: size\ndata: {size}\n\n"
