"""The contact line: rules L1 to L9."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from talks.table import TALKS_CHARTER, Talk
from tasdiq.compliance.due import due_next
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import call as kinds
from tasdiq.model.call import Call
from tasdiq.model.charter import Member
from tasdiq.talks import calls
from verification.play import START

NOTHING = {"read_back": "", "arrangement": "", "until": ""}


def the(talk: Talk) -> Call:
    """Return the call as it stands."""
    return talk.state.talks.calls["call-1"]


@pytest.mark.parametrize("by", ["med", "obs", "prot"])
def test_l1_a_call_is_logged_by_one_of_its_sides(by: str) -> None:
    """Nobody else logs it, and it is between two parties."""
    with pytest.raises(RoleError):
        Talk().call(by)
    for changed in ({"called": "kes"}, {"called": "med"}):
        with pytest.raises(ProcedureError, match="L1"):
            Talk().call(**changed)


def test_l1_a_third_party_logs_no_call_of_the_others() -> None:
    """It was on neither end."""
    third = msgspec.structs.replace(TALKS_CHARTER, parties=(*TALKS_CHARTER.parties, Member(id="lor", name="Lorn")))
    talk = Talk(third)
    with pytest.raises(RoleError, match="L1"):
        talk.call("lor")
    talk.call("vor")
    assert the(talk).other == "kes"
    with pytest.raises(ProcedureError, match="L1"):
        talk.call("kes")


@pytest.mark.parametrize(
    "changed",
    [
        {"tried_at": ""},
        {"tried_at": "2031-03-01T13:00:00Z"},
        {"tried_at": "2031-03-01T11:00:00Z", "reached_at": "2031-03-01T10:00:00Z"},
        {"reached_at": "2031-03-01T13:00:00Z"},
        {"reached_at": ""},
        {"reached_at": "", **NOTHING, "read_back": "Yes."},
    ],
    ids=str,
)
def test_l2_its_times_are_in_order(changed: dict[str, Any]) -> None:
    """Each misfit is refused; where nobody was reached nothing was arranged."""
    with pytest.raises(ProcedureError, match="L2"):
        Talk().call(**changed)


def test_l2_a_call_that_reached_nobody_is_a_record_too() -> None:
    """When it was tried is what it says."""
    talk = Talk()
    talk.call(reached_at="", **NOTHING)
    assert (the(talk).tried_at, the(talk).reached_at) == (START, "")


@pytest.mark.parametrize(
    "changed",
    [{"asked": " "}, {"until": ""}, {"arrangement": ""}, {"until": START}],
    ids=str,
)
def test_l3_what_was_asked_is_in_words_and_an_arrangement_has_an_end(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    with pytest.raises(ProcedureError, match="L3"):
        Talk().call(**changed)


@pytest.mark.parametrize("by", ["kes", "med", "obs"])
def test_l4_only_the_other_side_confirms(by: str) -> None:
    """Not who logged it, and nobody in between."""
    talk = Talk()
    talk.call()
    with pytest.raises(RoleError, match="L4"):
        talk.confirm(by)


def test_l4_it_is_not_confirmed_until_it_is_and_a_correction_is_in_words() -> None:
    """Silence is not consent; both accounts stay."""
    talk = Talk()
    talk.call()
    talk.later(days=100)
    assert calls.confirmation(the(talk)) == "not confirmed"
    assert talk.asked("vor")[-1] == "confirm or correct the call call-1"
    with pytest.raises(ProcedureError, match="L4"):
        talk.confirm("vor", "corrects")
    talk.confirm("vor", "corrects", "Until 15:00, not 16:00.")
    assert calls.confirmation(the(talk)) == "corrected"
    talk.confirm("vor")
    assert calls.confirmation(the(talk)) == "confirmed"
    assert [item.answer for item in the(talk).confirmations] == ["corrects", "confirms"]
    with pytest.raises(MissingError, match="no call"):
        talk.confirm("vor", call="call-9")


@pytest.mark.parametrize(
    "changed",
    [
        {"call_back_from": ""},
        {"call_back_by": ""},
        {"call_back_from": "med"},
        {"call_back_by": START},
    ],
    ids=str,
)
def test_l5_a_call_back_names_side_and_time(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    with pytest.raises(ProcedureError, match="L5"):
        Talk().call(**changed)


def test_l5_an_overdue_call_back_is_seen_by_both() -> None:
    """It is due, overdue, returned late; an attempt that reached nobody is none."""
    talk = Talk()
    talk.call()
    assert calls.call_back(the(talk), talk.at) == "due"
    assert [(d.owed_by, d.overdue) for d in due_next(talk.state, talk.at) if d.what == "call back"] == [("vor", False)]
    talk.later(hours=3)
    assert calls.call_back(the(talk), talk.at) == "overdue"
    assert [(d.owed_by, d.overdue) for d in due_next(talk.state, talk.at) if d.what == "call back"] == [("vor", True)]
    talk.back(reached=False)
    assert calls.call_back(the(talk), talk.at) == "overdue"
    talk.back()
    assert calls.call_back(the(talk), talk.at) == "returned late"
    assert not [d for d in due_next(talk.state, talk.at) if d.what == "call back"]


def test_l5_only_who_owes_it_calls_back_and_once() -> None:
    """The other side, a second time, before the call, and where none is asked: refused."""
    talk = Talk()
    talk.call()
    with pytest.raises(RoleError, match="L5"):
        talk.back("kes")
    with pytest.raises(ProcedureError, match="L5"):
        talk.back(tried_at="2031-03-01T11:30:00Z")
    talk.back()
    assert calls.call_back(the(talk), talk.at) == "returned"
    with pytest.raises(ProcedureError, match="L5"):
        talk.back()
    talk.call(ident="call-2", call_back_by="", call_back_from="")
    with pytest.raises(ProcedureError, match="L5"):
        talk.back(call="call-2")


def test_l6_a_sheets_number_is_entered_once() -> None:
    """The message says which call it stands as."""
    talk = Talk()
    talk.call(sheet="S-7")
    with pytest.raises(ProcedureError, match=r"stands as call-1.*L6"):
        talk.call("vor", "call-2", sheet="S-7")
    talk.call("vor", "call-2", sheet="S-8")


@pytest.mark.parametrize(("hours", "late"), [(0, False), (24, False), (25, True), (240, True)])
def test_l7_what_is_entered_later_says_so(hours: int, late: bool) -> None:
    """More than a day after it was made."""
    talk = Talk().later(hours=hours)
    talk.call(tried_at=START, reached_at=START)
    assert the(talk).late is late


def test_l8_calls_stay_with_the_members() -> None:
    """So do confirmations and call-backs."""
    talk = Talk()
    talk.call()
    for body in (
        kinds.CallLogged(call="x", caller="kes", called="vor", tried_at=START),
        kinds.CallConfirmed(call="call-1"),
        kinds.CallReturned(call="call-1", tried_at=START),
    ):
        assert talk.access("vor", body) == "joint"


def test_l9_an_arrangement_runs_out_and_that_is_no_breach() -> None:
    """It is in place until its time; then it has run out, and nothing is due for it."""
    talk = Talk()
    talk.call()
    assert calls.arrangement(the(talk), talk.at) == "in place"
    assert {d.owed_by for d in due_next(talk.state, talk.at) if "runs out" in d.what} == {"kes", "vor"}
    talk.later(hours=4)
    assert calls.arrangement(the(talk), talk.at) == "run out"
    assert not [d for d in due_next(talk.state, talk.at) if "runs out" in d.what]
    assert not any("breach" in item.status for item in talk.now.conduct.values())
