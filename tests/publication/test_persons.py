"""Pseudonyms: who gets one, what is masked, what is not (R4)."""

from __future__ import annotations

import world
from tasdiq.model.source import Actor, Designation
from tasdiq.publication.persons import make_mask


def test_only_persons_without_office_are_masked() -> None:
    """The farmer gets a pseudonym, the minister and the spokesman do not."""
    assert make_mask(world.state()).ids == {"person/mira-haldon": "person/1"}


def test_the_last_name_alone_is_masked_too() -> None:
    """A later "Haldon" stands for the same person, in any case of letters."""
    mask = make_mask(world.state())
    assert mask.text("Haldon and MIRA HALDON agreed.") == "[Person 1] and [Person 1] agreed."


def test_part_of_a_word_is_no_name() -> None:
    """A name inside a longer word is left alone."""
    assert make_mask(world.state()).text("Haldonville") == "Haldonville"


def test_a_name_an_office_holder_shares_is_not_masked_alone() -> None:
    """Where an office holder bears the same last name, only the full private name is masked."""
    state = world.state()
    state.actors["person/rami-teves"] = Actor(id="person/rami-teves", name="Rami Teves", kind="person")
    assert make_mask(state).text("Teves met Rami Teves") == "Teves met [Person 2]"


def test_designations_in_small_letters_are_not_names() -> None:
    """ "the farmer" is what somebody is, not who: it stays readable."""
    state = world.state()
    state.actors["person/x"] = Actor(
        id="person/x", name="Ona Reef", kind="person", designations=(Designation(text="the farmer"),)
    )
    assert make_mask(state).text("the farmer") == "the farmer"


def test_numbers_follow_the_record_so_that_they_stay() -> None:
    """A person who speaks earlier in the record has the lower number, whatever the name."""
    state = world.state()
    state.actors["person/aaron-zed"] = Actor(id="person/aaron-zed", name="Aaron Zed", kind="person")
    assert make_mask(state).ids["person/mira-haldon"] == "person/1"
