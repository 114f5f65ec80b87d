"""What commands enter beside a server is in its search index when they end (rules of search/following)."""

from __future__ import annotations

from pathlib import Path

from doors.conftest import Door
from doors.joint import found, receive
from tasdiq.record.reader import Reader
from tasdiq.secretariat.founding import Home
from tasdiq.web.office.database import FILE, Office
from tasdiq.web.search.following import bring_in, followed, is_kept
from tasdiq.web.search.index import Index


def sizes(home: Home) -> tuple[int, int]:
    """Return how many entries the index and the record have."""
    office = Office.open(home)
    try:
        with Reader.open(home.path) as reader:
            return Index(office).size(), reader.size
    finally:
        office.close()


def test_every_command_that_enters_brings_the_index_up_to_date(door: Door, tmp_path: Path) -> None:
    """Rule 1: without a server none is made; where one has been at the record, what is entered is in it."""
    seat = found(door, tmp_path)
    home = Home(seat.record)
    receive(seat)
    assert not is_kept(home)
    assert not (seat.record / FILE).exists()
    Office.open(home).close()
    receive(seat, "more.csv")
    indexed, size = sizes(home)
    assert indexed == size > 2


def test_a_process_of_its_own_follows_what_is_entered(door: Door, tmp_path: Path) -> None:
    """Rule 2: when the block has ended all of it is in, whoever brought it in."""
    seat = found(door, tmp_path)
    home = Home(seat.record)
    Office.open(home).close()
    bring_in(home)
    with followed(home):
        receive(seat)
    indexed, size = sizes(home)
    assert indexed == size > 1
