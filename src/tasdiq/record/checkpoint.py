"""Checkpoints: the log's signed statement of its size and root.

Under tlog-checkpoint (https://c2sp.org/tlog-checkpoint). Cosignatures on a checkpoint are left to `cosignature`.

1. The text is origin, size and root, one a line; extension lines are refused, for nobody here could check them.
2. The log signs under its origin as the key's name.
3. Size 0 has the root of the empty tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.record import note
from tasdiq.record.canonical import b64, decimal, is_printable, unb64
from tasdiq.record.merkle import EMPTY_ROOT, HASH_BYTES

LONGEST_ORIGIN = 255


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size and root of a log."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return the text that log and cosigners sign."""
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n"


def require_origin(origin: str) -> str:
    """Return `origin` if it can name a log: 1-255 printable ASCII characters without space and plus."""
    if not (note.is_key_name(origin) and origin.isascii() and origin.isprintable() and len(origin) <= LONGEST_ORIGIN):
        raise InputError(f"expected an origin such as example.org/record without space or plus, found {origin[:80]!r}")
    return origin


def parse_text(text: str) -> Checkpoint:
    """Read the text of a checkpoint."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise InputError(f"expected three lines in a checkpoint (origin, size, root), found {len(lines) - 1}")
    origin, size, root = note_origin(lines[0]), decimal(lines[1], "the size"), unb64(lines[2], "the root")
    if len(root) != HASH_BYTES:
        raise InputError(f"expected a root of 32 bytes, found {len(root)}")
    if size == 0 and root != EMPTY_ROOT:
        raise InputError("expected the root of the empty tree at size 0")
    return Checkpoint(origin, size, root)


def note_origin(line: str) -> str:
    """Return the origin line of any log, ours or another's (which may hold spaces)."""
    if not line or not is_printable(line):
        raise InputError(f"expected the origin of a log, found {line[:80]!r}")
    return line


def parse(data: bytes) -> tuple[Checkpoint, note.Note]:
    """Read a checkpoint's note without checking its signatures."""
    parsed = note.parse(data)
    return parse_text(parsed.text), parsed


def open_checkpoint(data: bytes, log_keys: Sequence[bytes]) -> Checkpoint:
    """Read a checkpoint that one of the log's keys has signed under the checkpoint's origin."""
    found, parsed = parse(data)
    require_signed(found, parsed, [note.Verifier(found.origin, public) for public in log_keys])
    return found


def require_signed(found: Checkpoint, parsed: note.Note, logs: Sequence[note.Verifier]) -> None:
    """Raise InputError unless one of the log's keys signed the checkpoint, and none of them badly."""
    if not [verifier for verifier in logs if parsed.signed_by(verifier)]:
        raise InputError(f"no key of the log {found.origin} signed this checkpoint")
