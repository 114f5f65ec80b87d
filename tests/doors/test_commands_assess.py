"""`tasdiq assess` on the collected press reports: what it prints, how long it takes, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.assess import run, size

from doors.conftest import Door
from doors.folders import fingerprints, write_folder
from variants import DISPATCHES, dispatch_files

SECONDS, MEGABYTES = 20, 800


def test_the_summary_says_where_everything_is(door: Door, tmp_path: Path) -> None:
    """Counts, charter, record, site, and the command that checks it, on stdout; nothing on stderr."""
    done = door("assess", write_folder(tmp_path / "folder"), "-o", tmp_path / "site")
    assert (done.code, done.err) == (0, "")
    for words in ("3 documents", "charter: as given", "site.record (", "site/index.html", "tasdiq audit"):
        assert words in done.out
    check = done.out.splitlines()[-1].partition("tasdiq ")[2].split()
    assert door(*check).code == 0


def test_a_charter_of_the_option_goes_before_the_folders(door: Door, tmp_path: Path) -> None:
    """--charter names another; one of a joint record is refused with what to use."""
    folder = write_folder(tmp_path / "folder")
    other = tmp_path / "other.toml"
    other.write_text('title = "Another table"\n' + (folder / "charter.toml").read_text(), encoding="utf-8")
    assert door("assess", folder, "-o", tmp_path / "site", "--charter", other).code == 0
    assert "Another table" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    other.write_text('form = "joint"\n' + (folder / "charter.toml").read_text(), encoding="utf-8")
    done = door("assess", folder, "-o", tmp_path / "site", "--charter", other)
    assert (done.code, "use tasdiq init" in done.err) == (2, True)


def test_json_is_all_there_is_on_stdout(door: Door, tmp_path: Path) -> None:
    """One object with the keys that --help names."""
    done = door("assess", write_folder(tmp_path / "folder"), "-o", tmp_path / "site", "--json")
    printed = json.loads(done.out)
    assert list(printed) == ["site", "record", "charter", "appended", "size", "counts", "rejected"]
    assert printed["appended"] == printed["size"] > 10


@pytest.mark.dispatches
@pytest.mark.skipif(not dispatch_files(), reason="the press reports (../shared/dispatches) are not on this machine")
def test_the_collected_reports_take_less_than_twenty_seconds(tmp_path: Path) -> None:
    """Processor time of the real command, its memory, a rerun that appends nothing, and a folder that is as it was."""
    before = fingerprints(DISPATCHES)
    first = run(DISPATCHES, tmp_path / "site", tmp_path / "state")
    again = run(DISPATCHES, tmp_path / "site", tmp_path / "state")
    assert max(first.processor, again.processor) < SECONDS
    assert max(first.megabytes, again.megabytes) < MEGABYTES
    assert again.printed["appended"] == 0
    assert size(tmp_path / "site")[1] < 30
    assert fingerprints(DISPATCHES) == before
    texts = [path.read_bytes() for path in dispatch_files()]
    for path in (tmp_path / "site").rglob("*"):
        assert not path.is_file() or not any(text.strip() in path.read_bytes() for text in texts), path
