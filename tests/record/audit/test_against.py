"""What a reader kept shows whether a host rolled back or showed two histories."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record.audit.kept import found, promised
from record.records import LOG, ORIGIN, key
from tasdiq.errors import InputError, MissingError
from tasdiq.record import bundle, checkpoint, merkle, note
from tasdiq.record.audit import split_view
from tasdiq.record.audit.against import proof_of
from tasdiq.record.audit.copy import read_copy
from tasdiq.record.audit.path import audit
from tasdiq.record.mirrors.packing import pack
from tasdiq.record.reader import Reader


@pytest.mark.parametrize("kind", ["", ".note", ".json"])
def test_what_a_log_grew_from_is_found_in_it(histories: Path, kind: str) -> None:
    """A site and a record hold against every earlier note, site and bundle, and say so."""
    for old, new in ((3, 3), (3, 4), (4, 300), (7, 300)):
        verdict = audit(histories / f"true-{new}", histories / "keys.txt", against=[histories / f"true-{old}{kind}"])
        assert verdict.ok, verdict.problems
        assert f"begins with the {old} entries of true-{old}{kind}" in verdict.as_text()
    assert found(histories / "true", histories / f"true-7{kind}") == []


@pytest.mark.parametrize("kind", ["", ".note", ".json"])
def test_rule_2_a_record_set_back_is_rolled_back(histories: Path, kind: str) -> None:
    """Whatever covers more entries than are here shows that what came after is gone."""
    assert found(histories / "true-4", histories / f"true-7{kind}") == ["rolled-back"]
    assert found(histories / "true-4.json", histories / f"true-7{kind}") == ["rolled-back"]


@pytest.mark.parametrize("kind", ["", ".note", ".json"])
def test_rule_3_two_histories_are_a_split_view(histories: Path, kind: str) -> None:
    """At the same size, and with an earlier size of the other history, the roots differ."""
    for old, new in ((7, 7), (7, 300), (300, 300)):
        assert found(histories / f"fork-{new}", histories / f"true-{old}{kind}") == ["split-view"]


def test_rule_3_rolled_back_and_grown_otherwise(histories: Path) -> None:
    """A whole site that was kept shows that the shorter history here is no beginning of it."""
    assert found(histories / "fork-7", histories / "true-300") == ["rolled-back", "split-view"]
    assert found(histories / "fork-7", histories / "true-300.note") == ["rolled-back"]


def test_rule_4_what_cannot_be_told_does_not_hold(histories: Path) -> None:
    """A bundle and an earlier note cannot be compared; with an earlier site, or a shared entry, they can."""
    assert found(histories / "true-7.json", histories / "true-4.note") == ["not-comparable"]
    assert found(histories / "true-7.json", histories / "true-4") == ["not-comparable"]
    assert found(histories / "true-7.json", histories / "true-7.note") == []
    assert found(histories / "fork-7.json", histories / "true-7.json") == ["split-view"]


def test_rule_3_bundles_that_share_an_index(histories: Path, tmp_path: Path) -> None:
    """Two bundles of different sizes that show different leaves at one index are a split view."""
    with Reader.open(histories / "fork") as reader:
        (tmp_path / "sixth.json").write_bytes(bundle.make_bundle(reader, [reader[6].id]))
    assert found(tmp_path / "sixth.json", histories / "true-7.json") == ["split-view"]


def test_rule_1_another_log_and_another_signer(histories: Path, tmp_path: Path) -> None:
    """A note of another origin, or of this one by another key, says nothing about this record."""
    for origin, signer, code in (("another.example", LOG, "other-log"), (ORIGIN, key("thief"), "unknown-keys")):
        made = checkpoint.Checkpoint(origin, 3, bytes(32)).text
        kept = tmp_path / f"{code}.note"
        kept.write_bytes(note.sign(made, note.Verifier(origin, signer.public), signer.sign))
        assert found(histories / "true-7", kept) == [code]


def test_what_was_kept_must_be_readable(histories: Path, tmp_path: Path) -> None:
    """Nothing there, a file of something else, a copy that does not hold itself: exit 2 or a problem, never silence."""
    with pytest.raises(MissingError):
        audit(histories / "true-7", against=[tmp_path / "nowhere"])
    for data in (b"", b"\xff", b"{}", b'{"checkpoint":1}', b"text\n\nmore\n", b'{"checkpoints":[]}'):
        (tmp_path / "wrong").write_bytes(data)
        with pytest.raises(InputError):
            audit(histories / "true-7", against=[tmp_path / "wrong"])
    site = Path(shutil.copytree(histories / "true-4", tmp_path / "site"))
    (site / "record/tile/entries/000.p/4").write_bytes(b"\0\x01x" * 4)
    assert found(histories / "true-3", site) == ["not-comparable", "rolled-back"]
    shutil.rmtree(site / "record")
    assert "not-comparable" in found(site, histories / "true-3")


@pytest.mark.parametrize("since", [0, 5, 256, 290])
def test_a_parcel_is_held_against_like_a_site(histories: Path, tmp_path: Path, since: int) -> None:
    """A parcel of the entries from an index on tells every later size, and proves a split view against it."""
    with Reader.open(histories / "true") as reader:
        pack(reader, tmp_path / "parcel", since=since)
    start = since // 256 * 256
    assert found(histories / "true-300", tmp_path / "parcel") == []
    assert found(histories / "fork-300", tmp_path / "parcel") == ["split-view"]
    assert found(histories / "true-7", tmp_path / "parcel") == ["rolled-back"]
    assert found(histories / "fork-7", tmp_path / "parcel") == (
        ["rolled-back"] if start else ["rolled-back", "split-view"]
    )
    copy, whole = read_copy(tmp_path / "parcel").node(), read_copy(histories / "true-300").node()
    assert copy and whole
    for old in {max(start, 1), 257, 290, 299}:
        assert merkle.consistency_proof(old, 300, copy) == merkle.consistency_proof(old, 300, whole)
    keys = audit(histories / "true-7").keys
    proved = proof_of(read_copy(histories / "fork-300"), read_copy(tmp_path / "parcel"), keys)
    assert proved and split_view.prove(proved)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["true-7.note", "true-7.json", "true-7.parcel"]), st.integers(0, 1 << 20), st.binary(max_size=3))
def test_no_damage_raises_anything_else(histories: Path, name: str, at: int, put: bytes) -> None:
    """Whatever happened to a copy that was kept, it is refused as input, or told as a problem."""
    if not (histories / name).exists():
        with Reader.open(histories / "true") as reader:
            pack(reader, histories / name)
    data = (histories / name).read_bytes()
    at %= len(data)
    (histories / "damaged").write_bytes(data[:at] + put + data[at + 1 :])
    with suppress(InputError, MissingError):
        audit(histories / "true-3", against=[histories / "damaged"])


def test_a_site_without_its_leaves_is_told(histories: Path, tmp_path: Path) -> None:
    """Of a site that lost its only tile of entries no key is known, so nothing can be held against it: told, not raised."""
    site = Path(shutil.copytree(histories / "true-7", tmp_path / "site"))
    (site / "record/tile/entries/000.p/7").unlink()
    assert {"missing-file", "unknown-keys"} <= set(found(site, histories / "true-4.note"))
    assert promised(site, histories / "true-4.receipt")[-1] == ("unknown-keys", None)
