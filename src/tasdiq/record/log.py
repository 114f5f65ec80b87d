"""The log: the only writer of a record. It validates, appends durably, gives receipts, and signs checkpoints.

1. Nothing is written before every submission of a group has passed: form, place, signatures, body, rows (`admission`).
2. A group is one durable transaction; its receipt is signed after it is on disk.
3. A checkpoint is signed after what was committed has been read back and recomputed, at most once a second.
4. After an error while writing nothing more is written: the log must be opened again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tasdiq.errors import InputError, RecordError
from tasdiq.record import checkpoint, merkle, note
from tasdiq.record.admission import Admission, Admitted, require_log_key
from tasdiq.record.chain import Chain
from tasdiq.record.edges import folded_keys, open_tree
from tasdiq.record.entry import Submission
from tasdiq.record.newest import Newest
from tasdiq.record.signing import SigningKey
from tasdiq.record.store import Store

RECEIPT_TITLE = "tasdiq receipt v1"
DEADLINE_SECONDS = 24 * 3600
SIGNING_INTERVAL = 1.0


@dataclass(frozen=True)
class Receipt:
    """The log's promise: this entry stands at this index and will be under a checkpoint by the deadline.

    `note` is one signed note for the whole group: title, origin, deadline, then `<index> <id>` a line.
    """

    id: str
    index: int
    deadline: str
    note: bytes


class Log:
    """An open log; use it in a `with` block, or call `close`."""

    def __init__(
        self, store: Store, log_key: SigningKey, newest: Path | None, clock: Callable[[], float] = time.time
    ) -> None:
        self._store, self._key, self._clock = store, log_key, clock
        self.origin = store.origin()
        self.size = store.size()
        self._chain = folded_keys(store)
        self._tree = open_tree(store, self.size)
        self._edge = merkle.edge_from(self.size, self._tree.node)
        self._newest = Newest(newest, self.origin)
        self._signed, self._verified = self._last_checkpoint()
        self._signed_at = 0.0
        log_keys = [log_key.public, *(key.public for key in self._chain.keys.in_role("log"))]
        self._stopped = self._newest.require_same_log(log_keys, self.size, self._tree.node)
        self._to_forget = False
        if self.size:
            require_log_key(self._chain, log_key.public)

    @classmethod
    def create(
        cls,
        directory: str | Path,
        *,
        log_key: SigningKey,
        origin: str,
        newest: Path | None,
        clock: Callable[[], float] = time.time,
    ) -> Log:
        """Create a record; its first entry must admit `log_key` as the log's."""
        store = Store.create(Path(directory), checkpoint.require_origin(origin))
        return cls._opened(store, log_key, newest, clock)

    @classmethod
    def open(
        cls, directory: str | Path, *, log_key: SigningKey, newest: Path | None, clock: Callable[[], float] = time.time
    ) -> Log:
        """Open a record for appending; refuse a wrong key, a second writer, a record that is not there."""
        return cls._opened(Store.open(Path(directory), write=True), log_key, newest, clock)

    @classmethod
    def _opened(cls, store: Store, log_key: SigningKey, newest: Path | None, clock: Callable[[], float]) -> Log:
        try:
            return cls(store, log_key, newest, clock)
        except BaseException:
            store.close()
            raise

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record's files and let another writer in."""
        self._forget()
        self._store.close()

    @property
    def charter(self) -> str | None:
        """Return the id of entry 0, None while the record is empty."""
        return self._chain.charter

    @property
    def keys_at(self) -> int:
        """Return the index of the newest key event, which every entry must name."""
        return self._chain.keys.keys_at

    @property
    def chain(self) -> Chain:
        """Return what the next entry must fit, the keys among it."""
        return self._chain

    def root(self) -> bytes:
        """Return the root of the tree as it stands, signed or not."""
        return self._edge.root()

    def add_attachment(self, data: bytes) -> str:
        """Keep a file by its SHA-256, which is returned and belongs into a body."""
        self._require_running()
        return self._store.add_attachment(data)

    def append(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Append a group in one durable transaction; on InputError or RoleError nothing was appended."""
        self._require_running()
        if not submissions:
            return []
        first, admission = self.size, Admission(self._store, self._chain, self._key.public)
        admitted = admission.admit(submissions, first)
        try:
            self._write(admitted)
        except BaseException:
            self._stopped = "an append failed half way; open the record again to see what is on disk"
            raise
        self._chain, self.size = admission.chain, first + len(admitted)
        return self._receipts(first, [item.entry.id for item in admitted])

    def _write(self, admitted: list[Admitted]) -> None:
        entries = list(enumerate(admitted, self.size))
        with self._store.transaction() as write:
            write.executemany(
                "INSERT INTO entry VALUES (?, ?, ?, ?)",
                [(at, bytes.fromhex(x.entry.id), int("keys" in x.entry.header), x.entry.leaf) for at, x in entries],
            )
            write.executemany(
                "INSERT INTO body VALUES (?, ?, ?, NULL)",
                [(at, x.submission.salt, x.submission.plaintext) for at, x in entries],
            )
            for index, item in entries:
                self._write_rest(write, index, item)
        self._to_forget |= any(item.empties for item in admitted)
        self._forget()

    def _forget(self) -> None:
        # A reader in the middle of a read keeps the old bytes in the WAL: try again at the next append, and on closing.
        self._to_forget = self._to_forget and not self._store.forget_wal()

    def _write_rest(self, write: sqlite3.Connection, index: int, item: Admitted) -> None:
        if item.submission.rows:
            write.executemany(
                "INSERT INTO bulk_row VALUES (?, ?, ?, ?, NULL)",
                [(index, n, row.salt, row.content) for n, row in enumerate(item.submission.rows)],
            )
        hashed = merkle.leaf_hash(item.entry.leaf)
        self._edge.push(hashed)
        if filled := self._tree.push(hashed):
            write.executemany("INSERT INTO tile VALUES (?, ?, ?, ?)", filled)
        for target, number in item.empties:
            _empty(write, index, target, number)

    def _receipts(self, first: int, ids: list[str]) -> list[Receipt]:
        deadline = datetime.fromtimestamp(self._clock() + DEADLINE_SECONDS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        listed = "".join(f"{index} {entry_id}\n" for index, entry_id in enumerate(ids, first))
        signed = self._sign(f"{RECEIPT_TITLE}\n{self.origin}\n{deadline}\n{listed}")
        return [Receipt(entry_id, index, deadline, signed) for index, entry_id in enumerate(ids, first)]

    def checkpoint(self) -> bytes:
        """Return the checkpoint over all entries, signing it first if none covers them yet."""
        self._require_running()
        if self._signed is not None and self._verified.size == self.size:
            return self._signed
        # A log that signs more often than once a second drowns its cosigners.
        time.sleep(max(0.0, self._signed_at + SIGNING_INTERVAL - time.monotonic()))
        self._verified = self._read_back()
        made = checkpoint.Checkpoint(self.origin, self.size, self._verified.root())
        signed = self._sign(made.text)
        with self._store.transaction() as write:
            write.execute("INSERT INTO checkpoint (size, note) VALUES (?, ?)", (self.size, signed))
        self._newest.remember(signed)
        self._signed, self._signed_at = signed, time.monotonic()
        return signed

    def _read_back(self) -> merkle.RightEdge:
        """Recompute the tree from what another connection finds on disk since the last checkpoint."""
        reading = Store.open(self._store.directory)
        try:
            edge = self._verified.copy()
            for leaf in reading.leaves(edge.size, self.size):
                edge.push(merkle.leaf_hash(leaf))
        finally:
            reading.close()
        if edge.root() != self._edge.root():
            self._stopped = "what was read back from disk is not what was appended: the disk or the file is damaged"
            raise RecordError(self._stopped)
        return edge

    def _last_checkpoint(self) -> tuple[bytes | None, merkle.RightEdge]:
        signed = self._store.checkpoint()
        if signed is None:
            return None, merkle.RightEdge()
        try:
            last = checkpoint.open_checkpoint(signed, [key.public for key in self._chain.keys.in_role("log")])
        except InputError as error:
            raise RecordError(f"the newest checkpoint in this record does not hold: {error}") from error
        if last.size > self.size or last.origin != self.origin:
            raise RecordError(
                f"a checkpoint over {last.size} entries was signed, but only {self.size} are here: restore them"
            )
        edge = merkle.edge_from(last.size, self._tree.node)
        if edge.root() != last.root:
            raise RecordError(
                f"the entries under the checkpoint over {last.size} were altered: restore them from a mirror"
            )
        return signed, edge

    def _sign(self, text: str) -> bytes:
        return note.sign(text, note.Verifier(self.origin, self._key.public), self._key.sign)

    def _require_running(self) -> None:
        if self._stopped:
            raise RecordError(self._stopped)


def _empty(write: sqlite3.Connection, notice: int, target: int, number: int | None) -> None:
    if number is None:
        write.execute(
            "UPDATE body SET salt = NULL, content = NULL, redacted_at = ? WHERE idx = ? AND redacted_at IS NULL",
            (notice, target),
        )
    write.execute(
        "UPDATE bulk_row SET salt = NULL, content = NULL, redacted_at = ?1"
        " WHERE idx = ?2 AND (?3 IS NULL OR n = ?3) AND redacted_at IS NULL",
        (notice, target, number),
    )
