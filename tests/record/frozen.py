"""A small record with every form of entry, and all that is handed on of it: written once and kept among the vectors.

`write` made `tests/vectors/record-v1`, which every later version must read: it is never written again. To see what today's
program would write: `PYTHONPATH=tests .venv/bin/python -m record.frozen FOLDER`. The keys are those of `record.records`, made
up from names; the key at rest and the reading keys too.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from record.records import ORIGIN, PUBLISHER, TIME, draft, joint_log, key, signed
from tasdiq.record import canonical, cosignature, manifest, note
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.bundle import make_bundle
from tasdiq.record.cosign.rules import write_request
from tasdiq.record.entry import Draft, sign_entry
from tasdiq.record.key_events import public_text
from tasdiq.record.log import Log
from tasdiq.record.mirrors.packing import pack
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.secrecy.opening import open_named
from tasdiq.record.submission import to_bytes

MEMBERS = ("kestria", "vorland", "ordania")
COSIGNERS = ("c1", "c2", "c3")
COSIGNED_AT = 1_930_000_000
# Text in several scripts, with what JSON, notes and lines are easily wrong about.
WORDS = 'made up \u2014 تصدیق \U0001d11e \u2028 \u202e\u202c e\u0301 "\\ \u0001'
REDACTED = "somebody who does not exist"


def box(name: str) -> EncryptionKey:
    """Return a member's reading key."""
    return EncryptionKey.from_seed(hashlib.sha256(f"tests {name} box".encode()).digest())


class Maker:
    """The steps by which the record was written."""

    def __init__(self, log: Log) -> None:
        self.log, self.ids = log, [log.charter or ""]

    def add(self, made: Draft, *signers: str) -> str:
        """Append an entry and return its id."""
        keys = tuple(key(name) for name in (signers or (made.member,)))
        submission = sign_entry(
            made,
            signer=keys[0],
            also=keys[1:],
            origin=ORIGIN,
            charter=self.log.charter,
            keys_at=self.log.keys_at,
            keys=self.log.chain.keys,
        )
        (receipt,) = self.log.append([submission])
        self.ids.append(receipt.id)
        return receipt.id

    def change(self, kind: str, events: list[dict[str, Any]], *signers: str) -> None:
        """Append an entry with key events."""
        self.add(Draft(kind, signers[0].split(" ")[0], TIME, keys=events), *signers)

    def content(self) -> None:
        """Append public, joint and named entries, rows, sealed fields, an attachment and a redaction."""
        body = canonical.dumps({"words": WORDS, "n": [1, -1, 9007199254740991], "none": None, "yes": True})
        self.add(draft(1, member="kestria", body=body, refs=(self.ids[0],)))
        self.add(draft(2, member="vorland", access="joint", refs=(self.ids[1],), officer="liaison"))
        for name in ("kestria", "vorland"):
            event = {"event": "encryption", "of": key(name).key_id, "key": public_text(box(name))}
            self.change("EncryptionKeySet", [event], name)
        self.add(draft(3, member="kestria", access="named", recipients=("vorland",)))
        rows = tuple(canonical.dumps({"row": n, "words": WORDS}) for n in range(4))
        bulk = self.add(draft(4, member="vorland", kind="TableReceived", rows=rows))
        self.add(draft(5, member="kestria", kind="TableReceived", access="joint", rows=rows[:2]))
        witnesses = canonical.dumps({"finding": "made up", "witnesses": [{"name": "W. One"}, {"name": "W. Two"}]})
        for access in ("public", "joint"):
            sealed = ("/witnesses/0/name", "/witnesses/1")
            self.add(draft(6, member="ordania", body=witnesses, access=access, concealed=sealed))
        sheet = self.log.add_attachment(b"a made-up scan")
        self.add(draft(7, member="kestria", body=canonical.dumps({"attachment": sheet})))
        gone = self.add(draft(8, member="kestria", body=canonical.dumps({"name": REDACTED})))
        notice = canonical.dumps({"redacted_rows": [f"{bulk}/2"]})
        self.add(Draft("BodyRedacted", "kestria", TIME, body=notice, refs=(gone,)), "kestria", "vorland")

    def keys(self) -> None:
        """Append a certified officer, a rotation, a revocation, cosigners and a quorum, with entries between them."""
        officer = {
            "event": "certify",
            "member": "vorland",
            "name": "liaison",
            "key": public_text(key("liaison")),
            "next": None,
        }
        self.change("OfficerCertified", [officer], "vorland")
        self.add(draft(9, member="vorland"), "liaison")
        rotated = {
            "event": "rotate",
            "old": key("kestria").key_id,
            "key": public_text(key("kestria next")),
            "next": None,
        }
        self.change("KeyRotated", [rotated], "kestria", "kestria next")
        self.add(draft(10, member="kestria"), "kestria next")
        revoked = {"event": "revoke", "key": key("liaison").key_id, "from": self.log.size - 3}
        self.change("OfficerRevoked", [revoked], "vorland")
        listed = [{"name": name, "key": public_text(key(name))} for name in COSIGNERS]
        events = [{"event": "cosigners", "keys": listed}, {"event": "quorum", "k": 2}, {"event": "redaction", "k": 2}]
        self.change("CharterAmended", events, "kestria next", "vorland", "ordania")

    def cosign(self) -> None:
        """Sign a checkpoint and have two of three cosign it."""
        text = note.parse(self.log.checkpoint()).text
        for number, name in enumerate(COSIGNERS[:2]):
            verifier = note.Verifier(name, key(name).public, note.COSIGNATURE)
            self.log.add_cosignature(cosignature.cosign(text, verifier, key(name).sign, COSIGNED_AT + number))


def write(base: Path) -> None:
    """Write the record `base/record` and, beside it, all that is handed on of it."""
    with joint_log(base / "record", MEMBERS) as log:
        maker = Maker(log)
        maker.content()
        maker.keys()
        maker.cosign()
        (base / "receipt").write_bytes(log.receipt(1))
        waiting = signed(log, draft(11, member="vorland", access="joint"))
        (base / "submission.json").write_bytes(to_bytes(waiting))
    ids = maker.ids
    with Reader.open(base / "record") as reader:
        publish(reader, base / "site", sorted(reader.attachments()))
        (base / "site" / "index.html").write_text("<title>made up</title>", encoding="utf-8")
        manifest.write(base / "site", "publisher", PUBLISHER)
        shown = {ids[8]: ["/witnesses/1"], ids[9]: ["/witnesses/0/name"]}
        rows = [f"{ids[6]}/1"]
        bundle = make_bundle(reader, [ids[1], ids[2], ids[11]], row_ids=rows, disclosed=shown)
        (base / "bundle.tasdiq.json").write_bytes(bundle)
        pack(reader, base / "parcel")
        (base / "parcel").chmod(0o644)
        (base / "keys.txt").write_text(write_trust(reader.chain.keys), encoding="utf-8")
        checkpoint = reader.checkpoint() or b""
        (base / "request").write_bytes(write_request(0, [], checkpoint))
        (base / "facts.json").write_text(
            json.dumps(facts(reader), ensure_ascii=True, indent=1) + "\n", encoding="utf-8"
        )
    for path in (base / "record").glob("record.*"):
        if path.name != "record.sqlite":
            path.unlink()


def facts(reader: Reader) -> list[dict[str, Any]]:
    """Return what a reader with all keys finds in the record, entry by entry."""
    found = []
    for stored in reader:
        opened = open_named(reader, stored, box("vorland")) if stored.access == "named" else stored
        committed = reader.committed(stored.index)
        rows = reader.rows(stored.index)
        disclosures = [text for text in reader.disclosures(stored.index) if text is not None]
        found.append(
            {
                "id": stored.id,
                "leaf": hashlib.sha256(reader.leaf(stored.index)).hexdigest(),
                "kind": opened.kind,
                "member": stored.member,
                "access": stored.access,
                "status": stored.status,
                "disputed": stored.disputed,
                "claimed_time": opened.claimed_time,
                "officer": opened.officer,
                "refs": list(opened.refs),
                "body": None if opened.body is None else opened.body.decode(),
                "committed": None if committed is None else hashlib.sha256(b"".join(committed)).hexdigest(),
                "rows": [None if row is None else row.content.decode() for _, row in sorted(rows.items())],
                "disclosures": disclosures,
            }
        )
    return found


__all__ = ["COSIGNED_AT", "REDACTED", "box", "facts", "write"]

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(folder)
