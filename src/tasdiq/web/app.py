"""Put the application together: the room, the routers, the middleware, the table of errors."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from tasdiq.web import api, pages
from tasdiq.web.room import Room


def build(room: Room) -> FastAPI:
    """Return the application over a room."""
    app = FastAPI(title="tasdiq", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = room
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.mount("/static", StaticFiles(packages=[("tasdiq.web", "static")]), name="static")
    return app
