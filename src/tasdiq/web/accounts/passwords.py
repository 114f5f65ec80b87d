"""Passwords: argon2id (RFC 9106), and which are refused.

A10. A password has 12 characters at least and is none of the commonest, in whatever letters; no rule says what it is made
     of (NIST SP 800-63B, 3.1.1). It alone signs in to nothing: a one-time code goes with it.
A11. Checking a name that nobody has takes as long as checking one that somebody has.
A13. A few are worked out at a time, for each takes 64 MiB on purpose: many at once wait for each other, and fill no memory.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from importlib.resources import files

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tasdiq.errors import InputError

SHORTEST, LONGEST = 12, 256
AT_ONCE = 4
_HASHER = PasswordHash((Argon2Hasher(),))
_TURNS = threading.BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    with _TURNS:
        return _HASHER.hash(_prepared(password))


def holds(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one of which `kept` is the hash; takes as long where there is none (A11)."""
    against = kept or _nobodys()
    with _TURNS:
        found = _HASHER.verify(_prepared(password[:LONGEST]), against)
    return found and kept is not None


def require_fit(password: str, *names: str) -> None:
    """Raise `InputError` for a password that is too short, too long, one of the commonest, or made of a name (A10)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"expected a password of {SHORTEST} to {LONGEST} characters, found {len(password)}; several words do well",
            field="password",
        )
    plain = _folded(password)
    if plain in _commonest() or len(set(plain)) < 4 or any(_folded(name) == plain for name in names if name):
        raise InputError("expected a password that others would not try first; several words do well", field="password")


def _prepared(password: str) -> str:
    # The same password typed on another keyboard may come in another form (RFC 8265, section 4.2).
    return unicodedata.normalize("NFC", password)


def _folded(text: str) -> str:
    """Return a text without what people change to satisfy rules: large letters, spaces, digits and signs at its end."""
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return plain.rstrip("0123456789!?.*#$%&@_-") or plain


@cache
def _nobodys() -> str:
    return _HASHER.hash("a password that nobody has")


@cache
def _commonest() -> frozenset[str]:
    text = files("tasdiq").joinpath("web", "accounts", "commonest.txt").read_text(encoding="utf-8")
    lines = {line.strip() for line in text.splitlines() if line and not line.startswith("#")}
    return frozenset(lines | {_folded(line) for line in lines})
