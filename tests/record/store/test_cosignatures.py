"""Cosignatures are collected line by line, counted once, and come with the checkpoint; contradictions are kept as pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from record.records import TIME, draft, joint_log, key, opened, signed
from record.store.files import audited
from tasdiq.errors import InputError
from tasdiq.record import canonical, cosignature, note
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.store import Store

NAMES = ("c1", "c2")


@pytest.fixture
def log(tmp_path: Path, database: str | None) -> Iterator[Log]:
    """A joint record with two cosigners, without a checkpoint yet."""
    with joint_log(tmp_path / "r", database=database) as log:
        listed = [{"name": name, "key": canonical.b64url(key(name).public)} for name in NAMES]
        events = [{"event": "cosigners", "keys": listed}, {"event": "quorum", "k": 2}]
        made = Draft("CharterAmended", "kestria", TIME, keys=events)
        log.append([signed(log, made, key("kestria"), key("vorland"))])
        yield log


def line(signed_note: bytes, name: str, signer: str = "", seconds: int = 1_900_000_000) -> note.SignatureLine:
    """Return the line of a cosigner under a checkpoint."""
    verifier = note.Verifier(name, key(signer or name).public, note.COSIGNATURE)
    return cosignature.cosign(note.parse(signed_note).text, verifier, key(signer or name).sign, seconds)


def test_rule_5_lines_are_kept_once_and_merged(log: Log, tmp_path: Path) -> None:
    """The checkpoint grows by each cosigner's line, whoever asks for it, and survives closing."""
    bare = log.checkpoint()
    lines = [line(bare, name) for name in NAMES]
    assert [log.add_cosignature(each) for each in (*lines, *lines)] == [True, True, False, False]
    assert not log.add_cosignature(line(bare, "c1", seconds=1_900_000_007))
    merged = bare + b"".join(str(each).encode() for each in lines)
    store = Store.open(tmp_path / "r")
    assert log.checkpoint() == store.checkpoint() == merged
    assert store.cosignatures(2) == [str(each) for each in lines]
    store.close()
    log.close()
    with opened(tmp_path / "r") as again:
        assert again.checkpoint() == merged
    assert audited(tmp_path / "r").as_json()["cosigned"]["by"] == list(NAMES)


def test_rule_5_a_line_that_does_not_hold_is_refused(log: Log) -> None:
    """No checkpoint yet, a stranger's line, another's key, another checkpoint: nothing is kept."""
    with pytest.raises(InputError, match="no checkpoint yet"):
        log.add_cosignature(line(b"a\n\n\xe2\x80\x94 x AAAAAAA=\n", "c1"))
    older = log.checkpoint()
    log.append([signed(log, draft(1, member="kestria"))])
    bare = log.checkpoint()
    for bad, words in (
        (line(bare, "c3"), "no cosigner"),
        (line(bare, "c1", "c2"), "no cosigner"),
        (line(older, "c1"), "does not hold"),
    ):
        with pytest.raises(InputError, match=words):
            log.add_cosignature(bad)
    assert log.checkpoint() == bare
    assert log.add_cosignature(line(bare, "c1"))


def test_the_next_checkpoint_starts_without_lines(log: Log) -> None:
    """A cosignature is on one checkpoint; the next is cosigned anew."""
    assert log.add_cosignature(line(log.checkpoint(), "c1"))
    log.append([signed(log, draft(1, member="kestria"))])
    assert len(note.parse(log.checkpoint()).lines) == 1


def test_contradictions_are_kept_once(log: Log, tmp_path: Path) -> None:
    """The pair of notes that proves a split view lies in the record, in the order it was found."""
    log.close()
    store = Store.open(tmp_path / "r", write=True)
    for pair in ((b"one", b"other"), (b"one", b"third"), (b"one", b"other")):
        store.keep_contradiction(*pair)
    assert store.contradictions() == [(b"one", b"other"), (b"one", b"third")]
    store.close()
