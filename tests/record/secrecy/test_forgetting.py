"""Attachments that only emptied content named go with it, whatever interrupts it (rules of `forgetting`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, TIME, constitute, draft, opened, signed
from tasdiq.errors import RecordError
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy import forgetting


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record whose entry 1 names two files, entry 2 one of them, and a row of entry 3 the other one of its own."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        alone, shared, row = (log.add_attachment(data) for data in (b"named once", b"named twice", b"named in a row"))
        first = draft(1, access="joint", body=canonical.dumps({"files": [alone, shared]}))
        second = draft(2, access="joint", body=canonical.dumps({"file": shared}))
        rows = (canonical.dumps({"file": row}), b"2")
        log.append([signed(log, made) for made in (first, second, draft(3, rows=rows))])
    return tmp_path / "r"


def contents(record: Path) -> set[bytes]:
    """Return the attachments that lie in a record."""
    with Reader.open(record) as reader:
        return {reader.attachment(name) for name in reader.attachments()}


def redact(record: Path, index: int, row: int | None = None) -> None:
    """Redact an entry or a row of it."""
    with opened(record) as log, Reader.open(record) as reader:
        ident = reader[index].id
        rows = [] if row is None else [f"{ident}/{row}"]
        refs = () if rows else (ident,)
        body = canonical.dumps({"reason": "x", "redacted_rows": rows})
        log.append([signed(log, Draft("BodyRedacted", "analyst", TIME, body=body, refs=refs))])


def test_a_file_goes_with_the_last_content_that_names_it(record: Path) -> None:
    """What is named elsewhere stays until that goes too; a row's file goes with the row."""
    redact(record, 1)
    assert contents(record) == {b"named twice", b"named in a row"}
    redact(record, 3, row=0)
    assert contents(record) == {b"named twice"}
    redact(record, 2)
    assert contents(record) == set()
    assert not (record / forgetting.NOTE).exists()


def test_rule_2_whoever_opens_next_settles_what_a_crash_left(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the commit and the removal: the note is on disk, and the next one to open removes the file."""
    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "settle", lambda store: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            redact(record, 1)
    assert (record / forgetting.NOTE).is_file() and b"named once" in contents(record)
    opened(record).close()
    assert contents(record) == {b"named twice", b"named in a row"}


def test_rule_1_a_crash_before_the_commit_removes_nothing(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note is there and the notice is not: settling it finds the content still here."""
    real = forgetting.note

    def killed(store: object, names: set[str]) -> None:
        real(store, names)  # type: ignore[arg-type]
        raise RecordError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "note", killed)
        with pytest.raises(RecordError, match="killed"):
            redact(record, 1)
    opened(record).close()
    assert b"named once" in contents(record)
    assert not (record / forgetting.NOTE).exists()
