"""What is handed to a person or program once and kept as its SHA-256 alone: sessions, invitations, tokens.

256 bits from the system's randomness need no salt and no slow hash: they cannot be guessed, and whoever reads the office's
tables cannot sign in with what stands there.
"""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new() -> str:
    """Return a new secret, 43 characters of base64url."""
    return secrets.token_urlsafe(BYTES)


def new_id() -> str:
    """Return a new id of 128 random bits, 32 hexadecimal digits; it opens nothing."""
    return secrets.token_hex(16)


def hashed(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
