"""What a reader kept shows whether a host rolled back or showed two histories; a receipt, whether it kept its word."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record.records import LOG, ORIGIN, PUBLISHER, constitute, draft, key, signed
from tasdiq.errors import InputError, MissingError
from tasdiq.record import bundle, canonical, checkpoint, manifest, merkle, note, receipt
from tasdiq.record.audit import split_view
from tasdiq.record.audit.against import proof_of
from tasdiq.record.audit.copy import read_copy
from tasdiq.record.audit.path import audit
from tasdiq.record.audit.trust import write_trust
from tasdiq.record.log import Log
from tasdiq.record.mirrors.packing import pack
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader
from tasdiq.record.signing import key_id_of

LOG_KEY = note.Verifier(ORIGIN, LOG.public)
SIZES = (3, 4, 7, 300)
LATER = datetime(2099, 1, 1, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two histories of one log, `true` and `fork`, alike up to 4 entries: at each size a note, site, bundle and record."""
    base = tmp_path_factory.mktemp("against")
    with Log.create(base / "true", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        grow(base, "true", log, 3)
        grow(base, "true", log, 4)
        shutil.copytree(base / "true", base / "fork", ignore=shutil.ignore_patterns("*.lock"))
        for size in SIZES[2:]:
            grow(base, "true", log, size)
    with Log.open(base / "fork", log_key=LOG, newest=None) as log:
        for size in SIZES[2:]:
            grow(base, "fork", log, size, 1000)
    with Reader.open(base / "true") as reader:
        (base / "keys.txt").write_text(write_trust(reader.chain.keys), encoding="utf-8")
    return base


def grow(base: Path, name: str, log: Log, size: int, word: int = 0) -> None:
    """Let a history grow to `size` entries and keep all that a reader can have of it then."""
    receipts = log.append([signed(log, draft(word + at)) for at in range(log.size, size)])
    (base / f"{name}-{size}.receipt").write_bytes(receipts[-1].note)
    log._signed_at = 0.0
    (base / f"{name}-{size}.note").write_bytes(log.checkpoint())
    site = base / f"{name}-{size}"
    site.mkdir()
    with Reader.open(base / name) as reader:
        publish(reader, site)
        (base / f"{name}-{size}.json").write_bytes(bundle.make_bundle(reader, [reader[size - 1].id]))
    (site / "index.html").write_text("made up", encoding="utf-8")
    manifest.write(site, "publisher", PUBLISHER)


def found(here: Path, kept: Path) -> list[str]:
    """Return the codes of holding one copy against another."""
    return sorted({problem.code for problem in audit(here, against=[kept]).problems})


@pytest.mark.parametrize("kind", ["", ".note", ".json"])
def test_what_a_log_grew_from_is_found_in_it(world: Path, kind: str) -> None:
    """A site and a record hold against every earlier note, site and bundle, and say so."""
    for old, new in ((3, 3), (3, 4), (4, 300), (7, 300)):
        verdict = audit(world / f"true-{new}", world / "keys.txt", against=[world / f"true-{old}{kind}"])
        assert verdict.ok, verdict.problems
        assert f"begins with the {old} entries of true-{old}{kind}" in verdict.as_text()
    assert found(world / "true", world / f"true-7{kind}") == []


@pytest.mark.parametrize("kind", ["", ".note", ".json"])
def test_rule_2_a_record_set_back_is_rolled_back(world: Path, kind: str) -> None:
    """Whatever covers more entries than are here shows that what came after is gone."""
    assert found(world / "true-4", world / f"true-7{kind}") == ["rolled-back"]
    assert found(world / "true-4.json", world / f"true-7{kind}") == ["rolled-back"]


@pytest.mark.parametrize("kind", ["", ".note", ".json"])
def test_rule_3_two_histories_are_a_split_view(world: Path, kind: str) -> None:
    """At the same size, and with an earlier size of the other history, the roots differ."""
    for old, new in ((7, 7), (7, 300), (300, 300)):
        assert found(world / f"fork-{new}", world / f"true-{old}{kind}") == ["split-view"]


def test_rule_3_rolled_back_and_grown_otherwise(world: Path) -> None:
    """A whole site that was kept shows that the shorter history here is no beginning of it."""
    assert found(world / "fork-7", world / "true-300") == ["rolled-back", "split-view"]
    assert found(world / "fork-7", world / "true-300.note") == ["rolled-back"]


def test_rule_4_what_cannot_be_told_does_not_hold(world: Path) -> None:
    """A bundle and an earlier note cannot be compared; with an earlier site, or a shared entry, they can."""
    assert found(world / "true-7.json", world / "true-4.note") == ["not-comparable"]
    assert found(world / "true-7.json", world / "true-4") == ["not-comparable"]
    assert found(world / "true-7.json", world / "true-7.note") == []
    assert found(world / "fork-7.json", world / "true-7.json") == ["split-view"]


def test_rule_3_bundles_that_share_an_index(world: Path, tmp_path: Path) -> None:
    """Two bundles of different sizes that show different leaves at one index are a split view."""
    with Reader.open(world / "fork") as reader:
        (tmp_path / "sixth.json").write_bytes(bundle.make_bundle(reader, [reader[6].id]))
    assert found(tmp_path / "sixth.json", world / "true-7.json") == ["split-view"]


def test_rule_1_another_log_and_another_signer(world: Path, tmp_path: Path) -> None:
    """A note of another origin, or of this one by another key, says nothing about this record."""
    for origin, signer, code in (("another.example", LOG, "other-log"), (ORIGIN, key("thief"), "unknown-keys")):
        made = checkpoint.Checkpoint(origin, 3, bytes(32)).text
        kept = tmp_path / f"{code}.note"
        kept.write_bytes(note.sign(made, note.Verifier(origin, signer.public), signer.sign))
        assert found(world / "true-7", kept) == [code]


def test_what_was_kept_must_be_readable(world: Path, tmp_path: Path) -> None:
    """Nothing there, a file of something else, a copy that does not hold itself: exit 2 or a problem, never silence."""
    with pytest.raises(MissingError):
        audit(world / "true-7", against=[tmp_path / "nowhere"])
    for data in (b"", b"\xff", b"{}", b'{"checkpoint":1}', b"text\n\nmore\n", b'{"checkpoints":[]}'):
        (tmp_path / "wrong").write_bytes(data)
        with pytest.raises(InputError):
            audit(world / "true-7", against=[tmp_path / "wrong"])
    site = Path(shutil.copytree(world / "true-4", tmp_path / "site"))
    (site / "record/tile/entries/000.p/4").write_bytes(b"\0\x01x" * 4)
    assert found(world / "true-3", site) == ["not-comparable", "rolled-back"]
    shutil.rmtree(site / "record")
    assert "not-comparable" in found(site, world / "true-3")


# Split views by file


@pytest.mark.parametrize(
    ("here", "kept"), [("fork-7", "true-7.note"), ("fork-300", "true-7.note"), ("true-300", "fork-7")]
)
def test_a_split_view_is_proved_offline(world: Path, tmp_path: Path, here: str, kept: str) -> None:
    """From two copies a file is made that anyone can check, with and without the log's key from elsewhere."""
    proved = proof_of(read_copy(world / here), read_copy(world / kept), audit(world / here).keys)
    assert proved
    (tmp_path / "split.json").write_bytes(proved.to_bytes())
    verdict = audit(tmp_path / "split.json", world / "keys.txt")
    assert (verdict.what, verdict.ok, verdict.trusted) == ("split-view", False, True)
    assert [problem.code for problem in verdict.problems] == ["split-view"]
    assert verdict.as_text().startswith(f"PROVES a split view of {ORIGIN}")
    assert split_view.read(proved.to_bytes()) == proved


def test_a_rotated_log_is_proved_with_its_newer_key(world: Path, tmp_path: Path) -> None:
    """A trust file lists the log's earlier key too; a split view has no chain of keys, and that key does not matter to it."""
    proved = proof_of(read_copy(world / "fork-7"), read_copy(world / "true-7.note"), audit(world / "fork-7").keys)
    assert proved
    (tmp_path / "split.json").write_bytes(proved.to_bytes())
    earlier = f"log {ORIGIN} {key_id_of(key('earlier').public)}\n"
    (tmp_path / "keys.txt").write_text((world / "keys.txt").read_text() + earlier)
    verdict = audit(tmp_path / "split.json", tmp_path / "keys.txt")
    assert (verdict.trusted, [problem.code for problem in verdict.problems]) == (True, ["split-view"])
    (tmp_path / "keys.txt").write_text(earlier)
    assert not audit(tmp_path / "split.json", tmp_path / "keys.txt").trusted


@pytest.mark.parametrize("since", [0, 5, 256, 290])
def test_a_parcel_is_held_against_like_a_site(world: Path, tmp_path: Path, since: int) -> None:
    """A parcel of the entries from an index on tells every later size, and proves a split view against it."""
    with Reader.open(world / "true") as reader:
        pack(reader, tmp_path / "parcel", since=since)
    start = since // 256 * 256
    assert found(world / "true-300", tmp_path / "parcel") == []
    assert found(world / "fork-300", tmp_path / "parcel") == ["split-view"]
    assert found(world / "true-7", tmp_path / "parcel") == ["rolled-back"]
    assert found(world / "fork-7", tmp_path / "parcel") == (["rolled-back"] if start else ["rolled-back", "split-view"])
    copy, whole = read_copy(tmp_path / "parcel").node(), read_copy(world / "true-300").node()
    assert copy and whole
    for old in {max(start, 1), 257, 290, 299}:
        assert merkle.consistency_proof(old, 300, copy) == merkle.consistency_proof(old, 300, whole)
    keys = audit(world / "true-7").keys
    proved = proof_of(read_copy(world / "fork-300"), read_copy(tmp_path / "parcel"), keys)
    assert proved and split_view.prove(proved)


def test_one_history_proves_nothing(world: Path) -> None:
    """Two notes of one history, with or without its tree, make no split view."""
    keys = audit(world / "true-7").keys
    for old in (3, 4, 7):
        for kept in (f"true-{old}", f"true-{old}.note", f"true-{old}.json"):
            assert proof_of(read_copy(world / "true-300"), read_copy(world / kept), keys) is None
    assert proof_of(read_copy(world / "fork-300.json"), read_copy(world / "true-7.note"), keys) is None


@pytest.mark.parametrize("sizes", [(3, 7), (4, 300), (7, 300)])
def test_no_path_accuses_an_honest_log(world: Path, tmp_path: Path, sizes: tuple[int, int]) -> None:
    """For two notes of one history every path, the true one and altered ones, is refused."""
    older, newer = ((world / f"true-{size}.note").read_bytes() for size in sizes)
    node = read_copy(world / "true-300").node()
    assert node
    path = merkle.consistency_proof(*sizes, node)
    if merkle.is_perfect(sizes[0]):
        path = [merkle.edge_from(sizes[0], node).root(), *path]
    for tried in (path, path[1:], [*path, bytes(32)], [bytes(32), *path[1:]], [*path[:-1], bytes(32)], None):
        proof = None if tried is None else tuple(tried)
        file = tmp_path / "accusation.json"
        file.write_bytes(split_view.SplitView(older, newer, (LOG_KEY,), proof).to_bytes())
        verdict = audit(file)
        assert [problem.code for problem in verdict.problems] == ["split-view-malformed"], tried
        assert verdict.as_text().startswith("DOES NOT PROVE")


def test_an_accusation_by_another_key_is_unknown(world: Path, tmp_path: Path) -> None:
    """Two notes that somebody else signed under the log's name prove a split of that key alone."""
    thief = note.Verifier(ORIGIN, key("thief").public)
    notes = [
        note.sign(checkpoint.Checkpoint(ORIGIN, 7, bytes([n]) * 32).text, thief, key("thief").sign) for n in (1, 2)
    ]
    made = split_view.find(notes[0], notes[1], [thief])
    assert made
    (tmp_path / "split.json").write_bytes(made.to_bytes())
    codes = [problem.code for problem in audit(tmp_path / "split.json", world / "keys.txt").problems]
    assert set(codes) == {"split-view", "unknown-keys"}


def test_a_split_view_has_one_spelling(world: Path, tmp_path: Path) -> None:
    """Another order of the notes, other keys, another type, more fields: malformed."""
    notes = [(world / f"{name}-7.note").read_bytes() for name in ("true", "fork")]
    made = split_view.find(*notes, [LOG_KEY])
    assert made
    value = canonical.loads(made.to_bytes())
    for wrong in (
        {**value, "checkpoints": value["checkpoints"][::-1]},
        {**value, "checkpoints": value["checkpoints"][:1]},
        {**value, "log": [*value["log"], str(note.Verifier(ORIGIN, key("x").public))]},
        {**value, "log": []},
        {**value, "proof": []},
        {**value, "proof": [canonical.b64(bytes(32))]},
        {**value, "type": "tasdiq/split-view/v2"},
        {**value, "more": 1},
    ):
        (tmp_path / "split.json").write_bytes(canonical.dumps(wrong))
        assert {problem.code for problem in audit(tmp_path / "split.json").problems} == {"split-view-malformed"}


# Receipts


def promised(here: Path, kept: Path, now: float = LATER) -> list[tuple[str, int | None]]:
    """Return code and index of the problems a receipt shows."""
    return [(problem.code, problem.index) for problem in audit(here, receipts=[kept], now=now).problems]


def test_a_kept_receipt_holds(world: Path) -> None:
    """An entry that stands where it was promised is no problem, at any later size."""
    for here in ("true-4", "true-300", "true"):
        assert promised(world / here, world / "true-4.receipt") == []
    assert (
        "the receipt true-4.receipt is kept for 1 of 1 entries"
        in audit(world / "true-4", receipts=[world / "true-4.receipt"]).as_text()
    )
    assert promised(world / "true-7.json", world / "true-4.receipt") == [("not-comparable", 3)]


def test_a_broken_receipt_names_the_index(world: Path) -> None:
    """Another entry at the place, or none after the deadline; before it, it is merely due."""
    assert promised(world / "fork-7", world / "true-7.receipt") == [("receipt-broken", at) for at in (4, 5, 6)]
    assert promised(world / "true-4", world / "true-7.receipt") == [("receipt-broken", at) for at in (4, 5, 6)]
    assert promised(world / "true-4", world / "true-7.receipt", now=0) == []
    assert (
        "is due under a checkpoint by" in audit(world / "true-4", receipts=[world / "true-7.receipt"], now=0).as_text()
    )


def test_receipts_of_others(world: Path, tmp_path: Path) -> None:
    """A receipt of another log, by another key, or in another form."""
    line = [(3, "ab" * 32)]
    for origin, signer, code in (("another.example", LOG, "other-log"), (ORIGIN, key("x"), "unknown-keys")):
        made = receipt.text(origin, "2031-05-04T10:00:00Z", line)
        (tmp_path / "r").write_bytes(note.sign(made, note.Verifier(origin, signer.public), signer.sign))
        assert promised(world / "true-7", tmp_path / "r") == [(code, None)]
    for wrong in (
        receipt.text(ORIGIN, "2031-05-04T10:00:00Z", []),
        receipt.text(ORIGIN, "tomorrow", line),
        receipt.text(ORIGIN, "2031-05-04T10:00:00Z", [*line, *line]),
        receipt.text(ORIGIN, "2031-05-04T10:00:00Z", [(3, "AB" * 32)]),
        "tasdiq receipt v2\n" + receipt.text(ORIGIN, "2031-05-04T10:00:00Z", line),
    ):
        (tmp_path / "r").write_bytes(note.sign(wrong, LOG_KEY, LOG.sign))
        with pytest.raises(InputError):
            audit(world / "true-7", receipts=[tmp_path / "r"])
    with pytest.raises(MissingError):
        audit(world / "true-7", receipts=[tmp_path / "nowhere"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["true-7.note", "true-7.json", "true-7.parcel"]), st.integers(0, 1 << 20), st.binary(max_size=3))
def test_no_damage_raises_anything_else(world: Path, name: str, at: int, put: bytes) -> None:
    """Whatever happened to a copy that was kept, it is refused as input, or told as a problem."""
    if not (world / name).exists():
        with Reader.open(world / "true") as reader:
            pack(reader, world / name)
    data = (world / name).read_bytes()
    at %= len(data)
    (world / "damaged").write_bytes(data[:at] + put + data[at + 1 :])
    with suppress(InputError, MissingError):
        audit(world / "true-3", against=[world / "damaged"])


def test_a_site_without_its_leaves_is_told(world: Path, tmp_path: Path) -> None:
    """Of a site that lost its only tile of entries no key is known, so nothing can be held against it: told, not raised."""
    site = Path(shutil.copytree(world / "true-7", tmp_path / "site"))
    (site / "record/tile/entries/000.p/7").unlink()
    assert {"missing-file", "unknown-keys"} <= set(found(site, world / "true-4.note"))
    assert promised(site, world / "true-4.receipt")[-1] == ("unknown-keys", None)
