"""The keys a reader knows from elsewhere, against which an audit holds the record's own.

A trust file has a key a line, either `<role> <name> <key id>` (roles member, log, publisher, cosigner) or a signed-note
verifier key `<name>+<hash>+<base64>`; empty lines and lines that begin with # say nothing.

1. Every member and log that entry 0 admits must stand in the file with its key: all later keys follow from these.
2. A name in the file that serves in the record in the same role, and never had the key in the file, is a contradiction.
3. Keys of other records in the file do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, MissingError
from tasdiq.record import note, shape
from tasdiq.record.keys import KeyState
from tasdiq.record.signing import key_id_of

_ROLES = ("member", "log", "publisher", "officer", "cosigner")


@dataclass(frozen=True)
class TrustedKey:
    """A key known from elsewhere; `role` is "" where a verifier key does not say it."""

    role: str
    name: str
    key_id: str


def read_trust(path: str | Path) -> list[TrustedKey]:
    """Read a trust file; raise MissingError or InputError with its line."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingError(f"{path}: no file of trusted keys here") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"expected a text file of trusted keys: {error}", file=path) from error
    keys = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            keys.append(_line(line.strip(), path, number))
    if not keys:
        raise InputError("expected at least one key, such as: log example.org/record 0123…", file=path)
    return keys


def _line(line: str, path: str | Path, number: int) -> TrustedKey:
    try:
        if " " not in line:
            verifier = note.parse_verifier(line)
            role = "cosigner" if verifier.algorithm == note.COSIGNATURE else ""
            return TrustedKey(role, verifier.name, key_id_of(verifier.public))
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] not in _ROLES:
            raise InputError(f"expected '<role> <name> <key id>' with a role of {', '.join(_ROLES)}")
        return TrustedKey(parts[0], parts[1], shape.entry_id(parts[2], "a key id"))
    except InputError as error:
        raise InputError(error.message, file=path, line=number) from error


def write_trust(keys: KeyState) -> str:
    """Return the text of a trust file for a record: its keys now, for members to hand to readers on another way."""
    lines = [
        f"{key.role} {key.name} {key.key_id}\n" for key in keys.keys.values() if key.since == 0 or key.until is None
    ]
    lines += [f"cosigner {cosigner.name} {key_id_of(cosigner.public)}\n" for cosigner in keys.cosigners]
    return "# role, name and SHA-256 of the raw public key\n" + "".join(lines)


def contradictions(keys: KeyState, trusted: list[TrustedKey]) -> Iterator[str]:
    """Yield why the record's keys are not those trusted; nothing if they are."""
    known = {(item.name, item.key_id, item.role) for item in trusted}
    for key in keys.keys.values():
        listed = {(key.name, key.key_id, key.role), (key.name, key.key_id, "")}
        if key.since == 0 and key.role in ("member", "log") and not listed & known:
            yield f"the {key.role} {key.name} signs with the key {key.key_id}, which is not among the trusted keys"
    serving = _serving(keys)
    for item in trusted:
        held = serving.get((item.role, item.name))
        if held and item.key_id not in held:
            yield f"the {item.role} {item.name} never had the trusted key {item.key_id} in this record"


def _serving(keys: KeyState) -> dict[tuple[str, str], set[str]]:
    serving: dict[tuple[str, str], set[str]] = {}
    for key in keys.keys.values():
        serving.setdefault((key.role, key.name), set()).add(key.key_id)
    for cosigner in keys.cosigners:
        serving.setdefault(("cosigner", cosigner.name), set()).add(key_id_of(cosigner.public))
    return serving
