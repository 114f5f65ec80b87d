"""Every parser of the record, with something well-formed to begin from.

A parser here takes bytes and returns them written again from what it read, or None where nothing writes this form. Then
two things must hold whatever the bytes are: nothing but our own errors comes out, and what is read has one spelling.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from record.records import ORIGIN, founding, key
from soak import seeds
from soak.seeds import COSIGNER, LOGS, READER, SALT, notes, scratch, sealed
from tasdiq.errors import TasdiqError
from tasdiq.record import (
    body,
    canonical,
    checkpoint,
    cosignature,
    manifest,
    note,
    plain,
    receipt,
    redaction,
    rows,
    submission,
    tiles,
)
from tasdiq.record.audit import split_view
from tasdiq.record.audit.bundle import BundleAudit
from tasdiq.record.audit.trust import read_trust
from tasdiq.record.cosign import exchange, rules
from tasdiq.record.entry import Entry, parse_in_full, parse_leaf
from tasdiq.record.keys import KeyState, introduced
from tasdiq.record.mirrors import parcel
from tasdiq.record.secrecy import disclosure, envelope, pointer
from tasdiq.record.secrecy.at_rest import AtRest
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.signing import SigningKey


class Parser(NamedTuple):
    """A parser, and inputs that it reads."""

    read: Callable[[bytes], bytes | None]
    seeds: Callable[[], list[bytes]]


# What is written again


def _note(parsed: note.Note) -> bytes:
    return f"{parsed.text}\n{''.join(map(str, parsed.lines))}".encode()


def _checkpoint(data: bytes) -> bytes:
    found, parsed = checkpoint.parse(data)
    return f"{found.text}\n{''.join(map(str, parsed.lines))}".encode()


def _cosignature(data: bytes) -> None:
    cosignature.cosigned_at(note.parse(data), COSIGNER)


def _leaf(data: bytes) -> bytes:
    entry = parse_leaf(data)
    found = plain.read(data)
    assert found is None or parse_in_full(data) == Entry(*found, data)
    sigs = [{"key": name, "sig": canonical.b64url(sig)} for name, sig in entry.sigs]
    assert canonical.dumps(entry.header) == entry.signed
    return canonical.dumps({"header": entry.header, "sigs": sigs})


def _keys(data: bytes) -> None:
    value = canonical.loads(data)
    if isinstance(value, list):
        signers = {key(name).key_id for name in ("analyst", "analyst next", "officer")}
        state = KeyState().apply(0, founding(), signers, ORIGIN)
        introduced(value)
        state.apply(1, value, signers, ORIGIN)


def _manifest(data: bytes) -> bytes:
    parsed, listed = manifest.parse(data)
    return f"{''.join(map(str, listed))}\n{''.join(map(str, parsed.lines))}".encode()


def _tile_path(data: bytes) -> bytes:
    return tiles.tile_path(*tiles.parse_tile_path(_text(data))).encode()


def _rows(data: bytes) -> bytes:
    found = rows.listed(data)
    return canonical.dumps([rows.as_json(found[number]) for number in range(len(found))])


def _disclosures(data: bytes) -> None:
    plaintext, *texts = data.split(b"\n")
    disclosure.is_concealed(plaintext)
    disclosure.reveal(plaintext, [_text(text) for text in texts])


def _envelope(data: bytes) -> None:
    envelope.require_form(data)
    envelope.open_with(READER, body.commit(SALT, sealed()), data)


def _parcel(data: bytes) -> None:
    found = parcel.Parcel(io.BytesIO(data))
    for item in found:
        if isinstance(item, parcel.Attached):
            found.read(item)


def _request(data: bytes) -> bytes | None:
    found = rules.read_request(data)
    if isinstance(found, rules.Answer):
        return None
    rules.check_log(found, {ORIGIN: LOGS})
    rules.check_growth(found, None)
    return rules.write_request(found.old, found.proof, found.note)


def _receipt(data: bytes) -> bytes:
    found = receipt.parse(data)
    text = receipt.text(found.origin, found.deadline, found.entries)
    return f"{text}\n{''.join(map(str, found.parsed.lines))}".encode()


def _redaction(data: bytes) -> None:
    redaction.targets({"refs": []}, canonical.loads(data))


def _only(read: object) -> None:
    """Nothing writes this form again: that it was read is enough."""


def _addresses(data: bytes) -> None:
    (scratch() / exchange.REMEMBERED).write_bytes(data)
    exchange.read_addresses(scratch())


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _in_file(read: Callable[[Path], Any]) -> Callable[[bytes], None]:
    def from_bytes(data: bytes) -> None:
        path = scratch() / "input"
        path.write_bytes(data)
        path.chmod(0o600)
        read(path)

    return from_bytes


def _pointer(data: bytes) -> bytes:
    return pointer.write_pointer(pointer.read_pointer(_text(data))).encode("utf-8", "surrogateescape")


PARSERS: dict[str, Parser] = {
    "canonical": Parser(lambda data: canonical.dumps(canonical.loads(data)), seeds.texts),
    "note": Parser(lambda data: _note(note.parse(data)), seeds.notes),
    "verifier": Parser(lambda data: str(note.parse_verifier(_text(data))).encode(), lambda: [str(COSIGNER).encode()]),
    "checkpoint": Parser(_checkpoint, seeds.notes),
    "cosignature": Parser(_cosignature, seeds.notes),
    "leaf": Parser(_leaf, seeds.leaves),
    "keys": Parser(_keys, seeds.events),
    "sealed body": Parser(lambda data: body.seal(body.unseal(data)), lambda: [sealed()]),
    "rows": Parser(_rows, seeds.listed_rows),
    "row commitments": Parser(lambda data: _only(rows.commits_in(canonical.loads(data))), seeds.commitments),
    "redaction": Parser(_redaction, lambda: [canonical.dumps({"redacted_rows": [f"{'ab' * 32}/7"]})]),
    "entry bundle": Parser(lambda data: tiles.pack_entries(tiles.unpack_entries(data, 3)), seeds.entry_bundles),
    "tile path": Parser(_tile_path, lambda: [b"tile/0/x001/234.p/7", b"tile/entries/000"]),
    "manifest": Parser(_manifest, seeds.manifests),
    "trust": Parser(_in_file(read_trust), seeds.trust),
    "key at rest": Parser(_in_file(AtRest.load), lambda: [b"ab" * 32 + b"\n"]),
    "key file": Parser(_in_file(SigningKey.load), lambda: seeds.key_files()[:1]),
    "reading key file": Parser(_in_file(EncryptionKey.load), lambda: seeds.key_files()[1:]),
    "cosigners' addresses": Parser(_addresses, lambda: [b"c1 http://127.0.0.1:8080/\n# none\nc2 https://c.example\n"]),
    "bundle": Parser(_in_file(lambda path: BundleAudit(path).run()), seeds.bundles),
    "disclosures": Parser(_disclosures, seeds.concealed),
    "pointer": Parser(_pointer, lambda: [b"/a~1b/0/~0c", b""]),
    "envelope": Parser(_envelope, seeds.envelopes),
    "submission": Parser(lambda data: submission.to_bytes(submission.from_bytes(data)), seeds.submissions),
    "parcel": Parser(_parcel, seeds.parcels),
    "cosigner request": Parser(_request, seeds.requests),
    "cosigner answer": Parser(lambda data: _only(exchange.read_answer(notes()[0], [COSIGNER], data)), seeds.answers),
    "receipt": Parser(_receipt, seeds.receipts),
    "split view": Parser(lambda data: split_view.read(data).to_bytes(), seeds.split_views),
}


def attempt(name: str, data: bytes) -> None:
    """Give bytes to a parser; AssertionError if they are a second spelling, whatever else escapes if it is not ours."""
    try:
        again = PARSERS[name].read(data)
    except TasdiqError:
        return
    assert again is None or again == data, (name, data, again)
