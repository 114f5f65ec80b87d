"""The team and recusal: rules P12, P13, R3, R5."""

from __future__ import annotations

import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.verification import roles
from verification.play import Play, under


def assessed(play: Play) -> Play:
    """Play up to the assessment."""
    play.open()
    play.competent()
    play.assess()
    return play


def test_p12_a_team_follows_the_assessment() -> None:
    """Before it, a team is refused."""
    play = Play()
    play.open()
    play.competent()
    with pytest.raises(ProcedureError, match="P12"):
        play.team()


def test_p12_seats_are_of_members_and_have_officers() -> None:
    """Nobody's officer, a seat without one, and one officer on two seats are refused."""
    play = assessed(Play())
    with pytest.raises(MissingError, match="P12"):
        play.team("med", ("zzz", "officer 1"))
    with pytest.raises(ProcedureError, match="P12"):
        play.team("med", ("med", " "))
    with pytest.raises(ProcedureError, match="P12"):
        play.team("med", ("med", "officer 1"), ("med", "officer 1"))


@pytest.mark.parametrize("alone", ["kes", "vor"])
def test_p12_in_a_joint_team_the_parties_sit_together(alone: str) -> None:
    """One of them alone is refused, whichever it is; both together sit."""
    play = assessed(Play())
    with pytest.raises(ProcedureError, match="sit together"):
        play.team("med", (alone, "officer 1"), ("obs", "officer 2"))
    assert len(play.team("med", ("kes", "officer 1"), ("vor", "officer 2")).team) == 2


@pytest.mark.parametrize("party", ["kes", "vor"])
def test_p12_in_a_neutral_team_nobody_sits_on_their_own_partys_case(party: str) -> None:
    """Neither alone nor together."""
    play = assessed(Play(under(team="neutral")))
    with pytest.raises(ProcedureError, match="own party"):
        play.team("med", (party, "officer 1"), ("obs", "officer 2"))
    with pytest.raises(ProcedureError, match="own party"):
        play.team("med", ("kes", "officer 1"), ("vor", "officer 2"))
    assert play.team().stage == "team"


def test_r5_under_a_neutral_team_a_mediator_drafts() -> None:
    """A party does not, while a mediator sits on the case."""
    play = Play(under(team="neutral")).begun()
    with pytest.raises(RoleError, match="R5"):
        play.draft("kes")
    play.draft("med")


def test_p13_recusal_has_a_reason_and_is_ones_own() -> None:
    """A mediator recuses itself and not another; a party never; a stranger is not there to recuse."""
    play = Play().begun()
    with pytest.raises(ProcedureError, match="P13"):
        play.recuse("med", "med", reason=" ")
    with pytest.raises(MissingError, match="P13"):
        play.recuse("med", "zzz")
    for by, member in (("two", "med"), ("kes", "kes"), ("med", "kes")):
        with pytest.raises(RoleError, match="P13"):
            play.recuse(by, member)
    assert roles.recused(play.recuse("med", "med")) == {"med"}


def test_p13_an_officer_is_recused_by_its_member_or_a_mediator() -> None:
    """Not by the other party; the seat is empty afterwards and is not filled with the same officer."""
    play = assessed(Play())
    play.team("med", ("kes", "officer 1"), ("vor", "officer 2"))
    with pytest.raises(RoleError, match="P13"):
        play.recuse("kes", "vor", "officer 2")
    assert [seat.member for seat in play.recuse("vor", "vor", "officer 2").team] == ["kes"]
    with pytest.raises(ProcedureError, match="recused"):
        play.team("med", ("kes", "officer 1"), ("vor", "officer 2"))
    play.recuse("two", "kes", "officer 1")


def test_r3_the_recused_take_no_further_step() -> None:
    """Neither deciding nor marking, and no seat of theirs is filled."""
    play = Play().heard()
    play.recuse("med", "med")
    with pytest.raises(RoleError, match="R3"):
        play.mark("med", "concurs")
    with pytest.raises(RoleError, match="R3"):
        play.reopen("med")
    with pytest.raises(ProcedureError, match="recused"):
        play.team("two", ("med", "officer 3"))
