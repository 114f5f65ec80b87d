"""Who speaks, to whom, when and through which hands, in texts about made-up countries."""

from __future__ import annotations

import pytest

from intake.made_up import folder, receive

MINISTRY = "Kestria’s Ministry of Information rejected the claim on Monday."


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (MINISTRY + " The ministry said that the post was closed.", "the post was closed", "kes/ministry-of-information"),
        (MINISTRY + " It added that the talks would go on.", "the talks would go on", "kes/ministry-of-information"),
        (MINISTRY + " The statement said that the road was open.", "the road was open", "kes/ministry-of-information"),
        (
            "Vorlandish spokesman Orlan Teves said that the post was shut. He claimed that Kestria had fired.",
            "Kestria had fired", "person/orlan-teves",
        ),
        (
            "The Vorlandish foreign office said that talks would go on. Its spokesperson, Mira Doll, noted that fire had ceased.",
            "fire had ceased", "person/mira-doll",
        ),
        (
            "Kestrian security sources said that six men had crossed. The sources said that two were caught.",
            "two were caught", "unnamed/kes/security-sources",
        ),
        (
            "Kestrian officials said that the talks had failed. Kestria’s approach, they emphasised, rests on law.",
            "rests on law", "unnamed/kes/officials",
        ),
    ],
)  # fmt: skip
def test_pronouns_and_definite_phrases_mean_who_spoke_before(text: str, words: str, speaker: str) -> None:
    """Later "the ministry", "it", "the statement", "he", "its spokesperson", "the sources", "they" (memory rules 1, 2)."""
    assert folder(text).said(words).speaker == speaker


def test_party_of_its_spokesperson_is_that_of_the_organ() -> None:
    """The words "its spokesperson, M" give M the party of whoever "its" recalls (voices rule 6)."""
    text = "The Vorlandish foreign office said that talks would go on. Its spokesperson, Mira Doll, noted that fire had ceased."
    assert folder(text).said("fire had ceased").party == "vor"


def test_spokeswoman_belongs_to_the_ministry_before_her() -> None:
    """In an article with another main voice a spokeswoman is of the organ that spoke just before (voices rule 6)."""
    text = (
        "Kestria on Monday accused Vorland of firing. Kestria said that two men died.\n\n"
        'Vorland’s defence ministry rejected the accusation. "Vorland has not fired a shot," spokeswoman Mira Doll said.'
    )
    assert folder(receive(text, dateline="TALVIK")).said("has not fired").party == "vor"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Both sides said that fire had ceased.", "fire had ceased"),
        ("Officials in Talvik and Ostrel said that fire had ceased.", "fire had ceased"),
        ("Delegations of the two countries met, where they agreed to extend the truce.", "extend the truce"),
        ("Diplomatic sources said that fire had ceased.", "fire had ceased"),
        ("A Western diplomat said that fire had ceased.", "fire had ceased"),
        ("Residents in Talvik said that fire had ceased.", "fire had ceased"),
    ],
)
def test_several_or_outsiders_have_no_party(text: str, words: str) -> None:
    """Joint and outside speakers have no party; none is the answer where the text does not tell."""
    assert folder(text).said(words).party is None


def test_unowned_ministry_with_evidence_both_ways_stays_open() -> None:
    """Votes that tie give nobody (memory rule 3)."""
    text = "Vorland’s army said that fire had ceased.\n\nThe Ministry of Information said that the talks had failed."
    assert folder(receive(text, dateline="Talvik")).said("the talks had failed").party is None


def test_unowned_ministry_follows_the_main_voice() -> None:
    """A ministry whose side is not said belongs to the article's main voice (memory rules 3, 4)."""
    text = (
        "Kestria on Saturday rejected the claim of Vorlandish spokesman Orlan Teves.\n\n"
        "In a statement on X, the Ministry of Information said that Kestria had demanded an arrest."
    )
    found = folder(receive(text, dateline="TALVIK")).said("Kestria had demanded an arrest")
    assert (found.speaker, found.party) == ("kes/ministry-of-information", "kes")


def test_quoted_spokesman_speaks_and_the_outlet_is_a_hand() -> None:
    """In "Outlet quoted M in a report that P" M speaks and the outlet passes it on (voices rule 5, channels rule 3)."""
    text = "Tolsk News quoted the Vorlandish spokesperson, Orlan Teves, in a report that Kestria refused the proposal."
    made = folder(receive(text, outlet="Daily Post"))
    whole = next(each for each in made.statements() if each.speaker == "person/orlan-teves")
    assert (whole.party, whole.teller) == ("vor", "own")
    assert [hand.who for hand in whole.chain] == ["Orlan Teves", "Tolsk News", "Daily Post"]


@pytest.mark.parametrize(
    ("text", "channel", "hands"),
    [
        (
            "In an interview with Tolsk News, Vorlandish spokesman Orlan Teves alleged that Kestria refused.",
            "interview with Tolsk News", ["Orlan Teves", "Tolsk News", "unnamed outlet"],
        ),
        (
            "Vorlandish spokesman Orlan Teves told a private news channel that Kestria had refused the offer.",
            "private news channel (unnamed)", ["Orlan Teves", "a private news channel", "unnamed outlet"],
        ),
        (
            "Writing on X (formerly Twitter), Vorlandish spokesman Orlan Teves said that Kestria refused.",
            "post on X", ["Orlan Teves", "unnamed outlet"],
        ),
        (
            "In a statement released on Sunday, Vorlandish spokesman Orlan Teves said that Kestria refused.",
            "statement", ["Orlan Teves", "unnamed outlet"],
        ),
    ],
)  # fmt: skip
def test_channel_and_chain_of_hands(text: str, channel: str, hands: list[str]) -> None:
    """A channel named beside the statement gives the hands from speaker to outlet (channels rules 1, 2, 4)."""
    found = next(s for s in folder(text).statements() if s.speaker == "person/orlan-teves")
    assert (found.channel, [hand.who for hand in found.chain]) == (channel, hands)


def test_what_a_speaker_says_next_goes_on_in_the_same_channel() -> None:
    """The interview goes on in the next sentence (channels rule 5)."""
    text = (
        "In an interview with Tolsk News, Vorlandish spokesman Orlan Teves said that talks had failed."
        " He claimed that Kestria had fired."
    )
    assert folder(text).said("Kestria had fired").channel == "interview with Tolsk News"


def test_inner_speech_came_through_the_outer_speakers_hands() -> None:
    """A claim inside a ministry's statement passed through the ministry (speakers rule 4)."""
    text = "In a statement on X, Kestria’s foreign office said that the Vorlandish side had claimed that the men were Kestrian."
    found = folder(text).said("the men were Kestrian")
    assert [hand.actor for hand in found.chain][:2] == ["vor", "kes/foreign-office"]


@pytest.mark.parametrize(
    ("text", "words", "addressee"),
    [
        ("Vorlandish spokesman Orlan Teves accused Kestria of firing.", "of firing", "kes"),
        ("Kestria’s army urged Ostrel to act against militants.", "to act", "vor"),
        ("Kestria’s army told the Vorlandish delegation that the post would open.", "the post would open", "vor/delegation"),
    ],
)  # fmt: skip
def test_addressee_is_named_after_the_cue(text: str, words: str, addressee: str) -> None:
    """Who is told, accused or asked is the addressee (speakers rule 3)."""
    assert folder(text).said(words).addressee == addressee


def test_time_of_speech_is_not_the_time_spoken_of() -> None:
    """A day beside the cue dates the speech; times of what it is about do not (speakers rule 2)."""
    text = (
        "On Friday, Kestria’s foreign office said that the post had been shut since March 2030. "
        "The ministry added that a review of ties since 2029 was ready."
    )
    made = folder(text)
    assert {made.said(words).when.start for words in ("had been shut", "was ready")} == {"2031-04-04"}  # type: ignore[union-attr]


def test_statements_are_numbered_and_keep_their_spans() -> None:
    """Ids count from one in text order; spans point into the text (speakers rule 1)."""
    made = folder("Kestria’s army said that fire had ceased. It said that posts were open.")
    statements = made.statements()
    assert [s.id.rpartition(".")[2] for s in statements] == [f"s{n}" for n in range(1, len(statements) + 1)]
    assert all(span.end <= len(made.received[0].text) for s in statements for span in s.content)


def test_eyewitness_is_marked() -> None:
    """Somebody who says what they saw has witnessed it (speakers rule 5)."""
    assert folder("Villagers said they saw smoke above the post.").said("smoke").basis == "witnessed"


def test_first_person_inside_a_speech_is_the_speaker() -> None:
    """What "we" demand in a minister's quoted words the minister demands (voices rule 3)."""
    text = "Kestrian Defence Minister Ana Brel met reporters. “We demand that the men be arrested,” Brel said."
    found = [each for each in folder(text).statements() if each.inside and each.speaker]
    assert {each.party for each in found} <= {"kes"}


def test_unknown_name_in_a_title_is_nobody() -> None:
    """In a title where every word has a capital no unknown name is taken for a speaker (voices rule 8)."""
    made = folder(receive("Snow fell on the hills of Kestria.", title="Ready For Talks Says Old Friend"))
    assert not [ident for ident in made.directory.actors if ident.startswith(("organisation/", "person/"))]


def test_a_day_within_what_the_sentence_says_otherwise_dates_no_speech() -> None:
    """A time in another content of the same sentence is not that of the speech (rule 2)."""
    made = folder(
        "Vorland’s Prime Minister Tomas Brel welcomed the truce but said that Kestria had taken the heights on 9 March."
    )
    assert made.said("the truce").when == made.said("had taken").when
    assert made.said("the truce").when is None or made.said("the truce").when.start != "2031-03-09"  # type: ignore[union-attr]


def test_a_rank_between_office_and_name_makes_a_person() -> None:
    """A spokesman with an abbreviated rank is a person and speaks for the side that spoke in the paragraph (persons rule 1)."""
    made = folder(
        "Kestria rejected the charge. “The other side is lying,” Defense Ministry spokesman Col. Pavel Strand said in a statement."
    )
    said = made.said("is lying")
    assert (said.speaker, said.party) == ("person/pavel-strand", "kes")


def test_his_office_is_that_of_the_person_the_sentence_names() -> None:
    """ "His office" belongs to the person named before it in the sentence, not to who spoke before (context rule 6)."""
    made = folder(
        "Kestria’s Prime Minister Nikol Sarm told parliament that Vorland had attacked.\n\n"
        "Vorland’s President Ilan Rashe told an envoy by phone that Kestria bore responsibility, his office said."
    )
    assert {made.said("bore responsibility").party} == {"vor"}


def test_he_after_an_ambassador_is_the_ambassador() -> None:
    """An ambassador to somebody is a person of the side that sent him, and "he" is whoever spoke last (persons rule 2)."""
    made = folder(
        "Kestria’s Foreign Minister Ana Brel said that the post was shut. Vorland’s ambassador to Kestria, Hassan Ister, accused "
        "Talvik of firing. He said that Vorland had handed over images."
    )
    assert made.said("handed over images").party == "vor"


def test_an_official_of_an_international_body_speaks_for_no_party() -> None:
    """A UN official is given no party by what stands around (context rule 6)."""
    made = folder(
        "Kestria’s government closed the road, Kestria said. UN humanitarian chief Nora Best said soldiers had stopped a convoy."
    )
    assert made.said("stopped a convoy").party is None
