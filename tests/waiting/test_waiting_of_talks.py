"""What the talks ask of members: rules W9 to W12."""

from __future__ import annotations

from tasdiq.model.agreement import Agreement, Commitment, RegisteredAgreement, RegisteredCommitment, Word
from tasdiq.model.call import Call, CallBack, Confirmation
from tasdiq.model.case import Assent
from tasdiq.model.meeting import Delegate, Delegation, LineAnswer, Meeting, MinuteLine
from tasdiq.model.state import State
from tasdiq.model.talks import Talks
from tasdiq.waiting import talks
from verification.play import CHARTER

NOW = "2031-03-12T08:00:00Z"


def _waits(of: str, **held: object) -> list[tuple[str, str]]:
    state = State(charter=CHARTER, talks=Talks(**held))  # type: ignore[arg-type]
    return [(item.kind, item.standing) for item in talks.waiting(state, NOW) if item.of == of]


def test_w9_an_agreement_waits_for_each_partys_own_word() -> None:
    """Not for the party that recorded it, nor for what the charter holds."""
    told = Agreement(id="a", title="Truce", form="verbal", parties=("kes", "vor"))
    held = RegisteredAgreement(agreement=told, recorded_by="kes", words=(Word(party="kes", answer="acknowledges"),))
    assert _waits("vor", agreements={"a": held}) == [("AgreementAnswered", "open")]
    assert _waits("kes", agreements={"a": held}) == []
    assert _waits("vor", agreements={"a": RegisteredAgreement(agreement=told, in_charter=True)}) == []


def test_w9_a_commitment_waits_for_its_bearer() -> None:
    """Until it acknowledged or denied it."""
    told = Commitment(id="c", agreement="a", bearer="vor", text="No fire.")
    held = RegisteredCommitment(commitment=told, recorded_by="kes")
    assert _waits("vor", commitments={"c": held}) == [("AgreementAnswered", "open")]
    denied = RegisteredCommitment(commitment=told, words=(Word(party="vor", answer="denies", text="No."),))
    assert _waits("vor", commitments={"c": denied}) == _waits("kes", commitments={"c": held}) == []


def test_w10_unmarked_lines_of_a_session_wait_together() -> None:
    """Replaced lines and those it has marked do not; its delegation and the opening of lines do."""
    lines = tuple(
        MinuteLine(id=f"l{n}", number=n, text="x", sha256="0", at=NOW, replaced_by="l3" if n == 2 else "")
        for n in (1, 2, 3)
    )
    meeting = Meeting(id="s", title="Round 1", place="Sella", start=NOW, parties=("kes", "vor"), lines=lines)
    assert _waits("kes", meetings={"s": meeting}) == [("DelegationNamed", "open"), ("MinuteLineAnswered", "open")]
    marked = MinuteLine(
        id="l1", number=1, text="x", sha256="0", answers=(LineAnswer(party="kes", answer="not agreed", sha256="0"),)
    )
    named = Delegation(party="kes", head=Delegate(name="A. Brel"))
    asked = Meeting(
        id="s", title="Round 1", place="Sella", start=NOW, parties=("kes", "vor"), lines=(marked,), delegations=(named,),
        assents=(Assent(what="open", member="vor"),),
    )  # fmt: skip
    assert _waits("kes", meetings={"s": asked}) == [("MinutesOpened", "open")]


def test_w11_a_call_waits_for_the_side_that_did_not_log_it() -> None:
    """Until it confirms or corrects; silence is no confirmation."""
    call = Call(id="c", caller="kes", called="vor", tried_at=NOW, logged_by="kes")
    assert _waits("vor", calls={"c": call}) == [("CallConfirmed", "open")]
    assert _waits("kes", calls={"c": call}) == []
    said = Call(
        id="c", caller="kes", called="vor", tried_at=NOW, logged_by="kes",
        confirmations=(Confirmation(member="vor", answer="corrects", text="Later."),),
    )  # fmt: skip
    assert _waits("vor", calls={"c": said}) == []


def test_w12_a_call_back_is_overdue_until_the_other_side_was_reached() -> None:
    """An attempt that reached nobody does not end it."""
    tried = CallBack(by="vor", tried_at=NOW)
    call = Call(
        id="c", caller="kes", called="vor", tried_at="2031-03-11T08:00:00Z", logged_by="vor", returns=(tried,),
        call_back_by="2031-03-12T07:00:00Z", call_back_from="vor",
        confirmations=(Confirmation(member="kes", answer="confirms"),),
    )  # fmt: skip
    assert _waits("vor", calls={"c": call}) == [("CallReturned", "overdue")]
