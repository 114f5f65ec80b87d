"""What is encrypted at rest opens with the key at rest, at its own place, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record.secrecy.at_rest import WRAPPED_BYTES, AtRest

COMMIT, OTHER = bytes(32), b"\1" * 32
HERE = AtRest(b"\7" * 32)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=2000), st.binary(min_size=32, max_size=32))
def test_what_was_sealed_opens(secret: bytes, commit: bytes) -> None:
    """Rule 1: the secret comes back, and stands in neither column."""
    content, wrapped = HERE.seal(commit, secret)
    assert HERE.open(commit, content, wrapped) == secret
    assert len(content) == len(secret) + 16
    assert len(wrapped) == WRAPPED_BYTES
    assert len(secret) < 8 or secret not in content + wrapped  # a short secret may stand there by chance


def test_content_opens_at_its_own_place_only() -> None:
    """Rule 2: beside another commitment, or with another secret's key, nothing opens."""
    content, wrapped = HERE.seal(COMMIT, b"a made-up secret")
    other_content, other_wrapped = HERE.seal(COMMIT, b"another secret!!")
    for commit, given_content, given_wrapped in (
        (OTHER, content, wrapped),
        (COMMIT, content, other_wrapped),
        (COMMIT, other_content, wrapped),
    ):
        with pytest.raises(RecordError, match="does not open"):
            HERE.open(commit, given_content, given_wrapped)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_altered_byte_is_noticed(data: st.DataObject) -> None:
    """Whatever is altered, cut or replaced raises our own error."""
    content, wrapped = HERE.seal(COMMIT, b"a made-up secret")
    whole = content + wrapped
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    altered = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
    with pytest.raises(RecordError):
        HERE.open(COMMIT, altered[: len(content)], altered[len(content) :])
    with pytest.raises(RecordError):
        HERE.open(COMMIT, data.draw(st.binary(max_size=100)), data.draw(st.binary(max_size=100)))


def test_another_key_opens_nothing() -> None:
    """The message says that the key may be another record's."""
    content, wrapped = HERE.seal(COMMIT, b"a made-up secret")
    with pytest.raises(RecordError, match="not this record's"):
        AtRest(b"\x08" * 32).open(COMMIT, content, wrapped)


def test_nothing_is_encrypted_the_same_twice() -> None:
    """Rule 3: equal secrets give other bytes in both columns."""
    (first, one), (second, two) = HERE.seal(COMMIT, b"same"), HERE.seal(COMMIT, b"same")
    assert (first, one[:12], one[12:]) != (second, two[:12], two[12:])
    assert first != second
    assert one[:12] != two[:12]


def test_the_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    """Rule 4: made with mode 0600, once; one that others can read is refused."""
    path = tmp_path / "at-rest.key"
    made = AtRest.make(path)
    content, wrapped = made.seal(COMMIT, b"secret")
    assert AtRest.load(path).open(COMMIT, content, wrapped) == b"secret"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(SettingsError, match="never overwritten"):
        AtRest.make(path)
    with pytest.raises(MissingError):
        AtRest.load(tmp_path / "elsewhere")
    if os.name == "posix":
        path.chmod(0o644)
        with pytest.raises(SettingsError, match="chmod 600"):
            AtRest.load(path)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"ab" * 32, b"AB" * 32 + b"\n", b"ab" * 32 + b"\r\n", b"ab" * 33 + b"\n", b"\xff" * 65]
)
def test_a_key_file_has_one_spelling(tmp_path: Path, data: bytes) -> None:
    """Rule 4: anything but 64 lower-case digits and a line feed is refused, and not shown."""
    path = tmp_path / "at-rest.key"
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(InputError) as refused:
        AtRest.load(path)
    assert "ab" * 8 not in str(refused.value)


def test_lengths_are_checked() -> None:
    """Keys and commitments have 32 bytes."""
    with pytest.raises(InputError):
        AtRest(b"short")
    with pytest.raises(InputError):
        HERE.seal(b"short", b"secret")
    with pytest.raises(InputError):
        HERE.open(b"short", b"", bytes(WRAPPED_BYTES))
