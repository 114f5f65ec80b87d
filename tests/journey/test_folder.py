"""The main job run again and again: what is appended, what is left alone, and what a kill, a second run or a failure leaves.

The rules are those of `journey`, `arrival`, `founding` and `publishing`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from doors.folders import CROSSING, DENIAL, SHELLING, TABLE, TASDIQ, environment, fingerprints, tasdiq, write_folder
from tasdiq.errors import MissingError, SettingsError
from tasdiq.journey import Assessment, assess_folder
from tasdiq.mechanism import Mechanism
from tasdiq.model.state import State
from tasdiq.record.audit.path import audit
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.publishing import scratch_for
from tasdiq.settings import Settings


class Desk:
    """An analyst's desk: a folder, the place of its site, and runs of the main job over them."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.folder = write_folder(base / "folder")
        self.site = base / "site"
        self.home = Home(base / "site.record")
        self.settings = Settings(base / "state")

    def assess(self) -> Assessment:
        """Run the main job in this process."""
        return assess_folder(self.folder, self.site, None, self.settings, lambda _: None)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the main job as a process."""
        command = [str(TASDIQ), "assess", str(self.folder), "-o", str(self.site)]
        return subprocess.Popen(
            command, env=environment(self.settings.state_directory), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def state(self) -> State:
        """Return the state of the record."""
        return read_state(self.home)

    def data(self) -> dict[str, Any]:
        """Return the data of the published site."""
        found: dict[str, Any] = json.loads((self.site / "data" / "site.json").read_text(encoding="utf-8"))
        return found

    def kinds(self, first: int) -> list[str]:
        """Return the kinds of the entries from an index on."""
        return [line.kind for line in self.state().entries[first:]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose folder was assessed once."""
    made = Desk(tmp_path)
    made.assess()
    return made


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


# Whatever interrupts it


def fork(desk: Desk) -> int:
    """Run the main job in a process of its own, forked from this one, so that it starts at once; return its id."""
    pid = os.fork()
    if pid == 0:
        try:
            desk.assess()
        finally:
            os._exit(0)
    return pid


def kill_at_random(desk: Desk, chance: random.Random, whole: float) -> None:
    """Start the main job and kill it at any moment of its run."""
    pid = fork(desk)
    time.sleep(chance.uniform(0.05, 1.05) * whole)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def require_whole(desk: Desk) -> None:
    """What a kill left: no record or one that audits clean, no site or one that audits clean."""
    if desk.home.path.exists():
        verdict = audit(desk.home.path)
        assert verdict.ok, verdict.as_text()
    if desk.site.exists():
        verdict = audit(desk.site)
        assert verdict.ok, verdict.as_text()


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_at_random_moments_the_record_is_whole_and_the_next_run_completes(tmp_path: Path, kills: int) -> None:
    """After each kill record and site audit clean; the last run ends where an uninterrupted one does."""
    chance = random.Random(kills)
    whole, desk = Desk(tmp_path / "whole"), Desk(tmp_path / "killed")
    Desk(tmp_path / "warm").assess()  # what a run loads once is loaded: every moment below is one of the run itself
    began = time.monotonic()
    os.waitpid(fork(whole), 0)
    length = time.monotonic() - began
    for number in range(kills):
        if number % 4 == 0:
            for path in (*desk.base.glob("site*"), *desk.base.glob(".site*")):
                shutil.rmtree(path)
        (desk.folder / "note.txt").write_text(CROSSING.replace("Brenk", f"Brenk {number}"), encoding="utf-8")
        kill_at_random(desk, chance, length)
        require_whole(desk)
    (desk.folder / "note.txt").unlink()
    desk.assess()
    assert desk.assess().appended == 0
    require_whole(desk)
    assert desk.state().statements == whole.state().statements
    assert desk.state().propositions == whole.state().propositions
    assert sorted(path.name for path in desk.base.iterdir()) == ["folder", "site", "site.record", "state"]


def test_the_command_killed_in_the_middle_goes_on(tmp_path: Path) -> None:
    """The real command, killed as soon as its record stands: the record is whole, and the next run completes it."""
    desk = Desk(tmp_path)
    process = desk.start()
    while process.poll() is None and not desk.home.exists:
        time.sleep(0.002)
    process.kill()
    process.communicate()
    require_whole(desk)
    assert desk.state().charter.title
    desk.assess()
    require_whole(desk)


def test_a_second_writer_is_refused_clearly(desk: Desk) -> None:
    """While one run writes, another exits 1 and says why; the record is as it was."""
    (desk.folder / "later.txt").write_text(DENIAL.replace("TOLSK", "KETTA"))
    with Mechanism.open(desk.home, desk.settings):
        done = tasdiq(desk.settings.state_directory, "assess", desk.folder, "-o", desk.site)
    assert done.returncode == 1
    assert "another process is writing to this record; end it, then try again" in done.stderr
    require_whole(desk)


def test_two_first_runs_at_once_make_one_record(tmp_path: Path) -> None:
    """One of them may be refused; the record is one, whole, and the next run appends nothing new to it."""
    desk = Desk(tmp_path)
    runs = [desk.start() for _ in range(2)]
    ends = [(run.communicate(timeout=240)[1].decode(), run.returncode) for run in runs]
    assert 0 in {code for _, code in ends}
    for said, code in ends:
        assert code == 0 or "another process" in said
        assert "Traceback" not in said
    require_whole(desk)
    assert desk.assess().appended == 0


def test_a_failed_publication_leaves_the_earlier_site(desk: Desk) -> None:
    """Without the publisher's key, or without a place to build in, nothing under OUT changes."""
    before = fingerprints(desk.site)
    key = desk.home.path / "keys" / "publisher.key"
    hidden = key.rename(key.with_suffix(".hidden"))
    with pytest.raises(MissingError, match="publisher key"):
        desk.assess()
    hidden.rename(key)
    assert fingerprints(desk.site) == before
    with Mechanism.open(desk.home, desk.settings) as mechanism:
        blocked = scratch_for(desk.site, mechanism.log.origin)
        blocked.write_text("in the way", encoding="utf-8")
        with pytest.raises(SettingsError, match="nothing was replaced"):
            mechanism.publish(desk.site)
    assert fingerprints(desk.site) == before
    blocked.unlink()
    assert desk.assess().appended == 0


def test_a_crash_between_two_renames_is_mended(desk: Desk) -> None:
    """The earlier site, set aside a moment before the crash, is put back by the next run, whatever becomes of that run."""
    with Mechanism.open(desk.home, desk.settings) as mechanism:
        scratch = scratch_for(desk.site, mechanism.log.origin)
    scratch.mkdir()
    desk.site.rename(scratch / "old")
    key = desk.home.path / "keys" / "publisher.key"
    hidden = key.rename(key.with_suffix(".hidden"))
    with pytest.raises(MissingError):
        desk.assess()
    assert audit(desk.site).ok
    hidden.rename(key)
    desk.assess()
    assert not scratch.exists()


def test_a_stray_site_is_not_replaced(desk: Desk) -> None:
    """A folder that holds something else than a site of ours is left alone."""
    shutil.rmtree(desk.site)
    desk.site.mkdir()
    (desk.site / "thesis.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(SettingsError, match="not a site of tasdiq"):
        desk.assess()
    assert (desk.site / "thesis.txt").read_text(encoding="utf-8") == "keep"
