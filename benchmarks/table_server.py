"""A real server under load: `tasdiq serve` over a record, in SQLite or in a PostgreSQL server of the benchmark's own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
from sqlalchemy import insert

from tasdiq.secretariat.founding import Home
from tasdiq.web.accounts import secrets, sessions
from tasdiq.web.accounts.office import make_account
from tasdiq.web.accounts.tables import TOKEN
from tasdiq.web.accounts.tokens import PREFIX
from tasdiq.web.office.database import Office

TASDIQ = Path(sys.executable).with_name("tasdiq")
START_S = 180.0


class Postgres:
    """A PostgreSQL server that waits for the disk at each commit, in a private folder; with what `kept` holds, if given."""

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        self._folder = folder
        self._programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self._as: list[str] = []
        if not os.geteuid():
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
            self._as = ["runuser", "-u", "postgres", "--"]
        if kept is None:
            self._run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "tasdiq", "--locale=C.UTF-8")
        else:
            subprocess.run(["cp", "-a", str(kept), f"{folder}/data"], check=True)
        self.start()

    @property
    def address(self) -> str:
        """Return the address of its database."""
        return f"postgresql://tasdiq@/table?host={self._folder}"

    def start(self) -> None:
        """Start it."""
        options = f"-k {self._folder} -c listen_addresses='' -c max_connections=100 -c shared_buffers=256MB"
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", "-l", f"{self._folder}/log", "-o", options, "start")
        with psycopg.connect(f"postgresql://tasdiq@/postgres?host={self._folder}", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'table'").fetchone():
                connection.execute('CREATE DATABASE "table" TEMPLATE template0')

    def keep(self, place: Path) -> None:
        """Copy what it holds to a place; it must have ended."""
        subprocess.run(["cp", "-a", f"{self._folder}/data", str(place)], check=True)

    def found_by(self, record: Path) -> None:
        """Let a copied record lead to this server."""
        path = record / "database.url"
        said = path.read_text().splitlines()
        path.write_text("\n".join([self.address, *said[1:], ""]))

    def stop(self, mode: str = "fast") -> None:
        """End it: fast, or immediate as a crash would."""
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-m", mode, "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, str(self._programs / program), *arguments], check=True, capture_output=True, cwd=self._folder
        )


@contextmanager
def postgres(kept: Path | None = None) -> Iterator[Postgres]:
    """Run a PostgreSQL server while the block lasts, with a copy of what is `kept`, if given."""
    folder = Path(tempfile.mkdtemp(prefix="tasdiq-benchmark-", dir="/tmp"))
    server = Postgres(folder, kept)
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


class Served:
    """A running `tasdiq serve`."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address

    def children(self) -> list[int]:
        """Return the process ids of the writer and the workers."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text().split()]

    def memory_mb(self) -> list[int]:
        """Return the resident memory of each child."""
        found = []
        for child in self.children():
            lines = Path(f"/proc/{child}/status").read_text().splitlines()
            found += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")]
        return found

    def until_ready(self) -> float:
        """Wait until it answers that it is ready; return after how many seconds."""
        began = time.monotonic()
        while time.monotonic() - began < START_S:
            try:
                if httpx.get(f"{self.address}/ready", timeout=5).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise SystemExit("the server did not become ready")


@contextmanager
def serving(base: Path, workers: int = 2) -> Iterator[Served]:
    """Serve the record at `base/record` while the block lasts."""
    environment = {**os.environ, "TASDIQ_STATE": str(base / "state")}
    command = [str(TASDIQ), "serve", str(base / "record"), "--port", "0", "--workers", str(workers), "--rates", "1000"]
    with (base / "serve.log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
    try:
        assert process.stdout
        said = process.stdout.readline()
        served = Served(process, said.split(" is at ")[1].split()[0].rstrip("/"))
        print(f"ready after {served.until_ready():.1f} s", file=sys.stderr)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def token(home: Home, member: str, role: str, name: str) -> str:
    """Make an account and a token that reads and acts for it."""
    office = Office.open(home)
    try:
        account, secret, now = make_account(office, member, role, name), PREFIX + secrets.new(), office.now()
        made = {"id": secrets.new_id(), "account": account, "hash": secrets.hashed(secret), "name": "benchmark"}
        with office.engine.begin() as connection:
            connection.execute(insert(TOKEN).values(**made, made_at=now, expires_at=now + 86_400, scopes="read act"))
    finally:
        office.close()
    return secret


def session(home: Home, member: str, role: str, name: str) -> str:
    """Make an account and return the cookie of somebody signed in to it."""
    office = Office.open(home)
    try:
        return sessions.start(office, make_account(office, member, role, name))
    finally:
        office.close()
