"""Split views: two checkpoints that one log signed and that cannot both be true, and the file that proves it.

The file is the canonical JSON of

    {"type": "tasdiq/split-view/v1", "checkpoints": [note, note], "log": [verifier key, …], "proof": [base64, …] | null}

`checkpoints` stand in the order of their sizes (of one size: of their bytes), `log` are the keys that signed them, as signed
notes write verifier keys: whether they are the log's, the reader's trusted keys must say.

1. Both notes name one origin, and one of the listed keys signed each.
2. Of one size they differ in the root; `proof` is null.
3. Of two sizes, `proof` is the path of RFC 6962 from the older to the newer, with the older root in front where that proof
   leaves it out. It leads to the newer root and, for the older size, to another root than the older note has. Whoever
   holds the tree under the newer note can make it; nobody can for two notes of one history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError
from tasdiq.record import canonical, checkpoint, merkle, note, shape
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.checkpoint import Checkpoint
from tasdiq.record.keys import Key, KeyState
from tasdiq.record.note import Verifier
from tasdiq.record.signing import key_id_of

TYPE = "tasdiq/split-view/v1"
LARGEST = 2**20
MOST_PROOF = 128
_FIELDS = {"type": str, "checkpoints": list, "log": list, "proof": object}
_BEGINS = b'{"checkpoints":'


@dataclass(frozen=True)
class SplitView:
    """Two signed notes that cannot both be true, the keys that signed them, and the path that shows it if sizes differ."""

    older: bytes
    newer: bytes
    logs: tuple[Verifier, ...]
    proof: tuple[bytes, ...] | None

    def to_bytes(self) -> bytes:
        """Write the file."""
        return canonical.dumps(
            {
                "type": TYPE,
                "checkpoints": [self.older.decode(), self.newer.decode()],
                "log": [str(verifier) for verifier in self.logs],
                "proof": None if self.proof is None else [canonical.b64(item) for item in self.proof],
            }
        )


def find(one: bytes, other: bytes, logs: Sequence[Verifier], node: merkle.Node | None = None) -> SplitView | None:
    """Return the split view that two notes make, None if both may be true, or nothing here shows that they cannot.

    `node` returns the nodes of the tree under the note of the larger size; without it only equal sizes are compared.
    Raise InputError if a note cannot be read or none of `logs` signed it.
    """
    (older, first), (newer, second) = sorted(
        [(checkpoint.parse(data)[0], data) for data in (one, other)], key=lambda item: (item[0].size, item[1])
    )
    signers = _signers(first, second, logs)
    if older.origin != newer.origin or older.size == 0:
        return None
    if older.size == newer.size:
        return SplitView(first, second, signers, None) if older.root != newer.root else None
    if node is None:
        return None
    path = merkle.consistency_proof(older.size, newer.size, node)
    if merkle.is_perfect(older.size):
        path = [merkle.edge_from(older.size, node).root(), *path]
    led_to = merkle.roots_of(older.size, newer.size, path)
    if led_to[1] != newer.root:
        raise InputError(f"the entries here do not give the root of the checkpoint over {newer.size}")
    return SplitView(first, second, signers, tuple(path)) if led_to[0] != older.root else None


def _signers(first: bytes, second: bytes, logs: Sequence[Verifier]) -> tuple[Verifier, ...]:
    signers = []
    for data in (first, second):
        found, parsed = checkpoint.parse(data)
        checkpoint.require_signed(found, parsed, logs)
        signers += [verifier for verifier in logs if parsed.by(verifier)]
    return tuple(dict.fromkeys(signers))


def is_split_view(data: bytes) -> bool:
    """Tell by its first bytes whether a file means to be a split view."""
    return data.startswith(_BEGINS)


def read(data: bytes) -> SplitView:
    """Read a split-view file; InputError unless it has the one right form. What it proves is not checked here."""
    if len(data) > LARGEST:
        raise InputError(f"expected a split view of at most {LARGEST} bytes, found {len(data)}")
    value = shape.fields(canonical.loads(data), _FIELDS, where="the split view")
    if value["type"] != TYPE:
        raise InputError(f"expected a split view of type {TYPE}, found {value['type'][:40]!r}")
    older, newer = (text.encode() for text in _texts(value["checkpoints"], "two checkpoints", 2, 2))
    logs = tuple(note.parse_verifier(text) for text in _texts(value["log"], "the log's keys", 1, 2))
    if value["proof"] is None:
        return SplitView(older, newer, logs, None)
    hashes = [canonical.unb64(text, "a hash") for text in _texts(value["proof"], "a proof", 1, MOST_PROOF)]
    return SplitView(older, newer, logs, tuple(hashes))


def _texts(value: object, what: str, least: int, most: int) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"expected {what} as a list of texts")
    if not least <= len(value) <= most:
        raise InputError(f"expected {what}: {least} to {most} texts, found {len(value)}")
    return value


def prove(view: SplitView) -> tuple[Checkpoint, Checkpoint]:
    """Return the two checkpoints if the file proves that they cannot both be true (rules 1 to 3); else InputError."""
    (older, _), (newer, _) = checkpoint.parse(view.older), checkpoint.parse(view.newer)
    if _signers(view.older, view.newer, view.logs) != view.logs:
        raise InputError("expected the keys that signed the two checkpoints, in the order of the checkpoints")
    if any(verifier.algorithm != note.ED25519 or verifier.name != older.origin for verifier in view.logs):
        raise InputError("expected keys of the log, under its origin")
    if older.origin != newer.origin or (older.size, view.older) > (newer.size, view.newer):
        raise InputError("expected two checkpoints of one log, in the order of their sizes")
    if older.size == newer.size:
        if view.proof is not None or older.root == newer.root:
            raise InputError("expected two roots of one size, and no proof")
    elif view.proof is None or not older.size:
        raise InputError("two checkpoints of different sizes prove nothing without the path between them")
    elif not _shows(older, newer, view.proof):
        raise InputError("the path does not lead to the newer root, or does to the older: both may be true")
    return older, newer


def _shows(older: Checkpoint, newer: Checkpoint, path: Sequence[bytes]) -> bool:
    led_to = merkle.roots_of(older.size, newer.size, path)
    return led_to[1] == newer.root and led_to[0] != older.root


class SplitViewAudit:
    """The check of a split-view file: it never "holds", for what it proves is that a log does not."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.verdict = Verdict("split-view")

    def run(self) -> Verdict:
        """Check the file; the problem is `split-view` where it proves one, `split-view-malformed` where it does not."""
        with self.verdict.noting("split-view-malformed", self.file.name):
            if self.file.stat().st_size > LARGEST:
                raise InputError(f"expected a split view of at most {LARGEST} bytes")
            view = read(self.file.read_bytes())
            older, newer = prove(view)
            self._tell(view, older, newer)
        return self.verdict

    def _tell(self, view: SplitView, older: Checkpoint, newer: Checkpoint) -> None:
        verdict = self.verdict
        verdict.origin, verdict.size, verdict.root = newer.origin, newer.size, newer.root
        keys = [Key(verifier.public, "log", verifier.name, "", None, 0) for verifier in view.logs]
        verdict.keys = KeyState(keys={key_id_of(key.public): key for key in keys})
        first, second = canonical.b64(older.root), canonical.b64(newer.root)
        told = f"{older.size} entries with the root {first}, and {newer.size} with {second}"
        verdict.add("split-view", self.file.name, f"the log signed two histories: {told}; no history has both")
