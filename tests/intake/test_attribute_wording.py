"""What a cue's wording tells: the act, negation, voice, tense, manner."""

from __future__ import annotations

import pytest

from intake.attributed import attributions, one


@pytest.mark.parametrize(
    ("text", "cue", "act"),
    [
        ("Kestria said it was ready.", "said", "asserts"),
        ("Kestria denied that it had fired.", "denied", "denies"),
        ("Kestria rejected the claim.", "rejected", "rejects"),
        ("Kestria accused Vorland of lying.", "accused", "accuses"),
        ("Kestria demanded that Vorland withdraw.", "demanded", "demands"),
        ("Kestria called for an inquiry.", "called", "demands"),
        ("Vorland insisted that the villages be handed over first.", "insisted", "demands"),
        ("Vorland insisted that it had withdrawn.", "insisted", "asserts"),
        ("Kestria offered to send monitors.", "offered", "offers"),
        ("Kestria pledged to reopen the road.", "pledged", "commits"),
        ("Both sides agreed to meet again.", "agreed", "commits"),
        ("Vorland refused to sign the text.", "refused", "refuses"),
        ("Vorland acknowledged that rebels were present.", "acknowledged", "acknowledges"),
        ("Kestria warned that it would respond.", "warned", "warns"),
        ("Kestria expressed regret over the deaths.", "expressed", "regrets"),
        ("The envoy asked whether the road was open.", "asked", "asks"),
        ("Kestria welcomed the announcement.", "welcomed", "welcomes"),
        ("The Red Valley Front claimed responsibility for the attack.", "claimed", "claims-responsibility"),
        ("The attack was claimed by the Red Valley Front.", "claimed", "claims-responsibility"),
    ],
)
def test_acts(text: str, cue: str, act: str) -> None:
    """verbs.5: the verb and its construction give the act."""
    assert one(text, cue).act == act


def test_negated_cue() -> None:
    """wording.2: what was not said is marked as not said."""
    assert one("The ministry did not say whether anybody was hurt.", "say").negated


def test_answer_not_given() -> None:
    """content.8, verbs.8: silence when asked is no reply; to decline one is to refuse it."""
    each = one("Vorland's embassy did not respond to a request for comment.", "respond")
    assert (each.act, each.negated) == ("gives-no-reply", True)
    for text in ("Vorland's embassy declined to respond to a question.", "The mayor would not answer the question."):
        assert {found.act for found in attributions(text)} == {"refuses"}


def test_passive_cue_has_its_agent_as_source() -> None:
    """source.1: "was accused by X of …" is X's accusation."""
    text = "Vorland was accused by the valley's elders of using mines."
    each = one(text, "accused")
    assert each.passive
    assert text[each.source[0].start : each.source[0].end] == "the valley's elders"


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Kestria said it was ready.", "past"),
        ("Kestria says it is ready.", "present"),
        ("Kestria has said it is ready.", "perfect"),
        ("Kestria will announce that it is ready.", "future"),
    ],
)
def test_tense(text: str, tense: str) -> None:
    """The cue's tense is past, present, perfect or future."""
    assert attributions(text)[0].tense == tense


def test_manner_words() -> None:
    """wording.3: words that say how often or how surely are kept."""
    assert one("Vorland has traditionally denied any presence.", "denied").manner == ("traditionally",)
    assert one("Kestria has repeatedly urged Vorland to act.", "urged").manner == ("repeatedly",)


def test_reportedly_is_hearsay_of_nobody() -> None:
    """nouns.3: "reportedly" attributes its clause to nobody, with low confidence."""
    (each,) = attributions("The patrol reportedly crossed the river at night.")
    assert (each.source, each.cue_lemma) == ((), "reportedly")
    assert each.confidence_ppm < 500_000
