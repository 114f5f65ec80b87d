"""How errors become answers: one table from the families of errors to HTTP statuses, one shape (RFC 9457) for programs.

1. What may not be seen and what does not exist are answered in the same words: a 404 repeats nothing of what was asked for.
2. What is wrong inside the server is answered without its words, which may name places on its disk; they go to its log, under a
   correlation id that the answer carries.
3. A program is answered with `application/problem+json`, a browser with a page, by the address asked for.
4. Whoever is nobody yet, and asks for a page that only officers have, is asked to sign in and led back there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from tasdiq.errors import (
    InputError,
    MissingError,
    ProcedureError,
    RecordError,
    RoleError,
    SettingsError,
    TasdiqError,
)
from tasdiq.web.guard.budget import TooOftenError
from tasdiq.web.render import bare_page, page
from tasdiq.web.viewer import ANYBODY

MEDIA = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """One kind of answer that is not what was asked for: its name in `type`, its status, its words."""

    name: str
    status: int
    title: str
    advice: str
    told: bool = False
    """Whether an error's own words are shown (rule 2)."""


TABLE: dict[type[TasdiqError], Problem] = {
    InputError: Problem(
        "input", 422, "Something in this cannot be taken", "Mend what is named and send it again.", True
    ),
    ProcedureError: Problem(
        "procedure", 409, "This step is not open now", "The case's page says which steps are open.", True
    ),
    RoleError: Problem(
        "role", 403, "This is for somebody else to do", "Your role at this table does not include it.", True
    ),
    MissingError: Problem(
        "missing",
        404,
        "There is nothing here for you to see",
        "The address may be mistyped, or what stood here may not be for you.",
    ),
    SettingsError: Problem(
        "settings", 500, "The server is not set up for this", "Tell whoever runs the server, with the number below."
    ),
    RecordError: Problem(
        "record",
        503,
        "The record cannot be reached now",
        "What was acknowledged is kept. Of this request nothing was acknowledged: try it again in a minute.",
    ),
}
_OTHERS = (
    Problem("request", 400, "This request cannot be read", "Send it in the form that the documentation gives."),
    Problem("sign-in", 401, "Sign in first", "Send a token that is in force, or sign in."),
    Problem(
        "forged",
        403,
        "This form did not come from a page of this server, or it is too old",
        "Nothing was done. Go back, load the page again, and send the form once more.",
    ),
    Problem("method", 405, "This address does not take such a request", "The documentation says which it takes."),
    Problem("slow", 408, "The request did not arrive in time", "Send it again."),
    Problem("large", 413, "This is larger than the server takes here", "A file may have 200 MB, a form 2 MB."),
    Problem("long", 414, "The address or a header is too long", "Shorten it."),
    Problem(
        "kind", 415, "The server does not take this type of content here", "The documentation says which it takes."
    ),
    Problem("elsewhere", 421, "This server goes by another name", "Use the address that you were given for it."),
    Problem("often", 429, "Too many requests", "Wait for as long as Retry-After says, then try again."),
    Problem(
        "failed",
        500,
        "Something went wrong here",
        "It was noted. Try again; if it stays so, tell whoever runs the server, with the number below.",
    ),
)
TABLE[TooOftenError] = next(problem for problem in _OTHERS if problem.name == "often")
NAMED: dict[str, Problem] = {problem.name: problem for problem in (*TABLE.values(), *_OTHERS)}
_BY_STATUS = {problem.status: problem for problem in reversed(NAMED.values())}


def problem_of(error: TasdiqError) -> Problem:
    """Return what an error is answered with, by its family."""
    return next((found for family, found in TABLE.items() if isinstance(error, family)), NAMED["failed"])


def status_of(error: TasdiqError) -> int:
    """Return the HTTP status of an error by its family."""
    return problem_of(error).status


def answer_error(request: Request, error: TasdiqError) -> Response:
    """Answer one of our errors."""
    problem = problem_of(error)
    if problem is TABLE[RoleError] and _may_sign_in(request):
        return RedirectResponse("/sign-in?" + urlencode({"next": _here(request)}), 303)
    headers = {"retry-after": str(error.seconds)} if isinstance(error, TooOftenError) else None
    return answer(request, problem, detail=str(error) if problem.told else "", headers=headers, **_members(error))


def _members(error: TasdiqError) -> dict[str, Any]:
    if isinstance(error, InputError):
        return {key: value for key, value in (("field", error.field), ("line", error.line)) if value is not None}
    if isinstance(error, ProcedureError) and error.paragraph:
        return {"paragraph": error.paragraph}
    return {}


def answer(
    request: Request, problem: Problem, *, detail: str = "", headers: dict[str, str] | None = None, **members: Any
) -> Response:
    """Answer with a problem, in the shape its caller reads (rule 3); `members` are further members of the JSON object."""
    number = str(getattr(request.state, "correlation", ""))
    if problem.status >= 500:
        members = {**members, "correlation": number}
    if _is_program(request):
        content = {
            "type": f"urn:tasdiq:problem:{problem.name}",
            "title": problem.title,
            "status": problem.status,
            "detail": detail or problem.advice,
            **members,
        }
        return JSONResponse(content, problem.status, headers, MEDIA)
    shown = {"problem": problem, "detail": detail, "number": number if problem.status >= 500 else ""}
    try:
        response = page(request, "problem.html", problem.status, **shown)
    except TasdiqError:
        response = bare_page("problem-bare.html", problem.status, **shown)
    response.headers.update(headers or {})
    return response


def _is_program(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", "")


def _may_sign_in(request: Request) -> bool:
    nobody = getattr(request.state, "viewer", ANYBODY) == ANYBODY
    return nobody and request.method == "GET" and not _is_program(request)


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def answers(app: FastAPI) -> None:
    """Have the application answer every error by the table."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, TasdiqError)
        request.state.error = error
        return answer_error(request, error)

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return answer(request, _BY_STATUS.get(error.status_code, NAMED["request"]), headers=dict(error.headers or {}))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return answer(request, TABLE[InputError], detail=str(first["msg"]), field=where)

    app.add_exception_handler(TasdiqError, ours)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(RequestValidationError, invalid)
