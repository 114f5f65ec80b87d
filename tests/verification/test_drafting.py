"""What a draft may say: rules P7, P14 to P17. P3 to P6 are tried in `test_procedure` and `test_access`."""

from __future__ import annotations

import msgspec
import pytest

from tasdiq.errors import MissingError, ProcedureError
from tasdiq.model import entries
from tasdiq.model.incident import Incident
from tasdiq.model.state import State
from tasdiq.verification import procedure
from verification.play import CHARTER, Play, under


def test_p3_a_part_that_says_nothing_is_refused() -> None:
    """Each part comes to something, or is not examined; a breach is one of the words for it."""
    play = Play().begun()
    with pytest.raises(ProcedureError, match="P3"):
        play.draft(responsibility=" ")
    with pytest.raises(ProcedureError, match="P3"):
        play.draft(responsibility="Vorland", breach="grave breach, grade F")


def test_p7_competence_decides_the_commitment() -> None:
    """A case found to touch none has no breach to examine, whatever was alleged."""
    play = Play()
    play.open(commitment="c1")
    play.competent(commitment="", bearer="")
    play.assess()
    play.team()
    with pytest.raises(ProcedureError, match="P7"):
        play.draft(responsibility="Vorland", breach="inconclusive")


def test_p14_what_was_never_acknowledged_is_disputed_never_breached() -> None:
    """DESIGN, section 2: the bearer of c2 never acknowledged it in its own voice."""
    play = Play()
    play.open()
    play.competent(commitment="c2")
    play.assess()
    play.team()
    with pytest.raises(ProcedureError, match="P14"):
        play.draft(responsibility="Vorland", breach="breach")
    play.draft(responsibility="Vorland", breach="disputed")


@pytest.mark.parametrize(
    "said", [{"actor": "nla"}, {"actor": "group/nla"}, {"responsibility": "northern liberation army"}]
)
def test_p15_an_armed_group_is_not_a_party(said: dict[str, str]) -> None:
    """Attributed to it, a prohibition of a party is not breached; a party's duty to prevent is a separate question."""
    play = Play().begun()
    with pytest.raises(ProcedureError, match="P15"):
        play.draft(breach="breach", **({"responsibility": "An armed group"} | said))
    other = Play()
    other.open()
    other.competent(commitment="c3")
    other.assess()
    other.team()
    other.draft(breach="breach", **({"responsibility": "An armed group"} | said))


def test_p15_responsibility_is_attributed_to_somebody_the_charter_names() -> None:
    """Anybody else is refused: what they are called, and by whom, is agreed first."""
    with pytest.raises(MissingError, match="P15"):
        Play().begun().draft(responsibility="Others", actor="somebody")


def test_p16_a_party_answers_evidence_before_a_finding_rests_on_it() -> None:
    """While its days run and it has not answered, a draft that rests on it is refused; answered or overdue it may."""
    answered, silent = Play().begun(), Play().begun()
    for play in (answered, silent):
        play.submit()
        with pytest.raises(ProcedureError, match="P16"):
            play.draft(evidence=("evidence-1",))
    answered.acknowledge()
    answered.reply_to_evidence()
    answered.draft(evidence=("evidence-1",))
    silent.later(days=7).draft(evidence=("evidence-1",))


def test_p16_a_finding_rests_on_what_is_in_the_record() -> None:
    """An id that stands nowhere is refused."""
    charter = under(steps="short")
    play = Play(charter)
    play.open()
    state = State(charter=charter, cases=play.docket.cases, incidents={"i1": Incident(id="i1", reports=("r1",))})
    body = entries.FindingDrafted(
        case="case-1", finding="f1", standard="reasonable grounds", parts=(), evidence=("i9",), at=play.at
    )
    with pytest.raises(MissingError, match="P16"):
        procedure.check(state, "med", body)
    with pytest.raises(ProcedureError, match="P3"):
        procedure.check(state, "med", msgspec.structs.replace(body, evidence=("i1",)))


def test_p17_a_draft_has_its_case_and_its_team() -> None:
    """Under the full procedure nothing is drafted before there is a team."""
    play = Play()
    play.open()
    for step in (play.competent, play.assess, play.team):
        with pytest.raises(ProcedureError, match="P17"):
            play.draft()
        step()
    play.draft()


def test_p17_one_draft_at_a_time() -> None:
    """A second one waits until the first is decided or withdrawn; a decided case is reopened first."""
    play = Play().drafted()
    with pytest.raises(ProcedureError, match="before the members"):
        play.draft(finding="f2")
    play.withdraw("med")
    play.draft(finding="f2")
    done = Play().decided()
    with pytest.raises(ProcedureError, match="reopen"):
        done.draft(finding="f2")
    done.reopen()
    done.draft(finding="f2")


def test_a_charter_of_before_asks_for_a_draft_and_marks_only() -> None:
    """Records that were founded before steps were written keep their procedure."""
    play = Play(under(CHARTER, steps=""))
    play.open()
    play.draft()
    play.marks({"kes": "concurs", "vor": "concurs", "med": "concurs", "two": "abstains"})
    assert play.finding().decision == "signed"
