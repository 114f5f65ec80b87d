"""Whatever interrupts the main job, the record is whole, the earlier site stands, and the next run completes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from doors.folders import CROSSING, DENIAL, fingerprints, tasdiq
from journey.desk import Desk
from tasdiq.errors import MissingError, SettingsError
from tasdiq.mechanism import Mechanism
from tasdiq.record.audit.path import audit
from tasdiq.secretariat.publishing import scratch_for


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
    assert (
        "another process is writing to this record; a server lets go of it some seconds after its last entry"
        in done.stderr
    )
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
