"""Redactions reach mirrors, and what they emptied never comes back (rules 3 and 4 of `mirror`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.mirrors.copying import content, grown, mirrored, packed, taken, without
from record.records import TIME, opened, signed
from tasdiq.errors import InputError, RecordError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.mirrors import mirror
from tasdiq.record.reader import Reader


def test_rule_3_a_public_body_is_missing_only_where_a_notice_says_so(record: Path, tmp_path: Path) -> None:
    """Left out of the parcel, body or rows, it is asked for; a sealed one is withheld, a redacted one known."""
    path = packed(record, tmp_path / "p")
    with pytest.raises(InputError, match="the public body of entry 3 is not in the parcel"):
        mirror.create(tmp_path / "a", without(path, "body/3"))
    with pytest.raises(InputError, match="rows are not those"):
        mirror.create(tmp_path / "b", without(path, "rows/7"))
    mirror.create(tmp_path / "c", without(path, "body/10")).close()
    assert audit(tmp_path / "c").ok


def test_rule_3_a_notice_comes_with_its_body(record: Path, tmp_path: Path) -> None:
    """Nobody can redact by leaving out what the notice says."""
    with pytest.raises(InputError):
        mirror.create(tmp_path / "m", without(packed(record, tmp_path / "p"), "body/11"))


def test_rule_4_redactions_reach_mirrors_and_content_never_comes_back(record: Path, tmp_path: Path) -> None:
    """The body and a row go when the notice comes; an older parcel that holds them is taken without them."""
    copy = mirrored(record, tmp_path / "m")
    old = packed(record, tmp_path / "old")
    with Reader.open(record) as reader:
        named, bulk = reader[3].id, reader[7].id
    rows = canonical.dumps({"reason": "a person asked", "redacted_rows": [f"{bulk}/0"]})
    grown(record, Draft("BodyRedacted", "analyst", TIME, body=rows, refs=(named,)))
    taken(copy, packed(record, tmp_path / "p", since=12))
    taken(copy, old)
    assert content(copy) == content(record)
    assert audit(copy).redacted == audit(record).redacted == 4
    for file in copy.glob("record.sqlite*"):
        assert b"made-up document 2" not in file.read_bytes()


def test_rule_4_files_of_redacted_content_do_not_come_back(record: Path, tmp_path: Path) -> None:
    """An older parcel brings the file that a redacted body named; it is not kept again, here or at a host."""
    copy = mirrored(record, tmp_path / "m")
    old = packed(record, tmp_path / "old")
    with Reader.open(record) as reader:
        cited = next(entry.id for entry in reader if b"attachment" in (entry.body or b""))
    grown(record, Draft("BodyRedacted", "analyst", TIME, refs=(cited,)))
    taken(copy, packed(record, tmp_path / "p"))
    for place in (copy, record):
        taken(place, old)
        with Reader.open(place) as reader:
            assert reader.attachments() == frozenset()


def test_rule_3_of_packing_a_redaction_without_a_checkpoint_is_not_handed_on(record: Path, tmp_path: Path) -> None:
    """The gap could not be explained to whoever takes the parcel."""
    with opened(record) as log, Reader.open(record) as reader:
        log.append([signed(log, Draft("BodyRedacted", "analyst", TIME, refs=(reader[3].id,)))])
    with pytest.raises(RecordError, match="not under a checkpoint yet"):
        packed(record, tmp_path / "p")
