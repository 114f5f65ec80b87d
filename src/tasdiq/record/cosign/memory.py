"""What a cosigner must not forget: the checkpoints it cosigned, on disk before anybody learns of it.

Its own small SQLite file, by the standard library alone. What may be cosigned is left to `rules`.

1. `create` alone creates: a cosigner with an empty memory would cosign any history, so a wrong path must not make one.
2. A memory belongs to one cosigner: another name or key is refused.
3. Reading the newest checkpoint and persisting the next is one transaction; COMMIT returns after fsync.
4. Tables only grow, sizes of a log never fall, and a size has one root: triggers hold this against mistakes.
5. Checkpoints that contradict one cosigned are kept; those that merely were not proved to extend it, up to a bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record import checkpoint
from tasdiq.record.checkpoint import Checkpoint
from tasdiq.record.durable import guarded, sync_directory
from tasdiq.record.note import Verifier, parse_verifier

DATABASE = "cosigner.sqlite"
MOST_UNPROVED = 1000
_APPLICATION_ID, _VERSION = 0x7A5D1902, 1
_GROWS = "CREATE TRIGGER {0}_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, '{0} is insert-only'); END;\n"
_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE cosigner (one INTEGER PRIMARY KEY CHECK (one = 1), verifier TEXT NOT NULL) STRICT;
CREATE TABLE cosigned (seq INTEGER PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL,
                       note BLOB NOT NULL, at INTEGER NOT NULL, UNIQUE (origin, size)) STRICT;
CREATE TABLE contradiction (seq INTEGER PRIMARY KEY, note BLOB NOT NULL, other BLOB NOT NULL, logs TEXT NOT NULL,
                            UNIQUE (note, other)) STRICT;
CREATE TABLE unproved (seq INTEGER PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL,
                       note BLOB NOT NULL, UNIQUE (origin, size, root)) STRICT;
CREATE TRIGGER cosigned_falls BEFORE INSERT ON cosigned
WHEN NEW.size <= (SELECT max(size) FROM cosigned WHERE origin = NEW.origin)
BEGIN SELECT RAISE(ABORT, 'the size of a log never falls'); END;
""" + "".join(  # noqa: S608
    _GROWS.format(table, verb)
    for table in ("cosigner", "cosigned", "contradiction", "unproved")
    for verb in ("UPDATE", "DELETE")
)


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint that was cosigned, its note as it came, and when (seconds since 1970)."""

    found: Checkpoint
    note: bytes
    at: int


class Memory:
    """An open memory; one thread at a time may use it."""

    def __init__(self, directory: Path, connection: sqlite3.Connection) -> None:
        self.directory, self._connection = directory, connection

    @classmethod
    def create(cls, directory: Path, verifier: Verifier) -> Memory:
        """Create the memory of a new cosigner in `directory` (mode 0700) and open it."""
        path, unfinished = directory / DATABASE, directory / f"{DATABASE}.unfinished"
        if path.exists():
            raise SettingsError(f"{directory}: a cosigner's memory is here already; open it without making a new one")
        with guarded(directory):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished.unlink(missing_ok=True)
            connection = sqlite3.connect(unfinished, isolation_level=None)
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO cosigner VALUES (1, ?)", (str(verifier),))
            connection.close()
            unfinished.chmod(0o600)
            unfinished.replace(path)
            sync_directory(directory)
        return cls.open(directory, verifier)

    @classmethod
    def open(cls, directory: Path, verifier: Verifier | None = None) -> Memory:
        """Open a memory; refuse one that is not there or is another cosigner's. Without `verifier` only to look."""
        path = directory / DATABASE
        if not path.is_file():
            raise MissingError(
                f"{directory}: no cosigner's memory here (expected {DATABASE}). A new cosigner makes one with --new; "
                "one that lost its memory must retire its key"
            )
        with guarded(directory):
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode={'rw' if verifier else 'ro'}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=5,
            )
            memory = cls(directory, connection)
            try:
                memory._require_ours(verifier)
            except BaseException:
                connection.close()
                raise
        return memory

    def _require_ours(self, verifier: Verifier | None) -> None:
        found = [
            self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        if found != [_APPLICATION_ID, _VERSION]:
            raise RecordError(f"{self.directory / DATABASE}: expected a cosigner's memory, found another file")
        if verifier is None:
            return
        # Write-ahead with FULL: one fsync, before COMMIT returns.
        for setting in ("trusted_schema = OFF", "journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {setting}")
        owner = self._connection.execute("SELECT verifier FROM cosigner").fetchall()
        if owner != [(str(verifier),)]:
            raise SettingsError(
                f"{self.directory}: this is the memory of another cosigner: {owner}; use its name and key"
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def turn(self) -> Iterator[Memory]:
        """Hold one durable transaction that no other process can come between."""
        with guarded(self.directory):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def last(self, origin: str) -> Cosigned | None:
        """Return the newest checkpoint of a log that was cosigned; RecordError if the row is not what its note says."""
        return self._one("WHERE origin = ? ORDER BY size DESC LIMIT 1", origin)

    def of_size(self, origin: str, size: int) -> Cosigned | None:
        """Return the checkpoint of that size that was cosigned."""
        return self._one("WHERE origin = ? AND size = ?", origin, size)

    def _one(self, where: str, *values: str | int) -> Cosigned | None:
        statement = f"SELECT origin, size, root, note, at FROM cosigned {where}"  # noqa: S608
        for origin, size, root, note, at in self._connection.execute(statement, values).fetchall():
            try:
                found, _ = checkpoint.parse(note)
            except InputError as error:
                raise RecordError(f"{self.directory / DATABASE}: a checkpoint cannot be read: {error}") from error
            if found != Checkpoint(origin, size, root):
                raise RecordError(f"{self.directory / DATABASE}: a row differs from its checkpoint: it is damaged")
            return Cosigned(found, note, at)
        return None

    def logs(self) -> list[Cosigned]:
        """Return the newest checkpoint cosigned of every log."""
        with guarded(self.directory):
            origins = self._connection.execute("SELECT DISTINCT origin FROM cosigned ORDER BY origin").fetchall()
            return [found for (origin,) in origins if (found := self.last(origin))]

    def remember(self, found: Checkpoint, note: bytes, at: int) -> None:
        """Keep a checkpoint as cosigned; inside a turn."""
        self._connection.execute(
            "INSERT INTO cosigned (origin, size, root, note, at) VALUES (?, ?, ?, ?, ?)",
            (found.origin, found.size, found.root, note, at),
        )

    def keep_contradiction(self, note: bytes, other: bytes, logs: Sequence[Verifier]) -> None:
        """Keep two notes that cannot both be true, and the log's keys as they are known; inside a turn."""
        self._connection.execute(
            "INSERT OR IGNORE INTO contradiction (note, other, logs) VALUES (?, ?, ?)",
            (note, other, "\n".join(map(str, logs))),
        )

    def keep_unproved(self, found: Checkpoint, note: bytes) -> None:
        """Keep a signed checkpoint that was not proved to extend the one cosigned, unless very many are; inside a turn."""
        self._connection.execute(
            "INSERT OR IGNORE INTO unproved (origin, size, root, note) SELECT ?1, ?2, ?3, ?4"
            " WHERE (SELECT count(*) FROM unproved WHERE origin = ?1) < ?5",
            (found.origin, found.size, found.root, note, MOST_UNPROVED),
        )

    def contradictions(self) -> list[tuple[bytes, bytes, list[Verifier]]]:
        """Return the pairs of notes that cannot both be true, as they were found, with the log's keys."""
        with guarded(self.directory):
            found = self._connection.execute("SELECT note, other, logs FROM contradiction ORDER BY seq").fetchall()
        return [(note, other, [parse_verifier(key) for key in logs.split("\n")]) for note, other, logs in found]

    def unproved(self) -> list[bytes]:
        """Return the signed notes that were not proved to extend what was cosigned, and never were cosigned later."""
        statement = (
            "SELECT note FROM unproved WHERE NOT EXISTS (SELECT 1 FROM cosigned WHERE cosigned.origin = unproved.origin"
            " AND cosigned.size = unproved.size AND cosigned.root = unproved.root) ORDER BY seq"
        )
        with guarded(self.directory):
            return [note for (note,) in self._connection.execute(statement).fetchall()]
