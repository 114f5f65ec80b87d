"""The tables SQLAlchemy is told of are those the migrations make, in both databases, and what is amiss is told."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect

from postgres import Server
from record.records import LOG, desk_record, draft, opened, signed
from record.store.files import REFUSALS, audited, execute, unguarded
from tasdiq.record.log import Log
from tasdiq.record.store import Store
from tasdiq.record.store.tables import EMPTIED, INSERT_ONLY, TABLES
from tasdiq.secretariat.founding import Home


def test_the_tables_are_what_the_migrations_make(tmp_path: Path, database: str | None) -> None:
    """Names, columns, what may be empty, and the primary keys; besides them only alembic's note of the revision."""
    store = Store.open(desk_record(tmp_path / "r", database=database))
    found = inspect(store._connection)
    assert set(found.get_table_names()) == {table.name for table in (*INSERT_ONLY, *EMPTIED)} | {"alembic_version"}
    for table in TABLES.tables.values():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        expected = {column.name: column.nullable for column in table.columns}
        assert columns.keys() == expected.keys(), table.name
        if database:
            assert columns == expected, table.name
        assert found.get_pk_constraint(table.name)["constrained_columns"] == [each.name for each in table.primary_key]
    store.close()


@pytest.mark.parametrize("table", ["entry", "checkpoint", "cosignature", "contradiction", "body", "disclosure"])
def test_no_table_can_be_emptied_at_once(tmp_path: Path, postgres: Server, table: str) -> None:
    """PostgreSQL's TRUNCATE passes by row triggers; a trigger of its own refuses it."""
    directory = desk_record(tmp_path / "r", database=postgres.fresh())
    with pytest.raises(REFUSALS, match="never truncated"):
        execute(directory, f"TRUNCATE {table}")


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE more (x integer)",),
        ("DELETE FROM entry WHERE idx = 3",),
        ("INSERT INTO body (idx) VALUES (99)",),
        ("INSERT INTO disclosure (idx, n) VALUES (99, 0)",),
    ],
)
def test_what_a_record_never_holds_is_told(tmp_path: Path, database: str | None, statements: tuple[str, ...]) -> None:
    """More tables, gaps, content of no entry: irregular, and the audit says so."""
    directory = desk_record(tmp_path / "r", database=database)
    assert audited(directory).ok
    unguarded(directory, *statements)
    assert "store-damaged" in {problem.code for problem in audited(directory).problems}


def test_a_missing_guard_is_told(tmp_path: Path, database: str | None) -> None:
    """A trigger that was removed, or switched off, leaves its trace."""
    directory = desk_record(tmp_path / "r", database=database)
    execute(directory, "ALTER TABLE entry DISABLE TRIGGER entry_update" if database else "DROP TRIGGER entry_UPDATE")
    assert [problem.message for problem in audited(directory).problems] == [
        "the tables or triggers of this database are not those of a record"
    ]


def test_records_share_a_database_and_nothing_else(tmp_path: Path, postgres: Server) -> None:
    """Each lies in a schema of its own, under a lock of its own, two copies of one record too."""
    address = postgres.fresh()
    one, copy = (desk_record(tmp_path / name, database=address) for name in ("one", "copy"))
    other = Log.create(tmp_path / "two", log_key=LOG, origin="records.example/other", newest=None, database=address)
    with other, opened(one) as log, opened(copy) as second:
        log.append([signed(log, draft(7))])
        assert (log.size, second.size, other.size) == (7, 6, 0)
    assert (audited(one).unsigned, audited(copy).unsigned) == (1, 0)


def schemas(address: str) -> list[str]:
    """Return the schemas of a database that are records'."""
    with psycopg.connect(address) as server:
        return [name for (name,) in server.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tasdiq%'")]


def test_what_a_failed_founding_made_is_given_up(tmp_path: Path, postgres: Server) -> None:
    """Rule 4 of `founding` holds for a server too: no record, or all of it; and what a kill left goes with the next one."""
    address = postgres.fresh()
    with pytest.raises(ZeroDivisionError), Home(tmp_path / "r").building() as place:
        desk_record(place.path, database=address)
        assert len(schemas(address)) == 1
        raise ZeroDivisionError
    assert schemas(address) == []
    desk_record(tmp_path / ".r.unfinished-killed", database=address)
    with Home(tmp_path / "r").building() as place:
        desk_record(place.path, database=address)
    assert len(schemas(address)) == 1
    assert audited(tmp_path / "r").ok
