"""Signed notes: a text, a blank line, and signature lines.

Under signed-note (https://c2sp.org/signed-note). What the text says is left to `checkpoint`, `manifest` and `log`.

1. The text ends at the *last* blank line of the note, so a text may itself hold blank lines.
2. A note is UTF-8 without control characters other than the line feed, and holds 1-100 signatures.
3. Signatures by unknown keys are ignored; a bad signature by a known key refuses the whole note.
4. A key name is not empty and holds no space and no plus; two known keys of the same name and hash are refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.record import ed25519
from tasdiq.record.canonical import b64, hex_bytes, unb64

ED25519 = 0x01
COSIGNATURE = 0x04
MOST_SIGNATURES = 100
_DASH = "— "
_NOT_IN_NAME = re.compile(r"[\s+\x00-\x1f\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key that may have signed a note, under the name it signs by; `algorithm` is the C2SP signature type."""

    name: str
    public: bytes
    algorithm: int = ED25519

    @property
    def key_hash(self) -> bytes:
        """Return the four bytes that stand before a signature of this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{b64(bytes([self.algorithm]) + self.public)}"


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: who, which key, and the signature's bytes."""

    name: str
    key_hash: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64(self.key_hash + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note whose form is right; no signature has been checked yet."""

    text: str
    lines: tuple[SignatureLine, ...]

    def by(self, verifier: Verifier) -> tuple[SignatureLine, ...]:
        """Return the lines that claim to be by this key."""
        return tuple(line for line in self.lines if (line.name, line.key_hash) == (verifier.name, verifier.key_hash))

    def signed_by(self, verifier: Verifier) -> bool:
        """Tell whether `verifier` signed the text; raise InputError if a line claims so and does not hold."""
        lines = self.by(verifier)
        for line in lines:
            if not ed25519.verify(verifier.public, line.signature, self.text.encode()):
                raise InputError(f"the signature of {verifier.name} on the note does not hold: do not use the note")
        return bool(lines)

    def strangers(self, known: Iterable[Verifier]) -> list[str]:
        """Return the names on lines that none of the known keys wrote."""
        ours = {(verifier.name, verifier.key_hash) for verifier in known}
        return [line.name for line in self.lines if (line.name, line.key_hash) not in ours]


def is_key_name(name: str) -> bool:
    """Tell whether a name may stand on a signature line."""
    return bool(name) and not _NOT_IN_NAME.search(name)


def parse_verifier(text: str) -> Verifier:
    """Read a verifier key, `<name>+<hash>+<base64 of type and key>`; types are Ed25519 and cosignature/v1."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):
        raise InputError(f"expected a key such as name+0123abcd+AQ…, found {text[:80]!r}")
    key_hash = hex_bytes(parts[1], 4, "the key's hash")
    data = unb64(parts[2], "the key")
    if len(data) != 1 + ed25519.PUBLIC_BYTES or data[0] not in (ED25519, COSIGNATURE):
        raise InputError(f"expected an Ed25519 key of 33 bytes in {text[:80]!r}, found {len(data)} bytes")
    verifier = Verifier(parts[0], data[1:], data[0])
    if verifier.key_hash != key_hash:
        raise InputError(f"the hash in the key {text[:80]!r} is not that of its name and key")
    return verifier


def sign(text: str, verifier: Verifier, signer: Callable[[bytes], bytes]) -> bytes:
    """Write a note with one signature over `text`, which ends in a line feed."""
    require_text(text)
    line = SignatureLine(verifier.name, verifier.key_hash, signer(text.encode()))
    return f"{text}\n{line}".encode()


def require_text(text: str) -> None:
    """Raise InputError unless `text` may be the text of a note."""
    if not text.endswith("\n"):
        raise InputError("expected the text of a note to end in a line feed")
    if _CONTROL.search(text):
        raise InputError("expected no control characters in a note")


def parse(data: bytes) -> Note:
    """Read a note's text and signature lines; the signatures are not checked here."""
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("expected a note in UTF-8") from error
    at = whole.rfind("\n\n")
    if at < 0:
        raise InputError("expected a blank line between a note's text and its signatures")
    text, block = whole[: at + 1], whole[at + 2 :]
    require_text(text)
    require_text(block)
    # Split at line feeds alone: splitlines() would also split at U+2028 inside a name.
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise InputError(f"expected at most {MOST_SIGNATURES} signatures on a note, found {len(lines)}")
    return Note(text, tuple(_line(line) for line in lines))


def _line(line: str) -> SignatureLine:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not is_key_name(name):
        raise InputError(f"expected a signature line such as '— name base64', found {line[:80]!r}")
    raw = unb64(encoded, "the signature")
    if len(raw) < 5:
        raise InputError(f"expected a key hash and a signature on the line of {name[:60]!r}")
    return SignatureLine(name, raw[:4], raw[4:])


def open_note(data: bytes, known: Sequence[Verifier]) -> tuple[str, list[Verifier]]:
    """Return a note's text and which of the known keys signed it; refuse it if none did or one's signature is bad."""
    if len({(verifier.name, verifier.key_hash) for verifier in known}) != len(known):
        raise InputError("two known keys share a name and a hash: it would be open which of them signed")
    note = parse(data)
    signed = [verifier for verifier in known if note.signed_by(verifier)]
    if not signed:
        raise InputError(f"none of the known keys signed the note; it carries {[line.name for line in note.lines]}")
    return note.text, signed
