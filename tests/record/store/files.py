"""Getting at a record's database behind the store's back, as a mistaken or hostile host would."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg

from tasdiq.record.audit.store import RecordAudit
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.places import DATABASE, DATABASE_URL
from tasdiq.record.store import Store

REFUSALS = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)


def execute(directory: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements in the record's own database; return the rows of the last one."""
    if not (directory / DATABASE_URL).is_file():
        with sqlite3.connect(directory / DATABASE) as connection:
            return [connection.execute(statement).fetchall() for statement in statements][-1]
    address, schema, _ = (directory / DATABASE_URL).read_text(encoding="utf-8").split("\n")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"SET search_path TO {schema}")  # type: ignore[arg-type]
        for statement in statements:
            done = server.execute(statement)  # type: ignore[arg-type]
        return done.fetchall() if done.description else []


def unguarded(directory: Path, *statements: str) -> None:
    """Run statements that the triggers would refuse."""
    if (directory / DATABASE_URL).is_file():
        execute(directory, "SET session_replication_role TO replica", *statements)
        return
    triggers = execute(directory, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    execute(directory, *(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *(sql for _, sql in triggers))


def bytes_of(directory: Path) -> bytes:
    """Return everything that lies in the files of the record's directory, the keys aside."""
    files = [path for path in sorted(directory.rglob("*")) if path.is_file() and path.parent.name != "keys"]
    return b"\0".join(path.read_bytes() for path in files)


def audited(directory: Path) -> Verdict:
    """Check a record through the store that reads it, in whichever database."""
    return RecordAudit(directory, opener=Store.open).run()
