"""What the office seals in its database: the seeds of one-time codes. Its key lies in `RECORD/keys/office.key`.

1. The key is 32 random bytes in a file of mode 0600, made once; of several who make it at once, one wins and all use it.
2. AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits; each secret is bound to what it belongs to.
3. A lost key costs those who use one-time codes a new invitation, and nobody else anything.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tasdiq.errors import RecordError
from tasdiq.record.places import KEYS
from tasdiq.record.secret_file import read_secret, write_secret
from tasdiq.secretariat.founding import Home

FILE = "office.key"
_NONCE_BYTES = 12


class Secret:
    """The office's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of(cls, home: Home) -> Secret:
        """Return the key of a record's office, made if there is none yet."""
        path = home.path / KEYS / FILE
        if not path.is_file():
            _make(path)
        return cls(read_secret(path))

    def seal(self, bound_to: str, secret: bytes) -> bytes:
        """Return a secret encrypted, to be opened for the same `bound_to` alone."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._key).encrypt(nonce, secret, bound_to.encode())

    def open(self, bound_to: str, sealed: bytes) -> bytes:
        """Return the secret; RecordError if it was altered, moved, or sealed with another key."""
        try:
            return AESGCM(self._key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode())
        except InvalidTag as error:
            raise RecordError(f"a secret of {bound_to} does not open: was keys/{FILE} restored?") from error

    def mark(self, purpose: str, text: str) -> str:
        """Return a mark of a text that only this office can make: it counts what it need not know."""
        return hmac.new(self._key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(prefix=".office-", dir=path.parent) as folder:
        made = Path(folder) / FILE
        write_secret(made, secrets.token_bytes(32))
        try:
            # A link is made whole or not at all, and never in the place of another's.
            path.hardlink_to(made)
        except FileExistsError:
            return
