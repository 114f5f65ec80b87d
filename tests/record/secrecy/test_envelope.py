"""Envelopes open for their recipients beside their own entry, and for nobody else anywhere."""

from __future__ import annotations

import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError, RoleError, TasdiqError
from tasdiq.record import body
from tasdiq.record.secrecy import envelope
from tasdiq.record.secrecy.encryption import EncryptionKey

KEYS = [EncryptionKey.from_seed(bytes([number]) * 32) for number in range(1, 10)]
SALT = b"\x11" * 32
PLAINTEXT = body.seal(body.Sealed("Note", "2031-05-04T10:00:00Z", (), "", ("kestria",), b'{"a":"made up"}'))
COMMIT = body.commit(SALT, PLAINTEXT)


def made(count: int = 2) -> bytes:
    """Return an envelope for the first keys."""
    return envelope.seal_for([key.public for key in KEYS[:count]], COMMIT, SALT, PLAINTEXT)


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_every_recipient_opens_it_and_nobody_else(count: int) -> None:
    """The recipients read salt and plaintext; another key is told that it is not addressed."""
    data = made(count)
    for key in KEYS[:count]:
        assert envelope.open_with(key, COMMIT, data) == (SALT, PLAINTEXT)
    with pytest.raises(RoleError, match="not addressed"):
        envelope.open_with(KEYS[count], COMMIT, data)


def test_the_number_of_slots_tells_a_range_only() -> None:
    """Rule 2: one to four recipients look the same, five to eight too; no public key stands in it."""
    sizes = [len(made(count)) for count in range(1, 10)]
    assert [len(list(same)) for _, same in itertools.groupby(sizes)] == [4, 4, 1]
    assert all(key.public not in made(3) for key in KEYS)
    assert PLAINTEXT[:32] not in made() and SALT not in made()


def test_slots_stand_in_no_order() -> None:
    """Rule 2: the first recipient's slot is not always the first."""
    at = set()
    for _ in range(40):
        data = made(2)
        start = len(data) - len(PLAINTEXT) - 48 - 4 * envelope.SLOT_BYTES
        for place in range(4):
            slot = data[start + place * 80 : start + (place + 1) * 80]
            other = data[:start] + slot * 4 + data[start + 320 :]
            try:
                envelope.open_with(KEYS[0], COMMIT, other)
            except RoleError:
                continue
            except InputError:
                at.add(place)
    assert len(at) > 1


def test_it_opens_beside_its_own_entry_only() -> None:
    """Rule 1: under another commitment no slot opens."""
    with pytest.raises(RoleError, match="another entry"):
        envelope.open_with(KEYS[0], b"\1" * 32, made())


def test_a_sender_cannot_promise_one_thing_and_send_another() -> None:
    """Rule 4: what is encrypted must be what the commitment says, when it is sealed and when it is opened."""
    with pytest.raises(InputError, match="commits to"):
        envelope.seal_for([KEYS[0].public], b"\1" * 32, SALT, PLAINTEXT)


def test_a_dishonest_sender_is_found_out() -> None:
    """Rule 4: an envelope that opens to another text than the entry commits to is refused, and to be kept as proof."""
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    whole, data_key = made(1), b"\7" * 32
    end = len(whole) - len(PLAINTEXT) - 48
    info = b"tasdiq/envelope/v1\0" + COMMIT
    slot = suite.encrypt(data_key, X25519PublicKey.from_public_bytes(KEYS[0].public), info=info)
    head = whole[: end - 320] + slot * 4
    other = PLAINTEXT.replace(b"made up", b"made UP")
    forged = head + ChaCha20Poly1305(data_key).encrypt(bytes(12), SALT + other, head + COMMIT)
    with pytest.raises(InputError, match="keep it"):
        envelope.open_with(KEYS[0], COMMIT, forged)


def test_keys_that_anybody_could_open_are_refused() -> None:
    """No low-order key, no key twice, no empty list."""
    for publics in ([bytes(32)], [KEYS[0].public] * 2, [], [KEYS[0].public[:31]]):
        with pytest.raises(InputError):
            envelope.seal_for(publics, COMMIT, SALT, PLAINTEXT)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_altered_byte_is_noticed(data: st.DataObject) -> None:
    """Whatever is changed, no recipient reads anything else than what was sealed, and only our errors come out."""
    whole = made()
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    altered = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
    for key in KEYS[:2]:
        with pytest.raises(TasdiqError):
            envelope.open_with(key, COMMIT, altered)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 255), st.integers(0, 3000))
def test_other_bytes_are_refused(junk: bytes, count: int, length: int) -> None:
    """Random bytes, with and without the head of an envelope, raise only our own errors."""
    head = b"tasdiq/envelope/v1\0" + bytes([count])
    for data in (junk, head + junk, head + junk * 20, head + bytes(length)):
        with pytest.raises(TasdiqError):
            envelope.open_with(KEYS[0], COMMIT, data)


def test_the_host_checks_the_form() -> None:
    """Rule 5: another number of slots, another length or no envelope at all is refused without opening anything."""
    whole = made()
    envelope.require_form(whole)
    count = len(b"tasdiq/envelope/v1\0")
    for other in (whole + b"\0", whole[:-1], whole[:count] + b"\3" + whole[count + 1 :], whole[:count], b""):
        with pytest.raises(InputError):
            envelope.require_form(other)
