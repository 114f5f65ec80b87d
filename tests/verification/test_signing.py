"""Marks: rules P8, P21, P22."""

from __future__ import annotations

import pytest

from tasdiq.errors import ProcedureError, RoleError
from verification.play import Play, under


def test_p8_the_protection_body_signs_no_finding() -> None:
    """Parties, mediators and observers do."""
    with pytest.raises(RoleError, match="R1"):
        Play().heard().mark("prot", "concurs")


@pytest.mark.parametrize("mark", ["reserves", "dissents"])
def test_p8_a_reservation_and_a_dissent_carry_their_text(mark: str) -> None:
    """Without words they are refused."""
    with pytest.raises(ProcedureError, match="P8"):
        Play().heard().mark("vor", mark, text=" ")  # type: ignore[arg-type]


def test_p21_nobody_signs_before_the_parties_were_heard() -> None:
    """Not before all are told, not while one of them still has days to reply, and no sooner for the one that replied."""
    play = Play().drafted()
    for party in ("kes", "vor"):
        with pytest.raises(ProcedureError, match="told of the draft first"):
            play.mark("kes", "concurs")
        play.notify(party)
    play.respond("kes")
    with pytest.raises(ProcedureError, match="signing opens"):
        play.later(days=6).mark("kes", "concurs")
    play.respond("vor")
    play.mark("kes", "concurs")


def test_p21_an_overdue_reply_opens_the_signing_and_is_no_consent() -> None:
    """The silent party's own mark is still asked for, and the notice shows no reply."""
    play = Play().drafted()
    play.notify("kes")
    play.notify("vor")
    play.respond("kes")
    play.later(days=7).marks({"kes": "concurs", "med": "concurs", "two": "concurs"})
    assert play.finding().decision == "draft"
    assert play.finding().notices[1].replies == ()


def test_p21_signing_ends_with_its_period() -> None:
    """A mark after the end is refused."""
    play = Play().heard()
    with pytest.raises(ProcedureError, match="ended"):
        play.later(days=14).mark("vor", "dissents")


def test_p22_a_mark_can_change_until_its_part_is_decided() -> None:
    """Before, the later mark stands; afterwards no mark changes."""
    play = Play().heard()
    play.marks({"kes": "dissents", "vor": "concurs", "med": "concurs"})
    play = Play().heard()
    play.mark("kes", "dissents")
    play.mark("kes", "concurs")
    play.marks({"vor": "concurs", "med": "concurs", "two": "concurs"})
    assert play.finding().decision == "signed"
    for member in ("kes", "two"):
        with pytest.raises(ProcedureError, match="P22"):
            play.mark(member, "dissents")


def test_p22_who_has_not_marked_still_may_and_changes_nothing() -> None:
    """An observer's late dissent is kept and shown with the finding."""
    play = Play().decided()
    before = play.finding()
    play.mark("obs", "dissents", text="We were not let through.")
    after = play.finding()
    assert after.signatures[-1].text == "We were not let through."
    assert (after.decision, after.decided, after.decided_at) == (before.decision, before.decided, before.decided_at)


def test_a_withdrawn_or_set_aside_finding_is_marked_no_more() -> None:
    """Both stay in the case."""
    play = Play().heard()
    play.withdraw("med")
    with pytest.raises(ProcedureError, match="withdrawn"):
        play.mark("kes", "concurs")
    other = Play(under(decision="chair")).decided()
    other.appeal("vor")
    other.reopen()
    with pytest.raises(ProcedureError, match="set aside"):
        other.mark("obs", "concurs")
