"""Look into the body of a request and hand all of it on: the next one receives what was received already, then the rest."""

from __future__ import annotations

from starlette.types import Message, Receive

Messages = list[Message]


async def collect(receive: Receive, most: int) -> Messages:
    """Receive a whole body, or as much of it as shows that it is larger than `most` bytes."""
    return (await _until(receive, most + 1))[1]


async def head_of(receive: Receive, size: int) -> tuple[bytes, Messages]:
    """Return the first `size` bytes of a body (fewer if it is shorter) and the messages they came in."""
    start, messages = await _until(receive, size)
    return start[:size], messages


async def _until(receive: Receive, size: int) -> tuple[bytes, Messages]:
    messages: Messages = []
    start = bytearray()
    while len(start) < size:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            break
        start += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(start), messages


def replayed(messages: Messages, receive: Receive) -> Receive:
    """Return what gives `messages` once more, and then what `receive` gives."""
    waiting = iter(messages)

    async def again() -> Message:
        for message in waiting:
            return message
        return await receive()

    return again
