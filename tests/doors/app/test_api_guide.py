"""The guide to the interface for programs: each of its examples is run against a real server."""

from __future__ import annotations

import dataclasses
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from doors.app.onlookers import with_token
from doors.app.scene import play
from doors.app.seats import Seats
from tasdiq.clock import utc_now

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "api.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Seats, str]]:
    """The scene behind a real server on this machine, whose clock is the time now."""
    scene = play(tmp_path_factory.mktemp("scene"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    seats = scene.table(tmp_path_factory.mktemp("served")).with_options(address=address)
    seats.__dict__["room"] = dataclasses.replace(seats.room, clock=lambda: max(utc_now(), seats.at))
    server = uvicorn.Server(uvicorn.Config(seats.app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield seats, address
    server.should_exit = True
    thread.join()
    seats.close()


def test_every_example_of_the_guide_runs(
    served: tuple[Seats, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In their order, as a reader would type them; the last enters an answer."""
    seats, address = served
    key = tmp_path / "officer.key"
    seats.officer("vor", "liaison").keys[0].save(key)
    token = with_token(seats, "read act admin", "vor", "liaison").headers["authorization"].removeprefix("Bearer ")
    names: dict[str, object] = {"address": address, "token": token, "key_file": key}
    before = seats.state().size
    assert len(EXAMPLES) == 2
    for example in EXAMPLES:
        exec(example.replace("desk.now()", f'"{seats.room.now()}"'), names)
    assert f"{seats.state().origin} {before}" in capsys.readouterr().out
    assert seats.state().size == before + 1
    assert names["reports"].startswith(b"incident,report_id")  # type: ignore[attr-defined]
