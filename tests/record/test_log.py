"""The log appends durably, refuses what does not belong, and never signs two histories."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, TIME, constitute, desk_record, draft, joint_log, key, opened, signed
from record.store.files import audited, unguarded
from tasdiq.errors import InputError, RecordError, RoleError
from tasdiq.record import checkpoint, merkle, note, receipt
from tasdiq.record.entry import sign_entry
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader


def test_entries_come_back_as_they_went_in(tmp_path: Path, database: str | None) -> None:
    """What was appended is read with its body, and proved under the checkpoint."""
    directory = desk_record(tmp_path / "r", 300, database=database)
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


def test_a_sealed_entry_reads_as_what_it_is(tmp_path: Path, database: str | None) -> None:
    """The reader shows kind, refs, time and body of a joint entry; the leaf does not."""
    with joint_log(tmp_path / "r", database=database) as log:
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
    assert lines[:3] == [receipt.TITLE, ORIGIN, "2030-03-18T17:46:40Z"]
    assert lines[3:5] == [f"{receipt.index} {receipt.id}" for receipt in receipts]
    with pytest.raises(InputError):
        checkpoint.parse_text(text)


def test_a_group_with_one_bad_entry_leaves_nothing(tmp_path: Path, database: str | None) -> None:
    """Rule 1: an altered body, signature, origin, charter or a repeated id refuses the whole group."""
    directory = desk_record(tmp_path / "r", database=database)
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
    assert audited(directory).unsigned == 1


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


def test_an_altered_entry_stops_the_log(tmp_path: Path, database: str | None) -> None:
    """A store whose entries were altered under the checkpoint is not opened, or not signed again."""
    directory = desk_record(tmp_path / "r", database=database)
    unguarded(directory, "UPDATE entry SET leaf = id WHERE idx = 3")
    with pytest.raises(RecordError, match="altered"):
        opened(directory)


def test_a_disk_that_forgets_is_noticed_before_signing(tmp_path: Path, database: str | None) -> None:
    """Rule 3: what is read back is compared with what was appended, and the log stops."""
    directory = desk_record(tmp_path / "r", database=database)
    with opened(directory) as log:
        log.append([signed(log, draft(9))])
        unguarded(directory, "UPDATE entry SET leaf = id WHERE idx = 6")
        with pytest.raises(RecordError, match="read back"):
            log.checkpoint()
        with pytest.raises(RecordError, match="read back"):
            log.append([signed(log, draft(10))])


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
def test_nothing_acknowledged_is_lost_to_a_kill(tmp_path: Path, database: str | None, seed: int) -> None:
    """SIGKILL at a random moment: every acknowledged entry is there, and the record goes on and audits clean."""
    directory, newest = desk_record(tmp_path / "r", newest=tmp_path / "state", database=database), tmp_path / "state"
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
    verdict = audited(directory)
    assert verdict.ok, verdict.problems
