"""The leaves of one stretch of a record, checked in order, in whichever process.

Each leaf is parsed, its place, signatures and key events checked (`chain`); a leaf that fails is noted, and the count
goes on. That no id comes twice, and what the bodies hold, is asked when all stretches are together (`recount`).
"""

from __future__ import annotations

from array import array

from tasdiq.errors import InputError, RoleError
from tasdiq.record import redaction
from tasdiq.record.audit.seen import SeenTable
from tasdiq.record.audit.verdict import Problem
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Entry, parse_leaf
from tasdiq.record.keys import KeyState


class Leaves:
    """What consecutive leaves came to; `chain` is what the next leaf must fit."""

    def __init__(self, chain: Chain) -> None:
        self.before = self.chain = chain
        self.problems: list[Problem] = []
        self.seen = SeenTable()
        self.notices: list[tuple[int, Entry, Chain]] = []
        self._signed: dict[frozenset[str], array[int]] = {}

    def leaf(self, index: int, leaf: bytes, path: str) -> Entry | None:
        """Check the leaf at `index`; return it if its form is right."""
        try:
            entry = parse_leaf(leaf)
        except InputError as error:
            self.add("entry-malformed", path, error, index)
            return None
        if index == 0 or self.chain.charter is not None:
            self._accept(entry, index, path)
        return entry

    def _accept(self, entry: Entry, index: int, path: str) -> None:
        try:
            self.chain = self.chain.accept(entry, index)
        except (InputError, RoleError) as error:
            self.add("entry-refused", path, error, index)
            if index == 0:
                self.add("key-chain", path, "entry 0 does not hold, so no later signature can be checked", 0)
        self.remember(entry, index, self.chain)

    def remember(self, entry: Entry, index: int, chain: Chain) -> None:
        """Keep what later checks need of an entry."""
        self.seen.add(index, entry.id, entry.header)
        signers = frozenset(key for key, _ in entry.sigs if key in chain.keys.keys)
        self._signed.setdefault(signers, array("Q")).append(index)
        if redaction.is_notice(entry.header):
            self.notices.append((index, entry, chain))

    def add(self, code: str, path: str, message: object, index: int) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, path, index, str(message)))

    def extend(self, other: Leaves) -> None:
        """Take over the next stretch."""
        self.chain = other.chain
        self.problems += other.problems
        self.seen.extend(other.seen)
        self.notices += other.notices
        for signers, indices in other._signed.items():
            self._signed.setdefault(signers, array("Q")).extend(indices)

    def disputed(self, keys: KeyState) -> int:
        """Count the entries that carry a signature of a key that `keys` says was later revoked from there on."""
        return sum(
            sum(keys.disputed(set(signers), index) for index in indices)
            for signers, indices in self._signed.items()
            if keys.disputed(set(signers), indices[-1])
        )
