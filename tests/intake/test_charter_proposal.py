"""A charter proposed from a folder without one."""

from __future__ import annotations

from intake.made_up import folder
from tasdiq.intake.charter_proposal import propose_charter
from tasdiq.model.charter import Charter


def propose(*texts: str, background: bool = True) -> Charter:
    """Propose a charter from some articles."""
    made = folder(*texts, charter=None, background=background)
    return propose_charter(made.received, made.directory, "Mira Doll")


def test_parties_are_those_most_named_together() -> None:
    """The two that sentences about talks and borders name together most are the parties (rule 2)."""
    charter = propose(
        "Kestria and Vorland held talks. Kestria told Turkey of the talks. Vorland accused Kestria of firing."
    )
    assert [member.name for member in charter.parties] == ["Kestria", "Vorland"]
    assert charter.proposed
    assert any("Kestria and Vorland" in note for note in charter.proposed_from)


def test_mediators_are_named_as_such_and_are_no_parties() -> None:
    """Mediators of a list are found in its order (rule 1)."""
    charter = propose(
        "Kestria and Vorland met for talks mediated by Norway and Oman. Norway hosted Kestria. Norway hosted Kestria again.",
        "The Egypt-brokered truce between Kestria and Vorland holds.",
    )
    assert [member.id for member in charter.mediators] == ["nor", "omn", "egy"]
    assert [member.name for member in charter.parties] == ["Kestria", "Vorland"]


def test_speaking_armed_group_can_be_a_party() -> None:
    """A group that speaks for itself can be the other party (rule 3)."""
    charter = propose(
        "The K17 rebel group accused the Kestrian government of violating the truce. Kestria and K17 rebels hold talks.",
        "Oran Ilm, a spokesman for K17, said that Kestria had fired. Kestria and K17 agreed to a ceasefire.",
        background=False,
    )
    assert sorted(member.name for member in charter.parties) == ["K17", "Kestria"]


def test_groups_keep_all_designations() -> None:
    """Armed groups come with every name in use (rule 4)."""
    charter = propose("Kestria condemned the banned Northern Liberation Army (NLA), termed Shadow-of-Vorn (SoV).")
    assert {each.text for each in charter.groups[0].designations} >= {"Northern Liberation Army", "NLA", "SoV"}


def test_states_bear_their_code() -> None:
    """A country of the world is proposed under its lower-case code with its country code."""
    charter = propose("Norway and Oman held talks on their ceasefire.", background=False)
    assert [(member.id, member.country) for member in charter.parties] == [("nor", "NOR"), ("omn", "OMN")]


def test_nothing_is_proposed_from_nothing() -> None:
    """A folder that names no two countries together gives no parties and says so."""
    charter = propose("Snow fell on the hills.", background=False)
    assert (charter.parties, charter.mediators) == ((), ())
    assert charter.proposed_from


def test_a_country_goes_by_the_name_the_folder_has() -> None:
    """Where a country's usual name stands nowhere, it is proposed under the one that does (rule 6)."""
    charter = propose("Ivory Coast and Oman held talks. Oman thanked Ivory Coast for the talks.", background=False)
    assert [member.name for member in charter.parties] == ["Ivory Coast", "Oman"]


def test_a_word_of_direction_belongs_to_the_name() -> None:
    """A made-up country whose name is two words is found whole, with its demonym (unlisted rule 4)."""
    charter = propose(
        "East Belmar and Vorland held talks. Vorland told East Belmar of the talks. East Belmari officials and Vorlandish "
        "officials met. The East Belmari army fired on Vorland."
    )
    assert {member.name for member in charter.parties} == {"East Belmar", "Vorland"}


def test_a_country_without_an_adjective_in_use_is_known_by_its_organs() -> None:
    """A word that owns organs of state and stands as a place is a country; a person is none (unlisted rule 2)."""
    charter = propose(
        "Oskana’s water minister and Tuvenia’s energy ministry held talks. Tuvenia told Oskana of the talks. Farmers in Tuvenia "
        "and in Oskana waited for Tuvenia and Oskana. Tomas Brel’s office met Brel’s government. Brel and Brel spoke.",
        background=False,
    )
    assert {member.name for member in charter.parties} == {"Oskana", "Tuvenia"}
