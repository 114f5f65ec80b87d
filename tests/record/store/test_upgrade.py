"""A record that session 1 wrote is read as it is, and brought up when it is opened for writing."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from record.records import ORIGIN, draft, joint_log, opened, signed
from record.store.files import audited, bytes_of, execute
from tasdiq.errors import MissingError, RecordError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.reader import Reader
from tasdiq.record.store import Store

FILE = Path(__file__).parents[2] / "vectors" / "store-1.sqlite.gz"
HOUSE, SIGHTING = b"a house by the river", b"made-up sighting"
VERSION = "PRAGMA user_version"
SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The directory of a record of version 1: plain, joint, joint with rows, redacted, under a checkpoint."""
    directory = tmp_path / "old"
    (directory / "attachment").mkdir(parents=True)
    (directory / "record.sqlite").write_bytes(gzip.decompress(FILE.read_bytes()))
    return directory


def test_version_1_is_read_as_it_is(old: Path) -> None:
    """A reader changes nothing and makes no key; joint content is there in the clear, what is new is empty."""
    before = (old / "record.sqlite").read_bytes()
    with Reader.open(old) as reader:
        assert [stored.status for stored in reader] == ["present"] * 6 + ["redacted", "present"]
        assert canonical.loads(reader[4].body or b"") == {"place": HOUSE.decode()}
        assert [row.content[9:25] for row in reader.rows(5).values() if row] == [SIGHTING] * 3
        assert (reader.disclosures(4), reader.origin) == ([], ORIGIN)
    store = Store.open(old)
    assert (store.cosignatures(8), store.contradictions()) == ([], [])
    store.close()
    assert (old / "record.sqlite").read_bytes() == before
    assert not (old / "keys").exists()


def test_opening_for_writing_brings_it_up_and_encrypts_what_is_joint(old: Path) -> None:
    """The same root, the same content for whoever has the key, and not a plain word of it in any file."""
    root, (before,) = audit(old).root, execute(old, "SELECT note FROM checkpoint")
    assert HOUSE in bytes_of(old) and SIGHTING in bytes_of(old)
    with opened(old) as log:
        assert not [word for word in (HOUSE, SIGHTING) if word in bytes_of(old)]
        log.append([signed(log, draft(9, member="kestria"))])
        log.checkpoint()
    assert execute(old, VERSION) == [(2,)]
    assert execute(old, "SELECT note FROM checkpoint WHERE size = 8") == [before]
    for verdict in (audit(old), audited(old)):
        assert (verdict.ok, verdict.withheld, verdict.redacted, verdict.size) == (True, 0, 1, 9), verdict.problems
    with Reader.open(old) as reader:
        assert canonical.loads(reader[4].body or b"") == {"place": HOUSE.decode()}
        assert [row.content[9:25] for row in reader.rows(5).values() if row] == [SIGHTING] * 3
    assert root != audit(old).root
    (old / "keys" / "at-rest.key").unlink()
    assert audit(old).withheld == 2


def test_a_record_brought_up_is_like_a_new_one(old: Path, tmp_path: Path) -> None:
    """Tables and triggers are word for word those of a record made now."""
    opened(old).close()
    joint_log(tmp_path / "new").close()
    assert execute(old, SCHEMA) == execute(tmp_path / "new", SCHEMA)
    opened(old).close()


def test_a_failed_upgrade_leaves_version_1(old: Path) -> None:
    """All of it is one transaction: what cannot be brought up is left as it was, and the writer's lock is given back."""
    execute(old, "CREATE TABLE disclosure (x)")
    before = execute(old, SCHEMA)
    for _ in range(2):
        with pytest.raises(RecordError, match="already exists"):
            opened(old)
    assert (execute(old, SCHEMA), execute(old, VERSION)) == (before, [(1,)])
    assert HOUSE in bytes_of(old)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    """A version that this program does not know is neither read nor written."""
    joint_log(tmp_path / "r").close()
    execute(tmp_path / "r", "PRAGMA user_version = 3")
    for attempt in (Reader.open, opened):
        with pytest.raises(RecordError, match="expected a record of version 2"):
            attempt(tmp_path / "r")


def test_without_its_key_nothing_joint_is_appended(tmp_path: Path) -> None:
    """A restored record whose key at rest was not restored says so; no second key is made in its place."""
    joint_log(tmp_path / "r").close()
    (tmp_path / "r" / "keys" / "at-rest.key").unlink()
    with opened(tmp_path / "r") as log, pytest.raises(MissingError, match="key at rest"):
        log.append([signed(log, replace(draft(1, member="kestria"), access="joint"))])
    assert not (tmp_path / "r" / "keys" / "at-rest.key").exists()
    with opened(tmp_path / "r") as log:
        log.append([signed(log, draft(1, member="kestria"))])
