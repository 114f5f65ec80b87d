"""The office's database: made once by whoever comes first, the same in both databases, and no evidence of anything."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, update

from doors.app.account_scenes import person, signed_in, who
from doors.app.seats import Founded, Seats
from tasdiq.errors import MissingError, RecordError
from tasdiq.secretariat.founding import Home
from tasdiq.web.accounts import office as accounts
from tasdiq.web.accounts.tables import ACCOUNT
from tasdiq.web.office.database import FILE, Office
from tasdiq.web.office.tables import METADATA


def start(place: str, number: int) -> str:
    """Open an office as one of several workers that start at once, and use it; return a mark made with its key."""
    office = Office.open(Home(Path(place)))
    try:
        accounts.make_account(office, "kes", "liaison", f"Worker-{number}")
        return office.secret.mark("test", "the same text")
    finally:
        office.close()


def test_several_workers_start_at_once(either_table: Seats) -> None:
    """Rule 2: of workers that start together one makes the tables and the key, and all go on with both."""
    place = str(either_table.home.path)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    with processes.Pool(4) as pool:
        marks = pool.starmap(start, [(place, number) for number in range(8)])
    assert len(set(marks)) == 1
    with either_table.room.office.reading() as connection:
        assert len(accounts.listed(connection, "kes")) == 8


def test_every_modules_tables_are_made(either_table: Seats) -> None:
    """The first to open an office makes the tables of all modules, whichever it needs itself; and the migration is noted."""
    with either_table.room.office.reading() as connection:
        found = set(inspect(connection).get_table_names())
    assert {*METADATA.tables, "alembic_version"} <= found


def test_office_and_key_are_their_owners_alone(table: Seats) -> None:
    """The office's file and key are readable by nobody else."""
    assert person(table).id
    for path in (table.home.path / FILE, table.home.path / "keys" / "office.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_lost_office_loses_no_record(founded: Founded, tmp_path: Path) -> None:
    """Rule 1: without its office the record is whole; a new one is made, in which nobody is known."""
    seats = Seats.copy(founded, tmp_path)
    client, size = seats.client("kes"), seats.state().size
    assert who(client)
    seats.close()
    for path in seats.home.path.glob(f"{FILE}*"):
        path.unlink()
    again = Seats(founded, tmp_path)
    assert again.state().size == size
    with again.room.office.reading() as connection:
        assert accounts.listed(connection) == []
    again.close()


def test_a_sealed_seed_opens_for_its_account_alone(table: Seats) -> None:
    """A15: a seed that was moved to another account, or sealed with another key, does not open."""
    one, other = person(table), person(table, "Officer-8")
    kept = table.room.office
    with kept.engine.begin() as connection:
        sealed = connection.execute(select(ACCOUNT.c.totp).where(ACCOUNT.c.id == one.id)).scalar_one()
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == other.id).values(totp=sealed))
    assert kept.secret.open(one.id, sealed).decode() == one.seed
    with pytest.raises(RecordError, match="does not open"):
        kept.secret.open(other.id, sealed)


def test_there_is_no_office_without_a_record(tmp_path: Path) -> None:
    """A wrong path makes no office."""
    with pytest.raises(MissingError):
        Office.open(Home(tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_readers_wait_for_nobody(table: Seats) -> None:
    """Rule 3: while one writes, others are told who is looking."""
    client = signed_in(table, person(table).id)
    with table.room.office.engine.begin() as connection:
        connection.execute(update(ACCOUNT).values(totp_used=1))
        assert who(client) == "Officer-7"
