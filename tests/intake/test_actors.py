"""Who is who in folders about made-up countries."""

from __future__ import annotations

import pytest

from intake.made_up import PARTIES, folder, receive
from tasdiq.model.charter import Charter, Group, Member
from tasdiq.model.source import Designation


def names(made: object, ident: str) -> set[str]:
    """Return the designations of an actor."""
    return {each.text for each in made.directory.actors[ident].designations}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("word", "party"),
    [
        ("Kestria", "kes"),
        ("Kestrian", "kes"),
        ("Talvik", "kes"),
        ("Vorlandish", "vor"),
        ("Ostrel", "vor"),
        ("Lenmark", None),
    ],
)
def test_made_up_country_has_demonym_and_capital(word: str, party: str | None) -> None:
    """Demonyms and capitals of countries that no list holds are learnt from the texts (unlisted rules 1, 3, 4)."""
    assert folder("Kestria said that the post was closed.").directory.party_of(word) == party


def test_made_up_countries_are_found_without_a_charter() -> None:
    """A capitalised word in use with its demonym is a country (unlisted rule 2)."""
    made = folder("Kestria said that the post was closed.", charter=None)
    assert {"kestria", "vorland"} <= set(made.directory.polities)


def test_real_country_is_known_by_its_adjective_and_capital() -> None:
    """A charter's member is joined with the world's countries (polities rule 1)."""
    charter = Charter(title="", form="desk", parties=(Member(id="one", name="Norway"), Member(id="two", name="Oman")))
    made = folder("Norway said so. Omani officials in Muscat denied it.", charter=charter)
    assert [made.directory.party_of(word) for word in ("Norwegian", "Oslo", "Muscat")] == ["one", "one", "two"]


@pytest.mark.parametrize("phrase", ["the Vorlandish Sarem regime", "Sarem", "the Sarem delegation", "Vorlandish Sarem"])
def test_name_of_authorities_is_learnt(phrase: str) -> None:
    """The words "<Demonym> <Name> regime" make Name a name of that party's authorities (authorities rule 1)."""
    made = folder("Kestria rejected the claim of the Vorlandish Sarem regime. Sarem fighters fired.")
    assert made.directory.resolve(phrase).party == "vor"


def test_declared_namesake_is_not_the_authorities() -> None:
    """A "<Demonym> <Name>" declared to be a group is that group (authorities rule 3, groups rule 3)."""
    made = folder(
        "Kestria accused the Vorlandish Sarem regime. The Free Kestria Movement (FKM) was formed by militants."
        " It is commonly known as the Kestrian Sarem. Militants of the FKM attacked a post."
    )
    found = made.directory.resolve("the Kestrian Sarem")
    assert (found.actor, found.party) == ("group/fkm", None)
    assert made.directory.resolve("the Vorlandish Sarem").party == "vor"


def test_undeclared_namesake_is_nobodys_party() -> None:
    """Another country's adjective before the name of one party's authorities is another actor (a wrong party is worst)."""
    made = folder("Kestria accused the Vorlandish Sarem regime. The Kestrian Sarem claimed the attack.")
    assert made.directory.resolve("the Kestrian Sarem").party is None


def test_a_namesake_set_apart_as_a_group_says_nothing_of_the_authorities() -> None:
    """ "The Kestrian Sarem, a separate group" does not make the Sarem administration Kestria's (authorities rule 7)."""
    made = folder(
        "Orlan Teves, spokesman for the Sarem administration, said that Kestria had fired. Kestria accuses Vorland of harbouring"
        " the Kestrian Sarem, a separate group known as the KSM. The Kestrian Sarem claimed responsibility for an attack."
    )
    assert made.directory.party_of("Sarem") != "kes"
    assert made.said("Kestria had fired").party is None
    assert made.directory.resolve("the Kestrian Sarem").actor == "group/ksm"


def test_a_listed_name_of_authorities_is_the_countrys_even_beside_a_namesake() -> None:
    """Whose a governing name is the list of countries says, where only a namesake's adjective stands in the texts (rule 6)."""
    made = folder(
        "Officials in Afghanistan said that talks went on. The Taliban administration said that Pakistan had fired. Pakistan fears"
        " the Pakistani Taliban, who are separate. A Taliban official blamed Islamabad.",
        charter=None,
        background=False,
    )
    assert made.directory.party_of("Taliban") == "AFG"
    assert made.said("Pakistan had fired").party == "AFG"


def test_one_group_has_all_its_names() -> None:
    """Definitions, "termed", "refers to as", slashes and spellings join into one actor (groups rules 1-5)."""
    made = folder(
        "The Foreign Office of Kestria condemned the banned Sarem-e-Nor Kestria (SNK), which the state refers to as"
        " Shadow-of-Storm (SoS), or the Northern Liberation Army, termed Shadow-of-Vorn (SoV).",
        "Groups such as Sareem-e-Nor Kestria (SNK/SoS) and the Northern Liberation Army (NLA/SoV) attacked.",
    )
    assert names(made, "group/snk") >= {"SNK", "SoS", "Sarem-e-Nor Kestria", "Sareem-e-Nor Kestria", "Shadow-of-Storm"}
    assert made.directory.resolve("the Northern Liberation Army").actor == made.directory.resolve("SoV").actor


def test_designation_belongs_to_who_uses_it() -> None:
    """A name in a party's speech is used by that party, elsewhere by the outlet (usage)."""
    made = folder(
        receive(
            "The Kestrian ministry of defence said that the banned Northern Liberation Army (NLA), termed Shadow-of-Vorn (SoV),"
            " had attacked. Militants of the NLA left.",
            outlet="Harbour Times",
        )
    )
    used = {each.text: each.used_by for each in made.directory.actors["group/nla"].designations}
    assert used["Shadow-of-Vorn"] == ("kes",)
    assert used["NLA"] == ("kes", "Harbour Times") or used["NLA"] == ("kes", "outlet/harbour-times")


def test_place_with_an_acronym_is_no_group() -> None:
    """The words "in Northern Valley (NV)" define a place (groups rule 5)."""
    made = folder("Attacks rose in Northern Valley (NV) and elsewhere in Kestria. Militants fled.")
    assert not [ident for ident in made.directory.actors if "nv" in ident or "northern" in ident]


def test_person_is_one_under_all_names() -> None:
    """Title, initials and surname meet in one person, with the party of the words before the title (persons rules 1-3)."""
    made = folder(
        "Kestria’s Defence Minister Oran Ilm Brel rejected the claim. Brel said the post was closed.",
        "Defence Minister Oran Brel said that the border was quiet.",
    )
    person = made.directory.actors["person/oran-ilm-brel"]
    assert (person.party, person.office_holder) == ("kes", True)
    assert {"Oran Ilm Brel", "Oran Brel", "Brel"} <= {each.text for each in person.designations}


@pytest.mark.parametrize(
    "text",
    [
        "Vorlandish spokesman Orlan Teves said that the post was closed.",
        "Orlan Teves, a spokesman for the Vorlandish army, said that the post was closed.",
        "Vorland’s foreign ministry spokesperson, Orlan Teves, said that the post was closed.",
    ],
)
def test_party_of_a_person_is_named_before_or_after_the_office(text: str) -> None:
    """The party stands before the office or after "for" (persons rule 2)."""
    assert folder(text).directory.actors["person/orlan-teves"].party == "vor"


def test_former_minister_holds_no_office() -> None:
    """Somebody called former speaks for nobody (persons rule 4)."""
    made = folder("Former Kestrian Foreign Minister Ana Doll said that talks would fail.")
    assert not made.directory.actors["person/ana-doll"].office_holder


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("Kestria’s Ministry of Information and Broadcasting", "kes/ministry-of-information"),
        ("the Kestrian information ministry", "kes/ministry-of-information"),
        ("the foreign office in Talvik", "kes/foreign-office"),
        ("Kestria's Ministry of Foreign Affairs", "kes/foreign-office"),
        ("Kestrian armed forces", "kes/armed-forces"),
        ("Ostrel’s negotiating team", "vor/delegation"),
        ("the Vorlandish side", "vor"),
        ("Amid a fragile truce, Kestria", "kes"),
        ("the government in Talvik", "kes"),
        ("Kestrian security sources", "unnamed/kes/security-sources"),
        ("officials in Ostrel", "unnamed/vor/officials"),
        ("sources in the Kestrian army", "unnamed/kes/sources"),
        ("diplomatic sources", "unnamed/none/diplomatic-sources"),
        ("diplomats in Talvik", "unnamed/none/diplomats"),
        ("residents in Talvik", "unnamed/none/residents"),
    ],
)  # fmt: skip
def test_phrases_name_organs_and_unnamed_sources(phrase: str, actor: str) -> None:
    """An organ in all its wordings is one actor; an unnamed source keeps its side and only its own (phrase rules 3-5)."""
    assert (
        folder("Kestria said that the post was closed.")
        .directory.actor_for(folder("Kestria said that the post was closed.").directory.read(phrase))
        .id
        == actor
    )  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "phrase",
    ["Both sides", "the two countries", "Kestria and Vorland", "officials in Talvik and Ostrel", "Kestria’s recent actions",
     "the visit", "militants who", "the ministry", "it"],
)  # fmt: skip
def test_phrases_of_several_or_nobody_have_no_party(phrase: str) -> None:
    """Joint speakers, things and unowned words stay open (phrase rules 2, 3)."""
    assert folder("Kestria said that the post was closed.").directory.resolve(phrase).party is None


def test_charter_group_takes_what_the_texts_call_it() -> None:
    """A charter's group is joined with the names the texts give it."""
    group = Group(id="nla", name="Northern Liberation Army", designations=(Designation(text="NLA", used_by=("vor",)),))
    charter = Charter(title="", form="desk", parties=PARTIES.parties, groups=(group,))
    made = folder("Militants of the NLA, also known as the Grey Hand, attacked Kestria.", charter=charter)
    assert made.directory.resolve("the Grey Hand").actor == "group/nla"


def test_outlets_are_known_by_word_or_by_who_talked_to_them() -> None:
    """A name with a word of media, or one somebody talked to, is an outlet (outlets rules 1, 2)."""
    made = folder(
        "In an interview with Tolsk News, Vorlandish spokesman Orlan Teves said so. Speaking to KTN, he repeated it."
    )
    assert {"outlet/tolsk-news", "outlet/ktn"} <= set(made.directory.actors)


def test_outlets_named_like_papers_or_numbers_are_outlets() -> None:
    """Who quotes somebody is an outlet; "Horn Post" is no post, and a channel's number belongs to its name."""
    made = folder(
        "In an interview with Horn Post, Vorlandish spokesman Orlan Teves said so. Speaking to Vox 24, he repeated it. "
        "Later Sundra quoted Teves as saying that the post was closed."
    )
    assert {"outlet/horn-post", "outlet/vox-24", "outlet/sundra"} <= set(made.directory.actors)
    assert made.directory.read("Horn Post").kind == "outlet"


def test_surname_with_a_particle_is_the_person() -> None:
    """A name may begin with a particle in small letters ("al-Sarif") where it stands for the whole (table rule 1)."""
    made = folder("Vorlandish spokesman Omar al-Sarif said that the post was closed.")
    assert made.directory.resolve("al-Sarif").actor == "person/omar-al-sarif"


def test_country_with_a_short_name_is_not_taken_for_its_neighbour() -> None:
    """A country met only under a part of another's name, with one demonym for both, is that other (polities rule 5)."""
    made = folder(
        "The Democratic Republic of Congo rejected the claim. The Congolese army said so. Congo denied it.",
        charter=None, background=False,
    )  # fmt: skip
    assert made.directory.party_of("Congo") == made.directory.party_of("Congolese") == "COD"


def test_formal_name_without_its_country_gives_way_to_the_texts() -> None:
    """A party's own speakers decide what it calls itself (authorities rule 5)."""
    made = folder("The Vorlandish delegation said that the Golden Union was willing to hand over the men.")
    assert made.directory.party_of("Golden Union") == "vor"


def test_the_adjective_in_use_comes_first() -> None:
    """Of a country's adjectives the one the folder uses most is the first of its words (polities: words of a country)."""
    used = folder(
        "Kosovan officials met. The Kosovan army and a Kosovan envoy said so. Kosovo agreed. A Kosovar paper wrote.",
        charter=None,
    )
    assert used.directory.actors["xkx"].words[0] == "Kosovan"


def test_a_group_known_only_by_its_claim_is_armed() -> None:
    """groups.6: "a militant group, the Red Ford Front" and whoever claims responsibility are armed groups, also as speakers."""
    made = folder(
        "A militant group, the Red Ford Front, claimed responsibility for the raid on the mill. The Hill Wardens claimed"
        " responsibility for the ambush."
    )
    assert made.said("the raid on the mill").speaker == "group/red-ford-front"
    assert made.said("the ambush").speaker == "group/hill-wardens"
    assert {made.directory.actors[ident].kind for ident in ("group/red-ford-front", "group/hill-wardens")} == {
        "armed-group"
    }


def test_its_spokesman_is_of_whom_the_sentence_opens_with() -> None:
    """context.6: in "Kestria will send aid, its spokesman said" the spokesman is Kestria's, whoever spoke before."""
    made = folder("Vorland’s army said that the bridge was mined. Kestria will send food, its spokesman said.")
    assert made.said("Kestria will send food").party == "kes"


def test_the_ministry_of_a_side_is_its_ministry() -> None:
    """A ministry named by its country alone belongs to it."""
    assert folder("The Kestrian ministry said that the road was open.").said("the road was open").party == "kes"
