"""Withdrawal, appeal, reopening: rules P23 to P26."""

from __future__ import annotations

import msgspec
import pytest

from tasdiq.errors import MissingError, ProcedureError, RoleError
from verification.play import CHARTER, Play


def test_p23_a_draft_is_withdrawn_by_its_drafter_or_a_mediator() -> None:
    """Not by the other party, not without reasons, not twice."""
    play = Play().drafted(by="kes")
    for other in ("vor", "obs"):
        with pytest.raises(RoleError, match="P23"):
            play.withdraw(other)
    with pytest.raises(ProcedureError, match="P23"):
        play.withdraw("kes", reason=" ")
    play.withdraw("kes")
    assert (play.finding().decision, play.case.stage) == ("withdrawn", "reopened")
    with pytest.raises(ProcedureError, match="withdrawn already"):
        play.withdraw("med")


@pytest.mark.parametrize("first", ["kes", "vor"])
def test_p23_a_decided_finding_is_withdrawn_by_every_party(first: str) -> None:
    """Nobody else's word counts, and one party's alone changes nothing."""
    play = Play().decided()
    for other in ("med", "obs"):
        with pytest.raises(RoleError, match="P23"):
            play.withdraw(other)
    play.withdraw(first)
    assert play.finding().decision == "signed"
    play.withdraw("vor" if first == "kes" else "kes")
    assert play.finding().decision == "withdrawn"


def test_p24_a_party_to_the_case_appeals_in_words_in_time_once() -> None:
    """A mediator's, one against a draft, without grounds, twice, or too late is refused."""
    with pytest.raises(ProcedureError, match="nothing to appeal"):
        Play().heard().appeal("vor")
    play = Play().decided()
    with pytest.raises(RoleError, match="P24"):
        play.appeal("med")
    with pytest.raises(ProcedureError, match="grounds"):
        play.appeal("vor", text="")
    assert play.appeal("vor").stage == "appealed"
    with pytest.raises(ProcedureError, match="already"):
        play.appeal("vor")
    with pytest.raises(ProcedureError, match="possible until"):
        play.later(days=14).appeal("kes")


def test_p25_an_appeal_is_dismissed_by_the_mechanism_with_reasons() -> None:
    """Not by an observer, not without reasons, not where none is open; then the finding stands again."""
    play = Play().decided()
    with pytest.raises(MissingError, match="no open appeal"):
        play.dismiss()
    play.appeal("vor")
    with pytest.raises(RoleError, match="R2"):
        play.dismiss("obs")
    with pytest.raises(ProcedureError, match="P25"):
        play.dismiss(text="")
    assert play.dismiss().stage == "decided"
    assert play.finding().appeals[0].dismissal == "It was heard."


def test_p25_without_a_mediator_the_parties_answer_an_appeal_together() -> None:
    """The appealing party's own word alone dismisses nothing, nor does the other's."""
    charter = msgspec.structs.replace(CHARTER, mediators=())
    play = Play(charter)
    play.open()
    for party in ("kes", "vor"):
        play.competent(party)
    for party in ("kes", "vor"):
        play.assess(party)
    for party in ("kes", "vor"):
        play.team(party, ("obs", "officer 2"))
    play.draft("kes")
    play.notify("vor", by="kes")
    play.respond("vor")
    play.marks({"kes": "concurs", "vor": "concurs"})
    play.appeal("vor")
    assert play.dismiss("kes").stage == "appealed"
    assert play.dismiss("vor").stage == "decided"


def test_p26_only_what_has_ended_is_reopened_for_a_reason() -> None:
    """An open case is not; nor without words, nor by an observer."""
    play = Play().heard()
    with pytest.raises(ProcedureError, match="is open"):
        play.reopen()
    done = Play().decided()
    with pytest.raises(ProcedureError, match="P26"):
        done.reopen(reason=" ")
    with pytest.raises(RoleError, match="R2"):
        done.reopen("obs")
    assert done.reopen().reopened == ("Access was granted.",)


def test_p26_reopening_sets_aside_what_is_under_appeal_and_nothing_else() -> None:
    """Without an appeal the finding stands until a new one is decided."""
    stands, appealed = Play().decided(), Play().decided()
    appealed.appeal("vor")
    for play in (stands, appealed):
        assert play.reopen().stage == "reopened"
    assert (stands.finding().decision, appealed.finding().decision) == ("signed", "set aside")
    assert appealed.finding().appeals[0].granted_at


def test_p26_not_competent_is_decided_afresh() -> None:
    """After reopening, competence is open again; so is an assessment that was not pursued."""
    play = Play()
    play.open()
    play.competent(competent=False, commitment="", bearer="", text="Before the truce.")
    play.reopen()
    play.competent()
    play.assess(pursue=False)
    play.reopen()
    play.assess()
    assert play.case.stage == "assessed"
