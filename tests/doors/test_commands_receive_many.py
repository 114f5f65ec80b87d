"""`tasdiq receive` of many documents: the same from one process or several, stopped and gone on with, whatever is among them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from doors.conftest import Door
from doors.folders import TASDIQ, TWO_PARTIES, environment, tasdiq
from tasdiq.record.reader import Reader
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home

CHARTER = f'title = "Talks"\nform = "desk"\ncompiler = "A test"\n{TWO_PARTIES}'
STORY = """Kestria says {n} lorries wait

Source: {outlet}

{date}

The foreign ministry of Kestria said that {n} lorries were waiting at Salova. “The road is closed,” {who} {name} said.

Vorland's army denied the claim. Its spokesman Orlan Teves called it “empty talk”, and {who} {name} left the room.
"""


def _folder(place: Path, count: int) -> list[Path]:
    place.mkdir()
    for n in range(count):
        name = ("Ana Brel", "Tomas Kell", "Ora Velt", "Mira Sand")[n % 4]
        who = ("spokeswoman", "resident", "analyst")[n % 3]
        # Every fifth day can be read in two ways until the others settle it.
        date = f"{n % 28 + 1} March 2031" if n % 5 else f"0{n % 9 + 1}/03/2031"
        text = STORY.format(n=n + 3, outlet=f"{('Daily', 'Evening')[n % 2]} Post", date=date, who=who, name=name)
        (place / f"{n:03}.txt").write_text(text, encoding="utf-8")
    (place / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    return sorted(place.iterdir())


def entered(record: Path) -> list[object]:
    """Return what entries hold, without what is salted or dated."""
    with Reader.open(record) as reader:
        return [
            (
                entry.kind,
                {name: part for name, part in json.loads(entry.body or b"{}").items() if name != "rows"},
                [row.content for _, row in sorted(reader.rows(entry.index).items()) if row],
            )
            for entry in reader.since(1)
        ]


class Whole(NamedTuple):
    """The files, a record before it had any, and what it held when it had taken them in one go, by one process."""

    files: list[Path]
    empty: Path
    told: str
    entered: list[object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Thirty stories and a file that cannot be read, received by one process."""
    place = tmp_path_factory.mktemp("many")
    (place / "charter.toml").write_text(CHARTER)
    made = tasdiq(place / "state", "init", place / "empty", "--charter", place / "charter.toml")
    assert made.returncode == 0, made.stderr
    files, record = _folder(place / "folder", 30), shutil.copytree(place / "empty", place / "whole")
    done = tasdiq(place / "state", "receive", record, *files, "--later")
    assert done.returncode == 0, done.stderr
    return Whole(files, place / "empty", done.stderr, entered(record))


@contextmanager
def _under_way(whole: Whole, record: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield a run by two workers that has entered something."""
    command = [TASDIQ, "receive", record, *whole.files, "--later", "--workers", "2"]
    state = environment(record.parent / "state")
    with subprocess.Popen(command, env=state, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while _size(record) < 2 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        yield process


def test_two_workers_enter_the_same_though_one_ends(whole: Whole, tmp_path: Path, door: Door) -> None:
    """Bodies, rows and order do not depend on the processes; one that is killed is told; a second run appends nothing."""
    record = shutil.copytree(whole.empty, tmp_path / "two")
    with _under_way(whole, record) as process:
        os.kill(int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]), signal.SIGKILL)
        told = process.communicate()[1]
    assert process.returncode == 0, told
    assert "rejected: bad.pdf" in told and "rejected: bad.pdf" in whole.told
    assert "a worker process ended (status -9); another goes on, and nothing is lost" in told
    assert entered(record) == whole.entered
    assert len(read_state(Home(record)).documents) == 30
    again = json.loads(door("receive", record, *whole.files, "--later", "--json").out)
    assert again["appended"] == 0 and [item["file"] for item in again["rejected"]] == ["bad.pdf"]
    assert door("audit", record).code == 0


def test_stopped_by_ctrl_c_the_same_command_goes_on(whole: Whole, tmp_path: Path, door: Door) -> None:
    """What was entered when it stopped stands, it says how to go on, and in the end all is as if nothing had happened."""
    record = shutil.copytree(whole.empty, tmp_path / "parted")
    with _under_way(whole, record) as process:
        process.send_signal(signal.SIGINT)
        told = process.communicate()[1]
    assert process.returncode == 1 and "run the same command again to go on" in told
    assert "Traceback" not in told
    stood = entered(record)
    assert door("receive", record, *whole.files, "--later").code == 0
    assert entered(record)[: len(stood)] == stood and entered(record) == whole.entered


def _size(record: Path) -> int:
    with Reader.open(record) as reader:
        return reader.size
