"""Clients of the application in this process: they keep cookies, and send the token of their session with unsafe requests."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from tasdiq.web.guard import csrf

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class Client(TestClient):
    """A browser's place: `client.post("/do/…", data={…})` brings the token, as a page's form would."""

    def request(self, method: str, url: Any, **rest: Any) -> Response:  # type: ignore[override]
        """Send a request, an unsafe one with the token, unless `headers` say otherwise."""
        headers = dict(rest.pop("headers", None) or {})
        if method.upper() in UNSAFE and "authorization" not in {name.lower() for name in headers}:
            headers = {csrf.HEADER: self.token(), **headers}
        return super().request(method, url, headers=headers, **rest)

    def token(self) -> str:
        """Return the token that a page would carry now."""
        return csrf.token_of(self.cookies)
