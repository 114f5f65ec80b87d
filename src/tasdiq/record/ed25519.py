"""Ed25519 as every implementation agrees on it, and the bytes that are signed.

RFC 8032 leaves room: libraries differ on low-order points and on non-canonical encodings (https://hdevalence.ca/blog/
2020-10-04-its-25519am). An audit must come to one verdict everywhere, so this refuses what any of them refuses:

1. A (the public key) and R (the first half of the signature) are canonical: y < p.
2. A and R are not of low order (1, 2, 4 or 8).
3. What remains goes to OpenSSL, which checks S < L and the equation without cofactor.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
_P = 2**255 - 19
_ORDER_8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
# Every encoding that rules 1 and 2 refuse, with either sign: y of low order, and the 19 values from p to 2^255 - 1.
_UNSOUND = frozenset(
    (y | sign << 255).to_bytes(PUBLIC_BYTES, "little")
    for y in (0, 1, _P - 1, _ORDER_8, _P - _ORDER_8, *range(_P, 2**255))
    for sign in (0, 1)
)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return the DSSE v1 pre-authentication encoding (https://github.com/secure-systems-lab/dsse)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def is_sound_point(encoded: bytes) -> bool:
    """Tell whether 32 bytes are a canonical encoding of y that no low-order point shares."""
    return len(encoded) == PUBLIC_BYTES and encoded not in _UNSOUND


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether `signature` over `message` holds under `public`, by the rules above; never raises."""
    if len(signature) != SIGNATURE_BYTES or not is_sound_point(signature[:32]):
        return False
    key = _loaded(public)
    if key is None:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _loaded(public: bytes) -> Ed25519PublicKey | None:
    if not is_sound_point(public):
        return None
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        return None
