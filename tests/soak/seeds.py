"""Something well-formed of every form that is parsed, to begin fuzzing from."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from record.records import LOG, ORIGIN, PUBLISHER, TIME, draft, founding, key
from record.sites import write_record
from tasdiq.record import body, canonical, checkpoint, cosignature, note, receipt, rows, submission, tiles
from tasdiq.record.audit import split_view
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.bundle import make_bundle
from tasdiq.record.cosign import rules
from tasdiq.record.entry import Draft, sign_entry
from tasdiq.record.keys import public_text
from tasdiq.record.mirrors import parcel
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy import disclosure, envelope
from tasdiq.record.secrecy.encryption import EncryptionKey

LOGS = [note.Verifier(ORIGIN, LOG.public)]
COSIGNER = note.Verifier("c1", key("c1").public, note.COSIGNATURE)
READER = EncryptionKey.from_seed(bytes(range(32)))
SALT = bytes(range(32))
ANALYST = {"signer": key("analyst"), "origin": ORIGIN, "keys_at": 0}


@cache
def scratch() -> Path:
    """Return a folder for files."""
    return Path(tempfile.mkdtemp(prefix="tasdiq-parsers-"))


def _signed(made: Draft, charter: str | None = "ab" * 32) -> submission.Submission:
    return sign_entry(made, charter=charter, **ANALYST)  # type: ignore[arg-type]


def sealed() -> bytes:
    """Return a sealed body."""
    return body.seal(body.Sealed("DocumentReceived", TIME, ("cd" * 32,), "officer", ("vorland",), b'{"n":1}'))


def notes() -> list[bytes]:
    """Return a checkpoint, bare and cosigned."""
    signed = note.sign(checkpoint.Checkpoint(ORIGIN, 7, bytes(range(32))).text, LOGS[0], LOG.sign)
    text = note.parse(signed).text
    line = cosignature.cosign(text, COSIGNER, key("c1").sign, 1_900_000_000)
    return [signed, signed + str(line).encode()]


def answers() -> list[bytes]:
    """Return a cosigner's answer."""
    return [str(cosignature.cosign(note.parse(notes()[0]).text, COSIGNER, key("c1").sign, 1_900_000_000)).encode()]


def events() -> list[bytes]:
    """Return key events that may follow the founding."""
    listed: list[list[dict[str, Any]]] = [
        [
            {
                "event": "certify",
                "member": "analyst",
                "name": "officer",
                "key": public_text(key("officer")),
                "next": None,
            }
        ],
        [
            {
                "event": "rotate",
                "old": key("analyst").key_id,
                "key": public_text(key("analyst next")),
                "next": None,
            }
        ],
        [{"event": "revoke", "key": key("analyst").key_id, "from": 1}],
        [{"event": "cosigners", "keys": [{"name": "c1", "key": public_text(key("c1"))}]}, {"event": "quorum", "k": 1}],
        [{"event": "encryption", "of": key("analyst").key_id, "key": canonical.b64url(READER.public)}],
    ]
    return [canonical.dumps(events) for events in listed]


@cache
def _record() -> Path:
    return write_record(scratch() / "r")


def bundles() -> list[bytes]:
    """Return a bundle."""
    with Reader.open(_record()) as reader:
        return [make_bundle(reader, [reader[2].id, reader[9].id], row_ids=[f"{reader[7].id}/1"])]


def trust() -> list[bytes]:
    """Return files of trusted keys."""
    with Reader.open(_record()) as reader:
        return [write_trust(reader.chain.keys).encode(), str(COSIGNER).encode()]


def parcels() -> list[bytes]:
    """Return a parcel."""
    with Reader.open(_record()) as reader:
        signed = reader.checkpoint() or b""
        size = checkpoint.parse(signed)[0].size
        leaves = list(reader.leaves())
    file = io.BytesIO()

    def content(index: int, leaf: bytes) -> parcel.Content:
        row = {0: rows.Row(SALT, b"1"), 1: None}
        return parcel.Content((SALT, b"{}"), rows=row, disclosures=('["a"]', None)) if index % 2 else parcel.Content()

    parcel.write(file, parcel.Head(ORIGIN, 0, size, ()), signed, leaves, content, lambda name: b"")
    return [file.getvalue()]


def concealed() -> list[bytes]:
    """Return bodies with sealed fields, and their disclosures a line each."""
    plaintext, texts = disclosure.conceal(b'{"a":{"b":[1,{"c":2}]},"d":"e"}', ["/a/b/1", "/d", "/a/b/0"])
    return [b"\n".join([plaintext, *(text.encode() for text in texts)]), plaintext]


def split_views() -> list[bytes]:
    """Return a split view."""
    notes = [note.sign(checkpoint.Checkpoint(ORIGIN, 7, bytes([n]) * 32).text, LOGS[0], LOG.sign) for n in (1, 2)]
    found = split_view.find(notes[0], notes[1], LOGS)
    return [found.to_bytes()] if found else []


def submissions() -> list[bytes]:
    """Return submissions."""
    made = [draft(1), draft(2, rows=(b"1", b'{"a":2}')), draft(3, access="joint")]
    return [submission.to_bytes(_signed(item)) for item in made]


def receipts() -> list[bytes]:
    """Return a receipt."""
    text = receipt.text(ORIGIN, TIME, [(4, "ab" * 32), (5, "cd" * 32)])
    return [note.sign(text, LOGS[0], LOG.sign)]


def texts() -> list[bytes]:
    """Return canonical JSON."""
    return [
        b'{"a":[1,-2,true,null,"\\u0001\\n"],"b":{"\xc3\xa9":"\xf0\x9f\x98\x80"}}',
        '{"\U00010000":2,"\ue000":1}'.encode(),
    ]


def leaves() -> list[bytes]:
    """Return leaves: plain, sealed, and a founding."""
    made = [draft(1), replace(draft(2), refs=("cd" * 32, "ef" * 32)), draft(3, access="joint")]
    return [*(_signed(item).leaf for item in made), _signed(Draft("C", "analyst", TIME, keys=founding()), None).leaf]


def entry_bundles() -> list[bytes]:
    """Return a bundle of three entries."""
    return [tiles.pack_entries([b"a", b"", b"c" * 300])]


def manifests() -> list[bytes]:
    """Return a manifest of two files."""
    text = f"{'ab' * 32} 1 a\n{'cd' * 32} 22 b/c.js\n"
    return [note.sign(text, note.Verifier("p", PUBLISHER.public), PUBLISHER.sign)]


def envelopes() -> list[bytes]:
    """Return an envelope for READER."""
    return [envelope.seal_for([READER.public], body.commit(SALT, sealed()), SALT, sealed())]


def requests() -> list[bytes]:
    """Return requests to a cosigner."""
    bare, cosigned = notes()
    return [rules.write_request(3, [bytes(32), bytes(range(32))], bare), rules.write_request(0, [], cosigned)]


def listed_rows() -> list[bytes]:
    """Return a file of rows."""
    return [canonical.dumps([rows.as_json(rows.Row(SALT, b"1")), None])]


def commitments() -> list[bytes]:
    """Return a bulk body."""
    return [canonical.dumps({"rows": rows.listing([rows.Row(SALT, b"1")])})]


def key_files() -> list[bytes]:
    """Return files of a signing and of a reading key."""
    paths = [scratch() / "signing.pem", scratch() / "reading.pem"]
    for path in paths:
        path.unlink(missing_ok=True)
    key("analyst").save(paths[0])
    READER.save(paths[1])
    return [path.read_bytes() for path in paths]
