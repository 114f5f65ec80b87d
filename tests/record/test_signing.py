"""Key files are private, written once, and refused when they are not what they should be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tasdiq.errors import InputError, MissingError, SettingsError
from tasdiq.record.keys import SigningKey


@pytest.mark.parametrize("passphrase", [None, "river stone"])
def test_a_key_file_reads_back_and_is_private(tmp_path: Path, passphrase: str | None) -> None:
    """The rules of `secret_file`: mode 0600, the same key back, never overwritten."""
    made, path = SigningKey.generate(), tmp_path / "a.key"
    made.save(path, passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SigningKey.load(path, passphrase).key_id == made.key_id
    with pytest.raises(SettingsError, match="never overwritten"):
        made.save(path)


def test_wrong_passphrases_and_files_are_refused(tmp_path: Path) -> None:
    """A wrong, missing or needless passphrase, another kind of key, no key at all: each says what is wrong."""
    locked, open_key, other, junk = (tmp_path / name for name in ("locked", "open", "x25519", "junk"))
    SigningKey.generate().save(locked, "right")
    SigningKey.generate().save(open_key)
    pem = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    other.write_bytes(pem)
    junk.write_bytes(b"\x00\xff junk")
    for path in (other, junk):
        path.chmod(0o600)
    for path, passphrase, error in (
        (locked, "wrong", InputError),
        (locked, None, SettingsError),
        (open_key, "needless", SettingsError),
        (other, None, InputError),
        (junk, None, InputError),
        (tmp_path / "absent", None, MissingError),
    ):
        with pytest.raises(error):
            SigningKey.load(path, passphrase)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """Rule 2 of `secret_file`: the message says how to mend it."""
    path = tmp_path / "a.key"
    SigningKey.generate().save(path)
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        SigningKey.load(path)


def test_a_key_whose_kind_and_length_disagree_is_refused(tmp_path: Path) -> None:
    """A file that says X448 and holds 32 bytes, as the fuzzer wrote it, is an InputError like any other damage."""
    path = tmp_path / "key.pem"
    body = "MC4CAQAwBQYDK2VvBCIEIBxNoaJ1dRtaLeUuLEbiY8ATkW0BfUNVVIEIx9zfORil"
    path.write_text(f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n", encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(InputError):
        SigningKey.load(path)
