"""Figures, ratings and measures of engagement: rules G7 to G11."""

from __future__ import annotations

from typing import Any

import pytest

from talks.table import Talk
from tasdiq.compliance.review import review, words_on
from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import talks as kinds


@pytest.mark.parametrize(
    "changed",
    [
        {"value": -1},
        {"start": ""},
        {"start": "2031-02"},
        {"start": "2031-02-02", "end": "2031-02-01"},
        {"start": "2031-02-30"},
        {"start": "2031-03-02"},
        {"start": "2031-03-01", "end": "2031-03-02"},
    ],
    ids=str,
)
def test_g7_a_figure_says_for_which_days_none_to_come(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    talk = Talk().agreed()
    with pytest.raises(ProcedureError, match="G7"):
        talk.figure("kes", changed.get("value", 3), changed.get("start", "2031-03-01"), changed.get("end", ""))


def test_g7_a_figure_is_its_tellers_and_corrected_for_the_same_days_alone() -> None:
    """Other days that overlap are refused; the other party's may be for any days."""
    talk = Talk().agreed().later(days=9)
    talk.figure("kes", 30, "2031-03-01", "2031-03-03")
    with pytest.raises(ProcedureError, match="G7"):
        talk.figure("kes", 10, "2031-03-03")
    talk.figure("kes", 31, "2031-03-01", "2031-03-03")
    talk.figure("vor", 40, "2031-03-03", "2031-03-05")
    figures = talk.state.talks.commitments["trucks"].figures
    assert [(item.teller, item.value) for item in figures] == [("kes", 30), ("kes", 31), ("vor", 40)]


def test_g7_only_a_commitment_with_a_quantity_has_figures() -> None:
    """Others are refused; a protection body reports none."""
    talk = Talk().agreed()
    body = kinds.QuantityReported(commitment="c1", value=1, start="2031-03-01")
    with pytest.raises(ProcedureError, match="G7"):
        talk.take("kes", body)
    with pytest.raises(RoleError, match="R1"):
        talk.figure("prot", 1, "2031-03-01")


@pytest.mark.parametrize("commitment", ["c1", "c3"], ids=["prohibition", "duty"])
def test_g8_only_programmes_are_rated(commitment: str) -> None:
    """The conduct of the others follows from findings."""
    with pytest.raises(ProcedureError, match="G8"):
        Talk().rate("kes", commitment=commitment)


def test_g8_each_member_rates_for_itself_with_reasons() -> None:
    """The latest of each stands, and every one is kept."""
    talk = Talk().agreed()
    with pytest.raises(ProcedureError, match="G8"):
        talk.rate("kes", text=" ")
    for by, level in (("kes", 0), ("vor", 3), ("med", 2), ("kes", 1)):
        talk.rate(by, level)
    assert [(r.member, r.level) for r in talk.now.progress["trucks"].ratings] == [("kes", 1), ("vor", 3), ("med", 2)]
    assert len(talk.state.talks.commitments["trucks"].ratings) == 4


@pytest.mark.parametrize(
    "changed",
    [
        {"text": " "},
        {"by": ""},
        {"start": ""},
        {"start": "lately"},
        {"start": "2032"},
        {"start": "2030", "end": "2032-01"},
        {"start": "2030-05", "end": "2030-04"},
    ],
    ids=str,
)
def test_g9_a_measure_is_a_dated_and_attributed_claim(changed: dict[str, Any]) -> None:
    """Each misfit is refused."""
    body = kinds.MeasureClaimed(measure="visas", kind="visas", by="kes", text="12,000 visas", start="2030")
    fields = {name: getattr(body, name) for name in ("measure", "kind", "by", "text", "start", "end")}
    with pytest.raises(ProcedureError, match="G9"):
        Talk().take("kes", kinds.MeasureClaimed(**(fields | changed)))


def test_g9_its_id_is_its_own() -> None:
    """A second claim under the same id is refused."""
    talk = Talk()
    talk.claim()
    with pytest.raises(ProcedureError, match="G9"):
        talk.claim("vor")


def test_g10_a_party_answers_a_measure_for_itself() -> None:
    """Not its claimant, no mediator, and a denial only in words."""
    talk = Talk()
    talk.claim("kes")
    for by, error in (("kes", ProcedureError), ("med", RoleError)):
        with pytest.raises(error, match="G10"):
            talk.answer(by)
    with pytest.raises(ProcedureError, match="G10"):
        talk.answer("vor", "denies")
    with pytest.raises(MissingError, match="no measure"):
        talk.answer("vor", measure="aid")
    assert talk.asked("vor")[0] == "acknowledge or deny the claimed measure visas"
    talk.answer("vor", "denies", "Fewer than a thousand.")
    words = dict(words_on(talk.state, talk.state.talks.measures["visas"]))
    assert words["kes"] is None and words["vor"] is not None and words["vor"].answer == "denies"


def test_g10_claims_stand_side_by_side_by_kind_and_date() -> None:
    """None is added to another."""
    talk = Talk()
    talk.claim("vor", "raids", kind="attacks", by="nla", start="2030-02")
    talk.claim("kes", "later", start="2030-06")
    talk.claim("vor", "early", start="2029", by="vor")
    found = [(kind, [(m.id, m.claimed_by) for m in measures]) for kind, measures in review(talk.state)]
    assert found == [("visas", [("early", "vor"), ("later", "kes")]), ("attacks", [("raids", "vor")])]


def test_g11_figures_and_measures_can_be_sealed() -> None:
    """An answer to a sealed measure stays with the members too."""
    talk = Talk().agreed()
    talk.claim(sealed=True)
    assert talk.access("vor", kinds.MeasureAnswered(measure="visas", answer="acknowledges")) == "joint"
    body = kinds.QuantityReported(commitment="trucks", value=3, start="2031-03-01")
    assert talk.access("kes", body) == "public"
    talk.figure("kes", 3, "2031-03-01", sealed=True)
    assert talk.state.talks.commitments["trucks"].figures[0].access == "joint"
