"""A PostgreSQL server that forces its writes to disk and may itself be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from postgres import Server, _as_owner, binaries


class FragileServer(Server):
    """A server that can be stopped at once, or killed, and started again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._programs, self._owner, self._data = binaries(), _as_owner(folder), folder / "data"
        self._log = folder / "log"
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "tasdiq", "--locale=C.UTF-8")
        self.start()

    def _run(self, program: str, *arguments: str | Path, check: bool = True) -> bool:
        command = [*self._owner, self._programs / program, *arguments]
        # Not captured: the server would keep the pipe open.
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._data.parent)
        if check and done.returncode:
            raise RuntimeError(f"{program} failed: {self._log.read_text() if self._log.exists() else ''}"[-2000:])
        return not done.returncode

    def start(self) -> None:
        """Start, again and again while the processes of a killed server are still going."""
        options = f"-k {self._data.parent} -c listen_addresses='' -c fsync=on -c max_connections=40"
        for attempt in range(20):
            last = attempt == 19
            if self._run("pg_ctl", "-D", self._data, "-w", "-l", self._log, "-o", options, "start", check=last):
                return
            time.sleep(0.5)

    def stop_at_once(self) -> None:
        """Stop without waiting for anything to be finished."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop", check=False)

    def kill(self) -> None:
        """Kill the server and all its processes."""
        main = int((self._data / "postmaster.pid").read_text().split("\n")[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in [main, *map(int, children)]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


@contextmanager
def fragile() -> Iterator[FragileServer]:
    """Run such a server while the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="tasdiq-kills-", dir="/tmp"))
    server = None
    try:
        server = FragileServer(folder)
        yield server
    finally:
        if server:
            server.stop_at_once()
        shutil.rmtree(folder, ignore_errors=True)
