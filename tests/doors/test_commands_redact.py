"""`tasdiq redact`: content goes by a notice of as many members as the charter says, here and in mirrors."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.joint import Seat, found, receive
from tasdiq.record.reader import Reader
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home

TEXT = """report_id,source_id,reported_at,time,lat,lon,type,actor_a,actor_b,killed_min,killed_max,place,text
r1,daily-post,2025-03-04,2025-03-04,45.1,21.3,ground/shelling,vor,kes,2,2,Salova,a name nobody should read
"""


@pytest.fixture
def seat(door: Door, tmp_path: Path) -> Seat:
    """A joint record with a table whose one row names a person."""
    made = found(door, tmp_path)
    receive(made, "events.csv", TEXT)
    return made


def kinds(record: Path) -> list[tuple[str, str]]:
    """Return kind and status of every entry."""
    with Reader.open(record) as reader:
        return [(entry.kind, entry.status) for entry in reader]


def anywhere(folder: Path, words: bytes) -> list[str]:
    """Return the files under a folder that hold these bytes."""
    return [
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()
    ]


def test_content_goes_and_the_notice_stays(seat: Seat, tmp_path: Path) -> None:
    """Asked with what it is; the body and the file it named are in no file of the record; the audit counts it."""
    assert anywhere(seat.record, b"a name nobody should read")
    redact = ("redact", seat.record, 1, 2, "--reason", "a person asked for it", "--key", seat.key("ord"))
    done = seat.run(*redact, "--also", seat.key("kes"), "--yes")
    assert "entry 1: TableReceived by ord" in done.err and "cannot be recalled" in done.err
    assert anywhere(seat.record, b"a name nobody should read") == []
    assert kinds(seat.record)[1:3] == [("TableReceived", "redacted"), ("sealed", "redacted")]
    seat.run("export", seat.record, "-o", tmp_path / "p.tar")
    assert json.loads(seat.run("audit", seat.record, "--json").out)["redacted"] >= 2
    state = read_state(Home(seat.record))
    with Reader.open(seat.record) as reader:
        assert set(state.redacted) == {reader[1].id, reader[2].id}


def test_one_member_alone_may_not(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The charter's rule counts members, not keys; without an answer to the question nothing happens."""
    redact = ("redact", seat.record, 1, "--reason", "x", "--key", seat.key("ord"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    unanswered = seat.door(*redact)
    assert (unanswered.code, "expected an answer" in unanswered.err) == (2, True)
    seat.refused("signed for 2 members", *redact, "--yes")
    assert ("TableReceived", "present") in kinds(seat.record)


def test_the_charter_stays(seat: Seat) -> None:
    """Without its charter nobody could go on with the record: it is refused before anything is asked or signed."""
    refused = seat.door("redact", seat.record, 0, "--reason", "x", "--key", seat.key("ord"), "--yes")
    assert (refused.code, "entry 0 is the charter" in refused.err) == (2, True)


def test_a_row_goes_alone(seat: Seat) -> None:
    """The other rows and the entry stay; a row that is not there, or is gone already, is said."""
    signing = ("--reason", "names a person", "--key", seat.key("ord"), "--also", seat.key("vor"), "--yes")
    seat.run("redact", seat.record, "2/0", *signing)
    with Reader.open(seat.record) as reader:
        assert (reader[2].status, reader.rows(2)) == ("present", {0: None})
    seat.refused("was redacted already", "redact", seat.record, "2/0", *signing, code=2)
    seat.refused("no row 7 in entry 2", "redact", seat.record, "2/7", *signing, code=2)
    seat.refused("no entry 999", "redact", seat.record, "999", *signing, code=2)
    last = len(kinds(seat.record)) - 1
    seat.refused("is a notice of redaction", "redact", seat.record, last, *signing, code=2)


def test_it_is_signed_on_several_machines_and_reaches_mirrors(seat: Seat, tmp_path: Path) -> None:
    """Made against a mirror, countersigned, entered by the host; the mirror that catches up is emptied too."""
    mirror, out = tmp_path / "mirror", tmp_path / "redact.json"
    seat.run("export", seat.record, "-o", tmp_path / "p.tar")
    seat.run("init", mirror, "--from", tmp_path / "p.tar")
    assert anywhere(mirror, b"a name nobody should read")
    seat.run("redact", mirror, 1, 2, "--reason", "a person asked", "--key", seat.key("vor"), "--yes", "-o", out)
    seat.run("countersign", out, "--key", seat.key("ord"), "--yes")
    seat.run("submit", seat.record, out)
    seat.run("export", seat.record, "-o", tmp_path / "q.tar")
    assert b"a name nobody should read" not in (tmp_path / "q.tar").read_bytes()
    seat.run("import", mirror, tmp_path / "q.tar")
    assert anywhere(mirror, b"a name nobody should read") == []
    assert kinds(mirror) == kinds(seat.record)
    seat.run("audit", mirror)
