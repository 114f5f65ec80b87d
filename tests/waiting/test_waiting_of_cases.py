"""What cases ask of members: rules W1 to W8."""

from __future__ import annotations

from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.waiting import cases, desk
from tasdiq.waiting.item import Waiting, in_order, standing
from verification.play import START, Play, under


def _state(play: Play) -> State:
    return State(charter=play.docket.charter, cases={"case-1": play.case})


def _waits(play: Play, of: str) -> list[tuple[str, str]]:
    return [(item.kind, item.standing) for item in cases.waiting(_state(play), play.at) if item.of == of]


def test_w2_a_deadline_goes_from_due_to_soon_to_overdue() -> None:
    """Two days before its time it is soon; from its time on overdue, and it stays so."""
    due = "2031-03-10T12:00:00Z"
    assert standing("", START) == "open"
    assert standing(due, "2031-03-08T11:59:59Z") == "due"
    assert standing(due, "2031-03-08T12:00:00Z") == "due soon"
    assert standing(due, due) == standing(due, "2032-01-01T00:00:00Z") == "overdue"


def test_w3_the_longest_overdue_comes_first_and_what_has_no_time_last() -> None:
    """Order is by urgency and time, never by party."""

    def made(of: str, due: str, now: str = "2031-03-10T00:00:00Z") -> Waiting:
        return Waiting("x", "k", (), of, due=due, standing=standing(due, now), since="2031-01-01T00:00:00Z")

    items = [
        made("a", ""),
        made("b", "2031-03-20T00:00:00Z"),
        made("c", "2031-03-09T00:00:00Z"),
        made("d", "2031-03-01T00:00:00Z"),
    ]
    assert [item.of for item in in_order(items)] == ["d", "c", "b", "a"]


def test_w4_competence_waits_for_the_mediators_and_then_the_assessment_and_team() -> None:
    """Each mediator who sits on the case has it; parties have nothing to do (W4, W6)."""
    play = Play()
    play.open()
    assert _waits(play, "med") == _waits(play, "two") == [("CompetenceDecided", "due")]
    play.competent()
    assert _waits(play, "med") == [("CaseAssessed", "open")]
    play.assess()
    assert _waits(play, "two") == [("TeamAssigned", "open")]
    play.team()
    assert _waits(play, "med") == _waits(play, "kes") == _waits(play, "vor") == []


def test_w6_without_a_mediator_every_party_decides() -> None:
    """Whom nobody chairs decides together."""
    charter = under()
    play = Play(type(charter)(**{**{f: getattr(charter, f) for f in charter.__struct_fields__}, "mediators": ()}))
    play.open()
    play.competent("kes")
    waits = [item for item in cases.waiting(_state(play), play.at) if item.of == "vor"]
    assert {item.kind for item in waits} == {"CompetenceDecided"}
    assert any(item.by == "kes" and item.what.startswith("Another party") for item in waits)
    play.competent("vor")
    assert _waits(play, "kes") == _waits(play, "vor") == [("CaseAssessed", "open")]


def test_w4_access_and_evidence_wait_for_whoever_was_asked() -> None:
    """With their deadlines, who asked, and where the form stands."""
    play = Play().begun()
    play.ask()
    play.submit()
    waits = {item.kind: item for item in cases.waiting(_state(play), play.at) if item.of == "vor"}
    assert waits["AccessAnswered"].by == "med"
    assert waits["AccessAnswered"].asked == (("case", "case-1"), ("request", "access-1"))
    assert waits["EvidenceAcknowledged"].by == "kes"
    play.acknowledge()
    assert ("EvidenceAnswered", "due") in _waits(play, "vor")
    play.later(days=30)
    assert ("EvidenceAnswered", "overdue") in _waits(play, "vor")
    play.answer("denied")
    play.reply_to_evidence()
    assert _waits(play, "vor") == []


def test_w4_marks_under_several_parts_are_one_thing_to_do() -> None:
    """One line for a finding and member, which names the parts that are left."""
    play = Play().heard(responsibility="Vorland's forces", actor="vor", breach="breach")
    waits = [item for item in cases.waiting(_state(play), play.at) if item.of == "kes"]
    assert [(item.kind, item.what) for item in waits] == [
        ("FindingSigned", "Mark the draft: occurrence, responsibility, breach")
    ]
    play.mark("kes", "concurs", "responsibility")
    assert (
        next(i.what for i in cases.waiting(_state(play), play.at) if i.of == "kes")
        == "Mark the draft: occurrence, breach"
    )


def test_w5_more_time_waits_for_the_other_party() -> None:
    """What one party has entered waits for the other, not for itself, and is done when both have."""
    play = Play().begun()
    play.submit()
    until = clocks.after(START, days=20)
    play.extend("vor", "evidence-1", until)
    asked = [item for item in cases.waiting(_state(play), play.at) if item.kind == "DeadlineExtended"]
    assert [(item.of, item.by, item.asked) for item in asked] == [
        ("kes", "vor", (("case", "case-1"), ("item", "evidence-1")))
    ]
    play.extend("kes", "evidence-1", until)
    left = [item for item in cases.waiting(_state(play), play.at) if item.of == "vor"]
    assert [(item.kind, item.due, item.extended) for item in left] == [("EvidenceAcknowledged", until, True)]


def test_w7_a_draft_waits_to_be_handed_over() -> None:
    """For mediators and the drafter, until every party that did not draft it was told."""
    play = Play().drafted()
    play.notify("kes")
    assert ("PartyNotified", "open") in _waits(play, "med")
    play.notify("vor")
    assert ("PartyNotified", "open") not in _waits(play, "med")
    assert _waits(play, "vor") == [("PartyResponded", "due")]


def test_w8_an_embargo_waits_from_the_hour_in_which_it_may_be_lifted() -> None:
    """Not before, not while an appeal is open, and not after it was lifted."""
    play = Play().decided()
    assert _waits(play, "med") == []
    play.later(hours=72)
    assert _waits(play, "med") == [("EmbargoLifted", "open")]
    play.appeal("vor")
    assert _waits(play, "med") == [("AppealDismissed", "due")]
    play.dismiss()
    play.lift()
    assert _waits(play, "med") == []


def test_w13_each_side_sees_what_it_owes_and_what_it_asked() -> None:
    """The same request stands on both desks, as owed on one and as asked on the other."""
    play = Play().begun()
    play.submit()
    kes, vor = (desk.desk(_state(play), member, play.at) for member in ("kes", "vor"))
    assert [item.key for item in kes.theirs] == [item.key for item in vor.ours]
    assert kes.ours == () and vor.theirs == () and vor.late == 0
    late = desk.desk(_state(play.later(days=8)), "vor", play.at)
    assert late.late == 1 and [item.of for item in late.overdue] == ["vor"]


def test_w14_an_observer_may_sign_and_owes_nothing() -> None:
    """A draft that is open for marks is put before it, in other words than before those who owe a mark."""
    play = Play().heard()
    found = desk.desk(_state(play), "obs", play.at).ours
    assert [item.what for item in found] == ["You may mark the draft: occurrence"]
    play.mark("obs", "abstains")
    assert desk.desk(_state(play), "obs", play.at).ours == ()


def test_w15_a_team_officer_has_the_cases_it_sits_on() -> None:
    """By name and member."""
    play = Play().begun()
    found = [play.case]
    assert desk.on_team(play.docket.charter, found, "med", "officer 1") == found
    assert desk.on_team(play.docket.charter, found, "med", "officer 2") == []


def test_w16_nothing_waits_for_the_recused() -> None:
    """A mediator who left the case has nothing to do in it."""
    play = Play()
    play.open()
    play.recuse("two", "two")
    assert desk.desk(_state(play), "two", play.at).ours == ()
    assert len(desk.desk(_state(play), "med", play.at).ours) == 1
