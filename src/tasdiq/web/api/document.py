"""The document of the interface: OpenAPI 3.1, made from the addresses as they are and the types they answer with.

1. Every address under /api/v1 stands in it, with what its handler notes of it (`answering.answers`); a test finds one that
   notes nothing.
2. Schemas are those of the types that are encoded and decoded (`msgspec.json.schema_components`), so they cannot drift.
3. Whatever goes wrong is answered in one shape, `Problem`.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from tasdiq.web.api.answering import JSON, PROBLEM, answers, give
from tasdiq.web.api.shapes import Problem

router = APIRouter(prefix="/api/v1", tags=["document"])
PREFIX = "/api/v1"
REF = "#/components/schemas/{name}"
ABOUT = (
    "Everything the pages do, for programs. Call with a token (`Authorization: Bearer tasdiq_…`) made under Account; without one "
    "you see what anybody sees. What you may not see is answered like what does not exist. A POST may bring `Idempotency-Key`: "
    "the same request again is answered as the first was."
)


@router.get("/openapi.json")
@answers(dict)
def document(request: Request) -> Response:
    """Give this document."""
    return give(request, msgspec.json.encode(described(request.app)), JSON)


def routes_of(app: FastAPI) -> list[RouteContext]:
    """Return the addresses of the interface, in the order in which they are matched."""
    found = [route for route in iter_route_contexts(app.routes) if (route.path or "").startswith(f"{PREFIX}/")]
    return [route for route in found if isinstance(route.original_route, APIRoute)]


def described(app: FastAPI) -> dict[str, Any]:
    """Return the document of an application's interface."""
    routes = routes_of(app)
    made = get_openapi(
        title="tasdiq", version=version("tasdiq"), openapi_version="3.1.0", description=ABOUT, routes=routes
    )
    kinds: dict[int, Any] = {id(Problem): Problem}
    for route in routes:
        told, asked = _notes(route)
        kinds |= {id(kind): kind for kind in (*(kind for kind, _ in told.values()), *asked.values())}
    wanted = {key: kind for key, kind in kinds.items() if kind not in (None, bytes)}
    schemas, components = msgspec.json.schema_components(wanted.values(), ref_template=REF)
    schema_of = dict(zip(wanted, schemas, strict=True))
    for route in routes:
        for method in route.methods or ():
            _describe(made["paths"][route.path_format][method.lower()], route, method, schema_of)
    made["components"] = {
        "schemas": components,
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    made["security"] = [{}, {"token": []}]
    return made


def _notes(route: RouteContext) -> tuple[dict[int, tuple[Any, str]], dict[str, Any]]:
    """Return what an address answers, by status, and what it is sent, by media type."""
    noted = route.endpoint.__dict__ if route.endpoint else {}
    return noted.get("answers", {200: (dict, JSON)}), noted.get("asks", {})


def unnoted(app: FastAPI) -> list[str]:
    """List the addresses of which nobody noted what they answer (rule 1)."""
    return [
        str(route.path) for route in routes_of(app) if not (route.endpoint and "answers" in route.endpoint.__dict__)
    ]


def _describe(operation: dict[str, Any], route: RouteContext, method: str, schema_of: dict[int, Any]) -> None:
    """Say what one address takes and answers."""
    told, asked = _notes(route)
    responses = {
        str(status): {"description": _says(kind), **_content(kind, media, schema_of)}
        for status, (kind, media) in sorted(told.items())
    }
    if method == "GET":
        responses["304"] = {"description": "You have it already."}
    responses["default"] = {"description": "A problem.", **_content(Problem, PROBLEM, schema_of)}
    operation["responses"] = responses
    if asked:
        content = {media: _schema(kind, schema_of) for media, kind in asked.items()}
        operation["requestBody"] = {"required": True, "content": content}
    if method == "POST":
        key = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
        operation.setdefault("parameters", []).append(
            {"name": "Idempotency-Key", "in": "header", "required": False, "schema": key}
        )


def _says(kind: Any) -> str:
    found = kind.__doc__ if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else ""
    return (found or "Done.").partition("\n")[0]


def _content(kind: Any, media: str, schema_of: dict[int, Any]) -> dict[str, Any]:
    return {} if kind is None else {"content": {media: _schema(kind, schema_of)}}


def _schema(kind: Any, schema_of: dict[int, Any]) -> dict[str, Any]:
    return {} if kind is bytes else {"schema": schema_of[id(kind)]}
