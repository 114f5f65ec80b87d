"""`python -m tasdiq.web.serving.as_writer`: the process that appends. It is ready when its socket takes connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.serving import child
from tasdiq.web.serving.orders import Orders
from tasdiq.web.writer import process
from tasdiq.web.writer.remote import RemoteWriter

_TICK_S = 0.05


def write(orders: Orders, announce: Callable[[], None]) -> None:
    """Append for the workers until told to end."""
    home = Home(Path(orders.record))
    path = home.path / process.SOCKET
    threading.Thread(target=_when_reachable, args=(path, announce), daemon=True).start()
    process.run(home, Settings(Path(orders.state)), path)


def _when_reachable(path: Path, announce: Callable[[], None]) -> None:
    writer, waited = RemoteWriter(path), threading.Event()
    while not writer.reachable():
        waited.wait(_TICK_S)
    writer.close()
    announce()


if __name__ == "__main__":
    child.be(write)
