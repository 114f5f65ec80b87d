"""What the mechanism asks of entries that arrive signed. Tests are named for the rules of `reviewing`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tasdiq.errors import InputError, RecordError, RoleError
from tasdiq.mechanism import Mechanism, timestamp
from tasdiq.model import entries
from tasdiq.model.charter import Charter, Member
from tasdiq.model.value import to_plain
from tasdiq.record import canonical
from tasdiq.record.entry import Draft
from tasdiq.record.signing import SigningKey
from tasdiq.secretariat.custody import sign_for
from tasdiq.secretariat.founding import Home, found_joint
from tasdiq.settings import Settings

NOON = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
CHARTER = Charter(
    title="Kestria and Vorland",
    form="joint",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
)
KEYS = {"kes": SigningKey.from_seed(b"k" * 32), "vor": SigningKey.from_seed(b"v" * 32)}


@pytest.fixture
def mechanism(tmp_path: Path) -> Iterator[Mechanism]:
    """A joint record, open at its host, which holds no member's key."""
    home, settings = Home(tmp_path / "record"), Settings(tmp_path / "state")
    with home.building() as place:
        Mechanism.found(place, found_joint(place, CHARTER, timestamp(NOON), KEYS), settings)
    with Mechanism.open(home, settings, clock=lambda: NOON) as opened:
        yield opened


def submit(mechanism: Mechanism, kind: str, body: Any, *signers: str, **fields: Any) -> int:
    """Sign an entry as members do on their own machines, and submit it; return its index."""
    draft = Draft(kind, signers[0], timestamp(NOON), body=canonical.dumps(body), **fields)
    return mechanism.submit(sign_for(mechanism.log.chain, draft, [KEYS[name] for name in signers])).index


def test_rule_1_a_body_without_the_form_of_its_kind_is_refused(mechanism: Mechanism) -> None:
    """It would stop every later reading of the record; sealed ones and rows are looked into too."""
    for fields in ({}, {"access": "joint"}):
        with pytest.raises(InputError, match="does not have the form that EntryCorrected has"):
            submit(mechanism, "EntryCorrected", {"item": 7}, "kes", **fields)
    proposal = to_plain(entries.Proposal(rows_of="actor", method="m", subject="record"))
    with pytest.raises(InputError, match="form that a row of actor has"):
        submit(mechanism, "GroupingProposed", proposal, "kes", rows=(b'{"id":7}',))
    assert mechanism.state().size == 1
    assert submit(mechanism, "EntryCorrected", {"item": "x", "reason": "y"}, "kes") == 1
    assert mechanism.state().corrected == {"x": mechanism.state().entries[1].id}


def test_rule_2_a_step_is_refused_that_the_procedure_does_not_allow(mechanism: Mechanism) -> None:
    """A case on something that is not in the record; nothing is entered."""
    body = entries.CaseOpened(
        case="case-1",
        subject="p-none",
        subject_kind="proposition",
        allegation="made up",
        alleged_by="kes",
        at=timestamp(NOON),
    )
    with pytest.raises(Exception, match="p-none") as refusal:
        submit(mechanism, "CaseOpened", to_plain(body), "kes")
    assert not isinstance(refusal.value, RecordError)
    assert mechanism.log.size == 1


def test_rule_3_a_charter_is_amended_by_all(mechanism: Mechanism) -> None:
    """One member alone changes nothing; all together do."""
    body = to_plain(entries.CharterAmended(charter=msgspec.structs.replace(CHARTER, title="Anew"), reason="agreed"))
    with pytest.raises(RoleError, match="missing: vor"):
        submit(mechanism, "CharterAmended", body, "kes")
    submit(mechanism, "CharterAmended", body, "kes", "vor")
    assert mechanism.state().charter.title == "Anew"


def test_rule_4_an_unknown_kind_is_entered_and_folds_as_unknown(mechanism: Mechanism) -> None:
    """A later version's entries are not refused by this one."""
    submit(mechanism, "PigeonReleased", {"ring": 7}, "vor")
    assert mechanism.state().unknown_kinds == {"PigeonReleased": 1}


def test_one_receipt_covers_all_that_was_entered(mechanism: Mechanism) -> None:
    """The note lists every entry since the record was opened; before the first there is none."""
    assert mechanism.receipt() is None
    for number in range(3):
        submit(mechanism, "PigeonReleased", {"ring": number}, "vor")
    lines = (mechanism.receipt() or b"").decode().split("\n\n")[0].splitlines()
    assert [line.split(" ")[0] for line in lines[3:]] == ["1", "2", "3"]


def test_an_entry_that_was_entered_is_not_entered_again(mechanism: Mechanism) -> None:
    """The same file submitted twice is refused, and says why."""
    draft = Draft("PigeonReleased", "kes", timestamp(NOON))
    signed = sign_for(mechanism.log.chain, draft, [KEYS["kes"]])
    mechanism.submit(signed)
    with pytest.raises(InputError, match="in the record already"):
        mechanism.submit(signed)
