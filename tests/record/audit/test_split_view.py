"""Split views by file: anyone can check the proof offline, and no path accuses an honest log."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.audit.kept import LOG_KEY
from record.records import ORIGIN, key
from tasdiq.record import canonical, checkpoint, merkle, note
from tasdiq.record.audit import split_view
from tasdiq.record.audit.against import proof_of
from tasdiq.record.audit.copy import read_copy
from tasdiq.record.audit.path import audit
from tasdiq.record.signing import key_id_of


@pytest.mark.parametrize(
    ("here", "kept"), [("fork-7", "true-7.note"), ("fork-300", "true-7.note"), ("true-300", "fork-7")]
)
def test_a_split_view_is_proved_offline(histories: Path, tmp_path: Path, here: str, kept: str) -> None:
    """From two copies a file is made that anyone can check, with and without the log's key from elsewhere."""
    proved = proof_of(read_copy(histories / here), read_copy(histories / kept), audit(histories / here).keys)
    assert proved
    (tmp_path / "split.json").write_bytes(proved.to_bytes())
    verdict = audit(tmp_path / "split.json", histories / "keys.txt")
    assert (verdict.what, verdict.ok, verdict.trusted) == ("split-view", False, True)
    assert [problem.code for problem in verdict.problems] == ["split-view"]
    assert verdict.as_text().startswith(f"PROVES a split view of {ORIGIN}")
    assert split_view.read(proved.to_bytes()) == proved


def test_a_rotated_log_is_proved_with_its_newer_key(histories: Path, tmp_path: Path) -> None:
    """A trust file lists the log's earlier key too; a split view has no chain of keys, and that key does not matter to it."""
    proved = proof_of(
        read_copy(histories / "fork-7"), read_copy(histories / "true-7.note"), audit(histories / "fork-7").keys
    )
    assert proved
    (tmp_path / "split.json").write_bytes(proved.to_bytes())
    earlier = f"log {ORIGIN} {key_id_of(key('earlier').public)}\n"
    (tmp_path / "keys.txt").write_text((histories / "keys.txt").read_text() + earlier)
    verdict = audit(tmp_path / "split.json", tmp_path / "keys.txt")
    assert (verdict.trusted, [problem.code for problem in verdict.problems]) == (True, ["split-view"])
    (tmp_path / "keys.txt").write_text(earlier)
    assert not audit(tmp_path / "split.json", tmp_path / "keys.txt").trusted


def test_one_history_proves_nothing(histories: Path) -> None:
    """Two notes of one history, with or without its tree, make no split view."""
    keys = audit(histories / "true-7").keys
    for old in (3, 4, 7):
        for kept in (f"true-{old}", f"true-{old}.note", f"true-{old}.json"):
            assert proof_of(read_copy(histories / "true-300"), read_copy(histories / kept), keys) is None
    assert proof_of(read_copy(histories / "fork-300.json"), read_copy(histories / "true-7.note"), keys) is None


@pytest.mark.parametrize("sizes", [(3, 7), (4, 300), (7, 300)])
def test_no_path_accuses_an_honest_log(histories: Path, tmp_path: Path, sizes: tuple[int, int]) -> None:
    """For two notes of one history every path, the true one and altered ones, is refused."""
    older, newer = ((histories / f"true-{size}.note").read_bytes() for size in sizes)
    node = read_copy(histories / "true-300").node()
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


def test_an_accusation_by_another_key_is_unknown(histories: Path, tmp_path: Path) -> None:
    """Two notes that somebody else signed under the log's name prove a split of that key alone."""
    thief = note.Verifier(ORIGIN, key("thief").public)
    notes = [
        note.sign(checkpoint.Checkpoint(ORIGIN, 7, bytes([n]) * 32).text, thief, key("thief").sign) for n in (1, 2)
    ]
    made = split_view.find(notes[0], notes[1], [thief])
    assert made
    (tmp_path / "split.json").write_bytes(made.to_bytes())
    codes = [problem.code for problem in audit(tmp_path / "split.json", histories / "keys.txt").problems]
    assert set(codes) == {"split-view", "unknown-keys"}


def test_a_split_view_has_one_spelling(histories: Path, tmp_path: Path) -> None:
    """Another order of the notes, other keys, another type, more fields: malformed."""
    notes = [(histories / f"{name}-7.note").read_bytes() for name in ("true", "fork")]
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
