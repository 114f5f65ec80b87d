"""The store creates only on purpose, lets one writer in, is not rewritten, and forgets what was redacted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, TIME, constitute, desk_record, draft, joint_log, key, opened, signed
from record.store.files import REFUSALS, audited, bytes_of, execute
from tasdiq.errors import InputError, MissingError, RecordError, RoleError, SettingsError, TasdiqError
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader


def test_a_wrong_path_never_creates_a_record(tmp_path: Path, database: str | None) -> None:
    """Opening what is not there is MissingError and leaves nothing behind; creating twice is refused."""
    with pytest.raises(MissingError):
        opened(tmp_path / "absent")
    with pytest.raises(MissingError):
        Reader.open(tmp_path / "absent")
    assert not list(tmp_path.iterdir())
    desk_record(tmp_path / "r", database=database)
    with pytest.raises(SettingsError):
        Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None, database=database)


def test_a_second_writer_is_refused_until_the_first_ends(tmp_path: Path, database: str | None) -> None:
    """Two writers would fork the log; readers are let in all the time."""
    directory = desk_record(tmp_path / "r", database=database)
    with opened(directory) as log:
        with pytest.raises(RecordError, match="another process is writing"):
            opened(directory)
        with Reader.open(directory) as reader:
            assert len(reader) == log.size
    opened(directory).close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET leaf = NOTHING",
        "DELETE FROM entry",
        "DELETE FROM checkpoint",
        "UPDATE tile SET root = NOTHING",
        "UPDATE record SET origin = 'x'",
        "DELETE FROM body",
        "UPDATE body SET content = NOTHING",
        "UPDATE body SET content = NULL, salt = NULL",
        "UPDATE body SET content = NULL, salt = NULL, redacted_at = 1, idx = 99 WHERE idx = 1",
        "DELETE FROM bulk_row",
    ],
)
def test_tables_refuse_to_be_rewritten(tmp_path: Path, database: str | None, statement: str) -> None:
    """The triggers let nothing be updated or deleted but a body emptied by a redaction."""
    directory = desk_record(tmp_path / "r", 260, database=database)
    with opened(directory) as log:
        log.append([signed(log, draft(1, rows=(b"1",)))])
    with pytest.raises(REFUSALS):
        execute(directory, statement.replace("NOTHING", "x'00'" if database is None else "'\\x00'"))


def test_redaction_leaves_the_proofs_and_no_bytes(tmp_path: Path, database: str | None) -> None:
    """A redacted body is in no file of the record any more, and the record audits clean."""
    directory, secret = tmp_path / "r", "a name that must go"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None, database=database) as log:
        constitute(log)
        made = draft(1, body=canonical.dumps({"witness": secret}))
        bulk = draft(2, rows=tuple(canonical.dumps({"row": f"{secret} {number}"}) for number in range(3)))
        one, two = log.append([signed(log, made), signed(log, bulk)])
        for content, refs in (({}, (one.id,)), ({"redacted_rows": [f"{two.id}/1", f"{two.id}/2"]}, ())):
            notice = Draft("BodyRedacted", "analyst", TIME, body=canonical.dumps(content), refs=refs)
            log.append([signed(log, notice)])
        log.checkpoint()
        assert secret.encode() not in bytes_of(directory).replace(f"{secret} 0".encode(), b"")
    verdict = audited(directory)
    assert verdict.ok, verdict.problems
    assert verdict.redacted == 3
    with Reader.open(directory) as reader:
        assert (reader[1].status, reader[1].body) == ("redacted", None)
        assert reader.row(f"{two.id}/0") == canonical.dumps({"row": f"{secret} 0"})
        assert reader.row(f"{two.id}/1") is None


def test_a_party_cannot_redact_what_the_other_said(tmp_path: Path, database: str | None) -> None:
    """A notice takes the author's signature or two members'; a notice itself is never redacted."""
    with joint_log(tmp_path / "r", database=database) as log:
        (receipt,) = log.append([signed(log, draft(1, member="vorland"))])
        notice = Draft("BodyRedacted", "kestria", TIME, refs=(receipt.id,))
        with pytest.raises(RoleError, match="vorland"):
            log.append([signed(log, notice)])
        (done,) = log.append([signed(log, notice, key("kestria"), key("vorland"))])
        for bad in (replace(notice, refs=(done.id,)), replace(notice, refs=("ab" * 32,)), replace(notice, refs=())):
            with pytest.raises(InputError):
                log.append([signed(log, bad, key("kestria"), key("vorland"))])


def test_attachments_are_kept_by_their_hash(tmp_path: Path, database: str | None) -> None:
    """An attachment reads back, is stored once, and is refused when its file was altered."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None, database=database) as log:
        constitute(log)
        name = log.add_attachment(b"scan")
        assert log.add_attachment(b"scan") == name
        log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        assert reader.attachment(name) == b"scan"
        (tmp_path / "r" / "attachment" / name).write_bytes(b"scam")
        with pytest.raises(RecordError, match="altered"):
            reader.attachment(name)
        with pytest.raises(TasdiqError):
            reader.attachment("../record.sqlite")
    assert [problem.code for problem in audited(tmp_path / "r").problems] == ["attachment-changed"]
