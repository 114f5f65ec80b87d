r"""Bodies: content that lies off the tree, bound to it by a salted commitment, and the form a sealed one takes.

Decides (DESIGN, section 4): `body_commit = SHA-256("tasdiq/body/v1\0" || salt32 || plaintext)`, and for entries that are
not public the envelope that hides kind, refs, officer, recipients and exact time:

1. A body is canonical JSON of at most 8 MiB.
2. A sealed body is an object with exactly the envelope's fields, padded to the next power of two from 1 KiB on.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import canonical, shape

SALT_BYTES = 32
LARGEST_BODY = 8 * 2**20
_LEAST_SEALED = 1024
_DOMAIN = b"tasdiq/body/v1\0"
_ENVELOPE = {
    "body": object,
    "claimed_time": str,
    "kind": str,
    "officer": str,
    "pad": str,
    "recipients": list,
    "refs": list,
}
_FIRST, _NO_PAD = b'{"body":', b'"pad":""'
MOST_REFS = 16


def new_salt() -> bytes:
    """Return 32 random bytes: without them nobody can guess a short body from its commitment."""
    return secrets.token_bytes(SALT_BYTES)


def new_salts(count: int) -> list[bytes]:
    """Return as many salts, drawn at once."""
    drawn = secrets.token_bytes(count * SALT_BYTES)
    return [drawn[at : at + SALT_BYTES] for at in range(0, len(drawn), SALT_BYTES)]


def commit(salt: bytes, plaintext: bytes) -> bytes:
    """Return the commitment to a body."""
    if len(salt) != SALT_BYTES:
        raise InputError(f"expected a salt of 32 bytes, found {len(salt)}")
    return hashlib.sha256(_DOMAIN + salt + plaintext).digest()


def read(plaintext: bytes) -> Any:
    """Read a body: canonical JSON within the size limit."""
    if len(plaintext) > LARGEST_BODY:
        raise InputError(f"expected a body of at most {LARGEST_BODY} bytes, found {len(plaintext)}: use attachments")
    return canonical.loads(plaintext)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealed body says besides its content."""

    kind: str
    claimed_time: str
    refs: tuple[str, ...]
    officer: str
    recipients: tuple[str, ...]
    body: bytes


def seal(sealed: Sealed) -> bytes:
    """Write the padded plaintext of an entry that is not public."""
    canonical.loads(sealed.body)
    beside = canonical.dumps(
        {
            "claimed_time": sealed.claimed_time,
            "kind": sealed.kind,
            "officer": sealed.officer,
            "pad": "",
            "recipients": list(sealed.recipients),
            "refs": list(sealed.refs),
        }
    )
    # The body's name is the first of the envelope's in their order: so it stands as it is, before all others.
    bare = _FIRST + sealed.body + b"," + beside[1:]
    size = _padded(len(bare))
    if size > LARGEST_BODY:
        raise InputError(f"expected at most {LARGEST_BODY} bytes in a sealed body, found {size}: use attachments")
    # In a text its quotation marks would be escaped: this is the envelope's own.
    at = bare.rindex(_NO_PAD) + len(_NO_PAD) - 1
    return bare[:at] + b"0" * (size - len(bare)) + bare[at:]


def _padded(bare: int) -> int:
    return max(_LEAST_SEALED, 1 << (bare - 1).bit_length())


def is_sealed_size(size: int) -> bool:
    """Tell whether a sealed body can have this many bytes: a power of two from 1 KiB to the largest body."""
    return _LEAST_SEALED <= size <= LARGEST_BODY and not size & (size - 1)


def unseal(plaintext: bytes) -> Sealed:
    """Read the padded plaintext of an entry that is not public."""
    value = shape.fields(read(plaintext), _ENVELOPE, where="a sealed body")
    if value["pad"].strip("0") or len(plaintext) != _padded(len(plaintext) - len(value["pad"])):
        raise InputError(
            f"expected a sealed body padded with zeros to the next power of two from 1024 on, found {len(plaintext)} bytes"
        )
    return Sealed(
        kind=shape.kind(value["kind"]),
        claimed_time=shape.moment(value["claimed_time"]),
        refs=tuple(read_refs(value["refs"])),
        officer=shape.name(value["officer"], "officer") if value["officer"] else "",
        recipients=tuple(
            shape.name(item, "a recipient") for item in shape.texts(value["recipients"], where="recipients", most=64)
        ),
        body=_body_in(plaintext, value),
    )


def _body_in(plaintext: bytes, value: dict[str, Any]) -> bytes:
    """Return the spelling of the body in an envelope that was read: what stands before everything beside it."""
    beside = canonical.again({name: part for name, part in value.items() if name != "body"})
    return plaintext[len(_FIRST) : -len(beside)]


def inner(access: str, plaintext: bytes) -> bytes:
    """Return the content of a plaintext: itself where the entry is public, what is sealed in it elsewhere."""
    return plaintext if access == "public" else unseal(plaintext).body


def read_refs(value: list[Any]) -> list[str]:
    """Return a list of at most 16 distinct entry ids."""
    return [shape.entry_id(ref, "a ref") for ref in shape.texts(value, where="refs", most=MOST_REFS)]
