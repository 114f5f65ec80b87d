"""A table's application at a port of its own in this process, for browsers: its office is at hand for the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page

from doors.app.seats import Seats

SHOTS = Path(__file__).parents[3] / "build" / "screenshots"
WIDTHS = (390, 1280)


@contextmanager
def listening(table: Seats) -> Iterator[str]:
    """Serve a table that was not used yet at http://localhost, a secure context; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        address = f"http://localhost:{place.getsockname()[1]}"
        table.with_options(address=address)
        config = uvicorn.Config(table.app, log_level="warning", timeout_graceful_shutdown=1, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield address
        server.should_exit = True
        thread.join(10)


def shoot(tab: Page, name: str) -> None:
    """Capture the page as it stands at phone and desktop width, light and dark; nothing is wider than the screen."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Any, ...] = ("light", "dark")
    for width in WIDTHS:
        for scheme in schemes:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.emulate_media(color_scheme=scheme)
            tab.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
