"""The audit holds for what was written, and says what is wrong with what was not."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, PUBLISHER, key, signed
from record.sites import codes
from tasdiq.record import canonical, checkpoint, manifest, merkle, note
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader


def test_the_verdict_has_exactly_the_fields_of_the_contract(world: Path) -> None:
    """The JSON is the one other programs are written against."""
    value = audit(world / "site").as_json()
    assert list(value) == [
        "ok", "what", "origin", "size", "root", "cosigned", "keys", "withheld", "redacted", "problems",
    ]  # fmt: skip
    assert value["cosigned"] == {"k": 0, "n": 0, "quorum": 0, "by": [], "at": []}
    assert (value["ok"], value["what"], value["origin"], value["size"]) == (True, "site", ORIGIN, 12)
    assert (value["keys"], value["withheld"], value["redacted"], value["problems"]) == ("unknown", 1, 2, [])


def test_a_record_directory_and_a_site_have_the_same_root(world: Path) -> None:
    """The record itself is audited too; there the sealed body is not withheld but checked."""
    record, site = audit(world / "r"), audit(world / "site")
    assert record.ok, record.problems
    assert (record.what, record.root, record.size) == ("record", site.root, site.size)
    assert (record.withheld, record.redacted) == (0, 2)


def test_trusted_keys_are_the_founding_ones(world: Path) -> None:
    """With the keys file beside the record the verdict says trusted."""
    verdict = audit(world / "site", world / "keys.txt")
    assert verdict.ok
    assert verdict.as_json()["keys"] == "trusted"


def test_the_text_says_what_the_check_cannot_show(world: Path) -> None:
    """Whoever reads the verdict learns whose keys signed, whose compilation it is, and that true is another matter."""
    text = audit(world / "site").as_text()
    assert "compiled by A. Reader; no party has signed; proposed by machine unless confirmed" in text
    assert "It does not show that it is true." in text
    assert "keys as of size 12; later revocations unknown" in text
    assert key("analyst").key_id in text


def test_a_site_made_anew_under_other_keys_is_unknown(tmp_path: Path, world: Path) -> None:
    """A forged site agrees with itself: unknown without trusted keys, refused with them."""
    with Log.create(tmp_path / "r", log_key=key("forger log"), origin=ORIGIN, newest=None) as log:
        events = [
            {"event": "constitute", "form": "desk", "compiler": "A. Reader"},
            *(
                {"event": "admit", "role": role, "name": name, "key": canonical.b64url(signer.public), "next": None}
                for role, name, signer in (
                    ("member", "analyst", key("forger")),
                    ("log", ORIGIN, key("forger log")),
                    ("publisher", "publisher", key("forger publisher")),
                )
            ),
        ]
        log.append(
            [signed(log, Draft("CharterAdopted", "analyst", "2031-05-04T10:00:00Z", keys=events), key("forger"))]
        )
        log.checkpoint()
    site = tmp_path / "site"
    site.mkdir()
    with Reader.open(tmp_path / "r") as reader:
        publish(reader, site)
    manifest.write(site, "publisher", key("forger publisher"))
    alone = audit(site)
    assert (alone.ok, alone.as_json()["keys"]) == (True, "unknown")
    held = audit(site, world / "keys.txt")
    assert (held.ok, held.as_json()["keys"]) == (False, "unknown")
    assert {problem.code for problem in held.problems} == {"unknown-keys"}


@pytest.mark.parametrize(
    ("tamper", "code", "path"),
    [
        (lambda site: (site / "index.html").write_text("x"), "changed-file", "index.html"),
        (lambda site: (site / "index.html").unlink(), "missing-file", "index.html"),
        (lambda site: (site / "new.html").write_text("x"), "extra-file", "new.html"),
        (lambda site: (site / "link").symlink_to("/etc/passwd"), "not-a-file", "link"),
        (lambda site: (site / "manifest.note").unlink(), "missing-file", "manifest.note"),
        (lambda site: (site / "manifest.note").write_text("x"), "manifest-malformed", "manifest.note"),
        (lambda site: (site / "record" / "checkpoint").unlink(), "checkpoint-missing", "record/checkpoint"),
        (
            lambda site: (site / "record" / "checkpoint").write_bytes(b"\xff"),
            "checkpoint-malformed",
            "record/checkpoint",
        ),
        (lambda site: shutil.rmtree(site / "record"), "checkpoint-missing", "record/checkpoint"),
        (
            lambda site: (site / "record/tile/entries/000.p/12").unlink(),
            "missing-file",
            "record/tile/entries/000.p/12",
        ),
        (lambda site: (site / "record/tile/0/000.p/12").write_bytes(b""), "tile-mismatch", "record/tile/0/000.p/12"),
    ],
)
def test_what_happened_to_a_file_is_named(site: Path, tamper: Callable[[Path], object], code: str, path: str) -> None:
    """A changed, missing, extra or foreign file is named with what happened to it."""
    tamper(site)
    assert (code, path) in codes(site)


def test_a_publisher_the_record_does_not_name_is_refused(site: Path) -> None:
    """Whoever alters a page and signs the list anew with another key is found out."""
    (site / "index.html").write_text("altered", encoding="utf-8")
    manifest.write(site, "publisher", key("forger"))
    assert codes(site) == {("manifest-signature", "manifest.note")}


def resigned(site: Path) -> set[tuple[str, str]]:
    """Return the problems after the publisher itself has signed the tampered site."""
    manifest.write(site, "publisher", PUBLISHER)
    return codes(site)


def test_the_publisher_cannot_alter_the_record(site: Path) -> None:
    """With the publisher's key one can change pages, and not the record: each attempt is named."""
    body = next(path for path in sorted((site / "record" / "body").iterdir()) if b"number" in path.read_bytes())
    kept = body.read_bytes()
    body.write_bytes(kept.replace(b"made-up", b"well-known"))
    assert resigned(site) == {("body-changed", f"record/body/{body.name}")}
    body.unlink()
    assert resigned(site) == {("body-missing", f"record/body/{body.name}")}
    body.write_bytes(kept)
    (site / "record" / "body" / ("ab" * 32)).write_bytes(b"a body of no entry")
    assert resigned(site) == {("extra-file", f"record/body/{'ab' * 32}")}
    (site / "record" / "body" / ("ab" * 32)).unlink()
    sheet = next((site / "record" / "attachment").iterdir())
    sheet.write_bytes(b"another table")
    assert resigned(site) == {("attachment-changed", f"record/attachment/{sheet.name}")}


def test_the_publisher_cannot_alter_rows(site: Path) -> None:
    """A row changed, dropped, added or brought back after its redaction is named."""
    path = next((site / "record" / "rows").iterdir())
    name, listed = f"record/rows/{path.name}", json.loads(path.read_bytes())
    body = f"record/body/{path.name}"
    altered = [{**listed[0], "row": '{"n":7}'}, *listed[1:]]
    for rows, code in (
        (altered, "row-changed"),
        ([None, *listed[1:]], "row-missing"),
        ([*listed, listed[0]], "row-changed"),
        (listed[:2] + listed[:1] + listed[3:], "row-changed"),
    ):
        path.write_bytes(canonical.dumps(rows))
        assert {(found, where) for found, where in resigned(site)} == {(code, body)}
    path.write_bytes(b"[1.5]")
    assert ("row-changed", name) in resigned(site)


def test_a_stolen_log_key_cannot_alter_entries(site: Path) -> None:
    """Entries altered under a checkpoint signed anew still lack their members' signatures."""
    path = site / "record/tile/entries/000.p/12"
    path.write_bytes(path.read_bytes().replace(b'"DocumentReceived"', b'"DocumentDeceived"', 1))
    leaves = []
    data = path.read_bytes()
    while data:
        length = int.from_bytes(data[:2], "big")
        leaves.append(merkle.leaf_hash(data[2 : 2 + length]))
        data = data[2 + length :]
    (site / "record/tile/0/000.p/12").write_bytes(b"".join(leaves))
    forged = checkpoint.Checkpoint(ORIGIN, 12, merkle.root_of(leaves))
    (site / "record/checkpoint").write_bytes(note.sign(forged.text, note.Verifier(ORIGIN, LOG.public), LOG.sign))
    found = resigned(site)
    assert ("entry-refused", "record/tile/entries/000.p/12") in found


def test_whatever_a_publisher_signs_the_record_stays_what_it_is(site: Path) -> None:
    """A hundred random changes under `record/`, each signed by the publisher itself: every one is found."""
    chance = random.Random(9)
    files = sorted(path for path in (site / "record").rglob("*") if path.is_file())
    for _ in range(100):
        path = chance.choice(files)
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        assert resigned(site), (path, at)
        path.write_bytes(whole)
    assert not resigned(site)
