"""Mirrors: whole copies that hold the log to one history (rules of `mirror` and `packing`)."""

from __future__ import annotations

import random
import shutil
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from postgres import Server
from record.records import LOG, ORIGIN, TIME, constitute, draft, joint_log, key, opened, signed
from record.sites import write_record
from tasdiq.errors import InputError, MissingError, RecordError, SettingsError
from tasdiq.record import canonical, checkpoint, cosignature, note
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft, Submission, sign_entry
from tasdiq.record.growth import Growth
from tasdiq.record.keys import public_text
from tasdiq.record.log import Log
from tasdiq.record.mirrors import mirror
from tasdiq.record.mirrors.mirror import AnotherHistoryError, Taken, take
from tasdiq.record.mirrors.packing import pack
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.secrecy.opening import open_named


def packed(record: Path, out: Path, **options: object) -> Path:
    """Write a parcel of a record."""
    with Reader.open(record) as reader:
        pack(reader, out, **options)  # type: ignore[arg-type]
    return out


def mirrored(record: Path, place: Path, **options: object) -> Path:
    """Make a mirror of a record through a parcel."""
    mirror.create(place, packed(record, place.with_suffix(".tar"), **options)).close()
    return place


def taken(copy: Path, path: Path) -> Taken:
    """Take a parcel into a copy."""
    growth = Growth.open(copy)
    try:
        return take(growth, path)
    finally:
        growth.close()


def grown(record: Path, *drafts: Draft) -> Path:
    """Append to a record and sign a checkpoint."""
    with opened(record) as log:
        log.append([signed(log, made) for made in drafts])
        log.checkpoint()
    return record


def content(record: Path) -> list[object]:
    """Return all that a record shows of itself."""
    with Reader.open(record) as reader:
        return [
            [(stored, reader.committed(stored.index), reader.rows(stored.index)) for stored in reader],
            reader.checkpoint(),
            sorted((name, reader.attachment(name)) for name in reader.attachments()),
        ]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with plain, sealed, bulk and redacted entries and an attachment."""
    return write_record(tmp_path / "r")


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


def tampered(path: Path, old: bytes, new: bytes) -> Path:
    """Return a parcel with some bytes replaced by as many others."""
    data = path.read_bytes()
    assert len(old) == len(new) and old in data
    made = path.with_suffix(".tampered")
    made.write_bytes(data.replace(old, new))
    return made


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


def without(path: Path, name: str) -> Path:
    """Return a parcel without one of its members."""
    data = path.read_bytes()
    at = data.index(name.encode() + b"\0")
    size = int(data[at + 124 : at + 135], 8)
    made = path.with_suffix(".less")
    made.write_bytes(data[:at] + data[at + 512 + -(-size // 512) * 512 :])
    return made


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


def test_rule_5_two_histories_are_kept_as_proof(record: Path, tmp_path: Path) -> None:
    """The log signs another history for somebody else: the mirror takes none of it and keeps both checkpoints."""
    copy, other = mirrored(record, tmp_path / "m"), tmp_path / "r2"
    shutil.copytree(record, other)
    taken(copy, packed(grown(record, draft(200), draft(201)), tmp_path / "one", since=12))
    before = content(copy)
    second = packed(grown(other, *(draft(number) for number in range(300, 305))), tmp_path / "two", since=12)
    for _ in range(2):
        with pytest.raises(AnotherHistoryError, match="the log has signed two histories: entry 12"):
            taken(copy, second)
    assert content(copy) == before
    growth = Growth.open(copy)
    ((ours, theirs),) = growth.store.contradictions()
    growth.close()
    notes = [checkpoint.open_checkpoint(item, [LOG.public]) for item in (ours, theirs)]
    assert [item.size for item in notes] == [14, 17]


def test_rule_5_proof_takes_two_checkpoints_of_the_log(record: Path, tmp_path: Path) -> None:
    """A parcel that only looks like another history, its leaf altered, proves nothing and is refused as damaged."""
    copy = mirrored(record, tmp_path / "m")
    path = tampered(packed(record, tmp_path / "p"), b'"kind":"DocumentReceived"', b'"kind":"DocumentReceivee"')
    with pytest.raises(InputError, match="not those under its checkpoint"):
        taken(copy, path)
    growth = Growth.open(copy)
    assert growth.store.contradictions() == []
    growth.close()


def test_a_restored_host_catches_up_from_a_mirror(tmp_path: Path) -> None:
    """Set back to a backup it appends nothing; after a member's parcel it goes on, and nothing was lost."""
    home, newest = tmp_path / "r", tmp_path / "state"
    with Log.create(home, log_key=LOG, origin=ORIGIN, newest=newest) as log:
        constitute(log)
        log.checkpoint()
    shutil.copytree(home, tmp_path / "backup")
    with opened(home, newest) as log:
        log.append([signed(log, draft(number)) for number in range(3)])
        log.checkpoint()
    copy = mirrored(home, tmp_path / "m")
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "backup", home)
    with opened(home, newest) as log, pytest.raises(RecordError, match="tasdiq import"):
        log.append([signed(log, draft(9))])
    assert taken(home, packed(copy, tmp_path / "p", since=1)).added == 3
    with opened(home, newest) as log:
        log.append([signed(log, draft(9))])
        log.checkpoint()
    assert audit(home).ok


def test_cosignatures_travel_and_are_checked(tmp_path: Path) -> None:
    """A cosigner's line that came later is kept once; one that does not hold refuses the parcel."""
    cosigner = note.Verifier("ord", key("cosigner").public, note.COSIGNATURE)
    with joint_log(tmp_path / "r") as log:
        events = [
            {"event": "cosigners", "keys": [{"name": "ord", "key": public_text(key("cosigner"))}]},
            {"event": "quorum", "k": 1},
        ]
        log.append([signed(log, Draft("CosignersSet", "kestria", TIME, keys=events), key("kestria"), key("vorland"))])
        text = note.parse(log.checkpoint()).text
        plain = mirrored(tmp_path / "r", tmp_path / "m")
        log.add_cosignature(cosignature.cosign(text, cosigner, key("cosigner").sign, 2_000_000_000))
    path = packed(tmp_path / "r", tmp_path / "p")
    for _ in range(2):
        taken(plain, path)
        assert content(plain) == content(tmp_path / "r")
    assert [name for name, _ in audit(plain).cosigned] == ["ord"]


def test_a_rotated_log_key_signs_for_what_follows(record: Path, tmp_path: Path) -> None:
    """A parcel over a rotation is signed by the new key; the mirror follows, and refuses the old one for later sizes."""
    copy, following = mirrored(record, tmp_path / "m"), key("log next")
    with opened(record) as log:
        event = {"event": "rotate", "old": LOG.key_id, "key": public_text(following), "next": None}
        log.append([signed(log, Draft("KeyRotated", "analyst", TIME, keys=[event]), key("analyst"), following)])
    with Log.open(record, log_key=following, newest=None) as log:
        log.checkpoint()
    assert taken(copy, packed(record, tmp_path / "p", since=12)).added == 1
    assert audit(copy).ok


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


def sign(log: Log, made: Draft) -> Submission:
    """Sign a draft with the record's keys at hand, to which named entries are encrypted."""
    keys = log.chain.keys
    return sign_entry(made, signer=key(made.member), origin=ORIGIN, charter=log.charter, keys_at=log.keys_at, keys=keys)


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
