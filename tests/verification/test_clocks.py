"""Clocks: rules T1, T2, T3, T5, T6. T4 is tried in `test_hearing`."""

from __future__ import annotations

import msgspec
import pytest

from tasdiq.errors import ProcedureError
from tasdiq.model import entries
from tasdiq.model.state import State
from tasdiq.verification import clocks, procedure
from verification.play import CHARTER, START, Play


def due(play: Play) -> list[tuple[str, str, bool]]:
    """Return what is due as of now: by whom, what, whether overdue."""
    found = clocks.due(play.docket.charter, play.case, play.at)
    return [(item.owed_by, item.what, item.overdue) for item in found]


@pytest.mark.parametrize(
    "at",
    [
        "",
        "today",
        "2031-03-01",
        "2031-03-01T12:00:00+00:00",
        "2031-02-30T12:00:00Z",
        "２031-03-01T12:00:00Z",
        "2031-3-01T12:00:00Z",
    ],
)
def test_t1_a_time_is_written_in_one_way(at: str) -> None:
    """Anything else is refused with an error of ours."""
    with pytest.raises(ProcedureError, match="T1"):
        clocks.read(at)


@pytest.mark.parametrize("hours", [-2, 2])
def test_t1_a_step_is_dated_when_it_is_taken(hours: int) -> None:
    """More than an hour before the host's clock, or ahead of it, is refused: nobody backdates into a deadline."""
    state = State(charter=CHARTER, cases=Play().begun().docket.cases)
    body = entries.AccessAnswered(case="case-1", request="x", answer="denied", at=clocks.after(START, hours=hours))
    with pytest.raises(ProcedureError, match="T1"):
        procedure.check(state, "vor", body, START)


def test_t2_steps_follow_each_other() -> None:
    """A step dated before the one that stands last in its case is refused."""
    play = Play().begun().later(days=1)
    play.ask()
    with pytest.raises(ProcedureError, match="T2"):
        play.answer("denied", at=START)


def test_t3_a_deadline_does_not_change_with_the_charter() -> None:
    """What was asked under three days stays due after three days."""
    play = Play().begun()
    play.ask()
    rules = msgspec.structs.replace(CHARTER.procedure, access_days=90, competence_days=90)
    play.docket.charter = msgspec.structs.replace(CHARTER, procedure=rules)
    assert clocks.due(play.docket.charter, play.case, play.at)[0].due == clocks.after(START, days=3)


def test_t5_what_is_due_is_shown_with_whom_and_as_overdue_when_it_is() -> None:
    """Competence from the mediators, access and evidence from those asked, replies, marks, appeals."""
    play = Play()
    play.open()
    assert due(play) == [("med", "decide competence", False), ("two", "decide competence", False)]
    play.competent()
    play.assess()
    play.team()
    play.ask()
    play.submit()
    assert due(play) == [
        ("vor", "answer the request for access", False),
        ("vor", "acknowledge and answer the evidence", False),
    ]
    play.later(days=3)
    assert due(play)[0] == ("vor", "answer the request for access", True)
    play.acknowledge()
    assert due(play.later(days=4))[1] == ("vor", "answer the evidence", True)
    assert play.case.access[0].answer == "no answer yet"


def test_t5_replies_marks_and_appeals_are_due() -> None:
    """Marks of every party and mediator once signing is open; then nothing until somebody appeals."""
    play = Play().drafted()
    play.notify("kes")
    play.notify("vor")
    play.respond("kes")
    assert due(play) == [("vor", "reply to the draft", False)]
    play.later(days=7)
    assert due(play)[0] == ("vor", "reply to the draft", True)
    assert [item[0] for item in due(play)[1:]] == ["kes", "med", "two", "vor"]
    play.marks(dict.fromkeys(("kes", "vor", "med", "two"), "concurs"))
    assert due(play) == []
    play.appeal("vor")
    assert due(play) == [("med", "answer the appeal of vor", False)]
    assert due(play.later(days=14)) == [("med", "answer the appeal of vor", True)]


def test_t6_the_signing_period_begins_when_the_parties_were_heard() -> None:
    """With the last reply, or the last day to reply; under short steps with the draft."""
    play = Play().drafted()
    charter = play.docket.charter
    assert clocks.signing_opens(charter, play.case, play.finding()) == ""
    play.notify("kes")
    play.notify("vor")
    assert clocks.signing_opens(charter, play.case, play.finding()) == clocks.after(START, days=7)
    play.respond("kes")
    play.later(days=2).respond("vor")
    assert clocks.signing_opens(charter, play.case, play.finding()) == clocks.after(START, days=2)
    assert clocks.signing_ends(charter, play.case, play.finding()) == clocks.after(START, days=16)
