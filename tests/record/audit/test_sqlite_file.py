"""The audit's own reader of a record file finds what the store finds, and tells what a record's file never is."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tasdiq.errors import InputError, MissingError, RecordError
from tasdiq.record.audit.copy import read_copy
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.sqlite_file import SqliteFile
from tasdiq.record.holding import Holding
from tasdiq.record.store import Store

OLD = Path(__file__).parents[2] / "vectors" / "store-1.sqlite.gz"


def told(holding: Holding) -> list[object]:
    """Return everything a holder of a record answers."""
    size = holding.size()
    entries = list(holding.entries(0, size))
    each = [(holding.body(at), holding.rows(at), holding.disclosures(at)) for at in range(size)]
    bodies, divided = list(holding.bodies(0, size)), holding.divided(0, size)
    rest = [holding.origin(), size, holding.checkpoint(), holding.cosignatures(size), holding.key_leaves()]
    return [*rest, entries, each, bodies, divided, list(holding.irregularities())]


def version_1(base: Path) -> Path:
    """Write the record of version 1 that is kept among the vectors."""
    (base / "old").mkdir()
    (base / "old" / "record.sqlite").write_bytes(gzip.decompress(OLD.read_bytes()))
    return base / "old"


def test_it_finds_what_the_store_finds(world: Path) -> None:
    """Entries, bodies, rows, redactions and notes are the same through the audit's reader and the writer's."""
    file, store = SqliteFile.open(world / "r"), Store.open(world / "r")
    assert told(file) == told(store)
    file.close()
    store.close()


def test_it_reads_version_1(tmp_path: Path) -> None:
    """A file of the first version is read as it is, with nothing irregular about it."""
    file = SqliteFile.open(version_1(tmp_path))
    assert file.size() == 8
    assert (file.cosignatures(8), file.contradictions(), file.disclosures(4), list(file.irregularities())) == (
        [],
        [],
        [],
        [],
    )
    held = file.body(4)
    assert held.plaintext and b"a house by the river" in held.plaintext
    file.close()


def test_it_asks_for_nothing_but_the_standard_library(world: Path) -> None:
    """An audit of a record loads neither SQLAlchemy nor alembic nor a driver."""
    code = (
        "import sys; from tasdiq.record.audit.path import audit; assert audit(sys.argv[1]).ok; "
        "loaded = {'sqlalchemy', 'alembic', 'psycopg', 'click'} & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code, str(world / "r")], check=True)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entry_update",
        "CREATE TABLE more (x)",
        "CREATE INDEX more ON body (content)",
        "ALTER TABLE body ADD COLUMN more BLOB",
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM record; END",
    ],
)
def test_another_schema_is_told(world: Path, tmp_path: Path, statement: str) -> None:
    """Rules 1 and 2: a column, table, index or trigger more or less, or a trigger that does more than refuse."""
    directory = Path(shutil.copytree(world / "r", tmp_path / "r"))
    with sqlite3.connect(directory / "record.sqlite") as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
        guard = next(name for name in names if "entry" in name.lower())
        connection.execute(statement.replace("entry_update", guard))
    file = SqliteFile.open(directory)
    assert list(file.irregularities()) == ["the tables or triggers of this file are not those of a record"]
    file.close()


ENDLESS = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS idx, x AS id FROM c"


@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE VIEW seen AS {ENDLESS}",
        f"ALTER TABLE entry RENAME TO kept; CREATE VIEW entry AS {ENDLESS}",
        "ALTER TABLE body ADD COLUMN more BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL",
        "CREATE VIRTUAL TABLE more USING fts5(x)",
    ],
)
def test_a_file_that_computes_is_not_asked(world: Path, tmp_path: Path, statement: str) -> None:
    """Rule 1: views, virtual tables and computed columns are refused before they are asked; audit and copy end at once."""
    directory = Path(shutil.copytree(world / "r", tmp_path / "r"))
    with sqlite3.connect(directory / "record.sqlite") as connection:
        connection.executescript(statement)
    with pytest.raises(RecordError, match="plain tables"):
        SqliteFile.open(directory)
    assert [problem.code for problem in audit(directory).problems] == ["store-damaged"]
    with pytest.raises(InputError, match="plain tables"):
        read_copy(directory)


def test_indices_far_ahead_of_the_entries(world: Path, tmp_path: Path) -> None:
    """Rule 1: one entry numbered beyond all others does not make the audit count up to it."""
    directory = Path(shutil.copytree(world / "r", tmp_path / "r"))
    with sqlite3.connect(directory / "record.sqlite") as connection:
        connection.execute("INSERT INTO entry VALUES (9000000000000000000, x'00', 0, x'00')")
    problems = audit(directory).problems
    assert any("numbered up to 9000000000000000001" in problem.message for problem in problems)


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    """Rule 1: nothing here, another database, and no database are errors of ours."""
    with pytest.raises(MissingError):
        SqliteFile.open(tmp_path)
    with sqlite3.connect(tmp_path / "record.sqlite") as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(RecordError, match="another file"):
        SqliteFile.open(tmp_path)
    (tmp_path / "record.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(RecordError, match="damaged"):
        SqliteFile.open(tmp_path)
