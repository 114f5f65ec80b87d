"""What is not public lies encrypted in the database, binds to its place, and is gone after a redaction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from record.records import TIME, draft, joint_log, key, opened, signed
from record.store.files import audited, bytes_of, execute, unguarded
from tasdiq.errors import RecordError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft, Submission
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy import disclosure
from tasdiq.record.store import Store

SECRET = "a made-up witness"
TABLES = ("entry", "body", "bulk_row", "disclosure")


@pytest.fixture
def log(tmp_path: Path, database: str | None) -> Iterator[Log]:
    """A joint record with a sealed entry, a bulk of two sealed rows, and a public one with a sealed field."""
    with joint_log(tmp_path / "r", database=database) as log:
        log.append([signed(log, made) for made in drafts()])
        yield log


def drafts() -> list[Draft]:
    """Return what is entered at indices 1 to 3."""
    said = canonical.dumps({"by": {"name": SECRET}, "what": "nothing that happened"})
    rows = tuple(canonical.dumps({"told": f"{SECRET} {n}"}) for n in range(2))
    return [
        draft(1, member="kestria", access="joint", body=said),
        draft(2, member="kestria", access="joint", rows=rows),
        draft(3, member="kestria", body=said, concealed=("/by/name",)),
    ]


def stored(directory: Path) -> bytes:
    """Return all that lies in the record's database, and in its files."""
    held = [value for table in TABLES for row in execute(directory, f"SELECT * FROM {table}") for value in row]
    return bytes_of(directory) + b"\0".join(bytes(each) for each in held if isinstance(each, bytes | memoryview))


def test_nothing_sealed_lies_in_the_clear(log: Log, tmp_path: Path) -> None:
    """Neither the file nor its write-ahead log nor a column holds a word of it; whoever has the key reads all of it."""
    assert SECRET.encode() not in stored(tmp_path / "r")
    log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        assert canonical.loads(reader[1].body or b"")["by"] == {"name": SECRET}
        assert [SECRET.encode() in row.content for row in reader.rows(2).values() if row] == [True, True]
        disclosed = [text for text in reader.disclosures(3) if text]
        committed = reader.committed(3)
        assert committed and SECRET.encode() in disclosure.reveal(committed[1], disclosed)
        assert not [text for text in disclosed if text.encode() in stored(tmp_path / "r")]
    verdict = audited(tmp_path / "r")
    assert (verdict.ok, verdict.withheld) == (True, 0), verdict.problems


def test_without_the_key_it_is_withheld(log: Log, tmp_path: Path) -> None:
    """The record is read and audited all the same: content counts as not here."""
    log.checkpoint()
    (tmp_path / "r" / "keys" / "at-rest.key").unlink()
    with Reader.open(tmp_path / "r") as reader:
        assert [reader[index].status for index in (1, 2, 3)] == ["withheld", "withheld", "present"]
        assert (reader.rows(2), set(reader.disclosures(3))) == ({0: None, 1: None}, {None})
    assert (audited(tmp_path / "r").ok, audited(tmp_path / "r").withheld) == (True, 2)


def test_what_is_moved_beside_another_does_not_open(log: Log, tmp_path: Path) -> None:
    """Rules 1 and 2 of `secrecy.stored`: bodies, rows and disclosures are bound to their entry, table and number."""
    log.checkpoint()
    log.close()
    swap = (
        "UPDATE bulk_row SET content = (SELECT content FROM {0} WHERE n = 1), key = (SELECT key FROM {0} WHERE n = 1)"
    )
    execute(tmp_path / "r", "CREATE TABLE held AS SELECT n, content, key FROM bulk_row")
    unguarded(tmp_path / "r", swap.format("held") + " WHERE n = 0", "DROP TABLE held")
    store = Store.open(tmp_path / "r")
    with pytest.raises(RecordError, match="does not open"):
        store.rows(2)
    store.close()
    assert {(problem.code, problem.index) for problem in audited(tmp_path / "r").problems} == {("body-malformed", 2)}


def notice(log: Log, *, refs: tuple[str, ...] = (), rows: tuple[str, ...] = ()) -> Submission:
    """Return a notice signed by both members."""
    said = canonical.dumps({"redacted_rows": list(rows)} if rows else {})
    made = Draft("BodyRedacted", "kestria", TIME, refs=refs, body=said)
    return signed(log, made, key("kestria"), key("vorland"))


def test_a_redaction_takes_content_salt_key_and_disclosures(log: Log, tmp_path: Path, database: str | None) -> None:
    """In one transaction with the notice; not even the encrypted bytes are left in any file."""
    directory = tmp_path / "r"
    sealed = execute(directory, "SELECT content FROM body WHERE idx = 1")[0][0]
    with Reader.open(directory) as reader:
        ids = [reader[index].id for index in range(4)]
    if database is None:
        assert bytes(sealed) in bytes_of(directory)
    log.append([notice(log, refs=(ids[1], ids[3])), notice(log, rows=(f"{ids[2]}/1",))])
    log.checkpoint()
    emptied = [(1, None, None, None, 4), (3, None, None, None, 4)]
    assert (
        execute(directory, "SELECT idx, salt, content, key, redacted_at FROM body WHERE idx IN (1, 3) ORDER BY 1")
        == emptied
    )
    rows = execute(directory, "SELECT n, content IS NULL, key IS NULL, redacted_at FROM bulk_row ORDER BY n")
    assert [tuple(map(int, row[:3])) + row[3:] for row in rows] == [(0, 0, 0, None), (1, 1, 1, 5)]
    left = execute(directory, "SELECT content, key, redacted_at FROM disclosure WHERE idx = 3")
    assert set(left) == {(None, None, 4)}
    assert bytes(sealed) not in bytes_of(directory)
    verdict = audited(directory)
    assert (verdict.ok, verdict.redacted) == (True, 3), verdict.problems


def test_a_reader_in_the_middle_delays_and_does_not_prevent(tmp_path: Path) -> None:
    """While a reader holds the old state its bytes stay in the write-ahead log; the next append or close removes them."""
    directory = tmp_path / "r"
    with joint_log(directory) as log:
        log.append([signed(log, draft(1, member="kestria", body=canonical.dumps({"name": SECRET})))])
        store = Store.open(directory)
        store._connection.exec_driver_sql("BEGIN")
        reading = store._connection.exec_driver_sql("SELECT count(*) FROM body").scalar_one()
        with Reader.open(directory) as reader:
            ref = reader[1].id
        log.append([notice(log, refs=(ref,))])
        assert (reading, SECRET.encode() in bytes_of(directory)) == (2, True)
        store._connection.exec_driver_sql("COMMIT")
        store.close()
        log.append([signed(log, draft(2, member="kestria"))])
        assert SECRET.encode() not in bytes_of(directory)
    opened(directory).close()
    assert [problem.code for problem in audit(directory).problems] == ["checkpoint-missing"]
