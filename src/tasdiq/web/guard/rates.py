"""Which budget a request is spent from, before anything else is done for it (`budget` says how much there is).

1. Attempts to get in (`/sign-in`, `/invited`, `/recover`, second factors under them) count per address.
2. What an officer or its program does counts per account: files, what changes something, reading.
3. What anybody reads counts per address. Static files and what watches over the server (`/health`, `/ready`) are free.
   What is made of everything at once when it is asked for (whole tables, papers, proofs, a look into a file) counts apart,
   per account or address: it takes the server far longer than its asker.
4. Behind a proxy the address is the last one that the proxy names; else what a request says of itself counts nothing.
"""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from tasdiq.web.guard.budget import Kind, TooOftenError, place_of
from tasdiq.web.guard.csrf import SAFE
from tasdiq.web.guard.requests import header, refuse
from tasdiq.web.guard.viewing import STATIC
from tasdiq.web.room import Room
from tasdiq.web.viewer import ANYBODY, Viewer

ENTRANCES = ("/sign-in", "/invited/", "/recover", "/api/v1/sign-in")
UPLOADS = ("/api/v1/uploads",)
FREE = (STATIC, "/health", "/ready", "/metrics")
HEAVY = re.compile(
    r"/api/v1/exports/.*|/api/v1/entries/[^/]*/proof|/evidence/[^/]*/(files|copies)/.*|/sessions/[^/]*/minutes\..*|/calls/sheet\..*"
)


class Rates:
    """The middleware."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Spend one of the request's budget, or refuse it with the time to wait."""
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
            return
        kind, who = self._budget(scope)
        try:
            if not self.room.budgets.spend_held(kind, who, self.room.office.now()):
                await run_in_threadpool(self.room.budgets.spend, self.room.office, kind, who)
        except TooOftenError as error:
            await refuse(scope, receive, send, "often", {"retry-after": str(error.seconds)})
        else:
            await self.app(scope, receive, send)

    def _budget(self, scope: Scope) -> tuple[Kind, str]:
        viewer: Viewer = scope.get("state", {}).get("viewer", ANYBODY)
        changing, path = scope["method"] not in SAFE, scope["path"]
        if changing and path.startswith(ENTRANCES):
            return "sign-in", address_of(scope, behind_proxy=self.room.options.behind_proxy)
        if HEAVY.fullmatch(path):
            return "heavy", viewer.account or address_of(scope, behind_proxy=self.room.options.behind_proxy)
        if viewer == ANYBODY:
            return "anybody", address_of(scope, behind_proxy=self.room.options.behind_proxy)
        if changing:
            return ("upload" if path.startswith(UPLOADS) else "write"), viewer.account
        return "read", viewer.account


def address_of(scope: Scope, *, behind_proxy: bool) -> str:
    """Return what the address counts as that a request came from (rule 4)."""
    named = header(scope, b"x-forwarded-for").decode("latin-1").rpartition(",")[2].strip() if behind_proxy else ""
    return place_of(named or (scope.get("client") or ("",))[0])
