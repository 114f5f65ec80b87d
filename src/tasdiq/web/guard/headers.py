"""What every answer tells the browser it may do with it.

Under OWASP's HTTP Headers Cheat Sheet and Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/).

1. No script, style, picture or connection but this server's own, and nothing inline: what an entry contains can never run.
2. No page is shown in another's frame, and no form is sent elsewhere.
3. No address of a page is told to another server. (`same-origin`, not `no-referrer`: under the latter browsers name no origin
   with forms, and `csrf` could not hold them to it.)
4. What an officer or a member's program is shown is kept in no cache; what everyone may see is asked for again each time.
   Files under /static/ are kept for as long as their address, which names their version, is the same.
5. Over TLS the browser is told to come back by TLS only.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasdiq.web.guard.viewing import STATIC
from tasdiq.web.room import Room
from tasdiq.web.viewer import ANYBODY

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_TLS = "max-age=31536000; includeSubDomains"
_KEPT = "public, max-age=31536000, immutable"


class Headers:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room
        tls = [("strict-transport-security", _TLS)] if room.options.secure else []
        self._always = [(name.encode(), value.encode()) for name, value in (*ALWAYS.items(), *tls)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to whatever is answered; one that a page sets for itself (a stricter policy, say) stands."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = {name.lower() for name, _ in message["headers"]}
                added = [*self._always, (b"cache-control", _cache(scope, message["status"]))]
                message["headers"] = [*message["headers"], *(pair for pair in added if pair[0] not in found)]
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


def _cache(scope: Scope, status: int) -> bytes:
    if scope["path"].startswith(STATIC):
        return _KEPT.encode() if scope["query_string"] and status in (200, 304) else b"no-cache"
    return b"private, no-cache" if scope.get("state", {}).get("viewer", ANYBODY) == ANYBODY else b"no-store"
