"""Entries for named recipients: from the author's hands to theirs, and readable nowhere between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from record.records import TIME, draft, joint_log, key, signed
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft, Submission, parse_leaf, sign_entry
from tasdiq.record.key_events import public_text
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy import envelope
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.secrecy.opening import open_named

MEMBERS = ("kestria", "vorland", "ordania")
SECRET = canonical.dumps({"visit": "a made-up crossing", "on": "2031-06-01"})


def box(name: str) -> EncryptionKey:
    """Return the same encryption key for the same name, in every run."""
    return EncryptionKey.from_seed(bytes.fromhex(key(f"{name} box").key_id))


def named_key(name: str) -> dict[str, Any]:
    """Return the event that names a member's encryption key."""
    return {"event": "encryption", "of": key(name).key_id, "key": public_text(box(name))}


def change(log: Log, events: list[dict[str, Any]], *signers: str) -> None:
    """Append an entry with key events."""
    made = Draft("EncryptionKeySet", signers[0], TIME, keys=events)
    log.append([signed(log, made, *(key(name) for name in signers))])


@pytest.fixture
def log(tmp_path: Path) -> Any:
    """A joint record of three members, two of whom have an encryption key."""
    with joint_log(tmp_path / "r", MEMBERS) as opened:
        change(opened, [named_key("kestria")], "kestria")
        change(opened, [named_key("vorland")], "vorland")
        yield opened


def note(**fields: Any) -> Draft:
    """Return a draft for named recipients."""
    given = {"body": SECRET, "access": "named", "recipients": ("vorland",), "member": "kestria", **fields}
    return draft(1, **given)


def enclosed(log: Log, made: Draft, signer: str = "kestria") -> Submission:
    """Sign a draft for named recipients against the log's keys."""
    return sign_entry(
        made,
        signer=key(signer),
        origin=log.origin,
        charter=log.charter,
        keys_at=log.keys_at,
        keys=log.chain.keys,
    )


def test_recipients_and_author_read_it_and_the_host_does_not(log: Log, tmp_path: Path) -> None:
    """Rule 6 of `entry`: kind, content and refs open for both members; the record's files hold none of it."""
    log.append([enclosed(log, note(refs=(log.charter or "",)))])
    log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        closed = reader[3]
        assert (closed.status, closed.kind, closed.body, closed.refs) == ("withheld", "sealed", None, ())
        for member in ("kestria", "vorland"):
            opened = open_named(reader, closed, box(member))
            assert (opened.kind, opened.body, opened.claimed_time) == ("DocumentReceived", SECRET, TIME)
            assert (opened.id, opened.refs, opened.status) == (closed.id, (log.charter,), "present")
        with pytest.raises(RoleError, match="not addressed"):
            open_named(reader, closed, box("ordania"))
        with pytest.raises(InputError, match="public"):
            open_named(reader, reader[0], box("kestria"))
    for file in (tmp_path / "r").rglob("*"):
        assert not file.is_file() or b"made-up crossing" not in file.read_bytes()
    verdict = audit(tmp_path / "r")
    assert verdict.ok, verdict.problems
    assert verdict.withheld == 1


def test_the_authors_own_member_is_always_a_recipient(log: Log) -> None:
    """Rule 6: what a member signed it can read again, and the recipients stand in order inside."""
    submission = enclosed(log, note(recipients=("vorland",)))
    commit = bytes.fromhex(parse_leaf(submission.leaf).header["body_commit"])
    salt, plaintext = envelope.open_with(box("kestria"), commit, submission.envelope)
    assert canonical.loads(plaintext)["recipients"] == ["kestria", "vorland"]
    assert (submission.salt, submission.plaintext, len(salt)) == (b"", b"", 32)


def test_a_recipient_without_a_key_is_told(log: Log) -> None:
    """Nothing is sent to some and not to others: who has no encryption key is named."""
    with pytest.raises(InputError, match="ordania"):
        enclosed(log, note(recipients=("vorland", "ordania")))
    with pytest.raises(InputError, match="nobody"):
        enclosed(log, note(recipients=("nobody",)))
    with pytest.raises(InputError, match="keys as of the newest"):
        signed(log, note())


def test_officers_read_what_is_for_their_member(log: Log) -> None:
    """An officer's encryption key is addressed with its member's, as long as the officer's key is in use."""
    officer = {
        "event": "certify",
        "member": "vorland",
        "name": "liaison",
        "key": public_text(key("liaison")),
        "next": None,
    }
    change(log, [officer, {**named_key("liaison"), "of": key("liaison").key_id}], "vorland")
    assert log.chain.keys.recipients("vorland") == [box("vorland").public, box("liaison").public]
    change(log, [{"event": "revoke", "key": key("liaison").key_id, "from": 3}], "vorland")
    assert log.chain.keys.recipients("vorland") == [box("vorland").public]


def test_rows_sealed_fields_and_key_events_are_not_for_named_recipients(log: Log) -> None:
    """Rule 6: what would lie beside the envelope in the clear is refused."""
    for fields in ({"rows": (b"{}",)}, {"concealed": ("/visit",)}, {"keys": [{"event": "quorum", "k": 0}]}):
        with pytest.raises(InputError):
            enclosed(log, note(**fields))


def test_the_host_refuses_what_is_no_envelope(log: Log) -> None:
    """The log cannot read an envelope; it refuses one of another form, and anything beside it."""
    good = enclosed(log, note())
    public = signed(log, draft(2, member="kestria"))
    for bad in (
        replace(good, envelope=b""),
        replace(good, envelope=good.envelope[:-1]),
        replace(good, envelope=b"x" * 3000),
        replace(good, salt=bytes(32), plaintext=SECRET),
        replace(good, disclosures=("text",)),
        replace(public, envelope=good.envelope),
    ):
        with pytest.raises(InputError):
            log.append([bad])
    log.append([good, public])


def test_an_envelope_of_another_entry_does_not_open(log: Log, tmp_path: Path) -> None:
    """A host that swaps envelopes is found out by whoever opens them."""
    first, second = enclosed(log, note()), enclosed(log, note())
    log.append([replace(first, envelope=second.envelope)])
    with Reader.open(tmp_path / "r") as reader, pytest.raises(RoleError, match="another entry"):
        open_named(reader, reader[3], box("vorland"))


def test_a_redacted_envelope_is_gone(log: Log, tmp_path: Path) -> None:
    """A notice empties the envelope like any body; opening says so."""
    receipts = log.append([enclosed(log, note())])
    log.append([signed(log, Draft("BodyRedacted", "kestria", TIME, refs=(receipts[0].id,)))])
    log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        assert reader[3].status == "redacted"
        with pytest.raises(MissingError):
            open_named(reader, reader[3], box("vorland"))
    assert audit(tmp_path / "r").ok
