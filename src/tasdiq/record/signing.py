"""Signing keys: Ed25519 (RFC 8032).

Which key may sign what is left to `keys`; how key files are kept to `key_file`.

1. `key_id` is the hex SHA-256 of the raw public key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tasdiq.record.key_file import load_key, save_key


def key_id_of(public: bytes) -> str:
    """Return the id of a public key: hex SHA-256 of its 32 bytes."""
    return hashlib.sha256(public).hexdigest()


def successor_path(path: Path) -> Path:
    """Return where the successor of the key in `path` lies: beside it, until its holder takes it elsewhere."""
    return path.with_name(f"{path.name}.next")


class SigningKey:
    """An Ed25519 key that signs."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()
        self.key_id: str = key_id_of(self.public)

    @classmethod
    def generate(cls) -> SigningKey:
        """Make a new key from the system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """Make the key of a 32-byte seed (for tests and restored paper backups)."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature over `message`."""
        return self._private.sign(message)

    def save(self, path: str | Path, passphrase: str | None = None) -> None:
        """Write the key to a new file of mode 0600, encrypted if a passphrase is given."""
        save_key(self._private, path, passphrase)

    @classmethod
    def load(cls, path: str | Path, passphrase: str | None = None) -> SigningKey:
        """Read a key file; refuse one that others can read, that is no Ed25519 key, or whose passphrase is wrong."""
        return cls(load_key(Ed25519PrivateKey, path, passphrase))  # type: ignore[type-abstract]
