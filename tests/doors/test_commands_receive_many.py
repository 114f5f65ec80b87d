"""`tasdiq receive` of many documents: the same from one process or several, stopped and gone on with, whatever is among them."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.folders import TASDIQ, TWO_PARTIES, environment
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


def _record(door: Door, place: Path) -> Path:
    (place.parent / "charter.toml").write_text(CHARTER)
    assert door("init", place, "--charter", place.parent / "charter.toml").code == 0
    return place


def _entered(record: Path) -> list[object]:
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


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Thirty stories and a file that cannot be read."""
    return _folder(tmp_path / "folder", 30)


def test_one_and_two_workers_enter_the_same(door: Door, files: list[Path], tmp_path: Path) -> None:
    """Bodies, rows and their order do not depend on the number of processes; a second run appends nothing."""
    one, two = _record(door, tmp_path / "one"), _record(door, tmp_path / "two")
    first = door("receive", one, *files, "--later")
    second = door("receive", two, *files, "--later", "--workers", 2)
    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert "rejected: bad.pdf" in first.err and "rejected: bad.pdf" in second.err
    assert _entered(one) == _entered(two)
    assert len(read_state(Home(two)).documents) == 30
    again = json.loads(door("receive", two, *files, "--later", "--json").out)
    assert again["appended"] == 0 and [item["file"] for item in again["rejected"]] == ["bad.pdf"]
    assert door("audit", two).code == 0


def test_stopped_by_ctrl_c_the_same_command_goes_on(door: Door, files: list[Path], tmp_path: Path) -> None:
    """What was entered when it stopped stands, it says how to go on, and in the end all is as if nothing had happened."""
    whole, parted = _record(door, tmp_path / "whole"), _record(door, tmp_path / "parted")
    assert door("receive", whole, *files, "--later").code == 0
    command = [TASDIQ, "receive", parted, *files, "--later", "--workers", "2"]
    with subprocess.Popen(command, env=environment(tmp_path / "state"), stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while _size(parted) < 2 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        told = process.communicate()[1]
    assert process.returncode == 1 and "run the same command again to go on" in told
    assert "Traceback" not in told
    stood = _entered(parted)
    assert door("receive", parted, *files, "--later").code == 0
    assert _entered(parted)[: len(stood)] == stood and _entered(parted) == _entered(whole)
    assert door("audit", parted).code == 0


def _size(record: Path) -> int:
    with Reader.open(record) as reader:
        return reader.size
