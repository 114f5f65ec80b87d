"""The audit of a record directory tells what was done to its file."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, constitute, draft, joint_log, key, signed
from record.sites import codes, write_record
from tasdiq.record import canonical, cosignature, note
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entry SET leaf = x'7b7d' WHERE idx = 3", "entry-malformed"),
        ("UPDATE entry SET id = zeroblob(32) WHERE idx = 3", "store-damaged"),
        ("UPDATE entry SET has_keys = 1 WHERE idx = 3", "store-damaged"),
        ("DELETE FROM entry WHERE idx = 3", "store-damaged"),
        ("DELETE FROM entry WHERE idx > 3", "root-mismatch"),
        ("DELETE FROM checkpoint", "checkpoint-missing"),
        ("UPDATE checkpoint SET note = x'00'", "checkpoint-malformed"),
        ("UPDATE body SET content = x'7b7d' WHERE idx = 3", "body-changed"),
        ("DELETE FROM body WHERE idx = 3", "body-missing"),
        ("INSERT INTO body VALUES (99, x'00', x'00', NULL, NULL)", "store-damaged"),
        ("UPDATE bulk_row SET content = x'31' WHERE n = 0", "row-changed"),
        ("DELETE FROM bulk_row WHERE n = 0", "row-missing"),
        ("UPDATE record SET origin = 'other'", "store-damaged"),
        ("DROP TABLE body", "store-damaged"),
        ("CREATE TABLE more (x)", "store-damaged"),
    ],
)
def test_a_tampered_database_is_told(world: Path, tmp_path: Path, statement: str, code: str) -> None:
    """Whatever is done to the file behind the triggers' back, the audit names the file and what is wrong."""
    directory = Path(shutil.copytree(world / "r", tmp_path / "r"))
    with sqlite3.connect(directory / "record.sqlite") as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, sql in triggers:
            if "body" not in sql or "DROP" not in statement:
                connection.execute(sql)
    assert (code, "record.sqlite") in codes(directory)


def test_a_database_of_random_bytes_is_told(world: Path, tmp_path: Path) -> None:
    """A file that is no database, or torn in the middle, is a problem and no traceback."""
    directory = Path(shutil.copytree(world / "r", tmp_path / "r"))
    path = directory / "record.sqlite"
    whole = path.read_bytes()
    for data in (b"", b"\x00" * 100, whole[: len(whole) // 2], whole[:4096] + bytes(len(whole) - 4096)):
        path.write_bytes(data)
        assert {where for _, where in codes(directory)} == {"record.sqlite"}


def test_any_flipped_bit_of_a_database_raises_nothing(world: Path, tmp_path: Path) -> None:
    """Two hundred random bits flipped, one at a time: the audit comes to a verdict, and never to another root."""
    directory = Path(shutil.copytree(world / "r", tmp_path / "r"))
    path = directory / "record.sqlite"
    whole, chance, root = path.read_bytes(), random.Random(8), audit(directory).root
    for _ in range(200):
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        verdict = audit(directory)
        assert not verdict.ok or verdict.root == root


def test_cosignatures_are_counted_by_name(tmp_path: Path) -> None:
    """The verdict says cosigned k of n and by whom; a spoilt or foreign one is a problem."""
    directory = tmp_path / "r"
    names = ("c1", "c2", "c3")
    with joint_log(directory) as log:
        listed = [{"name": name, "key": canonical.b64url(key(name).public)} for name in names]
        events = [{"event": "cosigners", "keys": listed}, {"event": "quorum", "k": 2}]
        changed = Draft("CharterAmended", "kestria", "2031-05-04T10:00:00Z", keys=events)
        log.append([signed(log, changed, key("kestria"), key("vorland"))])
        signed_note = log.checkpoint()
    text = note.parse(signed_note).text

    def line(name: str, signer: str) -> bytes:
        verifier = note.Verifier(name, key(signer).public, note.COSIGNATURE)
        return str(cosignature.cosign(text, verifier, key(signer).sign, 1_900_000_000)).encode()

    def with_note(data: bytes) -> Path:
        with sqlite3.connect(directory / "record.sqlite") as connection:
            connection.execute("INSERT INTO checkpoint (size, note) VALUES (2, ?)", (data,))
        return directory

    verdict = audit(with_note(signed_note + line("c1", "c1") + line("c3", "c3")))
    assert verdict.ok, verdict.problems
    assert verdict.as_json()["cosigned"] == {
        "k": 2,
        "n": 3,
        "quorum": 2,
        "by": ["c1", "c3"],
        "at": ["2030-03-17T17:46:40Z"] * 2,
    }
    assert codes(with_note(signed_note + line("c1", "c2"))) == {("unknown-signature", "record.sqlite")}
    spoilt = line("c1", "c1").replace(b"A", b"B", 1)
    assert codes(with_note(signed_note + spoilt)) <= {
        ("cosignature", "record.sqlite"),
        ("unknown-signature", "record.sqlite"),
        ("checkpoint-malformed", "record.sqlite"),
    }


def test_a_record_without_a_checkpoint_is_told(tmp_path: Path) -> None:
    """What nobody signed over is not called checked."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
    assert codes(tmp_path / "r") == {("checkpoint-missing", "record.sqlite")}


def test_ten_entries_after_the_checkpoint_are_checked_and_counted(tmp_path: Path) -> None:
    """Entries not yet under a checkpoint are held to the same rules, and named as unsigned."""
    write_record(tmp_path / "r")
    with Log.open(tmp_path / "r", log_key=LOG, newest=None) as log:
        log.append([signed(log, draft(number)) for number in range(10)])
    verdict = audit(tmp_path / "r")
    assert (verdict.ok, verdict.size, verdict.unsigned) == (True, 12, 10)
    assert "10 newer entries" in verdict.as_text()
