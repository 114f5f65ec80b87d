"""Mirrors: whole copies that hold the log to one history (rules of `mirror` and `packing`)."""

from __future__ import annotations

import random
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from postgres import Server
from record.mirrors.copying import content, grown, mirrored, packed, sign, taken, tampered
from record.records import LOG, ORIGIN, TIME, constitute, draft, joint_log, key, opened, signed
from record.sites import write_record
from tasdiq.errors import InputError, MissingError, SettingsError
from tasdiq.record import canonical, note
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft
from tasdiq.record.keys import public_text
from tasdiq.record.log import Log
from tasdiq.record.mirrors import mirror
from tasdiq.record.mirrors.mirror import Taken
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.secrecy.opening import open_named


def test_a_mirror_holds_all_that_the_record_holds(record: Path, tmp_path: Path) -> None:
    """Entries, bodies, rows, attachments and the checkpoint are the same, and the audit says the same of both."""
    copy = mirrored(record, tmp_path / "m")
    assert content(copy) == content(record)
    assert audit(copy).as_json() == audit(record).as_json()
    assert stat.S_IMODE((tmp_path / "m.tar").stat().st_mode) == 0o600


def test_the_same_record_gives_the_same_parcel_and_so_does_its_mirror(record: Path, tmp_path: Path) -> None:
    """A parcel is a function of the record: packed twice, or packed again from the mirror, byte for byte."""
    first = packed(record, tmp_path / "a").read_bytes()
    assert packed(record, tmp_path / "b").read_bytes() == first
    assert packed(mirrored(record, tmp_path / "m"), tmp_path / "c").read_bytes() == first


def test_a_public_parcel_holds_nothing_that_is_not_public(record: Path, tmp_path: Path) -> None:
    """No sealed body, no attachment; the mirror counts the rest as withheld and holds all the same."""
    copy = mirrored(record, tmp_path / "m", public=True)
    verdict = audit(copy)
    assert (verdict.ok, verdict.withheld, audit(record).withheld) == (True, 1, 0)
    with Reader.open(copy) as reader:
        assert reader.attachments() == frozenset()


def test_rule_6_a_mirror_catches_up_and_taking_again_changes_nothing(record: Path, tmp_path: Path) -> None:
    """Parcels that overlap are fine in any order: from where it ends, from before, the whole, an old one."""
    copy = mirrored(record, tmp_path / "m")
    old = packed(record, tmp_path / "old")
    grown(record, *(draft(number) for number in range(200, 203)))
    assert taken(copy, packed(record, tmp_path / "since", since=12)) == Taken(3, 15)
    for name, since in (("whole", 0), ("overlap", 5), ("end", 15)):
        assert taken(copy, packed(record, tmp_path / name, since=since)).added == 0
    assert taken(copy, old).added == 0
    assert content(copy) == content(record)


def test_parcels_cross_the_bounds_of_bundles(tmp_path: Path) -> None:
    """Beyond 256 entries a parcel begins with the bundle that holds its first entry, whole trees before it as hashes."""
    record = write_record(tmp_path / "r", entries=300)
    copy = mirrored(record, tmp_path / "m")
    grown(record, *(draft(number) for number in range(400, 700)))
    assert taken(copy, packed(record, tmp_path / "p", since=306)).added == 300
    assert content(copy) == content(record)


def test_rule_1_a_gap_is_refused_with_what_is_missing(record: Path, tmp_path: Path) -> None:
    """The message names the entries and the command that brings them; nothing was taken."""
    copy = mirrored(record, tmp_path / "m")
    grown(record, draft(200), draft(201))
    before = content(copy)
    with pytest.raises(MissingError, match=r"entries 12 to 12 are missing.*--since 12"):
        taken(copy, packed(record, tmp_path / "p", since=13))
    with pytest.raises(InputError, match="expected a whole parcel"):
        mirror.create(tmp_path / "other", tmp_path / "p")
    assert content(copy) == before


def test_rule_1_a_parcel_of_another_record_is_refused(record: Path, tmp_path: Path) -> None:
    """Records are told apart by their origin."""
    with Log.create(tmp_path / "o", log_key=LOG, origin="records.example/other", newest=None) as log:
        constitute(log)
        log.checkpoint()
    with pytest.raises(InputError, match="expected a parcel of records"):
        taken(mirrored(record, tmp_path / "m"), packed(tmp_path / "o", tmp_path / "p"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"made-up document 200", b"made-up document 299", "not the one the header commits to"),
        (b'"kind":"DocumentReceived"', b'"kind":"DocumentReceivee"', "not those under its checkpoint|does not hold"),
        (b"a new made-up table", b"a new made-up tabla", "was altered"),
    ],
)
def test_rule_2_nothing_is_written_of_a_parcel_that_does_not_hold(
    record: Path, tmp_path: Path, old: bytes, new: bytes, words: str
) -> None:
    """An altered body, leaf or attachment: refused as a whole, however much of it was in order."""
    copy = mirrored(record, tmp_path / "m")
    with opened(record) as log:
        sheet = log.add_attachment(b"a new made-up table")
    grown(record, draft(199), draft(200), draft(201, body=canonical.dumps({"attachment": sheet})))
    before = content(copy)
    path = packed(record, tmp_path / "p", since=12)
    with pytest.raises(InputError, match=words):
        taken(copy, tampered(path, old, new))
    assert content(copy) == before
    assert taken(copy, path).added == 3


def test_rule_2_a_checkpoint_by_another_key_is_refused(record: Path, tmp_path: Path) -> None:
    """A parcel whose checkpoint somebody else signed is not the log's."""
    path = packed(record, tmp_path / "p")
    with Reader.open(record) as reader:
        mine = reader.checkpoint() or b""
    text = note.parse(mine).text
    forged = note.sign(text, note.Verifier(ORIGIN, key("thief").public), key("thief").sign)
    with pytest.raises(InputError, match="no key of the log"):
        mirror.create(tmp_path / "m", tampered(path, mine, forged))


def test_a_parcel_is_never_written_over_a_file(record: Path, tmp_path: Path) -> None:
    """An existing file stays; an unusable place and a size that is not there are said."""
    (tmp_path / "p").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="a file here already"):
        packed(record, tmp_path / "p")
    assert (tmp_path / "p").read_text(encoding="utf-8") == "mine"
    with pytest.raises(SettingsError, match="cannot be written"):
        packed(record, tmp_path / "none" / "p")
    with pytest.raises(InputError, match="expected --since from 0 to 12"):
        packed(record, tmp_path / "q", since=13)


def test_a_mirror_may_lie_in_a_database_server(record: Path, tmp_path: Path, postgres: Server) -> None:
    """From a file to PostgreSQL and back to a file: the same record, and the same parcel byte for byte."""
    first = packed(record, tmp_path / "a")
    mirror.create(tmp_path / "pg", first, postgres.fresh()).close()
    grown(record, draft(200))
    taken(tmp_path / "pg", packed(record, tmp_path / "b", since=12))
    assert content(tmp_path / "pg") == content(record)
    assert packed(tmp_path / "pg", tmp_path / "c").read_bytes() == packed(record, tmp_path / "d").read_bytes()


def test_confidential_content_reaches_members_and_is_encrypted_in_their_mirror(tmp_path: Path) -> None:
    """Envelopes, sealed fields and their disclosures, joint rows: as they were, under the mirror's own key at rest."""
    box = EncryptionKey.from_seed(bytes.fromhex(key("box").key_id))
    with joint_log(tmp_path / "r") as log:
        event = {"event": "encryption", "of": key("kestria").key_id, "key": public_text(box)}
        log.append([signed(log, Draft("EncryptionKeySet", "kestria", TIME, keys=[event]), key("kestria"))])
        told = {"body": canonical.dumps({"witness": "a hidden name", "place": "a hidden place"}), "member": "kestria"}
        rows = (canonical.dumps({"row": "a hidden row"}),)
        sealed = draft(1, access="joint", concealed=("/witness",), rows=rows, **told)
        named = draft(2, access="named", recipients=("kestria",), **told)
        entries = [sign(log, made) for made in (sealed, named, draft(3, concealed=("/witness",), **told))]
        log.append(entries)
        log.checkpoint()
    copy = mirrored(tmp_path / "r", tmp_path / "m")
    assert content(copy) == content(tmp_path / "r")
    with Reader.open(copy) as reader, Reader.open(tmp_path / "r") as here:
        for index in range(reader.size):
            assert (reader.envelope(index), reader.disclosures(index)) == (
                here.envelope(index),
                here.disclosures(index),
            )
        assert open_named(reader, reader[3], box).body == told["body"]
        assert len(reader.disclosures(2)) == len(reader.disclosures(4)) == 1
    for file in copy.rglob("*"):
        assert not file.is_file() or b"hidden name" not in file.read_bytes()
    public = packed(tmp_path / "r", tmp_path / "public", public=True).read_bytes()
    assert public.count(b"hidden place") == 1 and b"hidden name" not in public and b"hidden row" not in public


def test_no_flipped_byte_goes_unnoticed(record: Path, tmp_path: Path) -> None:
    """Wherever one byte of a parcel differs, no mirror is made of it, or one that says exactly what the record says."""
    data = packed(record, tmp_path / "p").read_bytes()
    for at in range(0, len(data), max(1, len(data) // 60)):
        (tmp_path / "q").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        place = tmp_path / f"m{at}"
        try:
            mirror.create(place, tmp_path / "q").close()
        except InputError:
            continue
        assert content(place) == content(record), at


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_a_mirror_comes_to_the_same(tmp_path: Path, seed: int) -> None:
    """Entries, redactions and parcels in random order: once the last parcel is taken, record and mirror are the same."""
    chance = random.Random(seed)
    record = write_record(tmp_path / "r", entries=chance.choice([3, 252]))
    copy = mirrored(record, tmp_path / "m")
    waiting: list[Path] = []
    for step in range(8):
        with Reader.open(record) as reader:
            whole = [entry.id for entry in reader if entry.status == "present" and entry.kind == "DocumentReceived"]
            size = reader.size
        made = [draft(1000 + 10 * step + number) for number in range(chance.randrange(4))]
        if whole and chance.random() < 0.5:
            made.append(Draft("BodyRedacted", "analyst", TIME, refs=(chance.choice(whole),)))
        grown(record, *made)
        waiting.append(packed(record, tmp_path / f"p{step}", since=chance.randrange(size + 1)))
        with suppress(MissingError):
            taken(copy, chance.choice(waiting))
    taken(copy, packed(record, tmp_path / "last"))
    assert content(copy) == content(record)
    assert audit(copy).ok
