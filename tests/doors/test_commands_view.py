"""`tasdiq view`: it says where the site is served, serves it there, and stops when told to. `make demo` ends with it."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.folders import TASDIQ, environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The least a site can be."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<title>made up</title>", encoding="utf-8")
    return tmp_path / "site"


@contextmanager
def served(site: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a site, and yield the address that was printed."""
    command = [str(TASDIQ), "view", str(site), *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(site)
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert match, line
        yield match[0], process
    finally:
        process.kill()
        process.communicate()


def test_it_prints_the_address_serves_and_stops(site: Path) -> None:
    """The address on the first line answers; what is not there is 404; SIGTERM, as Ctrl-C, ends it with 0."""
    with served(site) as (address, process):
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert b"made up" in answer.read()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address + "../secret", timeout=10)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_busy_port_is_left_to_its_owner(site: Path) -> None:
    """The next free port is taken, and said."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        if port > 65_000:
            pytest.skip("too near the last port")
        with served(site, "--port", str(port)) as (address, _):
            assert int(address.rstrip("/").rpartition(":")[2]) > port


def test_no_site_is_said(door: Door, tmp_path: Path) -> None:
    """A folder without a site, and a port that cannot be: exit 2 with what to do."""
    done = door("view", tmp_path)
    assert (done.code, "make one with: tasdiq assess" in done.err) == (2, True)
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    assert door("view", tmp_path, "--port", "99999").code == 2


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_demo_assesses_audits_and_serves_the_sample() -> None:
    """The target's commands, in their order: the main job on the sample, its audit, and the server that says where it is."""
    plan = subprocess.run(["make", "-n", "demo"], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout
    commands = [line for line in plan.splitlines() if "tasdiq " in line and "echo" not in line]
    words = [re.search(r"tasdiq (\w+) (\S+)", line) for line in commands]
    assert [match.groups() for match in words if match][-3:] == [
        ("assess", "examples/istanbul-2025"),
        ("audit", "build/demo"),
        ("view", "build/demo"),
    ]
