"""The main job run again and again: what is appended, what is left alone, and what a kill, a second run or a failure leaves.

The rules are those of `journey`, `arrival`, `founding` and `publishing`.
"""

from __future__ import annotations

import json
import shutil
import stat
import subprocess

from doors.folders import CROSSING, DENIAL, SHELLING, TABLE, TASDIQ, environment, fingerprints
from journey.desk import Desk
from tasdiq.record.audit.path import audit


def test_a_rerun_appends_nothing_and_touches_nothing_of_the_folder(desk: Desk) -> None:
    """Exactly no entry; every hash, time and mode in the folder is as before."""
    before, size = fingerprints(desk.folder), desk.state().size
    assert [desk.assess().appended for _ in range(2)] == [0, 0]
    assert desk.state().size == size
    assert fingerprints(desk.folder) == before


def test_the_order_of_hashes_changes_nothing(desk: Desk) -> None:
    """Runs of other processes with other hash seeds append nothing either."""
    for seed in ("1", "2"):
        done = subprocess.run(
            [str(TASDIQ), "assess", str(desk.folder), "-o", str(desk.site), "--json"],
            env={**environment(desk.settings.state_directory), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert json.loads(done.stdout)["appended"] == 0


def test_a_new_file_appends_only_what_changed(desk: Desk) -> None:
    """Its document, its statements and what they change in the whole; no earlier document is entered again."""
    size = desk.state().size
    (desk.folder / "later.txt").write_text(DENIAL.replace("Wednesday", "Friday").replace("5 March", "7 March"))
    assert desk.assess().appended == desk.state().size - size > 0
    kinds = desk.kinds(size)
    assert kinds.count("DocumentReceived") == kinds.count("StatementsProposed") == 1
    assert kinds.count("TableReceived") == kinds.count("CharterAmended") == 0
    assert len(desk.state().documents) == 4
    assert desk.assess().appended == 0


def test_a_changed_file_stands_in_place_of_the_earlier_version(desk: Desk) -> None:
    """The correction and the new version are entries; documents, statements and site follow the folder."""
    before = set(desk.state().documents)
    (desk.folder / "shelling.txt").write_text(SHELLING.replace("three border posts", "four border posts"))
    size = desk.state().size
    desk.assess()
    assert desk.kinds(size)[:2] == ["EntryCorrected", "DocumentReceived"]
    state = desk.state()
    assert len(state.documents) == 3 and len(set(state.documents) - before) == 1
    assert {statement.document for statement in state.statements.values()} <= set(state.documents)
    assert {item["id"] for item in desk.data()["documents"]} == set(state.documents)
    assert desk.assess().appended == 0


def test_a_file_taken_away_and_put_back(desk: Desk) -> None:
    """Out of the folder it leaves the state and stays in the record; put back it stands again, statements and all."""
    before = desk.state()
    (desk.folder / "crossing.txt").unlink()
    (desk.folder / "events.csv").unlink()
    desk.assess()
    without = desk.state()
    assert len(without.documents) == 2
    assert set(without.files) == {"denial.txt", "shelling.txt"}
    assert {"r1", "r2"} <= set(before.reports)
    assert not {"r1", "r2"} & set(without.reports)
    (desk.folder / "crossing.txt").write_text(CROSSING)
    (desk.folder / "events.csv").write_text(TABLE)
    desk.assess()
    after = desk.state()
    assert after.statements == before.statements
    assert after.documents == before.documents
    assert after.reports == before.reports
    assert desk.assess().appended == 0
    assert audit(desk.home.path).ok


def test_a_mended_file_is_rejected_no_longer(desk: Desk) -> None:
    """What was rejected leaves the list when its file can be read."""
    (desk.folder / "later.txt").write_bytes(b"")
    assert [item.file for item in desk.assess().rejected] == ["later.txt"]
    (desk.folder / "later.txt").write_text(DENIAL.replace("TOLSK", "KETTA"))
    assert desk.assess().rejected == ()


def test_nothing_private_lies_in_the_site(desk: Desk) -> None:
    """No database, key, original or whole text under OUT; the record is for its owner alone."""
    texts = [SHELLING, DENIAL, CROSSING]
    for path in desk.site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"PRIVATE KEY" not in data and b"SQLite format" not in data, path
            assert not any(text.split("\n\n")[-1].strip().encode() in data for text in texts if len(text) > 400), path
            assert path.suffix not in (".sqlite", ".key", ".lock"), path
    assert stat.S_IMODE(desk.home.path.stat().st_mode) == 0o700
    for path in desk.home.path.rglob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(path.name for path in desk.base.iterdir()) == ["folder", "site", "site.record", "state"]


def test_a_copy_of_the_same_bytes_is_taken_once(desk: Desk) -> None:
    """A second name for the same bytes is listed, and doubles nothing."""
    statements = set(desk.state().statements)
    shutil.copy(desk.folder / "shelling.txt", desk.folder / "zz-copy.txt")
    (rejected,) = desk.assess().rejected
    assert "the same bytes as shelling.txt" in rejected.reason
    assert set(desk.state().statements) == statements
