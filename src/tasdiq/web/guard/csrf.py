"""Requests that another site made a browser send are refused.

Under OWASP's Cross-Site Request Forgery Prevention Cheat Sheet (signed double submit, bound to the session; Fetch metadata).

1. Every request that may change something (not GET, HEAD, OPTIONS) and could carry a browser's cookies brings the token: in the
   header `X-CSRF-Token`, or as the field `csrf` of a form, in a multipart form its first field.
2. The token is an HMAC of the session's cookie under the secret in a cookie of its own: who can set cookies, but not read them,
   cannot make one, and a token of before sign-in serves no longer afterwards.
3. `Sec-Fetch-Site` and `Origin`, where a browser sends them, name this server.
4. A request that names its authority itself (`Authorization: Bearer`, which no form and no address makes a browser send) is
   exempt: its cookies then open nothing (A23). So is a call of the interface for programs without a session: nothing in it
   was added by a browser.
5. A form of more fields than any of ours has brings no token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasdiq.web.guard import cookies
from tasdiq.web.guard.replay import collect, head_of, replayed
from tasdiq.web.guard.requests import header, is_call, refuse
from tasdiq.web.room import Room

HEADER, FIELD = "X-CSRF-Token", "csrf"
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_LABEL = b"tasdiq/csrf/v1\0"
_LARGEST_FORM = 2 * 2**20
_FIRST_PART = 4096
_MOST_FIELDS = 1000
_BEARER = b"bearer "


def token_of(jar: Mapping[str, str]) -> str:
    """Return the token that belongs to these cookies; "" where there is no secret yet."""
    secret = next((jar[n] for n in (cookies.named(cookies.TOKEN, secure=s) for s in (True, False)) if n in jar), "")
    session = next((jar[n] for n in (cookies.named(cookies.SESSION, secure=s) for s in (True, False)) if n in jar), "")
    return _token(secret, session) if secret else ""


def _token(secret: str, session: str) -> str:
    made = hmac.new(secret.encode(), _LABEL + session.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


class Csrf:
    """The middleware; it gives pages their token as `request.state.csrf`."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] != "http" or header(scope, b"authorization").lower().startswith(_BEARER):
            await self.app(scope, receive, send)
        else:
            await self._check(scope, receive, send)

    async def _check(self, scope: Scope, receive: Receive, send: Send) -> None:
        secure = self.room.options.secure
        jar = cookies.read(scope["headers"])
        secret = jar.get(cookies.named(cookies.TOKEN, secure=secure), "")
        session = jar.get(cookies.named(cookies.SESSION, secure=secure), "")
        holds = True
        if scope["method"] not in SAFE and (session or not is_call(scope)):
            given, receive = await _given(scope, receive)
            holds = bool(secret) and hmac.compare_digest(given.encode(), _token(secret, session).encode())
            holds = holds and self._from_here(scope)
        fresh = secret or secrets.token_urlsafe(32)
        scope.setdefault("state", {})["csrf"] = _token(fresh, session)
        answering = send if secret else _with_secret(send, fresh, secure)
        if holds:
            await self.app(scope, receive, answering)
        else:
            await refuse(scope, receive, answering, "forged")

    def _from_here(self, scope: Scope) -> bool:
        """Tell whether the browser, if it says, says that a page of this server sent the request (rule 3)."""
        if header(scope, b"sec-fetch-site") not in (b"", b"same-origin", b"none"):
            return False
        origin = header(scope, b"origin").decode("latin-1")
        return origin in (
            "",
            self.room.options.address,
            f"{scope['scheme']}://{header(scope, b'host').decode('latin-1')}",
        )


def _with_secret(send: Send, secret: str, secure: bool) -> Send:
    """Return a `send` that gives the browser its secret along with the first page it gets."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = next((value for name, value in message["headers"] if name.lower() == b"content-type"), b"")
            if kind.startswith(b"text/html"):
                made = cookies.header(cookies.TOKEN, secret, secure=secure).encode()
                message["headers"] = [*message["headers"], (b"set-cookie", made)]
        await send(message)

    return sending


async def _given(scope: Scope, receive: Receive) -> tuple[str, Receive]:
    """Return the token a request brought, and what gives its body to whoever comes next."""
    if found := header(scope, HEADER.lower().encode()):
        return found.decode("latin-1"), receive
    kind = header(scope, b"content-type").decode("latin-1")
    if kind.startswith("application/x-www-form-urlencoded"):
        messages = await collect(receive, _LARGEST_FORM)
        return _field(b"".join(m.get("body", b"") for m in messages)), replayed(messages, receive)
    if kind.startswith("multipart/form-data"):
        start, messages = await head_of(receive, _FIRST_PART)
        return _first_field(start), replayed(messages, receive)
    return "", receive


def _field(form: bytes) -> str:
    """Return the token of a form in one piece, "" where it has none, or too many fields (rule 5)."""
    try:
        return dict(parse_qsl(form.decode("latin-1"), max_num_fields=_MOST_FIELDS)).get(FIELD, "")
    except ValueError:
        return ""


def _first_field(start: bytes) -> str:
    """Return the token if it is the first field of a multipart form: one header line, and its value to the next line."""
    lines = start.split(b"\r\n", 4)
    expected = f'content-disposition: form-data; name="{FIELD}"'.encode()
    if len(lines) < 5 or not lines[0].startswith(b"--") or lines[1].lower() != expected or lines[2]:
        return ""
    return lines[3].decode("latin-1")
