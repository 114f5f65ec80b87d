"""A joint mechanism as it is run: its commands, a server with its own processes, two cosigners, and the host's clock.

The clock of every process of the host is the test's: a file says how far it is ahead, and `sitecustomize` has the processes
read it. Nothing else is replaced. Keys, record, office, cosigners and server are what their operators start.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from doors.app.servers import Served
from doors.folders import TABLE, TASDIQ, environment, write_folder
from journey.constitution import CONSTITUTION

MEMBERS = ("kes", "vor", "ord", "riv")
COSIGNERS = ("ord", "riv")
CHARTER = f"""time_zones = ["UTC", "Asia/Karachi", "Asia/Kabul"]
{CONSTITUTION}[procedure]
decision = "majority with mediator"
cosigners_quorum = 2
"""
CLOCK = '''"""The clock of the tests: so many seconds ahead of the machine's as the file says."""
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tasdiq.clock


def shifted():
    return datetime.now(UTC) + timedelta(seconds=float(Path(os.environ["JOURNEY_CLOCK"]).read_text()))


tasdiq.clock.utc_now = shifted
'''


@dataclass
class Premises:
    """The host's machine: the folder everything lies in, how far its clock is ahead, and the running server."""

    base: Path
    ahead: timedelta = timedelta()
    address: str = ""
    served: list[Served] = field(default_factory=list)

    @property
    def record(self) -> Path:
        """Return the record's folder."""
        return self.base / "record"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of the host's processes."""
        ours = environment(self.base / "state")
        path = os.pathsep.join(filter(None, (str(self.base / "clock"), os.environ.get("PYTHONPATH"))))
        return {**ours, "PYTHONPATH": path, "JOURNEY_CLOCK": str(self.base / "ahead")}

    @property
    def now(self) -> datetime:
        """Return the time by the host's clock."""
        return datetime.now(UTC) + self.ahead

    def later(self, **lapse: float) -> None:
        """Let time pass: `later(days=8)`."""
        self.ahead += timedelta(**lapse)
        self._set_clock()

    def run(self, *arguments: object) -> str:
        """Run a command that must succeed; return what it printed."""
        command = [str(TASDIQ), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.base, env=self.environment, capture_output=True, text=True, timeout=240, check=False
        )
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    def found(self, database: str | None) -> None:
        """Make the members' keys, found the record, and take in what it is about."""
        (self.base / "clock").mkdir()
        (self.base / "clock" / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
        self._set_clock()
        (self.base / "charter.toml").write_text(CHARTER, encoding="utf-8")
        for name in (*MEMBERS, *(f"{name}-cosigner" for name in COSIGNERS)):
            self.run("key", "new", f"{name}.key")
        keys = [part for name in MEMBERS for part in ("--key", f"{name}={name}.key")]
        where = ["--database", database] if database else []
        self.run("init", "record", "--charter", "charter.toml", *keys, *where)
        folder = write_folder(self.base / "folder", table=TABLE)
        files = sorted(path for path in folder.iterdir() if path.name != "charter.toml")
        self.run("receive", "record", *files, "--key", "ord.key")

    def public(self, name: str) -> str:
        """Return the public key of a key file."""
        return self.run("key", "show", name).rpartition("public key: ")[2].split()[0]

    @contextmanager
    def cosigners(self) -> Iterator[None]:
        """Name two cosigners in the record, run them, and tell the host where they answer."""
        named = [f"{name}-c={self.public(f'{name}-cosigner.key')}" for name in COSIGNERS]
        also = [part for name in MEMBERS[1:] for part in ("--also", f"{name}.key")]
        self.run("key", "cosigners", "record", *named, "--quorum", "2", "--key", f"{MEMBERS[0]}.key", *also)
        request = subprocess.run(
            [TASDIQ, "cosign", "request", "record", "-o", "request"],
            cwd=self.base, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        log = request.stderr.partition("the log's verifier key: ")[2].splitlines()[0]
        with ExitStack() as stack:
            urls = [stack.enter_context(self._cosigner(name, log)) for name in COSIGNERS]
            at = [part for name, url in zip(COSIGNERS, urls, strict=True) for part in ("--at", f"{name}-c={url}")]
            self.run("cosign", "collect", "record", *at)
            yield

    @contextmanager
    def _cosigner(self, name: str, log: str) -> Iterator[str]:
        command = [
            TASDIQ, "cosign", "serve", f"{name}-memory", "--new", "--key", f"{name}-cosigner.key", "--name", f"{name}-c",
            "--log", log, "--port", "0",
        ]  # fmt: skip
        with self._process(command, f"{name}-cosigner.log") as process:
            said = _first_line(process)
            yield "http://" + said.partition("http://")[2].split()[0].rstrip("/.,;)")

    @contextmanager
    def serving(self) -> Iterator[Served]:
        """Run the server, with two workers and its writer."""
        command = [TASDIQ, "serve", "record", "--port", self._port(), "--workers", "2", "--rates", "100"]
        with self._process(command, "serve.log") as process:
            said = _first_line(process)
            assert " is at " in said, (self.base / "serve.log").read_text(encoding="utf-8")
            self.address = said.split(" is at ")[1].split()[0].rstrip("/")
            served = Served(process, self.address, int(self.address.rpartition(":")[2]), self.base / "serve.log")
            assert served.until()
            yield served

    def _port(self) -> str:
        """Return the port it had before: a browser's keys belong to one address."""
        return self.address.rpartition(":")[2] or "0"

    @contextmanager
    def _process(self, command: list[object], log: str) -> Iterator[subprocess.Popen[str]]:
        with (self.base / log).open("a", encoding="utf-8") as stderr:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.base, env=self.environment, stdout=subprocess.PIPE, stderr=stderr, text=True,
            )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            assert process.wait(60) == 0, (self.base / log).read_text(encoding="utf-8")[-3000:]

    def invited(self, member: str, role: str, name: str) -> str:
        """Invite an officer; return the one-time link."""
        said = self.run(
            "account", "invite", "record", "--member", member, "--role", role, "--name", name, "--address", self.address
        )
        return next(word for word in said.split() if word.startswith(self.address))

    def _set_clock(self) -> None:
        path = self.base / "ahead"
        fresh = path.with_suffix(".new")
        fresh.write_text(str(self.ahead.total_seconds()), encoding="utf-8")
        fresh.replace(path)


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()
