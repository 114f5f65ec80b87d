"""Agreements, commitments and readings: rules G1 to G6."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from talks.table import TALKS_CHARTER, Talk
from tasdiq import rules
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.agreement import Agreement, Quantity, Reading
from tasdiq.model.call import CallLogged
from tasdiq.model.charter import Charter
from tasdiq.model.entries import CaseOpened
from tasdiq.model.steps import CompetenceDecided
from tasdiq.model.talks import AgreementRecorded
from tasdiq.talks import steps
from tasdiq.verification.docket import Docket, Step
from verification.play import START


def form(talk: Talk) -> str:
    """Return the form in which the truce stands."""
    return talk.state.talks.agreements["truce"].form


def acknowledged(talk: Talk) -> list[str]:
    """Return who has acknowledged the commitment."""
    return list(talk.state.talks.commitments["trucks"].commitment.acknowledged_by)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": " "},
        {"parties": ()},
        {"parties": ("kes", "nla")},
        {"parties": ("kes", "kes")},
        {"form": "signed", "text": ""},
        {"ident": "a1"},
        {"ident": "no spaces"},
        {"date": "soon"},
        {"date": "2031-13-01"},
        {"date": "2031-03-09", "until": "2031-03-01"},
    ],
    ids=str,
)
def test_g1_an_agreement_says_what_was_agreed_between_which_parties(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    with pytest.raises(ProcedureError, match="G1"):
        Talk().agree(**changed)


@pytest.mark.parametrize("by", ["kes", "vor", "med", "obs"])
def test_g1_any_seat_records_its_telling_and_the_register_says_whose(by: str) -> None:
    """A party, a mediator, an observer; nobody else."""
    talk = Talk()
    talk.agree(by)
    held = talk.state.talks.agreements["truce"]
    assert (held.recorded_by, held.form, held.agreement.form) == (by, "claimed", "verbal")
    for other in ("prot", "zzz"):
        with pytest.raises(RoleError, match="R1"):
            talk.agree(other, "other")


def test_g2_it_is_claimed_until_each_of_its_parties_has_acknowledged_it() -> None:
    """Who records it acknowledges it thereby; the other's word makes the form stand."""
    talk = Talk()
    talk.agree("kes")
    assert form(talk) == "claimed"
    assert talk.asked("vor")[0] == "acknowledge or deny the agreement truce"
    talk.word("vor")
    assert form(talk) == "verbal"
    assert not any("truce" in item for item in talk.asked("vor"))


def test_g2_a_mediators_telling_is_nobodys_acknowledgement() -> None:
    """Both parties have still to say their own word."""
    talk = Talk()
    talk.agree("med")
    talk.word("kes")
    assert form(talk) == "claimed"
    talk.word("vor")
    assert form(talk) == "verbal"


@pytest.mark.parametrize("by", ["med", "obs", "prot"])
def test_g2_nobody_acknowledges_for_another(by: str) -> None:
    """Neither a mediator nor an observer says a party's word; nor a party that is not party to it."""
    talk = Talk()
    talk.agree()
    with pytest.raises(RoleError):
        talk.word(by)
    talk.agree("med", "half", parties=("kes",))
    with pytest.raises(RoleError, match="G2"):
        talk.word("vor", item="half")


def test_g2_a_denial_is_in_words_and_undoes_no_acknowledgement() -> None:
    """It stands beside it."""
    talk = Talk()
    talk.agree("kes")
    with pytest.raises(ProcedureError, match="G2"):
        talk.word("vor", "denies", text=" ")
    talk.word("vor", "denies", text="Nothing was agreed.")
    assert form(talk) == "claimed"
    talk.word("vor")
    talk.word("vor", "denies", text="We were misled.")
    held = talk.state.talks.agreements["truce"]
    assert form(talk) == "verbal"
    assert [word.answer for word in held.words if word.party == "vor"] == ["denies", "acknowledges", "denies"]


def test_g2_what_is_not_in_the_register_has_no_answer() -> None:
    """The message says where to look; a word is not dated before what it answers."""
    with pytest.raises(MissingError, match="tasdiq agreement list"):
        Talk().word("kes")
    talk = Talk()
    talk.agree()
    talk.at = "2031-02-01T00:00:00Z"
    with pytest.raises(ProcedureError, match="T2"):
        talk.word("vor")


def test_g3_the_answer_to_a_breach_is_in_words_or_none_agreed() -> None:
    """It is never empty."""
    talk = Talk()
    with pytest.raises(ProcedureError, match="G3"):
        talk.agree(consequence=" ")
    talk.agree()
    assert talk.state.talks.agreements["truce"].agreement.consequence == "none agreed"


@pytest.mark.parametrize(
    "changed",
    [
        {"ident": "c1"},
        {"ident": "truce"},
        {"text": ""},
        {"bearer": "nla"},
        {"bearer": "med"},
        {"readings": (Reading(party="vor", text="Ours."),)},
        {"acknowledged_by": ("vor",)},
        {"start": "2031-03-02", "until": "2031-03-01"},
        {"quantity": Quantity(value=0, unit="trucks")},
        {"quantity": Quantity(value=1, unit=" ")},
    ],
    ids=str,
)
def test_g4_a_commitment_binds_a_party_and_comes_bare(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    talk = Talk()
    talk.agree()
    with pytest.raises(ProcedureError, match="G4"):
        talk.commit(**changed)


def test_g4_a_commitment_needs_its_agreement() -> None:
    """One that the register does not have is named."""
    with pytest.raises(MissingError, match="no agreement truce"):
        Talk().commit()


def test_g4_its_bearers_own_word_makes_it_acknowledged() -> None:
    """Until then its conduct is disputed, whatever was found."""
    talk = Talk().agreed()
    assert acknowledged(talk) == ["kes"]
    assert talk.now.conduct["trucks"].status == "disputed"
    talk.word("vor", item="trucks")
    assert acknowledged(talk) == ["kes", "vor"]
    assert talk.now.conduct["trucks"].status == "not yet verified"


def test_g5_a_reading_is_a_partys_own_in_words() -> None:
    """A mediator has none; an empty one, and one that counts what cannot be counted, are refused."""
    talk = Talk().agreed()
    with pytest.raises(RoleError, match="G5"):
        talk.read("med")
    with pytest.raises(ProcedureError, match="G5"):
        talk.read("vor", text="")
    with pytest.raises(ProcedureError, match="G5"):
        talk.read("vor", "average", commitment="c1")
    talk.commit(ident="in-all", quantity=Quantity(value=100, unit="trucks", per="total"))
    with pytest.raises(ProcedureError, match="G5"):
        talk.read("vor", "each", commitment="in-all")


def test_g5_readings_stand_side_by_side_and_the_latest_counts() -> None:
    """Every earlier one is kept."""
    talk = Talk().agreed()
    talk.read("kes", "each")
    talk.read("vor", "average")
    talk.read("vor", "average", "On average over the month.")
    held = talk.state.talks.commitments["trucks"]
    assert [(r.party, r.text) for r in held.commitment.readings] == [
        ("kes", "As it says."),
        ("vor", "On average over the month."),
    ]
    assert len(held.readings) == 3


def test_g6_what_is_said_of_a_sealed_agreement_stays_with_the_members() -> None:
    """Its commitments, words, readings, ratings and figures too; none of it is in the public state."""
    talk = Talk()
    talk.agree(sealed=True)
    talk.commit()
    for step in (talk.word, talk.read, talk.rate):
        step("vor")
    talk.figure("vor", 3, "2031-03-01")
    held = talk.state.talks
    assert {held.agreements["truce"].access, held.commitments["trucks"].access} == {"joint"}
    assert held.commitments["trucks"].figures[0].access == "joint"
    assert held.binding(talk.state.charter) is talk.state.charter, "no case is held against a sealed commitment"


def test_the_charters_agreements_stand_from_the_start_and_are_amended_with_it() -> None:
    """What only the earlier charter had goes; what was said of what stays, stays."""
    talk = Talk()
    assert list(talk.state.talks.commitments) == ["c1", "c2", "c3"]
    assert talk.state.talks.agreements["a1"].form == "verbal"
    talk.read("vor", text="Ours.", commitment="c1")
    changed: Charter = msgspec.structs.replace(TALKS_CHARTER, commitments=TALKS_CHARTER.commitments[:1])
    talk.state.talks.adopt(changed)
    assert list(talk.state.talks.commitments) == ["c1"]
    assert talk.state.talks.commitments["c1"].commitment.readings[0].text == "Ours."


def test_p9_there_are_no_talks_in_a_desk_record() -> None:
    """Its author signs for no party."""
    talk = Talk(msgspec.structs.replace(TALKS_CHARTER, form="desk"))
    with pytest.raises(RoleError, match="P9"):
        talk.agree()


def test_t1_a_step_is_dated_when_it_is_taken() -> None:
    """More than an hour off is refused."""
    told = Agreement(id="x", title="X", form="verbal", parties=("kes", "vor"))
    with pytest.raises(ProcedureError, match="T1"):
        Talk().take("kes", AgreementRecorded(agreement=told, at="2031-02-01T00:00:00Z"))


def test_p30_a_step_entered_for_other_readers_than_the_rules_say_changes_nothing() -> None:
    """Whoever hosts the record cannot hide a public telling among sealed entries, nor publish a call."""
    told = Agreement(id="x", title="X", form="verbal", parties=("kes", "vor"))
    call = CallLogged(call="c", caller="kes", called="vor", tried_at=START)
    for body, access in ((AgreementRecorded(agreement=told), "joint"), (call, "public")):
        talk = Talk()
        with pytest.raises(ProcedureError, match="P30"):
            steps.take(talk.state, Step("kes", body, talk.at, "entry-1", access))
        assert not talk.state.talks.knows("x") and not talk.state.talks.calls


def test_a_case_can_be_held_against_a_registered_commitment() -> None:
    """A public one counts like one of the charter, with its bearer; a sealed one is not known to cases."""
    talk = Talk().agreed()
    talk.commit(ident="hidden", sealed=True)
    opened = CaseOpened(
        case="case-1", subject="i1", subject_kind="incident", allegation="None came.", alleged_by="kes", alleged_against="vor",
        commitment="trucks",
    )  # fmt: skip
    docket = Docket(talk.state.charter)
    rules.take(talk.state, docket, "kes", talk.at, "entry-9", "public", opened)
    competent = CompetenceDecided(case="case-1", competent=True, commitment="trucks", bearer="vor")
    rules.take(talk.state, docket, "med", talk.at, "entry-10", "public", competent)
    assert docket.cases["case-1"].competence is not None
    hidden = msgspec.structs.replace(opened, case="case-2", commitment="hidden")
    with pytest.raises(MissingError, match="no commitment hidden"):
        rules.take(talk.state, docket, "kes", talk.at, "entry-11", "public", hidden)
    talk.state.cases = docket.cases
    assert talk.now.conduct["trucks"].allegations == ("case-1",)
