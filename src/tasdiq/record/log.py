"""The log: a record that grows under the log's own key. It appends durably, gives receipts, and signs checkpoints.

1. A group is one durable transaction (`growth`); its receipt is signed after it is on disk.
2. A checkpoint is signed after what was committed has been read back and recomputed, at most once a second.
3. After an error while writing nothing more is written: the log must be opened again.
4. A store that is behind its newest checkpoint, or behind what was acknowledged, appends and signs nothing until it has
   caught up (`newest`).
5. A cosignature is kept if it is by one of the key events' cosigners and holds; each cosigner once a checkpoint.
6. A store that contradicts its newest checkpoint is refused; the two notes are kept in it, as proof of a split view.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tasdiq.errors import InputError, RecordError
from tasdiq.record import checkpoint, cosignature, merkle, note, receipt
from tasdiq.record.admission import require_log_key
from tasdiq.record.audit import split_view
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Submission
from tasdiq.record.growth import Growth
from tasdiq.record.newest import Newest, behind
from tasdiq.record.signing import SigningKey
from tasdiq.record.store import Store

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
        self, growth: Growth, log_key: SigningKey, newest: Path | None, clock: Callable[[], float] = time.time
    ) -> None:
        self._growth, self._key, self._clock = growth, log_key, clock
        self._newest = Newest(newest, self.origin)
        self._signed, self._verified = self._last_checkpoint()
        self._signed_at = 0.0
        log_keys = [log_key.public, *(key.public for key in self.chain.keys.in_role("log"))]
        try:
            growth.stopped = growth.stopped or self._newest.require_same_log(log_keys, self.size, growth.tree.node)
        except RecordError:
            self._keep_contradiction(log_keys)
            raise
        if self.size:
            require_log_key(self.chain, log_key.public)

    @classmethod
    def create(
        cls,
        directory: str | Path,
        *,
        log_key: SigningKey,
        origin: str,
        newest: Path | None,
        clock: Callable[[], float] = time.time,
        database: str | None = None,
    ) -> Log:
        """Create a record; its first entry must admit `log_key` as the log's. `database`: see `Store.create`."""
        return cls._opened(
            Growth.create(directory, checkpoint.require_origin(origin), database), log_key, newest, clock
        )

    @classmethod
    def open(
        cls, directory: str | Path, *, log_key: SigningKey, newest: Path | None, clock: Callable[[], float] = time.time
    ) -> Log:
        """Open a record for appending; refuse a wrong key, a second writer, a record that is not there."""
        return cls._opened(Growth.open(directory), log_key, newest, clock)

    @classmethod
    def _opened(cls, growth: Growth, log_key: SigningKey, newest: Path | None, clock: Callable[[], float]) -> Log:
        try:
            return cls(growth, log_key, newest, clock)
        except BaseException:
            growth.close()
            raise

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the record's files and let another writer in."""
        self._newest.close()
        self._growth.close()

    @property
    def origin(self) -> str:
        """Return the log's origin."""
        return self._growth.origin

    @property
    def size(self) -> int:
        """Return the number of entries."""
        return self._growth.size

    @property
    def chain(self) -> Chain:
        """Return what the next entry must fit, the keys among it."""
        return self._growth.chain

    @property
    def charter(self) -> str | None:
        """Return the id of entry 0, None while the record is empty."""
        return self.chain.charter

    @property
    def keys_at(self) -> int:
        """Return the index of the newest key event, which every entry must name."""
        return self.chain.keys.keys_at

    def root(self) -> bytes:
        """Return the root of the tree as it stands, signed or not."""
        return self._growth.edge.root()

    def add_attachment(self, data: bytes | Path) -> str:
        """Keep a file, given as it is or by its path, by its SHA-256, which is returned and belongs into a body."""
        self._growth.require_running()
        return self._growth.store.add_attachment(data)

    def append(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Append a group in one durable transaction; on InputError or RoleError nothing was appended."""
        self._growth.require_running()
        if not submissions:
            return []
        group = self._growth.admit(submissions, log_key=self._key.public)
        self._growth.write(group)
        # Before anybody is told: a store that is set back behind this must be noticed.
        self._newest.acknowledge(self.size, self.root())
        return self._receipts(group.first, [item.entry.id for item in group.entries])

    def receipt(self, first: int) -> bytes:
        """Return one signed note for all entries from `first` on, whichever groups they were appended in."""
        listed = self._growth.store.entries(first, self.size)
        return self._promise(first, [noted.hex() for _, noted, _, _ in listed])[1]

    def receipts_of(self, ids: Sequence[str]) -> list[Receipt]:
        """Return the promise again for each of these entries that stands here, each with a note of its own."""
        found = self._growth.store.indices_of(ids)
        return [receipt for entry_id in found for receipt in self._receipts(found[entry_id], [entry_id])]

    def _receipts(self, first: int, ids: list[str]) -> list[Receipt]:
        deadline, signed = self._promise(first, ids)
        return [Receipt(entry_id, index, deadline, signed) for index, entry_id in enumerate(ids, first)]

    def _promise(self, first: int, ids: list[str]) -> tuple[str, bytes]:
        deadline = datetime.fromtimestamp(self._clock() + DEADLINE_SECONDS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return deadline, self._sign(receipt.text(self.origin, deadline, enumerate(ids, first)))

    def checkpoint(self) -> bytes:
        """Return the checkpoint over all entries with its cosignatures, signing it first if none covers them yet."""
        self._growth.require_running()
        if self._signed is not None and self._verified.size == self.size:
            return self._signed
        # A log that signs more often than once a second drowns its cosigners.
        time.sleep(max(0.0, self._signed_at + SIGNING_INTERVAL - time.monotonic()))
        self._verified = self._read_back()
        made = checkpoint.Checkpoint(self.origin, self.size, self._verified.root())
        signed = self._sign(made.text)
        with self._growth.transaction() as write:
            write.checkpoint(self.size, signed)
        self._newest.remember(signed)
        self._signed, self._signed_at = signed, time.monotonic()
        return signed

    def add_cosignature(self, line: note.SignatureLine) -> bool:
        """Keep a cosigner's line for the newest checkpoint; tell whether it is new. InputError if it does not hold."""
        self._growth.require_running()
        if self._signed is None:
            raise InputError("this record has no checkpoint yet: sign one, then have it cosigned")
        parsed = note.parse(self._signed)
        cosigner = _cosigner(self.chain, parsed.text, line)
        if parsed.by(cosigner):
            return False
        with self._growth.transaction() as write:
            write.cosignature(self._verified.size, line.name, str(line))
        self._signed = self._growth.store.checkpoint()
        return True

    def _read_back(self) -> merkle.RightEdge:
        """Recompute the tree from what another connection finds on disk since the last checkpoint."""
        reading = Store.open(self._growth.store.directory)
        try:
            edge = self._verified.copy()
            for leaf in reading.leaves(edge.size, self.size):
                edge.push(merkle.leaf_hash(leaf))
        finally:
            reading.close()
        if edge.root() != self.root():
            self._growth.stopped = (
                "what was read back from disk is not what was appended: the disk or the file is damaged"
            )
            raise RecordError(self._growth.stopped)
        return edge

    def _last_checkpoint(self) -> tuple[bytes | None, merkle.RightEdge]:
        signed = self._growth.store.checkpoint()
        if signed is None:
            return None, merkle.RightEdge()
        try:
            last = checkpoint.open_checkpoint(signed, [key.public for key in self.chain.keys.in_role("log")])
        except InputError as error:
            raise RecordError(f"the newest checkpoint in this record does not hold: {error}") from error
        if last.origin != self.origin:
            raise RecordError(f"the newest checkpoint in this record is of another log: {last.origin}")
        if last.size > self.size:
            self._growth.stopped = behind(self.size, f"the record's own checkpoint is over {last.size}")
            return signed, merkle.RightEdge()
        edge = merkle.edge_from(last.size, self._growth.tree.node)
        if edge.root() != last.root:
            raise RecordError(
                f"the entries under the checkpoint over {last.size} were altered: restore them from a mirror"
            )
        return signed, edge

    def _keep_contradiction(self, log_keys: Sequence[bytes]) -> None:
        """Keep the checkpoint that lies apart beside the store's own, where both cannot be true (rule 6)."""
        kept, verifiers = self._newest.note(), [note.Verifier(self.origin, key) for key in dict.fromkeys(log_keys)]
        if kept and self._signed:
            with suppress(InputError):
                view = split_view.find(kept, self._signed, verifiers, self._growth.tree.node)
                if view:
                    self._growth.store.keep_contradiction(view.older, view.newer)

    def _sign(self, text: str) -> bytes:
        return note.sign(text, note.Verifier(self.origin, self._key.public), self._key.sign)


def _cosigner(chain: Chain, text: str, line: note.SignatureLine) -> note.Verifier:
    """Return the cosigner of this record whose line holds under the checkpoint's text."""
    shown = note.Note(text, (line,))
    for verifier in chain.keys.cosigners:
        if cosignature.cosigned_at(shown, verifier) is not None:
            return verifier
    raise InputError(f"the line of {line.name[:60]!r} is by no cosigner that the key events name for this record")
