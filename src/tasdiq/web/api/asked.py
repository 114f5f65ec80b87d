"""What a program asks: read strictly into a type, so that a misspelt field is refused by its name and never ignored."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from tasdiq.errors import InputError

LARGEST = 64 * 2**20
A = TypeVar("A", bound=msgspec.Struct)


async def raw(request: Request) -> bytes:
    """Return the body of a request as it came; InputError if it is larger than a submission can be."""
    parts, size = list[bytes](), 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise InputError(f"expected at most {LARGEST} bytes, found more: use attachments")
        parts.append(part)
    return b"".join(parts)


def asked(kind: type[A]) -> Callable[[Request], Coroutine[Any, Any, A]]:
    """Return what reads a request's JSON into a type, for use with Depends."""

    async def read(request: Request) -> A:
        data = await raw(request)
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InputError(f"expected JSON as the documentation of this address gives it, found: {error}") from error

    return read
