"""A mirror holds the log to one history: proofs of two, hosts set back, cosignatures, rotated keys (rule 5 of `mirror`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from record.mirrors.copying import content, grown, mirrored, packed, taken, tampered
from record.records import LOG, ORIGIN, TIME, constitute, draft, joint_log, key, opened, signed
from tasdiq.errors import InputError, RecordError
from tasdiq.record import checkpoint, cosignature, note
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.growth import Growth
from tasdiq.record.keys import public_text
from tasdiq.record.log import Log
from tasdiq.record.mirrors.mirror import AnotherHistoryError


def test_rule_5_two_histories_are_kept_as_proof(record: Path, tmp_path: Path) -> None:
    """The log signs another history for somebody else: the mirror takes none of it and keeps both checkpoints."""
    copy, other = mirrored(record, tmp_path / "m"), tmp_path / "r2"
    shutil.copytree(record, other)
    taken(copy, packed(grown(record, draft(200), draft(201)), tmp_path / "one", since=12))
    before = content(copy)
    second = packed(grown(other, *(draft(number) for number in range(300, 305))), tmp_path / "two", since=12)
    for _ in range(2):
        with pytest.raises(AnotherHistoryError, match="the log has signed two histories: entry 12"):
            taken(copy, second)
    assert content(copy) == before
    growth = Growth.open(copy)
    ((ours, theirs),) = growth.store.contradictions()
    growth.close()
    notes = [checkpoint.open_checkpoint(item, [LOG.public]) for item in (ours, theirs)]
    assert [item.size for item in notes] == [14, 17]


def test_rule_5_proof_takes_two_checkpoints_of_the_log(record: Path, tmp_path: Path) -> None:
    """A parcel that only looks like another history, its leaf altered, proves nothing and is refused as damaged."""
    copy = mirrored(record, tmp_path / "m")
    path = tampered(packed(record, tmp_path / "p"), b'"kind":"DocumentReceived"', b'"kind":"DocumentReceivee"')
    with pytest.raises(InputError, match="not those under its checkpoint"):
        taken(copy, path)
    growth = Growth.open(copy)
    assert growth.store.contradictions() == []
    growth.close()


def test_a_restored_host_catches_up_from_a_mirror(tmp_path: Path) -> None:
    """Set back to a backup it appends nothing; after a member's parcel it goes on, and nothing was lost."""
    home, newest = tmp_path / "r", tmp_path / "state"
    with Log.create(home, log_key=LOG, origin=ORIGIN, newest=newest) as log:
        constitute(log)
        log.checkpoint()
    shutil.copytree(home, tmp_path / "backup")
    with opened(home, newest) as log:
        log.append([signed(log, draft(number)) for number in range(3)])
        log.checkpoint()
    copy = mirrored(home, tmp_path / "m")
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "backup", home)
    with opened(home, newest) as log, pytest.raises(RecordError, match="tasdiq import"):
        log.append([signed(log, draft(9))])
    assert taken(home, packed(copy, tmp_path / "p", since=1)).added == 3
    with opened(home, newest) as log:
        log.append([signed(log, draft(9))])
        log.checkpoint()
    assert audit(home).ok


def test_cosignatures_travel_and_are_checked(tmp_path: Path) -> None:
    """A cosigner's line that came later is kept once; one that does not hold refuses the parcel."""
    cosigner = note.Verifier("ord", key("cosigner").public, note.COSIGNATURE)
    with joint_log(tmp_path / "r") as log:
        events = [
            {"event": "cosigners", "keys": [{"name": "ord", "key": public_text(key("cosigner"))}]},
            {"event": "quorum", "k": 1},
        ]
        log.append([signed(log, Draft("CosignersSet", "kestria", TIME, keys=events), key("kestria"), key("vorland"))])
        text = note.parse(log.checkpoint()).text
        plain = mirrored(tmp_path / "r", tmp_path / "m")
        log.add_cosignature(cosignature.cosign(text, cosigner, key("cosigner").sign, 2_000_000_000))
    path = packed(tmp_path / "r", tmp_path / "p")
    for _ in range(2):
        taken(plain, path)
        assert content(plain) == content(tmp_path / "r")
    assert [name for name, _ in audit(plain).cosigned] == ["ord"]


def test_a_rotated_log_key_signs_for_what_follows(record: Path, tmp_path: Path) -> None:
    """A parcel over a rotation is signed by the new key; the mirror follows, and refuses the old one for later sizes."""
    copy, following = mirrored(record, tmp_path / "m"), key("log next")
    with opened(record) as log:
        event = {"event": "rotate", "old": LOG.key_id, "key": public_text(following), "next": None}
        log.append([signed(log, Draft("KeyRotated", "analyst", TIME, keys=[event]), key("analyst"), following)])
    with Log.open(record, log_key=following, newest=None) as log:
        log.checkpoint()
    assert taken(copy, packed(record, tmp_path / "p", since=12)).added == 1
    assert audit(copy).ok
