"""The log appends durably, refuses what does not belong, and never signs two histories."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, TIME, constitute, desk_record, draft, joint_log, key, signed
from tasdiq.errors import InputError, MissingError, RecordError, RoleError, SettingsError, TasdiqError
from tasdiq.record import canonical, checkpoint, merkle, note
from tasdiq.record.audit import audit
from tasdiq.record.entry import Draft, sign_entry
from tasdiq.record.log import RECEIPT_TITLE, Log
from tasdiq.record.reader import Reader


def opened(directory: Path, newest: Path | None = None) -> Log:
    """Open a record with the log's key."""
    return Log.open(directory, log_key=LOG, newest=newest)


def test_entries_come_back_as_they_went_in(tmp_path: Path) -> None:
    """What was appended is read with its body, and proved under the checkpoint."""
    directory = desk_record(tmp_path / "r", 300)
    with Reader.open(directory) as reader:
        found = checkpoint.open_checkpoint(reader.checkpoint() or b"", [LOG.public])
        assert (found.origin, found.size, len(reader)) == (ORIGIN, 301, 301)
        for stored in reader:
            leaf = merkle.leaf_hash(reader.leaf(stored.index))
            merkle.verify_inclusion(stored.index, 301, leaf, reader.inclusion_proof(stored.index, 301), found.root)
        assert reader[7].body == draft(6).body
        assert reader.entry(reader[7].id) == reader[7]
        merkle.verify_consistency(
            100, 301, merkle.edge_from(100, reader.node).root(), found.root, reader.consistency_proof(100, 301)
        )


def test_a_sealed_entry_reads_as_what_it_is(tmp_path: Path) -> None:
    """The reader shows kind, refs, time and body of a joint entry; the leaf does not."""
    with joint_log(tmp_path / "r") as log:
        made = replace(draft(1, member="vorland"), access="joint", refs=(log.charter or "",), officer="liaison")
        log.append([signed(log, made)])
    with Reader.open(tmp_path / "r") as reader:
        stored = reader[1]
        assert (stored.kind, stored.officer, stored.body) == ("DocumentReceived", "liaison", made.body)
        assert (stored.header["kind"], stored.claimed_time, stored.access) == ("sealed", TIME, "joint")


def test_a_receipt_is_signed_by_the_log_and_names_every_entry(tmp_path: Path) -> None:
    """Rule 2: a member can show later what the log promised, and until when."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None, clock=lambda: 1_900_000_000) as log:
        constitute(log)
        receipts = log.append([signed(log, draft(1)), signed(log, draft(2))])
    text, _ = note.open_note(receipts[0].note, [note.Verifier(ORIGIN, LOG.public)])
    lines = text.split("\n")
    assert lines[:3] == [RECEIPT_TITLE, ORIGIN, "2030-03-18T17:46:40Z"]
    assert lines[3:5] == [f"{receipt.index} {receipt.id}" for receipt in receipts]
    with pytest.raises(InputError):
        checkpoint.parse_text(text)


def test_a_group_with_one_bad_entry_leaves_nothing(tmp_path: Path) -> None:
    """Rule 1: an altered body, signature, origin, charter or a repeated id refuses the whole group."""
    directory = desk_record(tmp_path / "r")
    with opened(directory) as log:
        good = signed(log, draft(1))
        elsewhere = {"origin": "other.example/log", "charter": log.charter, "keys_at": 0}
        elsewhen = {"origin": ORIGIN, "charter": "00" * 32, "keys_at": 0}
        flipped = good.leaf.replace(b'"kind":"DocumentReceived"', b'"kind":"DocumentDeceived"')
        with Reader.open(directory) as reader:
            again = replace(good, leaf=reader.leaf(1))
        for bad in (
            replace(good, plaintext=b'{"number":2}'),
            replace(good, salt=bytes(32)),
            replace(good, leaf=flipped),
            replace(good, leaf=good.leaf + b"\n"),
            sign_entry(draft(1), signer=key("analyst"), **elsewhere),
            sign_entry(draft(1), signer=key("analyst"), **elsewhen),
            again,
            good,
        ):
            with pytest.raises(InputError):
                log.append([good, bad])
        for stranger in (key("stranger"), LOG):
            with pytest.raises(RoleError):
                log.append([signed(log, draft(1), stranger)])
        with pytest.raises(RoleError, match="kestria"):
            log.append([signed(log, draft(1, member="kestria"), key("analyst"))])
        assert log.size == 6
        log.append([good])
    assert audit(directory).unsigned == 1


def test_a_wrong_path_never_creates_a_record(tmp_path: Path) -> None:
    """Opening what is not there is MissingError and leaves nothing behind; creating twice is refused."""
    with pytest.raises(MissingError):
        opened(tmp_path / "absent")
    with pytest.raises(MissingError):
        Reader.open(tmp_path / "absent")
    assert not list(tmp_path.iterdir())
    desk_record(tmp_path / "r")
    with pytest.raises(SettingsError):
        Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None)


def test_the_wrong_key_opens_nothing(tmp_path: Path) -> None:
    """A record is continued only under the key its key events name, and founded only under the key at hand."""
    directory = desk_record(tmp_path / "r")
    with pytest.raises(RoleError, match="not the log's"):
        Log.open(directory, log_key=key("another log"), newest=None)
    with (
        Log.create(tmp_path / "r2", log_key=key("another log"), origin=ORIGIN, newest=None) as log,
        pytest.raises(RoleError, match="not the log's"),
    ):
        constitute(log)


def test_a_second_writer_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    """Two writers would fork the log; readers are let in all the time."""
    directory = desk_record(tmp_path / "r")
    with opened(directory) as log:
        with pytest.raises(RecordError, match="another process is writing"):
            opened(directory)
        with Reader.open(directory) as reader:
            assert len(reader) == log.size
    opened(directory).close()


def test_checkpoints_are_the_same_while_nothing_is_new(tmp_path: Path) -> None:
    """Rule 3: the same size gives the same note, and a new one waits for the second to pass."""
    directory = desk_record(tmp_path / "r")
    with opened(directory) as log:
        first = log.checkpoint()
        assert log.checkpoint() == first
        log.append([signed(log, draft(9))])
        second = log.checkpoint()
        assert checkpoint.parse(second)[0].size == checkpoint.parse(first)[0].size + 1
        log.append([signed(log, draft(10))])
        started = time.monotonic()
        log.checkpoint()
        assert time.monotonic() - started > 0.5


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
    kept = next(newest.iterdir())
    kept.write_bytes(kept.read_bytes().replace(b"\n6\n", b"\n5\n"))
    with pytest.raises(RecordError, match="newest checkpoint"):
        opened(directory, newest)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET leaf = x'00'",
        "DELETE FROM entry",
        "DELETE FROM checkpoint",
        "UPDATE tile SET root = x'00'",
        "UPDATE record SET origin = 'x'",
        "DELETE FROM body",
        "UPDATE body SET content = x'00'",
        "UPDATE body SET content = NULL, salt = NULL",
        "UPDATE body SET content = NULL, salt = NULL, redacted_at = 1, idx = 99 WHERE idx = 1",
        "DELETE FROM bulk_row",
    ],
)
def test_tables_refuse_to_be_rewritten(tmp_path: Path, statement: str) -> None:
    """The triggers let nothing be updated or deleted but a body emptied by a redaction."""
    directory = desk_record(tmp_path / "r", 260)
    with opened(directory) as log:
        log.append([signed(log, draft(1, rows=(b"1",)))])
    with pytest.raises(sqlite3.IntegrityError), sqlite3.connect(directory / "record.sqlite") as connection:
        connection.execute(statement)


def test_an_altered_entry_stops_the_log(tmp_path: Path) -> None:
    """A store whose entries were altered under the checkpoint is not opened, or not signed again."""
    directory = desk_record(tmp_path / "r")
    with sqlite3.connect(directory / "record.sqlite") as connection:
        connection.execute("DROP TRIGGER entry_UPDATE")
        connection.execute("UPDATE entry SET leaf = x'7b7d' WHERE idx = 3")
    with pytest.raises(RecordError, match="altered"):
        opened(directory)


def test_a_disk_that_forgets_is_noticed_before_signing(tmp_path: Path) -> None:
    """Rule 3: what is read back is compared with what was appended, and the log stops."""
    directory = desk_record(tmp_path / "r")
    with opened(directory) as log:
        log.append([signed(log, draft(9))])
        with sqlite3.connect(directory / "record.sqlite") as connection:
            connection.execute("DROP TRIGGER entry_UPDATE")
            connection.execute("UPDATE entry SET leaf = x'7b7d' WHERE idx = 6")
        with pytest.raises(RecordError, match="read back"):
            log.checkpoint()
        with pytest.raises(RecordError, match="read back"):
            log.append([signed(log, draft(10))])


def test_redaction_leaves_the_proofs_and_no_bytes(tmp_path: Path) -> None:
    """A redacted body is in no file of the record any more, and the record audits clean."""
    directory, secret = tmp_path / "r", "a name that must go"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        made = draft(1, body=canonical.dumps({"witness": secret}))
        bulk = draft(2, rows=tuple(canonical.dumps({"row": f"{secret} {number}"}) for number in range(3)))
        one, two = log.append([signed(log, made), signed(log, bulk)])
        for content, refs in (({}, (one.id,)), ({"redacted_rows": [f"{two.id}/1", f"{two.id}/2"]}, ())):
            notice = Draft("BodyRedacted", "analyst", TIME, body=canonical.dumps(content), refs=refs)
            log.append([signed(log, notice)])
        log.checkpoint()
        for file in directory.rglob("*"):
            if file.is_file():
                data = file.read_bytes()
                assert secret.encode() not in data.replace(f"{secret} 0".encode(), b""), file
    verdict = audit(directory)
    assert verdict.ok, verdict.problems
    assert verdict.redacted == 3
    with Reader.open(directory) as reader:
        assert (reader[1].status, reader[1].body) == ("redacted", None)
        assert reader.row(f"{two.id}/0") == canonical.dumps({"row": f"{secret} 0"})
        assert reader.row(f"{two.id}/1") is None


def test_a_party_cannot_redact_what_the_other_said(tmp_path: Path) -> None:
    """A notice takes the author's signature or two members'; a notice itself is never redacted."""
    with joint_log(tmp_path / "r") as log:
        (receipt,) = log.append([signed(log, draft(1, member="vorland"))])
        notice = Draft("BodyRedacted", "kestria", TIME, refs=(receipt.id,))
        with pytest.raises(RoleError, match="vorland"):
            log.append([signed(log, notice)])
        (done,) = log.append([signed(log, notice, key("kestria"), key("vorland"))])
        for bad in (replace(notice, refs=(done.id,)), replace(notice, refs=("ab" * 32,)), replace(notice, refs=())):
            with pytest.raises(InputError):
                log.append([signed(log, bad, key("kestria"), key("vorland"))])


def test_attachments_are_kept_by_their_hash(tmp_path: Path) -> None:
    """An attachment reads back, is stored once, and is refused when its file was altered."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
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
    assert [problem.code for problem in audit(tmp_path / "r").problems] == ["attachment-changed"]


WRITER = """
import sys
from pathlib import Path
from record.records import LOG, draft, signed
from tasdiq.record.log import Log

with Log.open(Path(sys.argv[1]), log_key=LOG, newest=Path(sys.argv[2])) as log:
    number = log.size
    while True:
        for receipt in log.append([signed(log, draft(number + step)) for step in range(3)]):
            print(receipt.index, receipt.id, flush=True)
        number += 3
"""


@pytest.mark.parametrize("seed", range(3))
def test_nothing_acknowledged_is_lost_to_a_kill(tmp_path: Path, seed: int) -> None:
    """SIGKILL at a random moment: every acknowledged entry is there, and the record goes on and audits clean."""
    directory, newest = desk_record(tmp_path / "r", newest=tmp_path / "state"), tmp_path / "state"
    tests = str(Path(__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(directory), str(newest)], stdout=subprocess.PIPE, env={"PYTHONPATH": tests}
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline()]
    time.sleep(random.Random(seed).uniform(0.0, 0.2))
    process.send_signal(signal.SIGKILL)
    acknowledged += [line for line in process.stdout.read().split(b"\n") if line]
    process.wait()
    with opened(directory, newest) as log:
        log.append([signed(log, draft(1_000_000))])
        log.checkpoint()
    with Reader.open(directory) as reader:
        for line in acknowledged:
            if len(parts := line.split()) == 2:
                assert reader.entry(parts[1].decode()).index == int(parts[0])
    verdict = audit(directory)
    assert verdict.ok, verdict.problems
