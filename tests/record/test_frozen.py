"""What was written in 2026 decodes and audits forever: `tests/vectors/record-v1`, never written again (see `frozen`)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from record import frozen
from record.records import LOG, ORIGIN, draft, key, opened, signed
from record.store.files import audited
from tasdiq.record import note, receipt, submission
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.verdict import Verdict
from tasdiq.record.body import commit
from tasdiq.record.cosign import rules
from tasdiq.record.entry import parse_leaf
from tasdiq.record.mirrors import mirror
from tasdiq.record.reader import Reader

KEPT = Path(__file__).parents[1] / "vectors" / "record-v1"
ROOT_FILE = KEPT / "root.txt"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the folder, with the key at rest as private as a record wants it: a repository does not keep modes."""
    base = Path(shutil.copytree(KEPT, tmp_path / "kept"))
    (base / "record" / "keys" / "at-rest.key").chmod(0o600)
    return base


def told(verdict: Verdict) -> tuple[object, ...]:
    """Return what a verdict counts, after requiring that it holds under the trusted keys."""
    assert verdict.ok, verdict.problems
    said = verdict.as_json()
    assert said["keys"] == "trusted"
    assert said["root"] == ROOT_FILE.read_text(encoding="ascii").strip()
    cosigned = said["cosigned"]
    assert (cosigned["k"], cosigned["n"], cosigned["quorum"], cosigned["by"]) == (2, 3, 2, ["c1", "c2"])
    return said["what"], verdict.withheld, verdict.redacted, verdict.disputed


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("record", ("record", 1, 2, 1)),
        ("site", ("site", 4, 2, 1)),
        ("bundle.tasdiq.json", ("bundle", 1, 1, 0)),
    ],
)
def test_it_audits(kept: Path, name: str, counted: tuple[object, ...]) -> None:
    """Record, site and bundle hold under the keys that were handed out with them, with the same counts as then."""
    assert told(audit(kept / name, kept / "keys.txt")) == counted


def test_every_entry_reads_as_it_did(kept: Path) -> None:
    """Kinds, refs, times, bodies, rows, disclosures, the named entry through a recipient's key: all as written down then."""
    with Reader.open(kept / "record") as reader:
        assert frozen.facts(reader) == json.loads((kept / "facts.json").read_text(encoding="utf-8"))


def test_without_the_key_at_rest_joint_bodies_are_withheld(kept: Path) -> None:
    """What needs the key reads as not here, and the record holds all the same."""
    (kept / "record" / "keys" / "at-rest.key").unlink()
    assert told(audit(kept / "record", kept / "keys.txt")) == ("record", 4, 2, 1)
    with Reader.open(kept / "record") as reader:
        assert [stored.status for stored in reader if stored.access == "joint"] == ["withheld"] * 3


def test_nothing_redacted_is_in_any_file(kept: Path) -> None:
    """The redacted body and row are in no file of it."""
    files = [path.read_bytes() for path in kept.rglob("*") if path.is_file()]
    assert not [data for data in files if frozen.REDACTED.encode() in data]


def test_the_parcel_makes_a_mirror_that_audits(kept: Path, tmp_path: Path) -> None:
    """A mirror is made from the parcel, under the same root, with the same content."""
    mirror.create(tmp_path / "mirror", kept / "parcel").close()
    assert told(audit(tmp_path / "mirror", kept / "keys.txt")) == ("record", 1, 2, 1)
    with Reader.open(tmp_path / "mirror") as reader:
        assert frozen.facts(reader) == json.loads((kept / "facts.json").read_text(encoding="utf-8"))


def test_receipt_submission_and_request_read(kept: Path) -> None:
    """The log's receipt names every entry, the waiting submission and the request to a cosigner are whole."""
    facts = json.loads((kept / "facts.json").read_text(encoding="utf-8"))
    signed_note = (kept / "receipt").read_bytes()
    assert note.open_note(signed_note, [note.Verifier(ORIGIN, LOG.public)])
    promised = receipt.parse(signed_note)
    assert promised.entries == tuple((index, entry["id"]) for index, entry in enumerate(facts) if index)
    waiting = submission.from_bytes((kept / "submission.json").read_bytes())
    assert parse_leaf(waiting.leaf).header["body_commit"] == commit(waiting.salt, waiting.plaintext).hex()
    asked = rules.read_request((kept / "request").read_bytes())
    assert isinstance(asked, rules.Request)
    assert (asked.old, asked.found.size) == (0, len(facts))


def test_the_log_goes_on(kept: Path) -> None:
    """Today's log opens the record with its key, takes the submission that waited, appends and signs."""
    with opened(kept / "record") as log:
        before = log.size
        log.append([submission.from_bytes((kept / "submission.json").read_bytes())])
        log.append([signed(log, draft(12, member="kestria"), key("kestria next"))])
        log.checkpoint()
        assert log.size == before + 2
    verdict = audited(kept / "record")
    assert verdict.ok, verdict.problems


def test_what_is_written_today_reads_like_it(tmp_path: Path) -> None:
    """Today's program writes a record of the same entries, in the same forms; only nonces, salts and keys of bodies differ."""
    frozen.write(tmp_path)
    was = json.loads((KEPT / "facts.json").read_text(encoding="utf-8"))
    now = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    for name in ("kind", "member", "access", "status", "disputed", "claimed_time", "officer", "rows"):
        assert [entry[name] for entry in now] == [entry[name] for entry in was], name
