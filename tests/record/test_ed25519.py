"""Ed25519 comes to the verdict that every implementation shares."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from record.records import key
from record.vectors import load_beside
from tasdiq.record import ed25519

REFUSED = {"low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R"}


def openssl_accepts(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell what OpenSSL alone says."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def test_the_published_edge_cases() -> None:
    """All 914 edge cases come out as OpenSSL says, less those with low-order or non-canonical A or R."""
    cases = load_beside("cctv/ed25519vectors.json")
    assert len(cases) == 914
    stricter = 0
    for case in cases:
        public, signature = bytes.fromhex(case["key"]), bytes.fromhex(case["sig"])
        message, flags = case["msg"].encode(), set(case["flags"] or [])
        accepted = openssl_accepts(public, signature, message)
        assert ed25519.verify(public, signature, message) == (accepted and not flags & REFUSED), case["number"]
        stricter += accepted and bool(flags & REFUSED)
    assert stricter == 165


@pytest.mark.parametrize(
    "encoded",
    [
        "00" * 32,
        "00" * 31 + "80",
        "01" + "00" * 31,
        "01" + "00" * 30 + "80",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "ff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ],
)
def test_low_order_and_non_canonical_points_are_refused(encoded: str) -> None:
    """Rules 1 and 2: every low-order point and every y >= p is no sound point."""
    assert not ed25519.is_sound_point(bytes.fromhex(encoded))


def test_what_we_sign_holds_and_a_changed_bit_does_not() -> None:
    """A signature holds for its message and key, and for nothing else."""
    signer = key("analyst")
    signature = signer.sign(b"message")
    assert ed25519.verify(signer.public, signature, b"message")
    assert not ed25519.verify(signer.public, signature, b"massage")
    assert not ed25519.verify(key("log").public, signature, b"message")
    for at in range(64):
        changed = bytes(byte ^ (1 if place == at else 0) for place, byte in enumerate(signature))
        assert not ed25519.verify(signer.public, changed, b"message")
    assert not ed25519.verify(b"short", signature, b"message")
    assert not ed25519.verify(signer.public, b"", b"message")


def test_the_pre_authentication_encoding_is_dsse() -> None:
    """The example of the DSSE specification comes out."""
    assert ed25519.pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
