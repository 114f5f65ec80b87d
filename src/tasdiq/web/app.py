"""Put the application together: the room, the routers, the guards before them, the table of errors.

The guards stand in the order in which a request meets them: what is not well-formed goes no further, then who is looking, then
how often, then whether a browser was tricked into it.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from tasdiq.web import api, pages, problems
from tasdiq.web.guard.catching import Catching
from tasdiq.web.guard.csrf import Csrf
from tasdiq.web.guard.headers import Headers
from tasdiq.web.guard.hosts import Hosts
from tasdiq.web.guard.idempotency import Idempotency
from tasdiq.web.guard.rates import Rates
from tasdiq.web.guard.sizes import Sizes
from tasdiq.web.guard.viewing import Viewing
from tasdiq.web.room import Room
from tasdiq.web.serving.metrics import Metrics
from tasdiq.web.serving.pulse import Pulse
from tasdiq.web.serving.watch import Watch

GUARDS = (Headers, Catching, Hosts, Sizes, Viewing, Rates, Csrf, Idempotency)
"""From the outermost, which is inside `Watch`, to the innermost."""


def build(room: Room) -> FastAPI:
    """Return the application over a room."""
    app = FastAPI(title="tasdiq", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = room
    app.state.metrics = Metrics()
    app.state.pulse = Pulse(room.live, app.state.metrics)
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(packages=[("tasdiq.web", "static")]), name="static")
    problems.answers(app)
    for guard in reversed(GUARDS):
        app.add_middleware(guard, room=room)
    app.add_middleware(Watch, metrics=app.state.metrics)
    return app
