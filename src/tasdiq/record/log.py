"""The log: the only writer of a record. It validates, appends durably, gives receipts, and signs checkpoints.

1. Nothing is written before every submission of a group has passed: form, place, signatures, body, rows (`chain`).
2. A group is one durable transaction; its receipt is signed after it is on disk.
3. A checkpoint is signed after what was committed has been read back and recomputed, at most once a second.
4. After an error while writing nothing more is written: the log must be opened again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from tasdiq.errors import InputError, RecordError, RoleError
from tasdiq.record import body, checkpoint, merkle, note, redaction, rows
from tasdiq.record.chain import Chain
from tasdiq.record.edges import folded_keys, open_tree
from tasdiq.record.entry import Entry, Submission, parse_leaf
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


@dataclass(frozen=True)
class _Checked:
    entry: Entry
    submission: Submission
    empties: list[tuple[int, int | None]]


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
        self._stopped = self._newest.require_same_log(log_key.public, self.size, self._tree.node)
        if self.size:
            self._require_key(self._chain)

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
        chain, checked = self._checked(submissions)
        first = self.size
        try:
            self._write(checked)
        except BaseException:
            self._stopped = "an append failed half way; open the record again to see what is on disk"
            raise
        self._chain, self.size = chain, first + len(checked)
        return self._receipts(first, [item.entry.id for item in checked])

    def _checked(self, submissions: Sequence[Submission]) -> tuple[Chain, list[_Checked]]:
        chain = self._chain
        checked: list[_Checked] = []
        earlier: dict[str, tuple[int, dict[str, Any]]] = {}
        for index, submission in enumerate(submissions, self.size):
            self._require_key(chain)
            entry = parse_leaf(submission.leaf)
            if entry.id in earlier or self._store.index_of(entry.id) is not None:
                raise InputError(f"the entry {entry.id[:16]}… is in the record already: it is not entered twice")
            chain = chain.accept(entry, index)
            if index == 0:
                self._require_key(chain)
            content = require_body(entry, submission)
            empties = self._empties(entry, content, chain, earlier) if redaction.is_notice(entry.header) else []
            earlier[entry.id] = (index, entry.header)
            checked.append(_Checked(entry, submission, empties))
        return chain, checked

    def _empties(
        self, entry: Entry, content: Any, chain: Chain, earlier: dict[str, tuple[int, dict[str, Any]]]
    ) -> list[tuple[int, int | None]]:
        def place(entry_id: str) -> tuple[int, dict[str, Any]] | None:
            index = self._store.index_of(entry_id)
            if index is None:
                return earlier.get(entry_id)
            return index, parse_leaf(next(self._store.leaves(index, index + 1))).header

        def header(entry_id: str) -> dict[str, Any] | None:
            found = place(entry_id)
            return found[1] if found else None

        redaction.require_allowed(entry, chain.keys, header, content)
        places = [(place(entry_id), number) for entry_id, number in redaction.targets(entry.header, content)]
        return [(found[0], number) for found, number in places if found]

    def _write(self, checked: list[_Checked]) -> None:
        with self._store.transaction() as write:
            for index, item in enumerate(checked, self.size):
                entry, submission = item.entry, item.submission
                write.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, ?)",
                    (index, bytes.fromhex(entry.id), int("keys" in entry.header), entry.leaf),
                )
                write.execute("INSERT INTO body VALUES (?, ?, ?, NULL)", (index, submission.salt, submission.plaintext))
                write.executemany(
                    "INSERT INTO bulk_row VALUES (?, ?, ?, ?, NULL)",
                    ((index, n, row.salt, row.content) for n, row in enumerate(submission.rows)),
                )
                hashed = merkle.leaf_hash(entry.leaf)
                self._edge.push(hashed)
                write.executemany("INSERT INTO tile VALUES (?, ?, ?, ?)", self._tree.push(hashed))
                for target, number in item.empties:
                    _empty(write, index, target, number)
        if any(item.empties for item in checked):
            self._store.forget_wal()

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

    def _require_key(self, chain: Chain) -> None:
        if chain.charter is not None and self._key.public not in [
            k.public for k in chain.keys.in_role("log") if k.until is None
        ]:
            raise RoleError("the key at hand is not the log's in this record: open it with the key that entry 0 admits")

    def _require_running(self) -> None:
        if self._stopped:
            raise RecordError(self._stopped)


def require_body(entry: Entry, submission: Submission) -> Any:
    """Return the JSON of an entry's body; raise InputError unless body and rows are those committed to."""
    if body.commit(submission.salt, submission.plaintext).hex() != entry.header["body_commit"]:
        raise InputError("the body is not the one the header commits to", field="body_commit")
    content = body.read(submission.plaintext)
    if entry.header["access"] != "public":
        content = body.read(body.unseal(submission.plaintext).body)
    commits = rows.commits_in(content)
    if commits != [row.commit for row in submission.rows]:
        raise InputError("the rows are not those the body commits to", field="rows")
    for row in submission.rows:
        rows.read(row.content)
    return content


def _empty(write: Any, notice: int, target: int, number: int | None) -> None:
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
