"""Encryption keys are sound, private in their files, and never a signing key in disguise."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from record.records import key
from tasdiq.errors import InputError, SettingsError
from tasdiq.record.secrecy.encryption import EncryptionKey, is_sound_key, other_form
from tasdiq.record.signing import SigningKey

P = 2**255 - 19


@pytest.mark.parametrize("passphrase", [None, "river stone"])
def test_a_key_file_reads_back_and_is_private(tmp_path: Path, passphrase: str | None) -> None:
    """Mode 0600, the same key back, never overwritten, and no signing key."""
    made, path = EncryptionKey.generate(), tmp_path / "a.key"
    made.save(path, passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert EncryptionKey.load(path, passphrase).public == made.public
    with pytest.raises(SettingsError, match="never overwritten"):
        made.save(path)
    with pytest.raises(InputError, match="Ed25519"):
        SigningKey.load(path, passphrase)
    key("analyst").save(tmp_path / "b.key")
    with pytest.raises(InputError, match="X25519"):
        EncryptionKey.load(tmp_path / "b.key")


def test_low_order_keys_are_not_sound() -> None:
    """Rule 1: what OpenSSL refuses to agree with is refused here, in every spelling."""
    private = X25519PrivateKey.generate()
    low = [
        0,
        1,
        P - 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    ]
    for u in low:
        with pytest.raises(ValueError, match="shared key"):
            private.exchange(X25519PublicKey.from_public_bytes(u.to_bytes(32, "little")))
        for spelling in {u, u + P, u + 2**255, u + P + 2**255}:
            if spelling < 2**256:
                assert not is_sound_key(spelling.to_bytes(32, "little"))


def test_a_second_spelling_is_not_sound() -> None:
    """Rule 1: the top bit and values beyond the prime, which X25519 ignores, are refused."""
    public = EncryptionKey.from_seed(b"\5" * 32).public
    assert is_sound_key(public)
    assert not is_sound_key(public[:31] + bytes([public[31] | 0x80]))
    assert not is_sound_key((P + 9).to_bytes(32, "little"))
    assert not is_sound_key(public[:31])


def test_the_other_form_of_a_signing_key_is_that_of_rfc_7748() -> None:
    """Rule 2: an Ed25519 seed, hashed as RFC 8032 does, gives the X25519 key whose public half the map finds."""
    seed = hashlib.sha256(b"tests analyst").digest()
    scalar = hashlib.sha512(seed).digest()[:32]
    assert EncryptionKey.from_seed(scalar).public == other_form(key("analyst").public)
