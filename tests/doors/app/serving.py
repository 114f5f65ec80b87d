"""A table's application at a port of its own in this process, for browsers: its office is at hand for the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from doors.app.seats import Seats


@contextmanager
def listening(table: Seats) -> Iterator[str]:
    """Serve a table that was not used yet at http://localhost, a secure context; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        address = f"http://localhost:{place.getsockname()[1]}"
        table.with_options(address=address)
        config = uvicorn.Config(table.app, log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield address
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)
