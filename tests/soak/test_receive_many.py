"""Hundreds of articles through `tasdiq receive`, killed again and again: nothing acknowledged is lost, nothing entered twice."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from benchmarks.articles import write_articles

from doors.folders import TASDIQ, environment, tasdiq
from doors.test_commands_receive_many import CHARTER, entered
from tasdiq.record.reader import Reader

COUNT, KILLS = 200, 3

pytestmark = pytest.mark.soak


def test_killed_again_and_again_it_goes_on(tmp_path: Path) -> None:
    """After each kill all that was entered stands; in the end the record holds what it would have held without."""
    write_articles(tmp_path / "articles", COUNT)
    files = sorted((tmp_path / "articles").iterdir())
    (tmp_path / "charter.toml").write_text(CHARTER)
    assert (
        tasdiq(tmp_path / "state", "init", tmp_path / "killed", "--charter", tmp_path / "charter.toml").returncode == 0
    )
    shutil.copytree(tmp_path / "killed", tmp_path / "whole")
    state, command = environment(tmp_path / "killed-state"), [TASDIQ, "receive", tmp_path / "killed", *files, "--later"]
    stood: list[object] = []
    for _ in range(KILLS):
        with subprocess.Popen([*command, "--workers", "2"], env=state, stderr=subprocess.DEVNULL) as process:
            while _size(tmp_path / "killed") < len(stood) + COUNT // (KILLS + 1) and process.poll() is None:
                time.sleep(0.1)
            process.kill()
        now = entered(tmp_path / "killed")
        assert now[: len(stood)] == stood and len(now) > len(stood)
        stood = now
    subprocess.run([*command, "--workers", "2"], env=state, check=True, stdout=subprocess.DEVNULL)
    whole = [TASDIQ, "receive", tmp_path / "whole", *files, "--later"]
    subprocess.run(whole, env=environment(tmp_path / "whole-state"), check=True, stdout=subprocess.DEVNULL)
    assert entered(tmp_path / "killed") == entered(tmp_path / "whole")


def _size(record: Path) -> int:
    with Reader.open(record) as reader:
        return reader.size - 1
