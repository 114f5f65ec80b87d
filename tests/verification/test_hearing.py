"""The hearing of the parties, and deadlines that move by agreement: rules P18 to P20, T4."""

from __future__ import annotations

import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.verification import clocks
from verification.play import START, Play

LATER = "2031-03-20T12:00:00Z"


def test_p18_every_party_that_did_not_draft_is_told_once() -> None:
    """By a mediator or the drafter; not an observer, not twice, not the drafter itself."""
    play = Play().drafted(by="kes")
    with pytest.raises(RoleError, match="P18"):
        play.notify("vor", by="obs")
    for party in ("kes", "obs"):
        with pytest.raises(ProcedureError, match="P18"):
            play.notify(party)
    assert play.notify("vor", by="kes").stage == "notified"
    with pytest.raises(ProcedureError, match="P18"):
        play.notify("vor", notice="notice-again")
    with pytest.raises(ProcedureError, match="in use"):
        play.notify("vor", notice="f1")


def test_p19_the_party_that_was_told_replies_in_words() -> None:
    """Another's reply, an empty one, and one to a notice that is not there are refused; a second one is kept."""
    play = Play().drafted()
    play.notify("vor")
    with pytest.raises(RoleError, match="P19"):
        play.take("kes", _reply(play))
    with pytest.raises(ProcedureError, match="P19"):
        play.respond("vor", " ")
    with pytest.raises(MissingError, match="no notice"):
        play.respond("vor", notice="notice-9")
    play.respond("vor")
    assert len(play.later(days=20).respond("vor").findings[0].notices[0].replies) == 2


def _reply(play: Play) -> object:
    from tasdiq.model.steps import PartyResponded

    return PartyResponded(finding="f1", notice="notice-vor-f1", text="In another's name.", at=play.at)


def test_p19_after_the_decision_a_reply_is_too_late() -> None:
    """What is decided is appealed against, not replied to."""
    with pytest.raises(ProcedureError, match="P19"):
        Play().decided().respond("vor")


@pytest.mark.parametrize("first", ["kes", "vor"])
def test_t4_p20_a_deadline_moves_when_both_parties_say_the_same(first: str) -> None:
    """One party's word moves nothing; a mediator or observer has none; whoever is first, it comes to the same (T4)."""
    play = Play()
    play.open()
    play.submit()
    second = "vor" if first == "kes" else "kes"
    for who in ("med", "obs"):
        with pytest.raises(RoleError, match="P20"):
            play.extend(who, "evidence-1", LATER)
    play.extend(first, "evidence-1", LATER)
    assert clocks.due(play.docket.charter, play.case, play.at)[0].due == clocks.after(START, days=7)
    play.extend(second, "evidence-1", "2031-03-19T12:00:00Z")
    assert play.case.extensions == ()
    play.extend(second, "evidence-1", LATER)
    (due,) = (item for item in clocks.due(play.docket.charter, play.case, play.at) if item.item == "evidence-1")
    assert (due.due, due.extended, due.overdue) == (LATER, True, False)


def test_p20_an_extension_is_later_and_of_something_due() -> None:
    """Earlier than it is, or of what has no clock, it is refused."""
    play = Play().begun()
    play.ask()
    with pytest.raises(ProcedureError, match="P20"):
        play.extend("vor", "access-1", "2031-03-02T12:00:00Z")
    with pytest.raises(ProcedureError, match="T1"):
        play.extend("vor", "access-1", "next week")
    play.answer("granted")
    for item in ("access-1", "case-1", "f1"):
        with pytest.raises(MissingError, match="nothing is due"):
            play.extend("vor", item, LATER)


def test_p20_each_kind_of_deadline_moves() -> None:
    """Competence, access, a reply, a signing period."""
    play = Play()
    play.open()

    def moved(item: str, until: str) -> None:
        play.extend("kes", item, until)
        play.extend("vor", item, until)

    moved("case-1", LATER)
    play.competent()
    play.assess()
    play.team()
    play.ask()
    moved("access-1", LATER)
    play.draft()
    play.notify("kes")
    play.notify("vor")
    moved("notice-vor-f1", LATER)
    play.respond("kes")
    with pytest.raises(ProcedureError, match=f"at the latest {LATER}"):
        play.later(days=10).mark("kes", "concurs")
    play.respond("vor")
    moved("f1", "2031-04-20T12:00:00Z")
    assert clocks.signing_ends(play.docket.charter, play.case, play.finding()) == "2031-04-20T12:00:00Z"
