"""A notice empties what it may, is countersigned by the charter's rule, and leaves every proof standing."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, TIME, constitute, draft, founding, joint_log, key, signed
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.bundle import make_bundle
from tasdiq.record.entry import Draft, countersign
from tasdiq.record.log import Log
from tasdiq.record.reader import Reader

MEMBERS = ("kestria", "vorland", "ordania")


def countersigned(directory: Path, k: int) -> Log:
    """Open a new joint record whose charter wants `k` members under a notice."""
    log = Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None)
    events = [*founding("joint", MEMBERS), {"event": "redaction", "k": k}]
    made = Draft("CharterAdopted", "kestria", TIME, keys=events)
    log.append([signed(log, made, *(key(name) for name in MEMBERS))])
    return log


def notice(ref: str, member: str = "kestria") -> Draft:
    """Return the draft of a notice."""
    return Draft("BodyRedacted", member, TIME, refs=(ref,))


@pytest.mark.parametrize("access", ["public", "joint"])
def test_a_notice_is_countersigned_by_the_charters_rule(tmp_path: Path, access: str) -> None:
    """Rule 3: one signature is too few where two are wanted; the author's consent is not enough, nor needed."""
    with countersigned(tmp_path / "r", 2) as log:
        own, other = log.append([signed(log, draft(n, member="kestria", access=access)) for n in range(2)])
        with pytest.raises(RoleError, match="countersign"):
            log.append([signed(log, notice(own.id))])
        log.append([countersign(signed(log, notice(own.id)), key("ordania"))])
        log.append([signed(log, notice(other.id, "vorland"), key("vorland"), key("ordania"))])
        log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        assert [reader[index].status for index in (1, 2)] == ["redacted", "redacted"]
        assert not [text for index in (1, 2) for text in reader.disclosures(index) if text]
    verdict = audit(tmp_path / "r")
    assert (verdict.ok, verdict.redacted) == (True, 2)


def test_two_keys_of_one_member_are_one_signature(tmp_path: Path) -> None:
    """Rule 3 counts members, not keys."""
    with countersigned(tmp_path / "r", 2) as log:
        (receipt,) = log.append([signed(log, draft(1, member="kestria"))])
        certify = {
            "event": "certify",
            "member": "kestria",
            "name": "deputy",
            "key": canonical.b64url(key("deputy").public),
            "next": None,
        }
        log.append([signed(log, Draft("OfficerCertified", "kestria", TIME, keys=[certify]))])
        with pytest.raises(RoleError, match="2 members"):
            log.append([signed(log, notice(receipt.id), key("kestria"), key("deputy"))])


def test_without_the_rule_a_member_redacts_its_own(tmp_path: Path) -> None:
    """Rule 2: its own alone, another's with a second member; never what is not there, and no notice."""
    with joint_log(tmp_path / "r", MEMBERS) as log:
        own, other = log.append([signed(log, draft(n, member="kestria")) for n in range(2)])
        with pytest.raises(RoleError):
            log.append([signed(log, notice(own.id, "vorland"))])
        done = log.append([signed(log, notice(own.id))])
        with pytest.raises(InputError, match="notice"):
            log.append([signed(log, notice(done[0].id))])
        with pytest.raises(InputError, match="not in this record"):
            log.append([signed(log, notice("ab" * 32))])
        log.append([signed(log, notice(other.id, "vorland"), key("vorland"), key("ordania"))])


def test_the_charter_is_never_redacted(tmp_path: Path) -> None:
    """Rule 1: not by all members together; without entry 0 the record could not be read or go on."""
    with joint_log(tmp_path / "r", MEMBERS) as log:
        charter = log.chain.charter
        assert charter is not None
        with pytest.raises(InputError, match="charter"):
            log.append([signed(log, notice(charter), *(key(name) for name in MEMBERS))])
        log.append([signed(log, draft(1, member="kestria"))])


def test_disclosures_go_with_their_body(tmp_path: Path) -> None:
    """A redacted finding takes the names sealed in it along; nothing of them is left to disclose."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        finding = canonical.dumps({"finding": "f", "witnesses": ["A. Made-Up"]})
        made = draft(1, body=finding, concealed=("/witnesses", "/witnesses/0"))
        (receipt,) = log.append([signed(log, made)])
        log.append([signed(log, notice(receipt.id, "analyst"))])
        log.checkpoint()
    with Reader.open(tmp_path / "r") as reader:
        assert reader.disclosures(1) == [None, None]
        with pytest.raises(MissingError, match="cannot be shown"):
            make_bundle(reader, [], disclosed={receipt.id: ["/witnesses"]})
    assert audit(tmp_path / "r").ok
