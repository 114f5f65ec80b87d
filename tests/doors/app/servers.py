"""A server as its operator starts it: the installed command as a process, with its own children, log and port."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from doors.folders import TASDIQ, environment

START_S = 120.0


@dataclass
class Served:
    """A running `tasdiq serve`."""

    process: subprocess.Popen[str]
    address: str
    port: int
    log: Path
    options: dict[str, Any] = field(default_factory=dict)

    def client(self, **options: Any) -> httpx.Client:
        """Return a client of this server."""
        return httpx.Client(**{"base_url": self.address, "timeout": 30, **self.options, **options})

    def children(self) -> list[int]:
        """Return the process ids of its children, the writer first."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text().split()]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end; return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines of its log: each is JSON, or the test fails; a last word to the operator is left out."""
        text = self.log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in text if line not in ("stopped",) and not line.startswith("tasdiq: ")]

    def until(self, *, ready: bool = True, seconds: float = 60.0) -> bool:
        """Wait until it is ready, or no longer."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                with self.client(timeout=5) as client:
                    if (client.get("/ready").status_code == 200) == ready:
                        return True
            except httpx.HTTPError:
                if not ready:
                    return True
            time.sleep(0.1)
        return False


@contextmanager
def serving(base: Path, *arguments: object, record: str = "record", **options: Any) -> Iterator[Served]:
    """Serve the record at `base/record` on a free port while the block lasts; `options` go to its clients."""
    log = base / "serve.log"
    command = [str(TASDIQ), "serve", str(base / record), "--port", "0", *map(str, arguments)]
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment(base / "state"), cwd=base
        )
    try:
        assert process.stdout
        os.set_blocking(process.stdout.fileno(), True)
        said = process.stdout.readline()
        assert " is at " in said, log.read_text(encoding="utf-8")
        address, port = said.split(" is at ")[1].split()[0].rstrip("/"), said.split(", port ")[1].split(";")[0]
        yield Served(process, address, int(port), log, options)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
