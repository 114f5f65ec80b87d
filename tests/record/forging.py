"""A joint record with all that can be attacked, and the hands of a thief: who holds the log's or the publisher's key signs anew.

The record, index by index: 0 charter, 1 document of Kestria, 2 document of Vorland, 3 table of Kestria (three rows), 4 sealed entry
of Vorland with a sealed field, 5 Kestria certifies an officer, 6 document signed by that officer, 7 document of Vorland with an
attachment, 8 document of Kestria, 9 Kestria's notice that redacts entry 8 and row 3/1. Here the earlier checkpoint was signed and
cosigned by all. Then 10 Kestria revokes the officer, 11 document of Vorland with two witnesses sealed, 12 document of Kestria; the
newest checkpoint, cosigned by two of three.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from record.records import LOG, ORIGIN, PUBLISHER, TIME, admit, draft, founding, key, opened, signed
from tasdiq.record import canonical, checkpoint, cosignature, manifest, merkle, note, tiles
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.bundle import make_bundle
from tasdiq.record.entry import Draft, Submission, parse_leaf, sign_entry
from tasdiq.record.keys import SigningKey, public_text
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader

EARLIER, SIZE = 10, 13
CHECKPOINT, BODIES = "record/checkpoint", "record/body"
WITNESSES = ("/witnesses/0", "/witnesses/1")
COSIGNERS = ("mediator-one", "mediator-two", "archive")
SEEN_AT = 1_935_914_400
LONG_AGO, LATER = 1_500_000_000.0, 1_935_914_000.0
KESTRIA, VORLAND, OFFICER, THIEF = key("kestria"), key("vorland"), key("officer"), key("thief")


@dataclass(frozen=True)
class World:
    """What honest parties have: the record, its site, bundles, keys and what readers kept, and another record's site."""

    base: Path
    charter: str

    def site(self, into: Path, name: str = "site") -> Path:
        """Copy a site, to be tampered with."""
        return Path(shutil.copytree(self.base / name, into / "site"))

    def commit(self, index: int) -> str:
        """Return the body's commitment of an entry, the name of its file."""
        return str(parse_leaf(leaves_of(self.base / "site")[index]).header["body_commit"])

    def body(self, index: int) -> str:
        """Return the path of an entry's body in the site."""
        return f"{BODIES}/{self.commit(index)}"


def make_world(base: Path) -> World:
    """Write the record, its sites before and after the revocation, bundles, keys, checkpoints and a receipt."""
    constitute(base / "record", ORIGIN)
    with opened(base / "record") as log:
        charter = str(log.charter)
        _first_half(log)
        cosigned = _checkpoint(log, COSIGNERS)
    (base / "earlier.checkpoint").write_bytes(cosigned)
    _publish(base, "earlier_site", "earlier_bundle.json", [1, 6])
    shutil.copytree(base / "record", base / "backup")
    with Log.open(base / "record", log_key=LOG, newest=None, clock=lambda: LATER) as log:
        _second_half(log, base / "receipt")
        (base / "kept.checkpoint").write_bytes(_checkpoint(log, COSIGNERS[:2]))
    _publish(base, "site", "bundle.json", [1, 2, 6, 8, 11])
    with Reader.open(base / "record") as reader:
        shown = {reader[4].id: ["/informant"], reader[11].id: WITNESSES[:1]}
        (base / "disclosing.json").write_bytes(make_bundle(reader, [], disclosed=shown))
    _write_fork(base)
    constitute(base / "other", "records.example/other")
    return World(base, charter)


def constitute(directory: Path, origin: str) -> None:
    """Write entry 0 of a joint record with three cosigners, and a document, under a checkpoint."""
    cosigners = [{"name": name, "key": public_text(key(name))} for name in COSIGNERS]
    listed: list[dict[str, Any]] = [
        *founding("joint", ("kestria", "vorland"), origin),
        {"event": "cosigners", "keys": cosigners},
        {"event": "quorum", "k": 2},
    ]
    with Log.create(directory, log_key=LOG, origin=origin, newest=None) as log:
        log.append([signed(log, Draft("CharterAdopted", "kestria", TIME, keys=listed), KESTRIA, VORLAND)])
        log.append([signed(log, draft(1, member="kestria"))])
        log.checkpoint()


def _first_half(log: Log) -> None:
    sheet = log.add_attachment(b"a made-up table")
    rows = tuple(canonical.dumps({"n": number}) for number in range(3))
    table = draft(3, member="kestria", kind="TableReceived", rows=rows)
    told = canonical.dumps({"informant": "D. Untold", "place": "Brenk"})
    sealed = draft(4, member="vorland", access="joint", body=told, concealed=("/informant",))
    made = [draft(2, member="vorland"), table, sealed]
    receipts = log.append([signed(log, each) for each in made])
    certify = {"event": "certify", "member": "kestria", "name": "officer", "key": public_text(OFFICER), "next": None}
    log.append([signed(log, Draft("OfficerCertified", "kestria", TIME, keys=[certify]))])
    cited = draft(7, member="vorland", body=canonical.dumps({"attachment": sheet}))
    log.append([signed(log, draft(6, member="kestria"), OFFICER), signed(log, cited)])
    (gone,) = log.append([signed(log, draft(8, member="kestria"))])
    named = canonical.dumps({"redacted_rows": [f"{receipts[1].id}/1"]})
    log.append([signed(log, Draft("BodyRedacted", "kestria", TIME, body=named, refs=(gone.id,)))])


def _second_half(log: Log, receipt: Path) -> None:
    revoke = {"event": "revoke", "key": OFFICER.key_id, "from": 10}
    log.append([signed(log, Draft("OfficerRevoked", "kestria", TIME, keys=[revoke]))])
    words = canonical.dumps({"place": "Brenk", "witnesses": ["A. Made-Up", "B. Invented"]})
    witnessed = draft(11, member="vorland", body=words, concealed=WITNESSES)
    receipts = log.append([signed(log, witnessed), signed(log, draft(12, member="kestria"))])
    receipt.write_bytes(receipts[0].note)


def _checkpoint(log: Log, names: Sequence[str]) -> bytes:
    text = note.parse(log.checkpoint()).text
    for name in names:
        log.add_cosignature(cosigned_by(name, text))
    return log.checkpoint()


def cosigned_by(name: str, text: str, by: SigningKey | None = None, seconds: int = SEEN_AT) -> note.SignatureLine:
    """Return the cosignature of a cosigner, or of somebody who signs in its name."""
    signer = by or key(name)
    return cosignature.cosign(text, note.Verifier(name, signer.public, note.COSIGNATURE), signer.sign, seconds)


def _publish(base: Path, name: str, bundle: str, indices: Sequence[int]) -> None:
    site = base / name
    (site / "data").mkdir(parents=True)
    (site / "index.html").write_text(f"<title>made up: {name}</title>", encoding="utf-8")
    (site / "data" / "positions.js").write_text("window.positions = [];", encoding="utf-8")
    with Reader.open(base / "record") as reader:
        publish(reader, site, [str(canonical.loads(reader[7].body or b"")["attachment"])])
        ids = [reader[index].id for index in indices]
        (base / bundle).write_bytes(make_bundle(reader, ids, row_ids=[f"{reader[3].id}/0"]))
        (base / "keys.txt").write_text(write_trust(reader.chain.keys), encoding="utf-8")
    republish(site)


def _write_fork(base: Path) -> None:
    """Write the site of a second history: the backup, gone on with by the log's own key."""
    shutil.copytree(base / "backup", base / "fork")
    with opened(base / "fork") as log:
        log.append([signed(log, draft(number, member="vorland")) for number in (110, 111, 112)])
        (base / "fork.checkpoint").write_bytes(log.checkpoint())
    site = base / "fork_site"
    with Reader.open(base / "fork") as reader:
        publish(reader, site, [str(canonical.loads(reader[7].body or b"")["attachment"])])
    republish(site)


def republish(site: Path, publisher: SigningKey = PUBLISHER) -> Path:
    """List and sign the site anew, as whoever holds the publisher's key can."""
    manifest.write(site, "publisher", publisher)
    return site


def entries_path(size: int) -> str:
    """Return the path of the file of entries of a small site."""
    return f"record/{tiles.tile_path(None, 0, size)}"


def hashes_path(size: int) -> str:
    """Return the path of the tile of leaf hashes of a small site."""
    return f"record/{tiles.tile_path(0, 0, size)}"


def leaves_of(site: Path) -> list[bytes]:
    """Return the leaves of a small site."""
    (path,) = [path for path in (site / "record/tile/entries").rglob("*") if path.is_file()]
    return tiles.unpack_entries(path.read_bytes(), int(path.name))


def resign(site: Path, leaves: Sequence[bytes], *, log_key: SigningKey = LOG, lines: str = "") -> Path:
    """Write the tree over other leaves and sign its checkpoint, as whoever holds the log's key can; list the site anew.

    Bodies that no leaf commits to any more are removed; `lines` are put under the checkpoint as cosignatures.
    """
    shutil.rmtree(site / "record/tile")
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    for path, data in (
        (entries_path(len(leaves)), tiles.pack_entries(leaves)),
        (hashes_path(len(leaves)), b"".join(hashes)),
    ):
        (site / path).parent.mkdir(parents=True)
        (site / path).write_bytes(data)
    made = checkpoint.Checkpoint(ORIGIN, len(leaves), merkle.root_of(hashes))
    signed_note = note.sign(made.text, note.Verifier(ORIGIN, log_key.public), log_key.sign)
    (site / CHECKPOINT).write_bytes(signed_note + lines.encode())
    whole = b"".join(leaves)
    for path in [*(site / BODIES).iterdir(), *(site / "record/rows").iterdir()]:
        if path.name.encode() not in whole:
            path.unlink()
    return republish(site)


def entry(world: World, made: Draft, *signers: SigningKey, keys_at: int = 10) -> Submission:
    """Sign an entry for the world's log without asking the log."""
    first, *others = signers
    return sign_entry(made, signer=first, origin=ORIGIN, charter=world.charter, keys_at=keys_at, also=tuple(others))


def show(site: Path, submission: Submission) -> bytes:
    """Put the body of an entry into the site and return its leaf."""
    commit = parse_leaf(submission.leaf).header["body_commit"]
    (site / BODIES / commit).write_bytes(submission.salt + submission.plaintext)
    return submission.leaf


def edit(file: Path, change: Callable[[Any], None], into: Path) -> Path:
    """Write a bundle with a change in its value."""
    value = canonical.loads(file.read_bytes())
    change(value)
    path = into / "bundle.json"
    path.write_bytes(canonical.dumps(value))
    return path


def rival_founding() -> list[dict[str, Any]]:
    """Return the founding events of a record that looks the same and has other keys."""
    rival = key("rival kestria"), key("rival vorland"), key("rival log"), key("rival publisher")
    return [
        {"event": "constitute", "form": "joint", "compiler": "A. Reader"},
        admit("member", "kestria", rival[0]),
        admit("member", "vorland", rival[1]),
        admit("log", ORIGIN, rival[2]),
        admit("publisher", "publisher", rival[3]),
    ]
