"""Encryption at rest: how the store keeps what is not public, so that a stolen disk or backup does not give it away.

Decides (DESIGN, section 4): ChaCha20-Poly1305 (RFC 8439), with a fresh data key for each secret, which lies beside it
wrapped under the record's one key at rest. Whoever holds that key (the host) can read; the commitment still decides what
is the right content. Where the two columns lie, and when they are emptied, is left to the store.

1. Content is the secret encrypted under its own data key, the wrapped key a nonce and the data key under the key at rest.
2. Both are bound to the 32-byte commitment they open: moved beside another entry, row or disclosure they do not open.
3. Every data key is used once, so its nonce is zero; the nonce under the key at rest is random.
4. The key at rest lies in a file of 64 lower-case hexadecimal digits and a line feed, mode 0600, apart from the database.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tasdiq.errors import InputError, RecordError
from tasdiq.record import canonical
from tasdiq.record.secret_file import read_secret, write_secret

FILE = "keys/at-rest.key"
KEY_BYTES = 32
COMMIT_BYTES = 32
WRAPPED_BYTES = 12 + KEY_BYTES + 16
_NONCE_BYTES = 12
_ONCE = bytes(_NONCE_BYTES)
_CONTENT, _KEY = b"tasdiq/at-rest/v1/content\0", b"tasdiq/at-rest/v1/key\0"


class AtRest:
    """The key at rest of one record."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise InputError(f"expected a key at rest of {KEY_BYTES} bytes, found {len(key)}")
        self._wrapping = ChaCha20Poly1305(key)

    @classmethod
    def make(cls, path: str | Path) -> AtRest:
        """Make a new key and write it to a new file of mode 0600."""
        key = secrets.token_bytes(KEY_BYTES)
        write_secret(path, key.hex().encode() + b"\n")
        return cls(key)

    @classmethod
    def load(cls, path: str | Path) -> AtRest:
        """Read a key file; MissingError if there is none, InputError if it is not exactly what `make` writes."""
        data = read_secret(path)
        try:
            line = data.decode("ascii")
            if not line.endswith("\n"):
                raise InputError("expected the line of the key to end in a line feed")
            return cls(canonical.hex_bytes(line[:-1], KEY_BYTES, "the key at rest"))
        except (UnicodeDecodeError, InputError) as error:
            # What was found is not shown: it may be a key.
            raise InputError("expected 64 lower-case hexadecimal digits and a line feed", file=path) from error

    def seal(self, commit: bytes, secret: bytes) -> tuple[bytes, bytes]:
        """Encrypt `secret`, which opens the 32-byte `commit`; return (content, wrapped key) for the two columns."""
        _require_commit(commit)
        data_key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
        content = ChaCha20Poly1305(data_key).encrypt(_ONCE, secret, _CONTENT + commit)
        return content, nonce + self._wrapping.encrypt(nonce, data_key, _KEY + commit)

    def open(self, commit: bytes, content: bytes, wrapped_key: bytes) -> bytes:
        """Return what `seal` was given; RecordError if either column was altered or moved, or the key is another's."""
        _require_commit(commit)
        if len(wrapped_key) != WRAPPED_BYTES:
            raise RecordError(
                f"expected a wrapped key of {WRAPPED_BYTES} bytes, found {len(wrapped_key)}: it is damaged"
            )
        nonce, wrapped = wrapped_key[:_NONCE_BYTES], wrapped_key[_NONCE_BYTES:]
        try:
            data_key = self._wrapping.decrypt(nonce, wrapped, _KEY + commit)
            return ChaCha20Poly1305(data_key).decrypt(_ONCE, content, _CONTENT + commit)
        except InvalidTag as error:
            raise RecordError(
                "content encrypted at rest does not open: it was altered, or the key at rest is not this record's; "
                "restore both from the same backup"
            ) from error


def _require_commit(commit: bytes) -> None:
    if len(commit) != COMMIT_BYTES:
        raise InputError(f"expected a commitment of {COMMIT_BYTES} bytes, found {len(commit)}")
