"""Growth: a store together with the chain of key events and the tree, as both grow entry by entry.

Nothing here holds a key: `log` adds the one that signs checkpoints and receipts; a mirror takes what a log has signed.

1. Nothing is written before every submission of a group has passed: form, place, signatures, content (`admission`).
2. A group is one durable transaction, what its notices empty included; a mirror takes many groups in one.
3. After an error while writing nothing more is written: the record must be opened again.
4. Attachments that only emptied content named go after it (`forgetting`).
5. A reader in the middle of a read may keep emptied bytes in the database's files: forgetting them is tried again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import RecordError
from tasdiq.record import merkle
from tasdiq.record.admission import Admission, Admitted
from tasdiq.record.chain import Chain
from tasdiq.record.edges import folded_keys, open_tree
from tasdiq.record.entry import Submission
from tasdiq.record.secrecy import forgetting
from tasdiq.record.store import Store, Writing


@dataclass(frozen=True)
class Group:
    """Entries that may be written, in order from index `first`, and the chain after the last of them."""

    first: int
    entries: list[Admitted]
    chain: Chain


class Growth:
    """A record that is open for writing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.origin = store.origin()
        self.size = store.size()
        self.chain = folded_keys(store)
        self.tree = open_tree(store, self.size)
        self.edge = merkle.edge_from(self.size, self.tree.node)
        self.stopped = ""
        self._to_forget, self._unnamed = False, set[str]()
        if forgetting.is_noted(store):
            forgetting.settle(store)

    @classmethod
    def create(cls, directory: str | Path, origin: str, database: str | None = None) -> Growth:
        """Create a record and open it."""
        return cls._opened(Store.create(Path(directory), origin, database))

    @classmethod
    def open(cls, directory: str | Path) -> Growth:
        """Open a record for writing; RecordError if another writer has it."""
        return cls._opened(Store.open(Path(directory), write=True))

    @classmethod
    def _opened(cls, store: Store) -> Growth:
        try:
            return cls(store)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the record and let another writer in."""
        try:
            self._forget()
        finally:
            self.store.close()

    def admit(
        self, submissions: Sequence[Submission], *, may_withhold: bool = False, log_key: bytes | None = None
    ) -> Group:
        """Check a group in order; raise InputError or RoleError at the first that may not enter.

        `may_withhold` lets entries in without their content (a mirror's); `log_key` must stay the log's throughout.
        """
        self.require_running()
        admission = Admission(self.store, self.chain, log_key, may_withhold=may_withhold)
        return Group(self.size, admission.admit(submissions, self.size), admission.chain)

    def write(self, group: Group) -> None:
        """Write a group that was just admitted, in one durable transaction."""
        with self.transaction() as write:
            self.add(write, group)

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """Hold one durable transaction for the groups that are added in it; after an error the record must be reopened."""
        self.require_running()
        try:
            with self.store.transaction() as write:
                yield write
                forgetting.note(self.store, self._unnamed)
        except BaseException:
            self.stopped = "an append failed half way; open the record again to see what is on disk"
            raise
        self._forget()
        if self._unnamed:
            forgetting.settle(self.store)
            self._unnamed = set()

    def add(self, write: Writing, group: Group) -> None:
        """Write a group that was just admitted, inside a transaction."""
        if group.first != self.size:
            raise RecordError(f"expected a group admitted at {self.size} entries, found one of {group.first}")
        write.entries(group.first, [(item.entry, item.submission) for item in group.entries])
        for index, item in enumerate(group.entries, group.first):
            hashed = merkle.leaf_hash(item.entry.leaf)
            self.edge.push(hashed)
            if filled := self.tree.push(hashed):
                write.tiles(filled)
            if item.empties:
                self._unnamed |= forgetting.named_in(self.store, item.empties)
                write.empty(index, item.empties)
        self.chain, self.size = group.chain, group.first + len(group.entries)
        self._to_forget |= any(item.empties for item in group.entries)

    def _forget(self) -> None:
        self._to_forget = self._to_forget and not self.store.forget()

    def require_running(self) -> None:
        """Raise RecordError if nothing more may be written."""
        if self.stopped:
            raise RecordError(self.stopped)
