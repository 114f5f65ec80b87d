"""Whose words they are where the nearest name misleads: outsiders, namesakes, people named in between, private persons."""

from __future__ import annotations

import pytest

from intake.made_up import folder, receive


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        # an organ of an outside body is no party's (phrase rule 5)
        ("Kestria’s delegation left. The UN mission said that both sides must protect civilians.", "must protect", None),
        # after a ministry's spokesman "the ministry" is his (memory rule 5)
        (
            "Kestria’s Ministry of Information rejected the claim. The Vorlandish defence ministry spokesman, Orlan Teves, said"
            " that fire had come. The ministry said that two men were hurt.",
            "two men were hurt", "vor",
        ),
        # a former envoy, an analyst: no party's voice, whatever their country (Directory.settle)
        ("Tomas Brel, Kestria’s former envoy to Vorland, said that trust was low.", "trust was low", None),
        ("Kestrian analyst Tomas Brel said that trust was low.", "trust was low", None),
        # his party is no side
        ("Vorlandish minister Orlan Teves said that talks went on. His party opposes any withdrawal.", "any withdrawal", None),
        # one of the officials is of their side; another alone is nobody (phrase rule 6)
        (
            "Senior Kestrian officials rejected the account. One of the officials said that the hosts were angry.",
            "the hosts were angry", "kes",
        ),
        ("Kestrian officials rejected it. Another said that the hosts were angry.", "the hosts were angry", None),
        # whose counterpart, whose aide, whose press office
        ("Vorland left. His Kestrian counterpart Tomas Brel said that trust was low.", "trust was low", "kes"),
        ("Orlan Teves, an aide to the Vorlandish president, said that trust was low.", "trust was low", "vor"),
        ("Orlan Teves, the ambassador to Vorland, said that trust was low.", "trust was low", None),
        ("Kestria’s army left. The army’s press service said that trust was low.", "trust was low", "kes"),
        # where both have had an army speak, "the army" is nobody's far from either
        (
            "Kestria’s army said that fire had come.\n\nVorland’s army said that it had not.\n\nRain fell on the hills.\n\nThe army"
            " declined to comment.",
            "comment", None,
        ),
        # "he" after an unknown name is not who spoke before
        (
            "Vorlandish spokesman Orlan Teves said that talks went on. Haran Mool said that he was tired. He added that the harvest"
            " was poor.",
            "the harvest was poor", None,
        ),
        # his spokesman is his, and nobody's where he is nobody's party
        (
            "The U.N. Secretary-General, Lars Dahl, urged a halt, his spokesman Tomas Brel said.", "urged a halt", None,
        ),
        # who led the delegation is of its side (persons rule 1)
        (
            "Interior Minister Orlan Teves, who led the Vorlandish team, said that his men were ready. Teves said that the other"
            " side had left.",
            "the other side had left", "vor",
        ),
    ],
)  # fmt: skip
def test_a_party_is_given_only_its_own_words(text: str, words: str, party: str | None) -> None:
    """Where the words themselves place a speaker outside, or with another, nobody near lends a party."""
    assert folder(text).said(words).party == party


@pytest.mark.parametrize(
    "who",
    [
        "Defence Minister Ana Sol",
        "The Ministry of Health",
        "A government spokesman",
        "Ana Sol, a spokeswoman for the port,",
    ],
)
def test_the_main_voice_alone_lends_its_party_to_nobody(who: str) -> None:
    """An office or organ whose side nothing tells stays open, however much one side speaks around it (memory rules 2, 3)."""
    text = (
        "Vorland’s army said that fire had come.\n\nVorland’s foreign office said that three men were hurt.\n\n"
        f"{who} said that the war would end."
    )
    assert folder(text).said("the war would end").party is None


def test_the_minister_is_the_one_who_spoke() -> None:
    """ "The minister" after a minister is the same person (memory rule 2)."""
    text = 'Kestrian Interior Minister Ana Sol said that talks had failed. "We go on," the minister wrote.'
    assert folder(text).said("We go on").speaker == "person/ana-sol"


def test_a_country_and_the_others_regime_speak_together() -> None:
    """ "Kestria and the Vorlandish government" are both, and nobody's single party (joint rule 1)."""
    found = folder("Kestria and the Vorlandish government agreed to keep the ceasefire.").said("keep the ceasefire")
    assert (found.party, set(found.parties)) == (None, {"kes", "vor"})


def test_both_sides_of_a_talk_are_not_the_records_two() -> None:
    """ "Both sides" after a sentence on the talk of one party with somebody else stays open (joint rule 4)."""
    text = (
        "Norwegian Foreign Minister Lars Dahl called Kestrian Foreign Minister Ana Sol. In his talk with Sol, Dahl spoke of trade."
        " Both sides agreed to keep channels open."
    )
    found = folder(text).said("keep channels open")
    assert (found.party, found.parties) == (None, ())


def test_a_leader_known_by_another_name_is_a_person() -> None:
    """ "Leader Orlan Teves, known as Oro" declares no organisation (groups rule 5)."""
    text = "Harbour Front leader Orlan Teves, known as Oro, told supporters that his men were ready."
    assert folder(text).said("his men were ready").speaker == "person/orlan-teves"


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("Defence Minister Ana Sol", "kes"),
        ("The foreign office", "kes"),
        ("Leader of the Opposition Ana Sol", None),
        ("Ana Sol, head of the Harbour Front,", None),
        ("Officials", None),
        ("A diplomat", None),
        ("A source with knowledge of the talks", None),
    ],
)
def test_an_office_left_unowned_is_the_datelines(source: str, party: str | None) -> None:
    """At home papers leave out whose minister it is: the dateline tells (memory rule 3)."""
    text = f"Rain fell on the hills all day.\n\n{source} said that the war would end."
    assert folder(receive(text, dateline="TALVIK")).said("the war would end").party == party


def test_a_minister_spoken_of_is_not_who_speaks_after_a_comma() -> None:
    """ "About the Vorlandish minister, Sol said" makes Sol no Vorlandish minister (persons rule 1)."""
    text = (
        "Kestrian spokeswoman Ana Sol spoke in Talvik. Asked about the words of the Vorlandish foreign minister, Sol said that"
        " talks went on."
    )
    assert folder(text).said("talks").party == "kes"


def test_he_is_not_the_one_whose_remarks_are_asked_about() -> None:
    """ "Asked about M's remarks, he said": he is not M (lookback rule 2)."""
    text = "A man spoke in Talvik. Asked about Vorlandish minister Orlan Teves’s remarks, he said that the harvest was poor."
    assert folder(text).said("the harvest was poor").party is None


def test_who_gave_no_reply_issued_no_statement() -> None:
    """A statement after a silence is not of who kept silent (memory rule 2)."""
    text = (
        "Kestria’s foreign office said that talks went on. Vorland’s army did not respond to a request for comment. The statement"
        " said that trade was suspended."
    )
    assert folder(text).said("trade was suspended").party == "kes"


def test_who_called_somebody_gave_no_name() -> None:
    """ "President Brel called Orlan Teves" makes neither a name of the other (groups rule 3)."""
    text = "President Brel called Vorlandish President Orlan Teves at noon. President Brel said that talks went on."
    assert folder(text).said("talks went on").speaker == "person/brel"


def test_he_is_who_opened_a_sentence_in_between() -> None:
    """ "He" after a sentence that another person opens is that person, not who spoke before (context rule 8)."""
    text = (
        "A Kestrian minister said that talks had failed. Vorlandish spokesman Orlan Teves came to the hall at noon."
        ' "We stay," he said.'
    )
    found = folder(text).said("We stay")
    assert (found.speaker, found.party) == ("person/orlan-teves", "vor")


def test_a_regular_briefing_in_a_capital_tells_whose_spokesman() -> None:
    """A spokesman who told a weekly briefing in Talvik speaks for Kestria (context rule 6)."""
    text = (
        "Vorland’s army said that fire had come. Foreign Ministry spokesman Tomas Brel told a weekly briefing in Talvik that the"
        " demands were just."
    )
    assert folder(text).said("the demands were just").party == "kes"


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("The governor of Khost", "AFG"),
        ("Quetta police", "PAK"),
        ("A hospital official in Khost", None),
        ("A militant commander in Khost", None),
        ("The UN official in Quetta", None),
    ],
)
def test_local_officials_are_of_the_country_of_their_place(source: str, party: str | None) -> None:
    """An administration's official belongs to the country in which the named place lies (territory rules 1, 2)."""
    text = f"Pakistan and Afghanistan closed the road. {source} said that the bridge was mined."
    assert folder(text, charter=None, background=False).said("the bridge was mined").party == party


def test_a_given_name_that_is_also_a_title_stays_a_name() -> None:
    """Amir in "Foreign Minister Amir Sol Teves" is a given name (persons rule 1)."""
    found = folder("Vorland’s Foreign Minister Amir Sol Teves said that talks went on.").said("talks went on")
    assert found.speaker == "person/amir-sol-teves"


@pytest.mark.parametrize("who", ["Noor Hale, a trader in Talvik,", "Noor Hale, 45,", "Noor Hale, who lost her house,"])
def test_age_or_calling_makes_a_private_person(who: str) -> None:
    """Somebody told by age, calling or name alone is a person, whom a pseudonym can hide, and no body (persons rule 1)."""
    found = folder(receive(f'"We want peace," said {who[:-1]}.')).said("We want peace")
    assert found.speaker == "person/noor-hale"
    assert found.party is None


@pytest.mark.parametrize("who", ["Harbour Relief Network", "The Red Ford", "HTV"])
def test_a_name_that_is_no_persons_stays_a_body(who: str) -> None:
    """A word of a body, an article or capitals alone make an unknown name an organisation (Directory)."""
    found = folder(f"{who} said that the road was open.").said("the road was open")
    assert (found.speaker or "organisation/").startswith(("organisation/", "outlet/"))
