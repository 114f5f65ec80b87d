"""What a notice redacted is gone wherever an audit looks: bundles, sites, the record's own file (`audit.bodies`, rule 2)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from record.records import LOG, TIME, constitute, draft, signed
from record.records import ORIGIN as LOG_ORIGIN
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.bundle import make_bundle
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.places import DATABASE
from tasdiq.record.reader import Reader

ROWS = tuple(canonical.dumps({"n": number}) for number in range(3))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records before and after the notice."""
    return write_records(tmp_path_factory.mktemp("redacted"))


def write_records(base: Path) -> Path:
    """Write a record before and after a notice over 1 (a table), 2, 3 (joint, with a sealed field), and row 1 of table 4."""
    joint = draft(3, access="joint", concealed=("/text",))
    with Log.create(base / "r", log_key=LOG, origin=LOG_ORIGIN, newest=None) as log:
        constitute(log)
        made = [draft(1, rows=ROWS), draft(2), joint, draft(4, rows=ROWS)]
        receipts = log.append([signed(log, each) for each in made])
        log.checkpoint()
        shutil.copytree(base / "r", base / "before")
        row = canonical.dumps({"redacted_rows": [f"{receipts[3].id}/1"]})
        named = tuple(receipt.id for receipt in receipts[:3])
        log.append([signed(log, Draft("BodyRedacted", "analyst", TIME, body=row, refs=named))])
        log.checkpoint()
    return base


@contextmanager
def altering(record: Path) -> Iterator[sqlite3.Connection]:
    """Open a record's file without its guards, and put them back."""
    connection = sqlite3.connect(record / DATABASE)
    guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f'DROP TRIGGER "{name}"')
    yield connection
    for _, guard in guards:
        connection.execute(guard)
    connection.commit()
    connection.close()


def found(path: Path) -> list[tuple[str, int | None]]:
    """Return code and index of the problems an audit finds."""
    return [(problem.code, problem.index) for problem in audit(path).problems]


@pytest.mark.parametrize("has_key", [True, False])
@pytest.mark.parametrize(
    ("table", "columns", "index"),
    [
        ("bulk_row", ("salt", "content"), 1),
        ("body", ("content",), 2),
        ("body", ("salt",), 2),
        ("body", ("content", "key"), 3),
        ("body", ("key",), 3),
        ("disclosure", ("content", "key"), 3),
        ("bulk_row", ("salt", "content"), 4),
        ("bulk_row", ("salt",), 4),
    ],
)
def test_a_host_that_keeps_what_a_notice_redacted_is_found_out(
    base: Path, tmp_path: Path, table: str, columns: tuple[str, ...], index: int, has_key: bool
) -> None:
    """Any column left in its file is named, also where the auditor has no key to read it with (`stretch`, rule 4)."""
    shutil.copytree(base / "r", tmp_path / "r")
    before = sqlite3.connect(base / "before" / DATABASE)
    place = ("idx",) if table == "body" else ("idx", "n")
    kept = before.execute(f"SELECT {', '.join((*columns, *place))} FROM {table} WHERE idx = ?", (index,)).fetchall()
    before.close()
    setting, where = (" , ".join(f"{name} = ?" for name in columns), " AND ".join(f"{name} = ?" for name in place))
    with altering(tmp_path / "r") as file:
        for values in kept:
            file.execute(f"UPDATE {table} SET {setting} WHERE {where}", values)
    if not has_key:
        (tmp_path / "r" / "keys" / "at-rest.key").unlink()
    assert found(tmp_path / "r") == [("body-not-redacted", index)]


def test_what_is_redacted_holds(base: Path) -> None:
    """The honest record holds, and counts three bodies and a row as redacted."""
    verdict = audit(base / "r")
    assert (verdict.problems, verdict.redacted) == ([], 4)


def bundle_with_rows(base: Path, into: Path) -> Any:
    """Return a bundle of the table 4 with two rows, from before its redaction."""
    with Reader.open(base / "before") as reader:
        made = make_bundle(reader, [], row_ids=[f"{reader[4].id}/{number}" for number in (1, 2)])
    (into / "bundle.json").write_bytes(made)
    return json.loads(made)


@pytest.mark.parametrize("again", [[1, 0], [0, 0], [0, 1, 1]])
def test_rows_of_a_bundle_stand_in_order(base: Path, tmp_path: Path, again: list[int]) -> None:
    """Rows turned around or repeated are another spelling of one bundle: refused (`audit.bundle`, rule 4)."""
    value = bundle_with_rows(base, tmp_path)
    assert found(tmp_path / "bundle.json") == []
    (entry,) = value["entries"]
    entry["rows"] = [entry["rows"][number] for number in again]
    (tmp_path / "bundle.json").write_bytes(canonical.dumps(value))
    assert ("proof-invalid", 4) in found(tmp_path / "bundle.json")


def redacted_row_shown(base: Path, into: Path) -> Path:
    """Write a bundle that shows a row beside the notice that redacted it."""
    kept = bundle_with_rows(base, into)["entries"][0]["rows"]
    with Reader.open(base / "r") as reader:
        value = json.loads(make_bundle(reader, [], row_ids=[f"{reader[4].id}/2"]))
    value["entries"][0]["rows"] = kept
    (into / "bundle.json").write_bytes(canonical.dumps(value))
    return into / "bundle.json"


def test_a_redacted_row_in_a_bundle_with_its_notice(base: Path, tmp_path: Path) -> None:
    """Whoever kept a row cannot show it beside the notice that redacted it (`audit.bodies`, rule 2)."""
    assert found(redacted_row_shown(base, tmp_path)) == [("body-not-redacted", 4)]
