"""A log as a cosigner sees it: a growing list of leaves, signed checkpoints, proofs; and forks of it."""

from __future__ import annotations

from pathlib import Path

from record.records import LOG, ORIGIN, key
from tasdiq.record import checkpoint, merkle, note
from tasdiq.record.cosign import rules
from tasdiq.record.cosign.cosigner import Cosigner, verifier_of
from tasdiq.record.cosign.memory import Memory

LOG_KEY = note.Verifier(ORIGIN, LOG.public)
NAME = "c1.example"
NOW = 1_900_000_000


class Tree:
    """Leaves made of a word and their index; two trees of the same word share every prefix."""

    def __init__(self, word: str = "true", forked_at: int | None = None) -> None:
        self._word, self._forked_at = word, forked_at

    def _hash(self, index: int) -> bytes:
        word = "other" if self._forked_at is not None and index >= self._forked_at else self._word
        return merkle.leaf_hash(f"{word} {index}".encode())

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a perfect subtree."""
        return merkle.perfect_root([self._hash(at) for at in range(index << level, (index + 1) << level)])

    def root(self, size: int) -> bytes:
        """Return the root over the first `size` leaves."""
        return merkle.edge_from(size, self.node).root()

    def note(self, size: int, signer: note.Verifier = LOG_KEY, sign=LOG.sign) -> bytes:  # type: ignore[no-untyped-def]
        """Return the signed checkpoint over `size` leaves."""
        return note.sign(checkpoint.Checkpoint(ORIGIN, size, self.root(size)).text, signer, sign)

    def proof(self, old: int, new: int) -> list[bytes]:
        """Return the consistency proof between two sizes."""
        return merkle.consistency_proof(old, new, self.node) if 0 < old < new else []

    def request(self, old: int, new: int) -> bytes:
        """Return the request that takes a cosigner from `old` to `new`."""
        return rules.write_request(old, self.proof(old, new), self.note(new))


TREE, FORK = Tree(), Tree(forked_at=3)


def cosigner(directory: Path, name: str = NAME, at: float = NOW, apart: Path | None = None) -> Cosigner:
    """Open the cosigner in `directory`, made anew where there is none."""
    verifier = verifier_of(name, key(name))
    made = Memory.open if (directory / "cosigner.sqlite").exists() else Memory.create
    return Cosigner(name, key(name), {ORIGIN: [LOG_KEY]}, made(directory, verifier), lambda: at, apart)
