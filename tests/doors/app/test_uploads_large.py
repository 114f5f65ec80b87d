"""A file of 200 MiB goes in and out through a real server, from the shell too, without ever being in memory as a whole."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

import httpx
import pytest

from doors.app.evidence import CASE, open_case, submission
from doors.app.onlookers import with_token
from doors.app.seats import Seats
from doors.app.serving import listening
from tasdiq.mechanism import Mechanism
from tasdiq.model.evidence import Custody
from tasdiq.record.entry import message_of
from tasdiq.web import acting
from tasdiq.web.uploads.uploading import LARGEST, PART
from tasdiq.web.viewer import Viewer

MIB = 2**20
MOST_GROWTH = 96 * MIB
"""Well below the file: parts of 8 MiB, a few copies of one on its way through client and server, both in this process."""
STATUS = Path("/proc/self/status")
pytestmark = pytest.mark.skipif(not STATUS.exists(), reason="memory is measured as Linux tells it")


class Peak:
    """The most memory that was in use while a block ran, beyond what was in use before."""

    def __enter__(self) -> Peak:
        self.before, self.most, self._ended = _resident(), 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.most = max(self.most, _resident() - self.before)
            time.sleep(0.01)


def _resident() -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


def _block(number: int) -> bytes:
    return number.to_bytes(4, "big") * (PART // 4)


def test_200_mib_through_the_server(table: Seats) -> None:
    """Sent in parts, hashed on arrival, kept when it is entered, handed out again: memory stays far below the file."""
    open_case(table)
    whole = hashlib.sha256()
    for number in range(LARGEST // PART):
        whole.update(_block(number))
    sha256 = whole.hexdigest()
    with listening(table) as address:
        bearer = with_token(table, "read act").headers["authorization"]
        with httpx.Client(base_url=address, headers={"authorization": bearer}, timeout=60) as client:
            told = {"case": CASE, "name": "flight.mp4", "size": LARGEST, "sha256": sha256}
            with Peak() as arriving:
                ident = client.post("/api/v1/uploads", json=told).raise_for_status().json()["id"]
                for number in range(LARGEST // PART):
                    where = f"/api/v1/uploads/{ident}?offset={number * PART}"
                    done = client.put(where, content=_block(number)).raise_for_status().json()
            assert done["state"] == "whole"
            with Peak() as entering:
                _enter(table, sha256)
            with Peak() as leaving:
                back = hashlib.sha256()
                with client.stream("GET", f"/evidence/evidence-1/files/{sha256}/download") as answer:
                    assert answer.status_code == 200
                    for piece in answer.iter_bytes():
                        back.update(piece)
    assert back.hexdigest() == sha256
    assert max(arriving.most, entering.most, leaving.most) < MOST_GROWTH, (arriving.most, entering.most, leaving.most)


def _enter(seats: Seats, sha256: str) -> None:
    officer = seats.officer("kes")
    viewer = Viewer(seats.account("kes"), officer.name, "kes", "liaison", frozenset({"read", "act"}))
    made = acting.prepare(seats.room, viewer, submission(seats, sha256))
    draft = acting.shown(seats.room, viewer, made.id)
    key = officer.keys[0]
    assert acting.sign(seats.room, viewer, made.id, key.key_id, key.sign(message_of(draft.unsigned))).entered


def test_200_mib_from_the_shell(table: Seats, tmp_path: Path) -> None:
    """Evidence handed over by path is copied in parts, and the file itself is left as it is."""
    open_case(table)
    path = tmp_path / "flight.mp4"
    with path.open("wb") as file:
        for number in range(LARGEST // PART):
            file.write(_block(number))
    body = submission(table)
    assert body.custody[-1] == Custody(holder="kes", at=body.at, how="photographed by its border guard")
    opened = Mechanism.open(table.home, table.settings, key=table.keys["kes"], clock=lambda: table.at)
    with opened as mechanism, Peak() as copying:
        mechanism.hand_over(body, [path])
    assert path.stat().st_size == LARGEST
    kept = table.state().cases[CASE].evidence[0].sha256[0]
    assert (table.home.path / "attachment" / kept).stat().st_size == LARGEST
    assert copying.most < MOST_GROWTH
