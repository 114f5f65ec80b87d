"""`tasdiq init --database`: a record in PostgreSQL is opened by its directory like any other, through every command."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.joint import Seat, found, receive
from postgres import Server
from tasdiq.record.places import DATABASE, DATABASE_URL

PASSWORD = "not-to-be-told"


def withheld(postgres: Server) -> str:
    """Return the address of a fresh database with a password in it (which this server does not ask for)."""
    return postgres.fresh().replace("tasdiq@", f"tasdiq:{PASSWORD}@")


@pytest.fixture
def seat(door: Door, tmp_path: Path, postgres: Server) -> Seat:
    """A joint record in PostgreSQL, with a table."""
    made = found(door, tmp_path, options=("--database", withheld(postgres)))
    receive(made)
    return made


def test_a_record_in_postgresql_goes_the_whole_way(seat: Seat, tmp_path: Path, postgres: Server) -> None:
    """Received, published, audited, exported to a mirror in a file and to one in PostgreSQL, all of one root."""
    record, parcel, site = seat.record, tmp_path / "parcel.tar", tmp_path / "site"
    assert not (record / DATABASE).exists()
    assert stat.S_IMODE((record / DATABASE_URL).stat().st_mode) == 0o600
    seat.run("publish", record, "-o", site)
    seat.run("export", record, "-o", parcel)
    seat.run("init", tmp_path / "mirror", "--from", parcel, "--trust", record / "keys.txt")
    seat.run("init", tmp_path / "served", "--from", parcel, "--database", postgres.fresh())
    roots = {
        json.loads(seat.run("audit", path, "--trust", record / "keys.txt", "--json").out)["root"]
        for path in (record, site, tmp_path / "mirror", tmp_path / "served")
    }
    assert len(roots) == 1


def test_no_password_is_ever_printed(seat: Seat, door: Door, tmp_path: Path, postgres: Server) -> None:
    """Neither by what works nor by what fails: a wrong address, a lost schema, a server that is not there."""
    address = seat.record / DATABASE_URL
    whole = address.read_text(encoding="utf-8")
    assert PASSWORD in whole
    told = [seat.run("audit", seat.record)]
    for broken, words in (
        (whole.replace("tasdiq_", "lost_"), "no record in this database"),
        (whole.replace("tests_", "absent_"), "out of reach"),
        (whole.replace("host=", "host=/nowhere"), "out of reach"),
        (whole.replace("postgresql:", "oracle:"), "expected the address of a database"),
        ("", "expected two lines"),
    ):
        address.write_text(broken, encoding="utf-8")
        told.append(door("receive", seat.record, tmp_path / "events.csv", "--key", seat.key("ord")))
        assert (told[-1].code != 0, words in told[-1].err) == (True, True), told[-1].err
    for wrong in (
        f"mysql://u:{PASSWORD}@h/n",
        f"postgresql://u:{PASSWORD}@h",
        f"{PASSWORD}",
        f"postgresql://u:{PASSWORD}@[/n",
    ):
        told.append(door("init", tmp_path / "n", "--charter", tmp_path / "charter.toml", "--database", wrong))
        assert told[-1].code == 2, told[-1].err
    assert not (tmp_path / "n").exists()
    assert PASSWORD not in "".join(done.out + done.err for done in told)
