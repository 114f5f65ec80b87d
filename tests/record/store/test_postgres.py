"""What only a server can do to a writer: end its session, refuse it, keep it waiting; and what the sessions may not do."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psycopg
import pytest

from postgres import Server
from record.records import desk_record, draft, opened, signed
from record.store.files import audited, execute
from tasdiq.errors import MissingError, RecordError
from tasdiq.record.places import DATABASE_URL
from tasdiq.record.reader import Reader
from tasdiq.record.store import Store


@pytest.fixture
def directory(tmp_path: Path, postgres: Server) -> Path:
    """A desk record in PostgreSQL."""
    return desk_record(tmp_path / "r", database=postgres.fresh())


def end_sessions(directory: Path) -> None:
    """End every other session in the record's database, as a failing server or network does."""
    execute(directory, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                       " AND pid <> pg_backend_pid()")  # fmt: skip


def test_rule_1_whoever_loses_the_connection_writes_no_more(directory: Path) -> None:
    """The lock went with the session: nothing reconnects by itself, and another writer goes on undisturbed."""
    first = opened(directory)
    end_sessions(directory)
    with opened(directory) as second:
        for words in ("out of reach", "connection is closed", "connection is closed"):
            with pytest.raises(RecordError, match=words):
                first.append([signed(first, draft(8))])
        second.append([signed(second, draft(9))])
        second.checkpoint()
    first.close()
    assert (audited(directory).ok, audited(directory).size) == (True, 7)


def test_rule_1_a_lock_that_is_given_back_within_a_moment_is_waited_for(directory: Path) -> None:
    """A killed writer's session may end a moment after it: the next one does not give up at once."""
    first = opened(directory)
    later = threading.Timer(0.5, first.close)
    began = time.monotonic()
    later.start()
    with opened(directory) as second:
        assert time.monotonic() - began > 0.3
        second.append([signed(second, draft(9))])
    later.join()


def test_rule_2_a_commit_waits_for_the_disk(directory: Path) -> None:
    """Whatever the server's or the role's default is, the writer's session does not acknowledge early."""
    execute(directory, "ALTER ROLE CURRENT_USER SET synchronous_commit TO off")
    store = Store.open(directory, write=True)
    assert store._connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    store.close()
    execute(directory, "ALTER ROLE CURRENT_USER RESET synchronous_commit")


def test_readers_cannot_write(directory: Path) -> None:
    """A reading session refuses to write, triggers or not, and holds no lock."""
    with Reader.open(directory) as reader, opened(directory) as log:
        with pytest.raises(RecordError, match="read-only"), reader._store.transaction() as write:
            write.checkpoint(6, b"x")
        log.append([signed(log, draft(9))])


def test_rule_3_emptied_tables_are_vacuumed(directory: Path) -> None:
    """What is dead is taken out of the tables at once, not when the server comes to it."""
    store = Store.open(directory, write=True)
    store.forget()
    store.close()
    for _ in range(50):
        found = execute(directory, "SELECT relname FROM pg_stat_user_tables WHERE vacuum_count > 0 ORDER BY 1")
        if found:
            break
        time.sleep(0.1)
    assert [name for (name,) in found] == ["body", "bulk_row", "disclosure"]


def test_rule_4_an_address_that_leads_nowhere_says_so(directory: Path) -> None:
    """A schema that is not there is no reason to begin a new record."""
    address = directory / DATABASE_URL
    whole = address.read_text(encoding="utf-8")
    address.write_text(whole.replace("\ntasdiq_", "\nother_"), encoding="utf-8")
    with pytest.raises(MissingError, match="no record in this database"):
        opened(directory)


def test_a_long_read_does_not_stop_a_redaction(directory: Path) -> None:
    """Readers in the middle of a transaction are no reason to wait for."""
    address = (directory / DATABASE_URL).read_text(encoding="utf-8").split("\n")[0]
    with psycopg.connect(address) as reading, opened(directory) as log:
        reading.execute("SELECT count(*) FROM pg_class")
        assert log._growth.store.forget()
