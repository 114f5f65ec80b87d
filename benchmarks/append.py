"""Appending with signature check and durable commit, beside what it cannot be faster than, in the same run.

`.venv/bin/python benchmarks/append.py [--database postgresql://… ] [--runs N]`

Raw SQLite: the same rows (entry, body) into the same tables with the same settings by the standard library, one durable
commit a batch. Raw OpenSSL: the same signatures verified, nothing else. Rounds of the three take turns, so that what else
the machine does falls on all; each figure is the median of its rounds. The ratio is to the slower of the two. With
--database the record lies in PostgreSQL, and raw commits are made there.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from big_record import CACHE, LOG, ORIGIN, founding, key, machine, submissions
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tasdiq.record.entry import Submission, parse_leaf
from tasdiq.record.log import Log

Commit = Callable[[int, list[Submission]], None]
ROWS = {"entry": "idx, id, has_keys, leaf", "body": "idx, salt, content, key, redacted_at"}


@contextlib.contextmanager
def raw_sqlite(record: Path, directory: Path) -> Iterator[Commit]:
    """Yield a function that commits a batch into tables made as the record's are, without its triggers."""
    with sqlite3.connect(record / "record.sqlite") as made:
        tables = made.execute("SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql NOT NULL")
        statements = [sql for (sql,) in tables if not sql.startswith("CREATE TABLE sqlite_")]
    connection = sqlite3.connect(directory / "raw.sqlite", isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")
    for statement in statements:
        connection.execute(statement)

    def commit(first: int, batch: list[Submission]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows(first, batch).items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} ({ROWS[table]}) VALUES ({marks})", values)
        connection.execute("COMMIT")

    yield commit
    connection.close()


@contextlib.contextmanager
def raw_postgres(url: str) -> Iterator[Commit]:
    """Yield a function that commits a batch into tables of the same columns."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS tasdiq_benchmark_raw CASCADE")
        connection.execute("CREATE SCHEMA tasdiq_benchmark_raw")
        connection.execute("SET search_path TO tasdiq_benchmark_raw")
        connection.execute("CREATE TABLE entry (idx bigint PRIMARY KEY, id bytea UNIQUE, has_keys int, leaf bytea)")
        connection.execute(
            "CREATE TABLE body (idx bigint PRIMARY KEY, salt bytea, content bytea, key bytea, redacted_at bigint)"
        )

        def commit(first: int, batch: list[Submission]) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                for table, values in rows(first, batch).items():
                    marks = ", ".join(["%s"] * len(values[0]))
                    cursor.executemany(f"INSERT INTO {table} ({ROWS[table]}) VALUES ({marks})", values)

        yield commit
        connection.execute("DROP SCHEMA tasdiq_benchmark_raw CASCADE")


def rows(first: int, batch: list[Submission]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a batch; ids are made up here, for hashing is no part of committing."""
    numbered = list(enumerate(batch, first))
    return {
        "entry": [(at, made.salt, 0, made.leaf) for at, made in numbered],
        "body": [(at, made.salt, made.plaintext, None, None) for at, made in numbered],
    }


def clocked(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(log: Log, commit: Commit, size: int, rounds: int, signed: Iterator[Submission]) -> dict[str, float]:
    """Return entries a second of the three, at one size of batches."""
    public = Ed25519PublicKey.from_public_bytes(key("analyst").public)
    seconds: dict[str, list[float]] = {"tasdiq": [], "raw commits": [], "raw OpenSSL": []}
    for _ in range(rounds):
        batch = [next(signed) for _ in range(size)]
        parsed = [parse_leaf(made.leaf) for made in batch]
        covered = [(entry.sigs[0][1], entry.message) for entry in parsed]
        first = log.size
        seconds["raw OpenSSL"].append(clocked(lambda covered=covered: [public.verify(*pair) for pair in covered]))
        seconds["raw commits"].append(clocked(lambda first=first, batch=batch: commit(first, batch)))
        seconds["tasdiq"].append(clocked(lambda batch=batch: log.append(batch)))
    return {name: size / statistics.median(found) for name, found in seconds.items()}


def stream(charter: str) -> Iterator[Submission]:
    """Yield submissions without end."""
    start = 0
    while True:
        yield from submissions(charter, start, 1000)
        start += 1000


def report(size: int, found: dict[str, float]) -> None:
    """Print a line."""
    least = min(found["raw commits"], found["raw OpenSSL"])
    print(
        f"  batch {size:>4}: tasdiq {found['tasdiq']:>7,.0f}/s, raw commits {found['raw commits']:>8,.0f}/s, "
        f"raw OpenSSL {found['raw OpenSSL']:>7,.0f}/s, ratio to the slower {found['tasdiq'] / least:.2f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--database", metavar="URL", help="postgresql://…; without it SQLite")
    parser.add_argument("--batches", type=int, nargs="*", default=[1, 10, 100, 1000])
    parser.add_argument("--entries", type=int, default=6000, help="about how many entries are appended at each size")
    parser.add_argument("--runs", type=int, default=1)
    given = parser.parse_args()
    print(machine() + (", PostgreSQL" if given.database else ", SQLite"))
    CACHE.mkdir(parents=True, exist_ok=True)
    for _ in range(given.runs):
        # With the newest checkpoint and what was acknowledged kept apart, as a real log does.
        base = Path(tempfile.mkdtemp(dir=CACHE))
        raw = raw_postgres(given.database) if given.database else None
        with (
            Log.create(base / "r", log_key=LOG, origin=ORIGIN, newest=base / "state", database=given.database) as log,
            raw or raw_sqlite(base / "r", base) as commit,
        ):
            log.append([founding(log)])
            signed = stream(log.charter or "")
            for size in given.batches:
                report(size, measure(log, commit, size, max(9, min(300, given.entries // size)), signed))
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
