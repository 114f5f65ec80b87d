"""The writer process: the one process that appends to a record while its workers serve pages.

1. It listens on a Unix socket of mode 0600 in a directory of mode 0700: whoever reaches it is this user.
2. Each connection has a thread; what they hand in meets in one thread that appends (`writer`), so that what arrives together
   is one durable group.
3. Told to end (SIGTERM, SIGINT), it takes nothing new, answers what it has begun, signs a checkpoint and ends.
   Killed, it loses nothing that it answered.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from pathlib import Path

from tasdiq.errors import TasdiqError
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.writer import wire
from tasdiq.web.writer.cosigning import Cosigning
from tasdiq.web.writer.remote import address
from tasdiq.web.writer.writer import Writer

SOCKET = "writer.sock"
IDLE_S = 5.0
_LOG = logging.getLogger("tasdiq.writer")


def run(home: Home, settings: Settings, socket_path: Path) -> None:
    """Append for the workers of the record at `home` until told to end; `socket_path` is where they reach it."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    parent = os.getppid()
    writer = Writer(home, settings, idle=IDLE_S)
    listening = _listening(socket_path)
    cosigning = Cosigning(home, writer)
    try:
        threading.Thread(target=_accept, args=(listening, writer), daemon=True).start()
        cosigning.start()
        writer.warm()
        while not ending.wait(timeout=1.0):
            if os.getppid() != parent:
                # Whoever started this is gone: nobody will end it, and its workers are gone too.
                break
    finally:
        listening.close()
        socket_path.unlink(missing_ok=True)
        cosigning.close()
        writer.close()


def _listening(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with address(path) as where:
            listening.bind(where)
    finally:
        os.umask(before)
    listening.listen(64)
    return listening


def _accept(listening: socket.socket, writer: Writer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, writer), daemon=True).start()


def _serve(connection: socket.socket, writer: Writer) -> None:
    with connection:
        try:
            while (asked := wire.asked(connection)) is not None:
                wire.send(connection, _answer(asked, writer))
        except (OSError, TasdiqError) as error:
            _LOG.info("a worker's connection ended: %s", type(error).__name__)


def _answer(asked: wire.Asked, writer: Writer) -> wire.Answer:
    try:
        match asked:
            case wire.Enter():
                return wire.Done(entered=writer.enter(asked.submissions))
            case wire.Keep():
                return wire.Done(sha256=writer.keep(asked.data))
            case wire.KeepFile():
                return wire.Done(sha256=writer.keep_file(Path(asked.path)))
    except TasdiqError as error:
        return wire.failed(error)
    except Exception as error:
        # A door: whatever it was, the worker is answered and the writer goes on.
        _LOG.exception("while entering")
        return wire.failed(error)
