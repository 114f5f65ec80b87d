"""What is kept apart, the newest checkpoint and the acknowledged head, shows a store that was set back or replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, constitute, desk_record, draft, opened, signed
from record.store.files import unguarded
from tasdiq.errors import RecordError
from tasdiq.record import checkpoint
from tasdiq.record.audit.path import audit
from tasdiq.record.growth import Growth
from tasdiq.record.log import Log
from tasdiq.record.store import Store

SET_BACK = (
    "DELETE FROM entry WHERE idx > 5",
    "DELETE FROM body WHERE idx > 5",
    "DELETE FROM checkpoint WHERE size > 6",
)


def refused(log: Log, words: str) -> None:
    """The log neither signs nor appends, and says why and what to do."""
    for attempt in (log.checkpoint, lambda: log.append([signed(log, draft(10))]), lambda: log.add_attachment(b"x")):
        with pytest.raises(RecordError, match=words) as told:
            attempt()
        assert f"tasdiq export COPY --since {log.size} -o EXPORT" in str(told.value)
        assert "tasdiq import RECORD EXPORT" in str(told.value)


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
        refused(log, "a checkpoint over 7 was signed")
    with opened(ahead, newest) as log:
        assert log.checkpoint()


def test_a_store_behind_what_was_acknowledged_appends_nothing(tmp_path: Path, database: str | None) -> None:
    """Rule 3: entries that somebody holds a receipt for are gone; the same entries make it whole again."""
    directory, newest = desk_record(tmp_path / "r", newest=tmp_path / "state", database=database), tmp_path / "state"
    with opened(directory, newest) as log:
        submitted = [signed(log, draft(number)) for number in (9, 10)]
        log.append(submitted)
    unguarded(directory, *SET_BACK)
    with opened(directory, newest) as log:
        refused(log, "8 were acknowledged")
    growth = Growth.open(directory)
    growth.write(growth.admit(submitted))
    growth.close()
    with opened(directory, newest) as log:
        log.append([signed(log, draft(11))])
        assert log.checkpoint()


def test_a_store_behind_its_own_checkpoint_appends_nothing(tmp_path: Path, database: str | None) -> None:
    """Rule 3: where nothing is kept apart, the checkpoint in the store itself tells; it stays open for import."""
    directory = desk_record(tmp_path / "r", 8, database=database)
    unguarded(directory, *SET_BACK[:2])
    with opened(directory) as log:
        refused(log, "own checkpoint is over 9")
    growth = Growth.open(directory)
    assert growth.size == 6
    growth.close()


def test_other_entries_than_those_acknowledged_are_refused(tmp_path: Path) -> None:
    """Rule 4: as many entries, but not those that receipts were given for."""
    newest = tmp_path / "state"
    directory = desk_record(tmp_path / "r", newest=newest)
    with opened(directory, newest) as log:
        log.append([signed(log, draft(9))])
    unguarded(directory, *SET_BACK)
    with opened(directory) as log:
        log.append([signed(log, draft(10))])
    with pytest.raises(RecordError, match=r"acknowledged are two histories"):
        opened(directory, newest)


def test_another_history_of_the_same_log_is_refused(tmp_path: Path) -> None:
    """A store as large as the newest checkpoint, with other entries, is not opened for writing."""
    newest = tmp_path / "state"
    desk_record(tmp_path / "one", newest=newest)
    with pytest.raises(RecordError, match="two histories"):
        desk_record(tmp_path / "two", 7, newest=None)
        opened(tmp_path / "two", newest)


@pytest.mark.parametrize(("name", "words"), [("checkpoint", "newest checkpoint"), ("acknowledged", "acknowledged")])
def test_a_damaged_file_kept_apart_is_refused(tmp_path: Path, name: str, words: str) -> None:
    """Whoever alters what is kept apart stops the log rather than blinding it."""
    newest = tmp_path / "state"
    directory = desk_record(tmp_path / "r", newest=newest)
    (kept,) = newest.glob(f"*.{name}")
    kept.write_bytes(kept.read_bytes().replace(b"6", b"5", 1))
    with pytest.raises(RecordError, match=words):
        opened(directory, newest)


def test_a_head_that_never_reached_the_disk_is_none(tmp_path: Path) -> None:
    """Rule 2: after a power failure the file may be empty; the checkpoint still holds."""
    newest = tmp_path / "state"
    directory = desk_record(tmp_path / "r", newest=newest)
    (kept,) = newest.glob("*.acknowledged")
    kept.write_bytes(b"")
    with opened(directory, newest) as log:
        log.append([signed(log, draft(9))])
    assert kept.read_bytes().startswith(b"00000000000000000007 ")


def test_rule_4_two_histories_are_refused_and_kept(tmp_path: Path, database: str | None) -> None:
    """A fork of the log in the place of the record is refused; both checkpoints are kept in it, once."""
    newest = tmp_path / "state"
    desk_record(tmp_path / "r", newest=newest)
    with Log.create(tmp_path / "fork", log_key=LOG, origin=ORIGIN, newest=None, database=database) as log:
        constitute(log)
        log.append([signed(log, draft(number)) for number in range(100, 107)])
        log.checkpoint()
    for _ in range(2):
        with pytest.raises(RecordError, match="two histories"):
            opened(tmp_path / "fork", newest)
    store = Store.open(tmp_path / "fork")
    (kept,) = store.contradictions()
    store.close()
    assert [checkpoint.parse(data)[0].size for data in kept] == [6, 8]
    told = audit(tmp_path / "fork", opener=Store.open)
    assert (told.ok, "keeps 1 contradictions of the log" in told.as_text()) == (True, True)
