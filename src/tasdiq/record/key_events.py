"""The form of key events: what may stand in the `keys` field of a header, and which keys it brings.

    {"event": "constitute", "form": "desk" | "joint", "compiler": name}
    {"event": "admit", "role": "member" | "log" | "publisher", "name", "key": base64url, "next": key id | null}
    {"event": "certify", "member", "name", "key", "next"}            an officer of that member
    {"event": "rotate", "old": key id, "key", "next"}                to the successor the old key committed to
    {"event": "revoke", "key": key id, "from": index}                entries signed by it from there on are disputed
    {"event": "encryption", "of": key id, "key": base64url X25519}   what is for the holder of that key is encrypted to
    {"event": "cosigners", "keys": [{"name", "key"}, …]}             replaces the list
    {"event": "quorum", "k": number}                                 how many cosigners make a checkpoint evidentiary
    {"event": "redaction", "k": number}                              how many members sign a notice of redaction

1. An event has exactly these fields. Keys are base64url without padding, key ids 64 lower-case hexadecimal digits.
2. Signing keys are sound Ed25519 keys, encryption keys sound X25519 keys, each in its one spelling.

What follows from an event, and who may bring it, is left to `keys`.
"""

from __future__ import annotations

from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import canonical, ed25519, shape
from tasdiq.record.secrecy.encryption import PUBLIC_BYTES, EncryptionKey, is_sound_key
from tasdiq.record.signing import SigningKey, key_id_of

_FIELDS: dict[str, dict[str, type]] = {
    "constitute": {"form": str, "compiler": str},
    "admit": {"role": str, "name": str, "key": str, "next": object},
    "certify": {"member": str, "name": str, "key": str, "next": object},
    "rotate": {"old": str, "key": str, "next": object},
    "revoke": {"key": str, "from": int},
    "encryption": {"of": str, "key": str},
    "cosigners": {"keys": list},
    "quorum": {"k": int},
    "redaction": {"k": int},
}
_BRING_KEYS = ("admit", "certify", "rotate")


def read(raw: Any) -> dict[str, Any]:
    """Return a key event whose fields are right; raise InputError otherwise."""
    name = raw.get("event") if isinstance(raw, dict) else None
    if not isinstance(name, str) or name not in _FIELDS:
        raise InputError(f"expected a key event ({', '.join(_FIELDS)}), found {str(name)[:40]!r}", field="keys")
    event = shape.fields(raw, {"event": str, **_FIELDS[name]}, where=f"the key event {name}")
    if "next" in event and event["next"] is not None:
        if not isinstance(event["next"], str):
            raise InputError("expected a key id or null as 'next'", field="keys")
        shape.entry_id(event["next"], "the successor's key id")
    return event


def introduced(events: list[Any]) -> dict[str, bytes]:
    """Return the signing keys that these events bring, by key id."""
    publics = [signing_public(event["key"]) for event in map(read, events) if event["event"] in _BRING_KEYS]
    return {key_id_of(public): public for public in publics}


def signing_public(text: str) -> bytes:
    """Read a public signing key as key events write it."""
    public = canonical.unb64url(text, ed25519.PUBLIC_BYTES, "a public key")
    if not ed25519.is_sound_point(public):
        raise InputError("expected a sound Ed25519 key, found one of low order or in a second spelling", field="keys")
    return public


def encryption_public(text: str) -> bytes:
    """Read a public encryption key as key events write it."""
    public = canonical.unb64url(text, PUBLIC_BYTES, "a public encryption key")
    if not is_sound_key(public):
        raise InputError("expected a sound X25519 key, found one of low order or in a second spelling", field="keys")
    return public


def public_text(key: SigningKey | EncryptionKey) -> str:
    """Return a public key as key events write it."""
    return canonical.b64url(key.public)
