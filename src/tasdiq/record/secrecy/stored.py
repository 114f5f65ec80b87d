"""What a record encrypts before it is stored and decrypts after it was read: content that is not public.

The key and the encryption are those of `at_rest`. Each secret is bound to what it belongs to, so that moved beside
another entry or row it does not open:

1. A joint body (salt32 || plaintext) is bound to the commitment in its entry's header.
2. A row (salt32 || content) and a disclosure (its text) are bound to that commitment, their table and their number.
3. Without the key nothing is written that needs it, and what needs it reads as not here.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tasdiq.errors import MissingError
from tasdiq.record.body import SALT_BYTES
from tasdiq.record.secrecy.at_rest import FILE, AtRest

Sealed = tuple[bytes | None, bytes, bytes | None]


class Secrecy:
    """The key at rest of one record directory, where it is here."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._at_rest = AtRest.load(self._path) if self._path.is_file() else None

    def make_key(self) -> None:
        """Make the key of a record that has none yet."""
        if self._at_rest is None:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            self._at_rest = AtRest.make(self._path)

    @property
    def is_here(self) -> bool:
        """Tell whether what was encrypted can be read."""
        return self._at_rest is not None

    def seal(self, commit: bytes, secret: bytes) -> tuple[bytes, bytes]:
        """Return the columns content and key of a secret; MissingError without the key."""
        if self._at_rest is None:
            raise MissingError(f"{self._path}: the key at rest is not here; restore it from where it was backed up")
        return self._at_rest.seal(commit, secret)

    def open(self, commit: bytes, content: bytes, key: bytes) -> bytes | None:
        """Return the secret; None without the key at rest."""
        return None if self._at_rest is None else self._at_rest.open(commit, content, key)

    def salted(self, commit: bytes, joint: bool, salt: bytes, content: bytes) -> Sealed:
        """Return the columns salt, content and key of something salted."""
        return (None, *self.seal(commit, salt + content)) if joint else (salt, content, None)

    def unsalted(self, commit: bytes, content: bytes, key: bytes) -> tuple[bytes, bytes] | None:
        """Return salt and content from the columns content and key; None without the key at rest."""
        secret = self.open(commit, content, key)
        return None if secret is None else (secret[:SALT_BYTES], secret[SALT_BYTES:])


def part(table: str, commit: bytes, number: int) -> bytes:
    """Return what the row or disclosure `number` under a commitment is bound to."""
    return hashlib.sha256(b"tasdiq/at-rest/part/v1\0%b\0%b%d" % (table.encode(), commit, number)).digest()
