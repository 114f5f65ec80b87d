"""In whose telling: every rule of `tasdiq.intake.tellers`, cited by number, on texts about made-up countries."""

from __future__ import annotations

import pytest

from intake.made_up import Folder, by_hand, folder, receive

NEWS = "TALVIK"


def told(made: Folder, words: str) -> tuple[str | None, str, str | None]:
    """Return party, teller and whose telling a statement is."""
    found = made.said(words)
    return found.party, found.teller, found.told_by


def test_rule_1_nobody_of_a_party_is_a_third() -> None:
    """Speakers of no party are thirds."""
    assert told(folder("Analysts said that the truce would hold."), "the truce would hold") == (None, "third", None)


def test_rule_2_speech_inside_another_partys_speech_is_told_by_it() -> None:
    """What the ministry says the other side claimed is as told by the ministry's party."""
    made = folder(
        "Kestria’s foreign office said that the Vorlandish side had claimed that the men were Kestrian nationals."
    )
    assert told(made, "the men were Kestrian nationals") == ("vor", "other-party", "kes")


def test_rule_2_claim_told_in_its_rejection() -> None:
    """A claim named only to be rejected is as told by who rejects it."""
    made = folder("Kestrian Defence Minister Ana Brel rejected Ostrel’s claim that the fighters were refugees.")
    assert told(made, "the fighters were refugees") == ("vor", "other-party", "kes")


def test_rule_2_own_party_inside_own_speech_stays_own() -> None:
    """A party retelling its own demand speaks in its own voice."""
    made = folder("Kestria’s foreign office said that Kestria had demanded that the men be arrested.")
    assert told(made, "the men be arrested")[:2] == ("kes", "own")


def test_rule_2_speech_inside_an_outsiders_speech_is_a_third() -> None:
    """What diplomatic sources say a delegation refused is told by a third."""
    made = folder("Diplomatic sources disclosed that the Vorlandish delegation refused to give written guarantees.")
    assert told(made, "to give written guarantees") == ("vor", "third", "unnamed/none/diplomatic-sources")


def test_rule_3_a_sentence_between_two_statements_goes_on_in_their_voice() -> None:
    """A bare claim between two statements of one ministry stands in the ministry's voice."""
    made = folder(
        "Kestria’s foreign office clarified that it had asked for arrests. When the Vorlandish side claimed that the men were"
        " Kestrian nationals, Talvik proposed their handover. The foreign office reiterated that any other claim was baseless."
    )
    assert told(made, "the men were Kestrian nationals") == ("vor", "other-party", "kes")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vorland has traditionally denied that militants are on its soil.", "militants are on its soil"),
        ("Kestria has long accused Vorland of sheltering militants.", "of sheltering militants"),
        ("Ostrel has repeatedly denied allowing militants to cross.", "allowing militants"),
        ("The government in Talvik has repeatedly called on Vorland to rein in militants.", "to rein in militants"),
        ("The Vorlandish delegation reportedly insisted that the truce was verbal.", "the truce was verbal"),
        ("Kestria has long accused Vorland of firing, a charge Vorland denies.", "of firing"),
    ],
)
def test_rule_4_habit_and_hearsay_are_thirds(text: str, words: str) -> None:
    """Habitual and hearsay speech acts are a narrator's summary."""
    made = folder(text)
    assert {s.teller for s in made.statements() if s.party} == {"third"}
    assert made.said(words).teller == "third"


@pytest.mark.parametrize(
    "source",
    ["Kestria’s Ministry of Information", "Kestrian officials", "Kestrian security sources", "The Kestrian delegation",
     "Kestrian Foreign Minister Ana Brel", "Kestria’s defence minister", "The foreign office in Talvik"],
)  # fmt: skip
def test_rule_5_organs_officials_and_office_holders_are_own_voices(source: str) -> None:
    """Whoever speaks by virtue of an office is the party's own voice."""
    made = folder(f"{source} said that the post was closed.")
    assert told(made, "the post was closed") == ("kes", "own", None)


def test_rule_5_claims_by_a_spokesman_are_his_own_voice() -> None:
    """ "Claims by M that P" is M's own voice, through the outlet."""
    text = "The rebuttal followed claims by Vorlandish spokesman Orlan Teves that Kestria refused an offer."
    claim = by_hand(text, "Vorlandish spokesman Orlan Teves", "claims", "that Kestria refused an offer")
    made = folder(receive(text), by_hand=(claim,))
    assert told(made, "Kestria refused an offer") == ("vor", "own", None)


def test_rule_6_a_noun_of_a_bare_party_is_a_third() -> None:
    """A narrator's mention of a party's request has no speech behind it."""
    made = folder("Fire ceased in March.\n\nGuns fell silent after Vorland’s request for a temporary truce.")
    assert told(made, "a temporary truce")[:2] == ("vor", "third")


def test_rule_7_a_title_is_own_voice_if_the_body_says_so() -> None:
    """A headline in the present stands for the statement the article reports, and for nothing else."""
    body = "Vorland’s foreign office on Monday denied refusing an offer to deport militants."
    news = folder(receive(body, title="Vorland denies refusing an offer to deport militants"))
    assert news.statements()[0].teller == "own"
    other = folder(
        receive("The road to the border is long.", title="Vorland denies refusing an offer to deport militants")
    )
    assert other.statements()[0].teller == "third"


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Kestria on Saturday said that the post was closed.", "own"),
        ("Kestria said in a statement that the post was closed.", "own"),
        ("Snow fell on the hills.\n\nKestria said that the post was closed.", "own"),
        ("Snow fell on the hills.\n\nKestria says that the post was closed.", "third"),
        ("Snow fell on the hills.\n\nThe road is long.\n\nKestria has said that the post was closed.", "third"),
        ("Snow fell on the hills.\n\nKestria says that the post was “closed for good”.", "own"),
    ],
)
def test_rule_8_a_bare_party_needs_an_occasion(text: str, teller: str) -> None:
    """A party named bare speaks in its own voice on an occasion, not in a narrator's generalisation."""
    assert folder(text).said("the post was").teller == teller


def test_rule_8_a_document_about_one_statement_goes_on_in_that_voice() -> None:
    """Where an article reports one party's statement, that party's bare name goes on in it."""
    text = (
        "Kestria has issued a statement on the talks, saying that the truce must hold. In a statement released on Sunday, its"
        " Foreign Office said that guarantees were needed.\n\n"
        "Kestria maintains that the men are no refugees. The statement said that posts stay shut."
    )
    assert folder(receive(text, dateline=NEWS)).said("the men are no refugees").teller == "own"


def test_rule_8_deeds_told_as_history_are_thirds() -> None:
    """A "refused" in a narrator's account of the past is no statement."""
    made = folder("Snow fell on the hills.\n\nTalks broke down when Vorland refused to give guarantees.")
    assert told(made, "to give guarantees") == ("vor", "third", None)


def test_telling_is_the_same_for_either_party() -> None:
    """With the parties exchanged the tellings come out mirrored."""
    text = (
        "Kestria’s foreign office said on Monday that Vorland had refused to talk. Vorland has long denied that it shelters"
        " militants. Vorlandish officials in Ostrel said that Kestria claimed too much. Talvik says that fire had ceased."
    )
    pairs = {"Kestria": "Vorland", "Kestrian": "Vorlandish", "Talvik": "Ostrel"}
    back = {other: one for one, other in pairs.items()} | pairs
    mirrored = " ".join(
        back.get(word.rstrip("’s"), word) if word in back else _swap(word, back) for word in text.split(" ")
    )
    plain, mirror = folder(text).statements(), folder(mirrored).statements()
    exchange = {"kes": "vor", "vor": "kes"}
    assert [(exchange.get(s.party or "", s.party), s.teller) for s in plain] == [(s.party, s.teller) for s in mirror]


def _swap(word: str, back: dict[str, str]) -> str:
    for name in sorted(back, key=len, reverse=True):
        if word.startswith(name) and not word[len(name) :][:1].isalpha():
            return back[name] + word[len(name) :]
    return word
