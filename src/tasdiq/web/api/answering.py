"""How a call is answered: the type of what is told, its bytes, its mark for caches, and long lists by turns.

1. What an address answers is one type; the document of the interface is made from it, and so are the bytes.
2. An ETag is a hash of the very bytes the caller is given: it says nothing of what the caller may not see. Who has them
   already (If-None-Match, RFC 9110) is answered 304.
3. A list comes by turns (`limit`, `after`): `next` is what to send as `after`, null at the end; `total` counts what the caller
   may see.
4. A parameter that an address does not know is refused by its name, and never ignored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from fastapi import Query, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.responses import Response

from tasdiq.errors import InputError

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
JSON = "application/json"
PROBLEM = "application/problem+json"
MOST = 500


class Listed(msgspec.Struct, Generic[T], frozen=True):
    """One turn of a list: its items, how many there are in all, and where the next turn begins (null at the end)."""

    items: list[T]
    total: int
    next: str | None


Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items to give at most.")]
After = Annotated[str, Query(max_length=300, description="Where to go on: `next` of the turn before.")]


def answers(kind: Any, status: int = 200, media: str = JSON) -> Callable[[F], F]:
    """Note what an address answers, by status; several notes stand side by side. `kind` None is an answer without content."""

    def noted(handler: F) -> F:
        held: dict[int, tuple[Any, str]] = handler.__dict__.setdefault("answers", {})
        held[status] = (kind, media)
        return handler

    return noted


def asks(kind: Any, media: str = JSON) -> Callable[[F], F]:
    """Note what an address is sent; several notes (a type or another media type each) stand side by side."""

    def noted(handler: F) -> F:
        held: dict[str, Any] = handler.__dict__.setdefault("asks", {})
        held[media] = kind
        return handler

    return noted


def tell(request: Request, value: object) -> Response:
    """Answer with a value as JSON, or 304 where the caller has it already (rule 2)."""
    return give(request, msgspec.json.encode(value), JSON)


def give(request: Request, data: bytes, media: str, headers: dict[str, str] | None = None) -> Response:
    """Answer with bytes, or 304 where the caller has them already (rule 2)."""
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Vary": "Authorization, Cookie", **(headers or {})}
    held = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if held & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(data, 200, headers, media)


def turn(items: Iterable[T], key: Callable[[T], str], limit: int, after: str) -> Listed[T]:
    """Cut one turn out of a list (rule 3); InputError where `after` is no place in what the caller sees."""
    whole = items if isinstance(items, list) else list(items)
    start = 0
    if after:
        start = next((number for number, item in enumerate(whole, 1) if key(item) == after), 0)
        if not start:
            raise InputError("expected what `next` gave, for the same list; begin again without it", field="after")
    part = whole[start : start + limit]
    more = start + limit < len(whole)
    return Listed(part, len(whole), key(part[-1]) if more else None)


def strict(request: Request) -> None:
    """Refuse a parameter that the address does not know (rule 4)."""
    route = request.scope.get("route")
    known = {field.alias for field in get_flat_params(route.dependant)} if route else set()
    if unknown := sorted(set(request.query_params) - known):
        raise InputError(
            f"expected {', '.join(sorted(known)) or 'no parameters'} here, found {unknown[0][:40]!r}",
            field=unknown[0][:40],
        )
