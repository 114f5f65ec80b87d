"""Cosignatures: a cosigner's statement that it saw a checkpoint at a time and found it consistent with all before.

Under tlog-cosignature (https://c2sp.org/tlog-cosignature), type cosignature/v1 with Ed25519. When to cosign is left to
the cosigner; which cosigners count, and how many, to the key events.

1. The signature covers the time and the whole text, and not the cosigner's name: duplicate keys are refused elsewhere.
2. The time is in whole seconds, not 0, and before the year 10000: no calendar here can show a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from tasdiq.errors import InputError
from tasdiq.record import ed25519
from tasdiq.record.note import COSIGNATURE, Note, SignatureLine, Verifier

_TIME_BYTES = 8
_END_OF_TIME = 253_402_300_800


def cosign(text: str, verifier: Verifier, signer: Callable[[bytes], bytes], seconds: int) -> SignatureLine:
    """Write the cosignature line of `verifier` for a checkpoint's text, seen at `seconds` since 1970."""
    _require_cosigner(verifier)
    if not 0 < seconds < _END_OF_TIME:
        raise InputError(f"expected the time of a cosignature in seconds since 1970, found {seconds}")
    signature = signer(_message(text, seconds))
    return SignatureLine(verifier.name, verifier.key_hash, seconds.to_bytes(_TIME_BYTES, "big") + signature)


def cosigned_at(parsed: Note, verifier: Verifier) -> int | None:
    """Return when `verifier` cosigned the note (the latest time), or None; a cosignature that fails is refused."""
    _require_cosigner(verifier)
    times = [_check(parsed.text, verifier, line.signature) for line in parsed.by(verifier)]
    return max(times, default=None)


def held_by(parsed: Note, cosigners: Iterable[Verifier]) -> list[tuple[str, int]]:
    """Return name and time (seconds since 1970) of each of `cosigners` who cosigned the note; refuse a bad line."""
    found = [(verifier.name, cosigned_at(parsed, verifier)) for verifier in cosigners]
    return [(name, seconds) for name, seconds in found if seconds is not None]


def moment(seconds: int) -> str:
    """Write the time of a cosignature as `YYYY-MM-DDTHH:MM:SSZ`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check(text: str, verifier: Verifier, data: bytes) -> int:
    if len(data) != _TIME_BYTES + ed25519.SIGNATURE_BYTES:
        raise InputError(f"expected a cosignature of 72 bytes by {verifier.name}, found {len(data)}")
    seconds = int.from_bytes(data[:_TIME_BYTES], "big")
    if not 0 < seconds < _END_OF_TIME or not ed25519.verify(
        verifier.public, data[_TIME_BYTES:], _message(text, seconds)
    ):
        raise InputError(f"the cosignature of {verifier.name} does not hold: do not use the checkpoint")
    return seconds


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _require_cosigner(verifier: Verifier) -> None:
    if verifier.algorithm != COSIGNATURE:
        raise InputError(f"expected a cosigner's key (type 4) of {verifier.name}, found type {verifier.algorithm}")
