"""Turns of the ceasefire, agreements and measures told in texts (rules of `ceasefire`, `agreements`, `measures`)."""

from __future__ import annotations

import pytest

from intake.told_in import one_in, speech, told_in
from tasdiq.model.told import AgreementTold, CeasefireTold, MeasureTold


@pytest.mark.parametrize(
    ("words", "event", "day"),
    [
        ("The ceasefire took effect on 23 April.", "began", "2031-04-23"),
        ("Hostilities between the two ceased on 17 May.", "began", "2031-05-17"),
        ("Vorland requested a ceasefire on 20 April.", "requested", "2031-04-20"),
        ("The sides agreed on a ceasefire in Dorvik on 22 April.", "agreed", "2031-04-22"),
        ("Both sides agreed to extend the truce on 6 May.", "extended", "2031-05-06"),
        ("The two have agreed to an extended truce.", "extended", None),
        ("The truce continues to hold.", "holding", "2031-05-20"),
        ("The ceasefire between both sides remains in force.", "holding", "2031-05-20"),
        ("The ceasefire did not hold long.", "ended", None),
        ("The truce collapsed on 19 May.", "ended", "2031-05-19"),
        ("Vorland violated the ceasefire on 7 May.", "violated", "2031-05-07"),
        ("Amid a fragile ceasefire, trade goes on.", "fragile", "2031-05-20"),
        ("The truce was extended until 30 May.", "extended", None),
    ],
)
def test_a_turn_of_the_ceasefire(words: str, event: str, day: str | None) -> None:
    """Ceasefire 1 and 3: each wording tells its turn; states hold as of the document's day, other turns may be undated."""
    told = one_in(words, CeasefireTold)
    assert told.event == event
    assert (told.when.start if told.when else None) == day


@pytest.mark.parametrize(
    "words",
    [
        "If the ceasefire collapses, war may return.",
        "Mediators hope the ceasefire will hold.",
        "Vorland used the talks to prolong the ceasefire.",
        "The mechanism is to oversee ceasefire compliance.",
        "Vorland rejected the accusation that it had broken the ceasefire.",
        "Kestria has not violated the truce.",
    ],
)
def test_aims_hopes_and_denials_are_no_turn(words: str) -> None:
    """Ceasefire 1 and 2: nothing happened to the ceasefire here."""
    assert not told_in(words, CeasefireTold)


def test_one_sentence_can_tell_two_turns() -> None:
    """Ceasefire 1: asked for and accepted on one day."""
    told = told_in("Kestria accepted Vorland’s request for a temporary ceasefire on 17 May.", CeasefireTold)
    assert {one.event for one in told} == {"requested", "agreed"}


@pytest.mark.parametrize(
    ("words", "subject", "form"),
    [
        ("No written agreement has been reached.", "agreement", "none"),
        ("The talks ended without any enforcement framework.", "enforcement framework", "none"),
        ("Vorland refused to provide written guarantees.", "written guarantees", "none"),
        ("Vorland insisted that only verbal understandings apply.", "verbal understandings", "verbal"),
        ("A memorandum of understanding was signed in Dorvik.", "agreement", "signed"),
        (
            "Both sides agreed to a joint monitoring and verification mechanism.",
            "monitoring and verification mechanism",
            "claimed",
        ),
        ("Kestria said it had received written guarantees.", "written guarantees", "written"),
        ("Kestria has not signed any agreement.", "agreement", "none"),
        ("They failed to reach a deal.", "agreement", "none"),
    ],
)
def test_an_agreement_has_its_form(words: str, subject: str, form: str) -> None:
    """Agreements 1 and 2: signed, written, verbal, claimed or none, with what it is about."""
    told = one_in(words, AgreementTold)
    assert (told.subject, told.form) == (subject, form)


def test_one_form_is_told_of_each_subject() -> None:
    """Agreements 4: a ceasefire with a mechanism are two subjects."""
    told = told_in("They agreed to an extended truce with a verification mechanism.", AgreementTold)
    assert [(one.subject, one.form) for one in told] == [
        ("ceasefire", "claimed"),
        ("monitoring and verification mechanism", "claimed"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Kestria called for a verification mechanism.",
        "Vorland hopes to sign an agreement.",
        "A deal could be reached soon.",
    ],
)
def test_calls_and_hopes_are_no_agreement(words: str) -> None:
    """Agreements 3: nothing was agreed."""
    assert not told_in(words, AgreementTold)


def test_measures_claimed_in_own_speech_are_the_speakers() -> None:
    """Measures 1 to 3: several kinds in one sentence, by whom, since when."""
    words = "Kestria said it had extended trade concessions, humanitarian assistance and visa facilitation since 2028."
    said = speech(words, "it had extended trade concessions, humanitarian assistance and visa facilitation since 2028")
    told = told_in(words, MeasureTold, said=[said])
    assert {(one.kind, one.by, one.telling.teller) for one in told} == {
        (kind, "kes", "own") for kind in ("trade", "aid", "visas")
    }
    assert {(one.when.start, one.when.end) for one in told if one.when} == {("2028-01-01", None)}


def test_attacks_are_not_by_who_tells_of_them() -> None:
    """Measures 2: whom the attacks are said to come from, else nobody."""
    words = "The ministry noted that since 2028, Kestria has witnessed a sharp rise in attacks."
    said = speech(words, "since 2028, Kestria has witnessed a sharp rise in attacks")
    told = one_in(words, MeasureTold, said=[said])
    assert (told.kind, told.by, told.telling.party) == ("attacks", None, "kes")


def test_a_giver_is_not_who_it_is_given_to() -> None:
    """Measures 2: support to Vorland by Kestria is Kestria's."""
    told = one_in("The rise came despite Kestria’s humanitarian support to Vorland.", MeasureTold)
    assert (told.kind, told.by) == ("aid", "kes")


def test_a_call_for_restraint_is_no_measure() -> None:
    """Measures 1: nobody exercised any."""
    assert not told_in("Norway called on both sides to exercise restraint.", MeasureTold)


def test_a_verbal_agreement_of_which_nothing_was_signed_is_verbal() -> None:
    """Rules 1 and 2: "no document was signed" tells of no signature."""
    told = told_in("The agreement was verbal and no document was signed.", AgreementTold)
    assert [(each.subject, each.form) for each in told] == [("agreement", "verbal")]
