"""Questions without an answer, by the rules of `attribute.silence`, on made-up sentences."""

from __future__ import annotations

import pytest

from intake.attributed import attributions, words
from intake.made_up import folder


def silences(text: str) -> list[tuple[str, str, str]]:
    """Return (source, cue, content) of everybody who gave no reply."""
    found = (each for each in attributions(text) if each.act == "gives-no-reply")
    return [(words(text, each, "source"), words(text, each, "cue"), words(text, each, "content")) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vorland's army could not be reached for comment.", ("Vorland's army", "could not be reached", "for comment")),
        (
            "The truce held on Monday, but the mayor could not immediately be reached.",
            ("the mayor", "could not immediately be reached", ""),
        ),
        ("Ana Brel was not available for comment.", ("Ana Brel", "was not available", "for comment")),
        ("There was no immediate comment from Ostrel.", ("Ostrel", "no immediate comment from", "")),
        ("Vorland has yet to comment on the raid.", ("Vorland", "has yet to comment", "on the raid")),
        ("Vorland did not immediately comment.", ("Vorland", "did not immediately comment", "")),
        ("Vorland has not commented on the raid.", ("Vorland", "has not commented on", "the raid")),
        (
            "The embassy did not immediately return calls.",
            ("The embassy", "did not immediately return", "calls"),
        ),
        (
            "The embassy did not respond to a request for comment.",
            ("The embassy", "did not respond to", "a request for comment"),
        ),
    ],
)
def test_a_question_without_an_answer_is_found_once(text: str, expected: tuple[str, str, str]) -> None:
    """Rules 1 and 2: who was asked, in which words it is said that no answer came."""
    assert silences(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor declined to comment.",
        "The mayor would not comment on the raid.",
        "No deal could be reached with Vorland.",
        "The valley could not be reached by the convoy of relief trucks, the mayor said.",
        "The village has not returned to normal.",
    ],
)
def test_a_refusal_or_another_matter_is_no_silence(text: str) -> None:
    """Rule 3: declining is an answer; what cannot be reached otherwise was not asked."""
    assert silences(text) == []


def test_who_gave_no_reply_has_no_own_voice() -> None:
    """tellers.10: the outlet tells it; a refusal to comment is the spokesman's own."""
    made = folder(
        "Vorland’s foreign office did not respond to a request for comment. Kestrian army spokesman Tomas Brel declined to"
        " comment."
    )
    silent, refused = made.said("a request for comment"), made.said("to comment")
    assert (silent.party, silent.act, silent.teller) == ("vor", "gives-no-reply", "third")
    assert (refused.party, refused.act, refused.teller) == ("kes", "refuses", "own")


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("A Kestrian security official said that the bridge was mined.", "the bridge was mined", "kes"),
        ("A source in the Vorlandish army said that the bridge was mined.", "the bridge was mined", "vor"),
        (
            "Kestria’s army said that the road was open. An official said that the bridge was mined.",
            "the bridge was mined",
            None,
        ),
        (
            "Kestria’s army said that the road was open. Sources said that the bridge was mined.",
            "the bridge was mined",
            None,
        ),
        (
            "Kestria’s army said that the road was open. A diplomat said that the bridge was mined.",
            "the bridge was mined",
            None,
        ),
    ],
)
def test_an_unnamed_source_keeps_the_side_that_is_said(text: str, words: str, party: str | None) -> None:
    """context.7: a side that is said is kept; none is lent from whoever spoke before."""
    found = folder(text).said(words)
    assert found.party == party
    assert (found.speaker or "").startswith("unnamed/")
