"""A process of the server, as its supervisor starts it: `as_writer` or `as_worker` say what it then does.

1. Its orders come as the first line of stdin. When stdin ends, the supervisor is gone, however it went: the process ends too.
2. When it is ready it says so on stdout. Its log goes to stderr.
3. An error of ours ends it with a line in the log and an exit code; the supervisor decides what follows.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

import msgspec

from tasdiq.errors import EXIT_FAILED, TasdiqError
from tasdiq.web.serving.logs import log_to
from tasdiq.web.serving.orders import Orders

READY = b"ready\n"
_LOG = logging.getLogger("tasdiq.child")


def be(work: Callable[[Orders, Callable[[], None]], None]) -> None:
    """Do what the orders say until told to end; `work` is given them, and what to call once it is ready."""
    log_to()
    orders = msgspec.json.decode(sys.stdin.buffer.readline(), type=Orders)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    try:
        work(orders, _announce)
    except TasdiqError as error:
        # The words of these errors name files and databases of the host, who reads this log.
        _LOG.error("%s cannot go on: %s", orders.role, error)
        sys.exit(EXIT_FAILED)


def _announce() -> None:
    os.write(sys.stdout.fileno(), READY)


def _end_with_supervisor() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
