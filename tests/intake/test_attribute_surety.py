"""How sure a statement is: measured shares, lower where it is nested or its kind is rarely right."""

from __future__ import annotations

from intake.attributed import attributions, one
from tasdiq.intake.attribute.surety import LEAST_PPM


def test_a_quotation_is_surer_than_a_noun() -> None:
    """surety.1: the kinds a gold standard confirms most often are the surest."""
    spoken = one("“We will not leave the valley,” said Minister Ora Velt.", "said")
    noun = one("Vorland's claim that its soldiers had left was read out.", "claim")
    assert spoken.confidence_ppm > 850_000
    assert LEAST_PPM <= noun.confidence_ppm < 600_000


def test_a_nested_statement_is_at_most_half_as_sure() -> None:
    """surety.2: what is told inside another statement never has more than half of its holder's surety."""
    text = "The Foreign Office said Vorland had acknowledged that rebels were there."
    outer, inner = attributions(text)
    assert inner.inside == 0
    assert inner.confidence_ppm <= outer.confidence_ppm // 2
    assert inner.confidence_ppm < 500_000


def test_fixed_forms_keep_their_own() -> None:
    """Turns of talk and posts are not measured by the table."""
    talk = "VELT: We are ready.\nBELK: So are we.\nVELT: Then let us begin."
    assert {each.confidence_ppm for each in attributions(talk) if each.cue_lemma == ":"} == {850_000}
