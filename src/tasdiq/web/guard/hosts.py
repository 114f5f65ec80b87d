"""By which names this server answers, and where an address given by a request may lead.

1. A request names the host of the server's own address, or this machine (`localhost`, 127.0.0.1, ::1) where the server listens on
   it: pages of another name that was pointed here (DNS rebinding) get nothing, and no answer repeats a name that a request made up.
2. What watches over the server (`/health`, `/ready`) is answered under any name: load balancers ask by address.
3. After signing in one is led to a path of this server and nowhere else (`safe_next`).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from tasdiq.web.guard.requests import header, refuse
from tasdiq.web.room import Options, Room

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
WATCHED = ("/health", "/ready")
_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
_PORT = re.compile(r":\d{1,5}$")


class Hosts:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self._names = app, names_of(room.options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer under the server's own names only."""
        if scope["type"] == "http" and scope["path"] not in WATCHED and self._host(scope) not in self._names:
            await refuse(scope, receive, send, "elsewhere")
        else:
            await self.app(scope, receive, send)

    def _host(self, scope: Scope) -> str:
        return _PORT.sub("", header(scope, b"host").decode("latin-1").lower())


def names_of(options: Options) -> frozenset[str]:
    """Return the names a server answers by (rule 1)."""
    own = _PORT.sub("", urlsplit(options.address).netloc.lower())
    return frozenset({own}) | (LOCAL if own in LOCAL or not options.secure else frozenset())


def safe_next(text: str, otherwise: str = "/desk") -> str:
    """Return where to lead a browser: `text` if it is a path of this server, else `otherwise` (rule 3).

    A path begins with one `/` and has printable ASCII only: no white space, and no `\\`, which browsers read as `/`.
    """
    return text if _PATH.fullmatch(text) and not text.startswith("/sign-out") else otherwise
