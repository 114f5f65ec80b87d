"""Calls over HTTP: sent again where that is safe, and problems (RFC 9457) as the errors of this house.

1. What does not arrive, 429 and 502 to 504 are tried again, after the time that is asked for, or a little longer each time.
2. A POST carries an `Idempotency-Key` that is the same for every try: whatever a first try did is not done twice.
3. No address is followed elsewhere: a token is sent to the server it was made for, and to no other.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from tasdiq.errors import InputError, MissingError, ProcedureError, RecordError, RoleError, SettingsError, TasdiqError

AGAIN = frozenset({429, 502, 503, 504})
LARGEST_KEYED = 8 * 2**20
_LONGEST_WAIT_S = 60.0


class Calls:
    """Calls to one server."""

    def __init__(
        self, address: str, token: str = "", *, tries: int = 4, http: httpx.Client | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = http or httpx.Client(base_url=address, timeout=60, follow_redirects=False)
        self._headers, self._tries, self._pause = headers, tries, pause

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def get(self, path: str, params: Mapping[str, object] | None = None) -> httpx.Response:
        """Read an address under /api/v1; raise what its problem stands for."""
        return self._send("GET", path, params={k: v for k, v in (params or {}).items() if v not in (None, "")})

    def post(self, path: str, content: bytes, media: str = "application/json") -> httpx.Response:
        """Send something to an address, once, however often it is tried."""
        keyed = {"Idempotency-Key": secrets.token_hex(16)} if len(content) <= LARGEST_KEYED else {}
        return self._send("POST", path, content=content, headers={"Content-Type": media, **keyed})

    def put(self, path: str, content: bytes, params: Mapping[str, object]) -> httpx.Response:
        """Send a part of a file."""
        headers = {"Content-Type": "application/octet-stream"}
        return self._send("PUT", path, content=content, params=params, headers=headers)

    def _send(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **rest: Any) -> httpx.Response:
        url, headers = f"/api/v1/{path.lstrip('/')}", {**self._headers, **(headers or {})}
        for number in range(1, self._tries):
            try:
                answer = self._http.request(method, url, headers=headers, **rest)
            except httpx.TransportError:
                self._pause(0.5 * 2**number)
                continue
            if answer.status_code not in AGAIN:
                return _held(answer)
            self._pause(_wait(answer))
        try:
            return _held(self._http.request(method, url, headers=headers, **rest))
        except httpx.TransportError as error:
            raise RecordError(f"{self._http.base_url}: the server cannot be reached: {error}") from error


def _wait(answer: httpx.Response) -> float:
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT_S) if asked.isascii() and asked.isdigit() else 1.0


def _held(answer: httpx.Response) -> httpx.Response:
    """Return an answer, or raise the error that its problem stands for."""
    if answer.status_code < 300:
        return answer
    try:
        problem = answer.json()
        detail = str(problem.get("detail") or problem.get("title"))
    except (ValueError, AttributeError):
        problem, detail = {}, f"the server answered {answer.status_code}, in no form that this client knows"
    raise _error(answer.status_code, detail, problem)


def _error(status: int, detail: str, problem: Mapping[str, Any]) -> TasdiqError:
    if status in (400, 413, 415, 422):
        return InputError(detail, field=problem.get("field") or None)
    if status == 409:
        return ProcedureError(detail, paragraph=str(problem.get("paragraph") or ""))
    if status == 404:
        return MissingError(detail)
    if status in (401, 403):
        return RoleError(detail)
    return SettingsError(detail) if status < 500 else RecordError(detail)
