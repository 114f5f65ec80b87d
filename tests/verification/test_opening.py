"""The beginning of a case and who decides: rules P1, P10, P11, R1, R2."""

from __future__ import annotations

import msgspec
import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import steps
from verification.play import CHARTER, Play

WITHOUT = msgspec.structs.replace(CHARTER, mediators=())


def test_p1_an_id_is_used_once() -> None:
    """A second case of the same id is refused."""
    play = Play()
    play.open()
    with pytest.raises(ProcedureError, match="P1"):
        play.open()


def test_p10_competence_names_the_commitment_and_whose_it_is() -> None:
    """A commitment the charter does not know, or of another bearer, is refused; the right one stands in the case."""
    play = Play()
    play.open(commitment="")
    with pytest.raises(MissingError, match="no commitment c9"):
        play.competent(commitment="c9")
    with pytest.raises(ProcedureError, match="P10"):
        play.competent(bearer="kes")
    with pytest.raises(ProcedureError, match="P10"):
        play.competent(commitment="", bearer="vor")
    case = play.competent()
    assert (case.stage, case.commitment) == ("competent", "c1")
    with pytest.raises(ProcedureError, match="P10"):
        play.competent()


def test_p10_not_competent_is_an_outcome_with_reasons() -> None:
    """It needs its reasons, ends the case, and nothing is examined after it."""
    play = Play()
    play.open()
    no = steps.CompetenceDecided(case="case-1", competent=False)
    with pytest.raises(ProcedureError, match="P10"):
        play.take("med", no)
    assert play.take("med", msgspec.structs.replace(no, text="It was before the truce.")).stage == "not competent"
    for step in (play.assess, play.team, play.ask, play.draft):
        with pytest.raises(ProcedureError, match="ended: not competent"):
            step()


def test_p10_after_access_was_asked_competence_is_no_question() -> None:
    """Where the charter's steps are short a case goes on without it, and it is not decided afterwards."""
    play = Play(msgspec.structs.replace(CHARTER, procedure=msgspec.structs.replace(CHARTER.procedure, steps="short")))
    play.open()
    play.ask()
    with pytest.raises(ProcedureError, match="past that"):
        play.competent()


def test_p11_the_assessment_follows_competence_in_words() -> None:
    """Not before it, not without words, not twice; not pursued ends the case."""
    play = Play()
    play.open()
    with pytest.raises(ProcedureError, match="P11"):
        play.assess()
    play.competent()
    with pytest.raises(ProcedureError, match="P11"):
        play.assess(text=" ")
    assert play.assess(pursue=False).stage == "not pursued"
    with pytest.raises(ProcedureError, match="P11"):
        play.assess()
    with pytest.raises(ProcedureError, match="ended: not pursued"):
        play.team()


def test_r1_the_protection_body_and_strangers_take_no_step() -> None:
    """Parties, mediators and observers do."""
    for who in ("prot", "zzz"):
        with pytest.raises(RoleError, match="R1"):
            Play().open(who)


def test_r2_an_observer_decides_nothing() -> None:
    """Competence, assessment and team are for mediators, or all parties."""
    play = Play()
    play.open()
    with pytest.raises(RoleError, match="R2"):
        play.competent("obs")


@pytest.mark.parametrize("first", ["kes", "vor"])
def test_r2_without_a_mediator_the_parties_decide_together(first: str) -> None:
    """One party's word changes nothing; when the other has entered the same, it is decided. Who is first does not matter."""
    play = Play(WITHOUT)
    play.open()
    second = "vor" if first == "kes" else "kes"
    assert play.competent(first).competence is None
    assert play.competent(second, commitment="c3").competence is None
    case = play.competent(first, commitment="c3")
    assert case.competence and case.competence.commitment == "c3"
    assert case.assents == ()


def test_r2_a_party_that_changes_its_word_has_not_agreed_to_the_earlier() -> None:
    """Only what every party says at the same time is agreed."""
    play = Play(WITHOUT)
    play.open()
    play.competent("kes")
    play.competent("kes", commitment="c3")
    assert play.competent("vor").competence is None
