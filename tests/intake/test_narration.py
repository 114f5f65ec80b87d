"""What the outlet tells in its own words, on texts about made-up countries."""

from __future__ import annotations

from intake.made_up import folder, receive
from tasdiq.intake.narration import narrate, split_sentences
from tasdiq.model.statement import Statement


def narrated(text: str, outlet: str | None = None) -> list[tuple[str, Statement]]:
    """Return (words, statement) of every narrated statement of one article."""
    made = folder(receive(text, outlet=outlet))
    document = made.received[0].documents[0]
    found = narrate(document, text, made.statements(), made.directory)
    return [(" … ".join(text[span.start : span.end] for span in each.content), each) for each in found]


def test_sentence_without_speech_is_narrated_by_the_outlet() -> None:
    """A plain sentence is one narrated statement, told by a third (rule 2)."""
    ((words, found),) = narrated("Guns fell silent along the river in March.", outlet="Harbour Times")
    assert words == "Guns fell silent along the river in March."
    assert (found.narrated, found.teller, found.party, found.speaker) == (True, "third", None, "outlet/harbour-times")
    assert found.id.endswith(".n1")


def test_speech_and_its_channel_are_not_narration() -> None:
    """A sentence that is all speech leaves nothing, nor does the naming of its channel (rule 3)."""
    assert (
        narrated("In a detailed statement issued on Sunday, Kestria’s foreign office said that the truce would hold.")
        == []
    )


def test_what_is_left_beside_speech_is_narration() -> None:
    """The rest of a sentence counts if it tells something (rule 3)."""
    text = (
        "Kestria had resumed the talks at the request of two mediators to give peace a chance, while repeatedly urging Vorland"
        " to act against militants."
    )
    words, _ = narrated(text)[0]
    assert words.startswith("Kestria had resumed the talks")


def test_what_both_sides_agreed_is_the_narrators_telling() -> None:
    """Nobody is quoted where both agreed (rule 2)."""
    text = "The two countries have agreed to a truce with a joint monitoring mechanism."
    assert [words for words, _ in narrated(text)] == [text]


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    """Such as "Nov. 6", "Gen. A. Brel" and "U.S." stay inside their sentence."""
    text = "The next round is due on Nov. 6 in Lenmark. Gen. A. Brel met a U.S. envoy there. Snow fell."
    assert len(list(split_sentences(text, 0, len(text)))) == 3
