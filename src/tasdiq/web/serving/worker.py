"""A worker: one process that answers requests on the socket that all workers share.

1. It says that it is ready when it has read the record and takes connections.
2. Told to end, it takes no new connection, ends event streams, answers what it has begun, and ends.
"""

from __future__ import annotations

import gc
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.live import Live
from tasdiq.settings import Settings
from tasdiq.web.app import build
from tasdiq.web.guard.budget import Budgets
from tasdiq.web.notices import post
from tasdiq.web.office.database import Office
from tasdiq.web.reached import Reached
from tasdiq.web.room import Options, Room
from tasdiq.web.seeing import seen
from tasdiq.web.serving.orders import Orders
from tasdiq.web.serving.patient import Patient
from tasdiq.web.sight.sights import Sights
from tasdiq.web.viewer import ANYBODY, Viewer
from tasdiq.web.writer.process import SOCKET
from tasdiq.web.writer.remote import RemoteWriter

CATCH_UP_S = 0.2
PACE = 8.0
GRACE_S = 35
MOST_CONNECTIONS = 2000
TURN_S = 0.001
"""A page that asks the database waits this long for its turn after each answer, where another is being made."""
SELDOM = (20_000, 20, 20)
"""How often cycles are looked for: to look through all that is new since the start holds every page up."""


def open_room(orders: Orders) -> Room:
    """Open the room of a worker; what it enters goes to the writer process."""
    home = Home(Path(orders.record))
    options = Options(orders.address, orders.secure, orders.behind_proxy, orders.metrics_token)
    writer, budgets = RemoteWriter(home.path / SOCKET), Budgets(orders.rates)
    live, office = Live(home, CATCH_UP_S), Office.open(home)
    settings = Settings(Path(orders.state), orders.smtp_url, orders.mail_from)
    sights, reached = Sights(PACE), Reached(Path(orders.shared) / "reached" if orders.shared else None)
    return Room(home, settings, live, office, writer, options, budgets=budgets, sights=sights, reached=reached)


def run(orders: Orders, announce: Callable[[], None]) -> None:
    """Answer requests until told to end (SIGTERM, SIGINT); `announce` is called once it is ready."""
    sys.setswitchinterval(TURN_S)
    room = open_room(orders)
    try:
        _warm(room)
        server = _Server(build(room), orders, announce)
        with post.looked_after(room):
            server.run(sockets=[socket.socket(fileno=orders.listening)])
    finally:
        room.live.close()
        room.writer.close()
        room.office.close()


def _warm(room: Room) -> None:
    """Work out beforehand what the first page of each kind of viewer would have to wait for."""
    charter = room.live.state().charter
    for viewer in (ANYBODY, *(Viewer(member=member.id) for member in charter.members)):
        seen(room, viewer)
    # As `Live` does with what it read first: there are no cycles in it.
    gc.freeze()
    gc.set_threshold(*SELDOM)


class _Server(uvicorn.Server):
    def __init__(self, app: FastAPI, orders: Orders, announce: Callable[[], None]) -> None:
        self._app, self._announce = app, announce
        super().__init__(
            uvicorn.Config(
                app,
                http=Patient,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=GRACE_S,
                ssl_certfile=orders.certificate or None,
                ssl_keyfile=orders.private or None,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.pulse.stop()
        await super().shutdown(sockets)
