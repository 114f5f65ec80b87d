r"""Envelopes: a body encrypted to named recipients before it reaches the host, which can neither read nor check it.

Decides the bytes of the column `content` of an entry with access `named`:

    "tasdiq/envelope/v1\0" || count of slots (1 byte) || slots of 80 bytes || ciphertext

A slot is the data key encrypted to one recipient by HPKE (RFC 9180: DHKEM X25519, HKDF-SHA256, ChaCha20-Poly1305, base
mode); the ciphertext is ChaCha20-Poly1305 of `salt32 || plaintext` under the data key. Whom to address is left to `keys`,
what the plaintext says to `body`.

1. Everything is bound to the entry's commitment, so that an envelope opens beside its own entry only.
2. Slots are filled up to a multiple of four with decoys, and shuffled: the host learns a range of how many, and not who.
3. The data key is used once, so its nonce is zero.
4. What opens must be what the entry commits to: a sender cannot give each recipient another text.
5. The plaintext is a sealed body, padded to a power of two; an envelope of another length is refused unopened.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tasdiq.errors import InputError, RoleError
from tasdiq.record import body
from tasdiq.record.secrecy.encryption import EncryptionKey, is_sound_key

SLOT_BYTES = 80
MOST_SLOTS = 252
_MAGIC = b"tasdiq/envelope/v1\0"
_FILL = 4
_KEY_BYTES, _TAG_BYTES = 32, 16
_ONCE = bytes(12)


def seal_for(publics: Sequence[bytes], commit: bytes, salt: bytes, plaintext: bytes) -> bytes:
    """Encrypt salt and plaintext, which open the 32-byte `commit`, to the X25519 keys `publics`."""
    if not 0 < len(publics) <= MOST_SLOTS or len(set(publics)) != len(publics):
        raise InputError(f"expected 1 to {MOST_SLOTS} different keys to encrypt to, found {len(publics)}")
    if not all(map(is_sound_key, publics)):
        raise InputError("expected sound X25519 keys to encrypt to, found one of low order or in a second spelling")
    if body.commit(salt, plaintext) != commit:
        raise InputError("the body to be encrypted is not the one the entry commits to", field="body_commit")
    data_key, info = secrets.token_bytes(_KEY_BYTES), _MAGIC + commit
    suite = _suite()
    slots = [suite.encrypt(data_key, X25519PublicKey.from_public_bytes(public), info=info) for public in publics]
    while len(slots) % _FILL:
        slots.append(suite.encrypt(secrets.token_bytes(_KEY_BYTES), _nobody(), info=info))
    secrets.SystemRandom().shuffle(slots)
    head = _MAGIC + bytes([len(slots)]) + b"".join(slots)
    return head + ChaCha20Poly1305(data_key).encrypt(_ONCE, salt + plaintext, head + commit)


def open_with(key: EncryptionKey, commit: bytes, data: bytes) -> tuple[bytes, bytes]:
    """Return salt and plaintext; RoleError if no slot is for this key, InputError if what opens is not right."""
    head, slots, ciphertext = _split(data)
    for slot in slots:
        try:
            data_key = _suite().decrypt(slot, key.private, info=_MAGIC + commit)
        except (InvalidTag, ValueError):
            continue
        return _opened(data_key, commit, head, ciphertext)
    raise RoleError("this envelope is not addressed to the key at hand, or belongs to another entry")


def require_form(data: bytes) -> None:
    """Raise InputError unless the bytes have the form of an envelope (rules 2 and 5): all that a host can check."""
    _split(data)


def _opened(data_key: bytes, commit: bytes, head: bytes, ciphertext: bytes) -> tuple[bytes, bytes]:
    try:
        secret = ChaCha20Poly1305(data_key).decrypt(_ONCE, ciphertext, head + commit)
    except (InvalidTag, ValueError) as error:
        raise InputError("the content of this envelope does not open: it was altered") from error
    salt, plaintext = secret[: body.SALT_BYTES], secret[body.SALT_BYTES :]
    if body.commit(salt, plaintext) != commit:
        raise InputError("this envelope opens to something else than its entry commits to: keep it, and show it")
    return salt, plaintext


def _split(data: bytes) -> tuple[bytes, list[bytes], bytes]:
    start = len(_MAGIC) + 1
    if not data.startswith(_MAGIC) or len(data) < start:
        raise InputError("expected an envelope (tasdiq/envelope/v1), found other bytes", field="envelope")
    count = data[start - 1]
    if not 0 < count <= MOST_SLOTS or count % _FILL:
        raise InputError(f"expected a number of slots that four divides, at most {MOST_SLOTS}, found {count}")
    end = start + count * SLOT_BYTES
    size = len(data) - end - body.SALT_BYTES - _TAG_BYTES
    if not body.is_sealed_size(size):
        raise InputError("expected an envelope around a body padded to a power of two", field="envelope")
    return data[:end], [data[at : at + SLOT_BYTES] for at in range(start, end, SLOT_BYTES)], data[end:]


def _nobody() -> X25519PublicKey:
    """Return a public key whose private half nobody keeps."""
    return EncryptionKey.generate().private.public_key()


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
