"""A PostgreSQL server of the tests' own: real, on a socket in a private folder, gone with them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_OWNER = "postgres"


class Server:
    """A running server; `fresh` makes an empty database in it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, 0

    def address(self, name: str) -> str:
        """Return the address of a database here."""
        return f"postgresql://tasdiq@/{name}?host={self._folder}"

    def fresh(self) -> str:
        """Make an empty database and return its address."""
        self._made += 1
        name = f"tests_{self._made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")  # type: ignore[arg-type]
        return self.address(name)


def binaries() -> Path:
    """Return where initdb lies; skip where there is none, but fail in CI, which must have one."""
    places = _places()
    if places:
        return places[-1]
    reason = "no PostgreSQL server here: install Debian's postgresql"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def has_postgres() -> bool:
    """Tell whether there is a PostgreSQL server to run."""
    return bool(_places())


def _places() -> list[Path]:
    found = shutil.which("initdb")
    return [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@contextmanager
def running() -> Iterator[Server]:
    """Run a server while the block lasts; as root, under the account that Debian's package makes."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="tasdiq-postgres-", dir="/tmp"))
    as_owner = _as_owner(folder)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=40"

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*as_owner, programs / program, *arguments], check=True, capture_output=True, cwd=folder)

    try:
        run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "tasdiq", "--no-sync", "--locale=C.UTF-8")
        run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner(folder: Path) -> list[str]:
    # A server refuses to run as root.
    if os.geteuid():
        return []
    owner = pwd.getpwnam(_OWNER)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", _OWNER, "--"]
