"""Signing keys and the files that hold them.

Decides: Ed25519 keys in PKCS #8 PEM files (RFC 8410), mode 0600, encrypted where a passphrase is given. Which key may
sign what is left to `keys`.

1. How the file is kept from others and from being overwritten is `secret_file`'s.
2. `key_id` is the hex SHA-256 of the raw public key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tasdiq.errors import InputError, SettingsError
from tasdiq.record.secret_file import read_secret, write_secret


def key_id_of(public: bytes) -> str:
    """Return the id of a public key: hex SHA-256 of its 32 bytes."""
    return hashlib.sha256(public).hexdigest()


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
        encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase:
            encryption = serialization.BestAvailableEncryption(passphrase.encode())
        pem = self._private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
        write_secret(path, pem)

    @classmethod
    def load(cls, path: str | Path, passphrase: str | None = None) -> SigningKey:
        """Read a key file; refuse one that others can read, that is no Ed25519 key, or whose passphrase is wrong."""
        pem = read_secret(path)
        try:
            private = serialization.load_pem_private_key(pem, passphrase.encode() if passphrase else None)
        except TypeError as error:
            wanted = "none was expected" if passphrase else "this key file needs one"
            raise SettingsError(f"{path}: wrong use of a passphrase: {wanted}") from error
        except (ValueError, UnsupportedAlgorithm) as error:
            raise InputError("expected a PEM file with an Ed25519 key and the right passphrase", file=path) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise InputError("expected an Ed25519 key, found another kind", file=path)
        return cls(private)
