"""Several parties that speak together: `tasdiq.intake.actors.joint` and rule 9 of the tellers, on made-up countries."""

from __future__ import annotations

import pytest

from intake.made_up import folder, receive
from variants import replace_names

BOTH = ("kes", "vor")


def told(text: str, words: str, *, title: str = "") -> tuple[tuple[str, ...], str | None, str, str | None]:
    """Return parties, party, teller and whose telling a statement is."""
    found = folder(receive(text, title=title)).said(words)
    return found.parties, found.party, found.teller, found.told_by


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "In a joint statement, Kestria and Vorland said that the truce would be extended.",
            "the truce would be extended",
        ),
        ("Vorland and Kestria announced in a joint communiqué that the truce would hold.", "the truce would hold"),
        ("The joint declaration of Kestria and Vorland says that the truce will hold.", "the truce will hold"),
        ("According to a joint statement of the two sides, the mines will be cleared.", "the mines will be cleared"),
        (
            "At a joint press conference the two sides said that the mines would be cleared.",
            "the mines would be cleared",
        ),
    ],
)
def test_a_joint_paper_is_the_own_voice_of_each(text: str, words: str) -> None:
    """Where the joint paper speaks or is named in the sentence, both speak in own voice."""
    parties, party, teller, told_by = told(text, words)
    assert sorted(parties) == ["kes", "vor"]
    assert (party, teller, told_by) == (None, "own", None)


def test_what_a_mediator_publishes_for_both_is_theirs() -> None:
    """Who publishes a joint paper has not signed it; what "the parties" agreed in it is own voice too."""
    text = (
        "Norway’s foreign ministry published a joint communiqué on Sunday. “The parties have agreed to clear the mines,”"
        " the communiqué said."
    )
    assert told(text, "The parties have agreed") == (BOTH, None, "own", None)
    assert told(text, "to clear the mines") == (BOTH, None, "own", None)


def test_the_mediators_own_statement_is_not_the_parties() -> None:
    """What two mediators say together is theirs; that the parties agreed is told by them."""
    text = "Norway and Sweden said in a joint statement that the parties had agreed to clear the mines."
    parties, party, teller, _ = told(text, "that the parties had agreed")
    assert (set(parties), party, teller) == ({"NOR", "SWE"}, None, "own")
    assert told(text, "to clear the mines")[2] == "third"


def test_organs_of_both_sides_speak_for_both() -> None:
    """Delegations and ministries of both sides are organs; what they say is own voice."""
    assert told("Both delegations confirmed that the mines would be cleared.", "the mines would be cleared")[2] == "own"
    text = "The foreign ministries of Kestria and Vorland said that the mines would be cleared."
    assert told(text, "the mines would be cleared") == (BOTH, None, "own", None)


@pytest.mark.parametrize(
    "text",
    [
        "The two sides agreed to clear the mines.",
        "Both delegations agreed to clear the mines.",
        "Kestria and Vorland have agreed to clear the mines.",
        "Both sides reportedly agreed to clear the mines.",
    ],
)
def test_a_narrators_both_sides_agreed_is_told_by_a_third_of_both(text: str) -> None:
    """A deed of both, told by the narrator, is nobody's own voice."""
    assert told(text, "to clear the mines")[:3] == (BOTH, None, "third")


def test_one_partys_telling_of_both_is_its_telling() -> None:
    """What Kestria says both agreed is as told by Kestria."""
    text = "Kestria’s foreign office said that both sides had agreed to clear the mines."
    assert told(text, "to clear the mines") == (BOTH, None, "third", "kes")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Residents on both sides said that the mines were close.", "the mines were close"),
        ("Officials in Talvik and Ostrel said that the mines were close.", "the mines were close"),
        ("Media in both countries reported that the mines were close.", "the mines were close"),
        ("The three countries said that the mines were close.", "the mines were close"),
        ("The Red Band and the Blue Band were named, both accused of laying mines.", "laying mines"),
    ],
)
def test_others_than_the_sides_are_not_both_parties(text: str, words: str) -> None:
    """Residents, officials, media and two other things named together stand for no party."""
    assert told(text, words)[:3] == ((), None, "third")


def test_they_after_residents_on_both_sides_are_the_residents() -> None:
    """ "They" are whom the sentence speaks of, not the sides they live on."""
    assert told("Residents on both sides said that they feared new mines.", "new mines")[0] == ()


def test_both_after_another_pair_stays_open() -> None:
    """ "Both countries" after Kestria and Norway are not Kestria and Vorland."""
    text = "Kestria and Norway signed a fishing deal. In a joint statement, both countries said that trade would grow."
    assert told(text, "trade would grow")[0] == ()


def test_a_speech_inside_a_narrators_both_is_not_lost() -> None:
    """Who is quoted inside what both reported speaks in own voice still."""
    text = (
        "Both sides reported losses in the fighting, which Kestrian Defence Minister Ana Brel said amounted to a war."
    )
    assert told(text, "amounted to a war")[1:3] == ("kes", "own")


def test_the_text_of_a_communique_is_own_voice() -> None:
    """A document that is the joint statement speaks for both."""
    text = "The parties have agreed to clear the mines. Both sides will meet again."
    assert told(text, "to clear the mines", title="Joint statement of Kestria and Vorland")[:3] == (BOTH, None, "own")
    assert told(text, "to clear the mines", title="Joint statement expected soon")[2] == "third"


def test_a_headlines_list_is_both() -> None:
    """ "Kestria, Vorland agree" names both, and not the one next to the verb; a narrator's telling of both."""
    text = "Kestria, Vorland agree to clear the mines."
    assert told(text, "to clear the mines")[:3] == (BOTH, None, "third")


def test_it_after_a_joint_paper_is_the_paper() -> None:
    """A paper that a sentence opens with goes on speaking as "it", whoever published it."""
    text = (
        "The joint statement was released by Norway’s foreign ministry. It said that the mines would be cleared. It added that"
        " the road would open."
    )
    assert told(text, "the mines would be cleared") == (BOTH, None, "own", None)
    assert told(text, "the road would open") == (BOTH, None, "own", None)


def test_all_signatories_of_a_paper_speak() -> None:
    """Those named together in the sentence that tells of the paper have signed it."""
    text = (
        "Kestria, Vorland and Norway issued a joint declaration. The declaration said that the mines would be cleared."
    )
    parties, _, teller, _ = told(text, "the mines would be cleared")
    assert (set(parties), teller) == ({"kes", "vor", "NOR"}, "own")


def test_separate_statements_of_both_are_own_voice() -> None:
    """Each speaks in its own statement, though one sentence tells of both."""
    text = "In separate statements, Kestria and Vorland confirmed that the mines would be cleared."
    assert told(text, "the mines would be cleared") == (BOTH, None, "own", None)


@pytest.mark.parametrize(
    "text",
    [
        "In a joint statement, Kestria and Vorland said that Vorland would clear the mines.",
        "The two sides agreed to clear the mines. Vorland’s army did not respond to a request for comment.",
        "Both delegations confirmed that Kestria would clear the mines. Kestria, Vorland welcome the deal.",
        "Kestria declared a truce, and Vorland could not be reached. It said that the mines were Kestrian.",
        "A joint communiqué said that the parties would meet. The Vorlandish ministry said that it was ready.",
    ],
)
def test_exchanging_the_parties_exchanges_the_speakers(text: str) -> None:
    """Neither side is preferred: with the names exchanged, parties, tellers and acts come out exchanged."""

    def seen(words: str, swap: dict[str, str]) -> list[tuple[object, ...]]:
        swapped = [
            (swap.get(s.party or "", s.party), {swap.get(p, p) for p in s.parties}, s.teller, s.act)
            for s in folder(words).statements()
        ]
        return sorted(swapped, key=repr)

    exchanged = {"Kestria": "Vorland", "Vorland": "Kestria", "Kestrian": "Vorlandish", "Vorlandish": "Kestrian"}
    assert seen(text, {"kes": "vor", "vor": "kes"}) == seen(replace_names(text, exchanged), {})
