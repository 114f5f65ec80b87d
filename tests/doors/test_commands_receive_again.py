"""`tasdiq receive` of a table that stands in the record already: what it changes, by key (arrival, rule 3)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doors.conftest import Door
from doors.folders import TABLE
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home

ROWS = TABLE.splitlines()
NEXT = "\n".join([ROWS[0], ROWS[1].replace("kes,2,2", "kes,2,5"), ROWS[2].replace("r2,", "r9,"), ""])


@pytest.fixture
def record(door: Door, tmp_path: Path) -> Path:
    """A desk record whose folder held another table; events.csv was received after it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "first.csv").write_text(TABLE.replace("r1,", "f1,").replace("r2,", "f2,"))
    assert door("assess", tmp_path / "folder", "-o", tmp_path / "site").code == 0
    (tmp_path / "events.csv").write_text(TABLE)
    assert door("receive", tmp_path / "site.record", tmp_path / "events.csv").code == 0
    return tmp_path / "site.record"


def test_unchanged_input_appends_nothing(door: Door, record: Path, tmp_path: Path) -> None:
    """The same table again is no entry and no change."""
    told = json.loads(door("receive", record, tmp_path / "events.csv", "--json").out)
    assert (told["appended"], told["tables"], told["rejected"]) == (0, [], [])


def test_a_changed_table_takes_the_place_of_the_earlier(door: Door, record: Path, tmp_path: Path) -> None:
    """Added, changed and gone are told by key, as a short table; the state holds the new version alone, the record both."""
    (tmp_path / "events.csv").write_text(NEXT)
    done = door("receive", record, tmp_path / "events.csv")
    assert done.code == 0, done.err
    assert "takes the place of the earlier: 1 added, 1 changed, 1 gone" in done.out
    assert "changed  r1  killed_max: 2 → 5" in done.out
    state = read_state(Home(record))
    assert set(state.reports) == {"f1", "f2", "r1", "r9"} and state.reports["r1"].killed_max == 5
    kinds = [entry.kind for entry in state.entries]
    assert kinds.count("EntryCorrected") == 1 and kinds.count("TableReceived") == 3
    assert door("audit", record).code == 0


def test_changes_are_listed_whole_as_json(door: Door, record: Path, tmp_path: Path) -> None:
    """Every key stands there, with each field before and after; what was rejected is gone, and told with its line."""
    (tmp_path / "events.csv").write_text(NEXT + ROWS[1].replace("r1,", "r4,").replace("45.1", "200") + "\n")
    told = json.loads(door("receive", record, tmp_path / "events.csv", "--json").out)
    assert told["tables"] == [
        {
            "file": "events.csv",
            "added": ["r9"],
            "changed": [{"report_id": "r1", "fields": {"killed_max": [2, 5]}}],
            "gone": ["r2"],
        }
    ]
    assert [(item["line"], item["field"]) for item in told["rejected"]] == [(4, "lat")]


def test_a_table_that_cannot_be_read_takes_nobodys_place(door: Door, record: Path, tmp_path: Path) -> None:
    """A broken export is rejected, and the reports that stand go on standing."""
    (tmp_path / "events.csv").write_text("a,b\n1,2\n")
    done = door("receive", record, tmp_path / "events.csv")
    assert "no mapping fits" in done.err
    assert set(read_state(Home(record)).reports) == {"f1", "f2", "r1", "r2"}
