"""What is written in one transaction: entries with their content, tiles, checkpoints, and what a redaction empties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from tasdiq.record.entry import Entry, Submission
from tasdiq.record.secrecy.stored import Secrecy, part
from tasdiq.record.store import statements
from tasdiq.record.store.tables import BULK_ROW, DISCLOSURE


class Writing:
    """A transaction that is open; it is durable when its block ends."""

    def __init__(self, connection: Connection, secrecy: Secrecy) -> None:
        self._connection, self._secrecy = connection, secrecy

    def entries(self, first: int, entries: Sequence[tuple[Entry, Submission]]) -> None:
        """Write entries from index `first` on, each with what came with it."""
        numbered = list(enumerate(entries, first))
        statements.ADD_ENTRY.run_many(
            self._connection,
            [(at, bytes.fromhex(entry.id), int("keys" in entry.header), entry.leaf) for at, (entry, _) in numbered],
        )
        came = [(at, _Sealing(self._secrecy, entry), given) for at, (entry, given) in numbered if _has_content(given)]
        statements.ADD_BODY.run_many(self._connection, [(at, *sealing.body(given)) for at, sealing, given in came])
        for at, sealing, given in came:
            if given.rows or given.disclosures:
                rows = [(at, *row) for row in sealing.rows(given)]
                statements.ADD_ROW.add_many(self._connection, BULK_ROW, rows)
                statements.ADD_DISCLOSURE.run_many(self._connection, [(at, *one) for one in sealing.disclosures(given)])

    def tiles(self, filled: Iterable[tuple[int, int, bytes, bytes]]) -> None:
        """Write full tiles: level, number, hashes and root."""
        statements.ADD_TILE.run_many(self._connection, list(filled))

    def checkpoint(self, size: int, note: bytes) -> None:
        """Write a checkpoint that was signed."""
        statements.ADD_CHECKPOINT.run(self._connection, size, note)

    def cosignature(self, size: int, name: str, line: str) -> None:
        """Write a signature line collected for the checkpoint over `size` entries."""
        statements.ADD_COSIGNATURE.run(self._connection, size, name, line)

    def contradiction(self, note: bytes, other: bytes) -> None:
        """Write two notes that cannot both be true."""
        statements.ADD_CONTRADICTION.run(self._connection, note, other)

    def empty(self, notice: int, targets: Iterable[tuple[int, int | None]]) -> None:
        """Empty what the notice at index `notice` names: (index, row number or None for all of it)."""
        for index, number in targets:
            if number is None:
                statements.EMPTY_BODY.run(self._connection, notice, index)
                statements.EMPTY_ROWS.run(self._connection, notice, index)
                statements.EMPTY_DISCLOSURES.run(self._connection, notice, index)
                statements.NOTE_EMPTY_BODY.run(self._connection, notice, index)
            else:
                statements.EMPTY_ROW.run(self._connection, notice, index, number)
                statements.NOTE_EMPTY_ROW.run(self._connection, notice, index, number)


def _has_content(given: Submission) -> bool:
    return bool(given.salt or given.envelope)


class _Sealing:
    """The columns of what came with one entry, encrypted where the store must not show it."""

    def __init__(self, secrecy: Secrecy, entry: Entry) -> None:
        self._secrecy, self._commit = secrecy, bytes.fromhex(entry.header["body_commit"])
        self._joint = entry.header["access"] == "joint"

    def body(self, given: Submission) -> tuple[bytes | None, bytes, bytes | None]:
        """Return salt, content and key."""
        if given.envelope:
            return None, given.envelope, None
        return self._secrecy.salted(self._commit, self._joint, given.salt, given.plaintext)

    def rows(self, given: Submission) -> Iterator[tuple[object, ...]]:
        """Yield number, salt, content and key; all but the number None where a row was redacted before it came here."""
        for number, row in enumerate(given.rows):
            commit = part(BULK_ROW.name, self._commit, number) if self._joint else b""
            yield number, *(self._secrecy.salted(commit, self._joint, row.salt, row.content) if row else (None,) * 3)

    def disclosures(self, given: Submission) -> Iterator[tuple[object, ...]]:
        """Yield number, content and key."""
        for number, text in enumerate(given.disclosures):
            commit = part(DISCLOSURE.name, self._commit, number)
            yield number, *((None, None) if text is None else self._secrecy.seal(commit, text.encode()))
