"""`tasdiq send` and `tasdiq open`: a text for named recipients, through a host that cannot read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.joint import Seat, found

SECRET = "The team passes the made-up mill at dawn."


@pytest.fixture
def seat(door: Door, tmp_path: Path) -> Seat:
    """A joint record in which two of three members have an encryption key."""
    made = found(door, tmp_path)
    for member in ("kes", "vor"):
        made.run("key", "new", tmp_path / f"{member}.box", "--for-encryption")
        made.run("key", "encryption", made.record, tmp_path / f"{member}.box", "--key", made.key(member))
    (tmp_path / "visit.txt").write_text(SECRET, encoding="utf-8")
    return made


def entry_in(said: str) -> str:
    """Return the id of the entry that a command says it made."""
    return said.strip().rsplit(" ", 1)[1]


def test_recipient_and_author_read_it_and_the_host_holds_an_envelope(seat: Seat, tmp_path: Path) -> None:
    """Signed against a mirror, handed in as a file, opened by both; in no file of the record, and in no site."""
    seat.run("export", seat.record, "-o", tmp_path / "parcel.tar")
    seat.run("init", tmp_path / "mirror", "--from", tmp_path / "parcel.tar")
    sent = tmp_path / "visit.json"
    seat.run("send", tmp_path / "mirror", tmp_path / "visit.txt", "--to", "kes", "--key", seat.key("vor"), "-o", sent)
    assert SECRET.encode() not in sent.read_bytes()
    entry = entry_in(seat.run("submit", seat.record, sent).out)
    for member in ("kes", "vor"):
        opened = json.loads(seat.run("open", seat.record, entry, "--key", tmp_path / f"{member}.box").out)
        assert opened["body"] == {"title": "visit.txt", "text": SECRET}
        assert (opened["member"], opened["kind"], opened["id"]) == ("vor", "MessageSent", entry)
    seat.run("publish", seat.record, "-o", tmp_path / "site")
    kept = [path for base in ("record", "site") for path in (tmp_path / base).rglob("*") if path.is_file()]
    assert [path for path in kept if SECRET.encode() in path.read_bytes()] == []
    assert json.loads(seat.run("audit", seat.record, "--json").out)["withheld"] == 1


def test_who_cannot_read_it_is_told(seat: Seat, tmp_path: Path) -> None:
    """A member without an encryption key, a key it was not sent to, an entry that is not encrypted, a signing key."""
    send = ("send", seat.record, tmp_path / "visit.txt", "--key", seat.key("vor"))
    seat.refused("no encryption key of ord", *send, "--to", "ord", "--to", "kes", code=2)
    entry = entry_in(seat.run(*send, "--to", "kes").out)
    seat.run("key", "new", tmp_path / "other.box", "--for-encryption")
    seat.refused("not addressed", "open", seat.record, entry, "--key", tmp_path / "other.box")
    seat.refused("public one", "open", seat.record, "0", "--key", tmp_path / "kes.box", code=2)
    seat.refused("X25519", "open", seat.record, entry, "--key", seat.key("kes"), code=2)
    (tmp_path / "visit.txt").write_bytes(b"\xff\xfe")
    seat.refused("UTF-8", *send, "--to", "kes", code=2)
