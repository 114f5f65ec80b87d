"""The newest checkpoint, kept apart, shows a store that was set back or replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from record.records import desk_record, draft, opened, signed
from tasdiq.errors import RecordError


def test_a_restored_backup_signs_nothing(tmp_path: Path) -> None:
    """The newest checkpoint, kept apart, shows that a store was set back; with its entries again it goes on."""
    directory, newest, backup, ahead = (tmp_path / name for name in ("r", "state", "backup", "ahead"))
    desk_record(directory, newest=newest)
    shutil.copytree(directory, backup)
    with opened(directory, newest) as log:
        log.append([signed(log, draft(9))])
        log.checkpoint()
    shutil.move(directory, ahead)
    shutil.copytree(backup, directory)
    with opened(directory, newest) as log:
        for attempt in (log.checkpoint, lambda: log.append([signed(log, draft(10))])):
            with pytest.raises(RecordError, match="set back"):
                attempt()
    with opened(ahead, newest) as log:
        assert log.checkpoint()


def test_another_history_of_the_same_log_is_refused(tmp_path: Path) -> None:
    """A store as large as the newest checkpoint, with other entries, is not opened for writing."""
    newest = tmp_path / "state"
    desk_record(tmp_path / "one", newest=newest)
    with pytest.raises(RecordError, match="two histories"):
        desk_record(tmp_path / "two", 7, newest=None)
        opened(tmp_path / "two", newest)


def test_a_damaged_note_kept_apart_is_refused(tmp_path: Path) -> None:
    """Whoever alters the newest checkpoint stops the log rather than blinding it."""
    newest = tmp_path / "state"
    directory = desk_record(tmp_path / "r", newest=newest)
    kept = next(newest.glob("*.checkpoint"))
    kept.write_bytes(kept.read_bytes().replace(b"\n6\n", b"\n5\n"))
    with pytest.raises(RecordError, match="newest checkpoint"):
        opened(directory, newest)
