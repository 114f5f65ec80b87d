"""Encryption keys: X25519 (RFC 7748), to which envelopes are addressed. How key files are kept is left to `key_file`.

1. A public key is canonical (u < 2^255 - 19) and not of low order: with such a key anybody could open the envelope.
2. It is no signing key in its other form: the birational map of RFC 7748 would make one key serve two roles.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tasdiq.record.key_file import load_key, save_key

PUBLIC_BYTES = 32
_P = 2**255 - 19
_SIGN_OFF = 2**255 - 1
_ORDER_8 = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
_LOW_ORDER = frozenset({0, 1, _P - 1, *_ORDER_8})


def is_sound_key(public: bytes) -> bool:
    """Tell whether 32 bytes are a canonical X25519 public key that is not of low order (rule 1)."""
    u = int.from_bytes(public, "little")
    return len(public) == PUBLIC_BYTES and u < _P and u not in _LOW_ORDER


def other_form(signing_public: bytes) -> bytes:
    """Return the X25519 form of a sound Ed25519 public key: u = (1 + y) / (1 - y), RFC 7748, section 4.1."""
    y = int.from_bytes(signing_public, "little") & _SIGN_OFF
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(PUBLIC_BYTES, "little")


class EncryptionKey:
    """An X25519 key that opens envelopes; `private` is for `envelope` alone."""

    def __init__(self, private: X25519PrivateKey) -> None:
        self.private = private
        self.public: bytes = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> EncryptionKey:
        """Make a new key from the system's randomness."""
        return cls(X25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> EncryptionKey:
        """Make the key of 32 private bytes (for tests and restored paper backups)."""
        return cls(X25519PrivateKey.from_private_bytes(seed))

    def save(self, path: str | Path, passphrase: str | None = None) -> None:
        """Write the key to a new file of mode 0600, encrypted if a passphrase is given."""
        save_key(self.private, path, passphrase)

    @classmethod
    def load(cls, path: str | Path, passphrase: str | None = None) -> EncryptionKey:
        """Read a key file; refuse one that others can read, that is no X25519 key, or whose passphrase is wrong."""
        return cls(load_key(X25519PrivateKey, path, passphrase))  # type: ignore[type-abstract]
