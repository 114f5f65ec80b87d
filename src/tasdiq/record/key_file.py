"""Private keys in files: PEM, PKCS #8 (RFC 5958, RFC 8410), mode 0600, encrypted where a passphrase is given.

How a file is kept from others and from being overwritten is left to `secret_file`; what a key does to its class.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tasdiq.errors import InputError, SettingsError
from tasdiq.record.secret_file import read_secret, write_secret

Private = TypeVar("Private", Ed25519PrivateKey, X25519PrivateKey)
_NAMES = {Ed25519PrivateKey: "an Ed25519 key (it signs)", X25519PrivateKey: "an X25519 key (it opens envelopes)"}


def save_key(private: Ed25519PrivateKey | X25519PrivateKey, path: str | Path, passphrase: str | None) -> None:
    """Write a key to a new file of mode 0600, encrypted if a passphrase is given."""
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        encryption = serialization.BestAvailableEncryption(passphrase.encode())
    write_secret(path, private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption))


def load_key(kind: type[Private], path: str | Path, passphrase: str | None) -> Private:
    """Read a key file; refuse one that others can read, that holds another kind of key, or whose passphrase is wrong."""
    pem = read_secret(path)
    try:
        private = serialization.load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except TypeError as error:
        wanted = "none was expected" if passphrase else "this key file needs one"
        raise SettingsError(f"{path}: wrong use of a passphrase: {wanted}") from error
    # InternalError: OpenSSL's own words on a key whose kind and length disagree.
    except (ValueError, UnsupportedAlgorithm, InternalError) as error:
        raise InputError(f"expected a PEM file with {_NAMES[kind]} and the right passphrase", file=path) from error
    if not isinstance(private, kind):
        raise InputError(f"expected {_NAMES[kind]}, found another kind", file=path)
    return private
