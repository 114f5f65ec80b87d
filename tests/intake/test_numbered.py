"""Groups with a day or a number in their name: found as actors, read neither as dates nor as figures."""

from __future__ import annotations

import pytest

from intake.made_up import folder
from intake.told_in import one_in, told_in
from tasdiq.intake.numbered import numbered_names
from tasdiq.intake.when import read_times
from tasdiq.model.told import FigureTold, IncidentTold


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fighters of the March 9 Movement crossed the river.", "March 9 Movement"),
        ("The 5 May Martyrs Brigade crossed the river.", "5 May Martyrs Brigade"),
        ("Organisation 17 November crossed the river.", "Organisation 17 November"),
        ("The November 17 group crossed the river.", "November 17 group"),
        ("Front 17 militants crossed the river.", "Front 17"),
    ],
)
def test_a_name_with_a_day_or_number_is_a_name(text: str, name: str) -> None:
    """Rules 1 and 2; no time is read in it."""
    assert [text[start:end] for start, end in numbered_names(text)] == [name]
    assert read_times(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "The army attacked on 5 May. Brigade commanders met.",
        "The October 7 attacks killed many.",
        "The Army on 17 April 2031 said so.",
        "On March 9 Kestrian soldiers crossed.",
        "Resolution 17 was adopted.",
    ],
)
def test_a_date_is_no_name(text: str) -> None:
    """A day beside a word of another kind stays a day."""
    assert list(numbered_names(text)) == []


def test_numbered_groups_are_armed_actors_and_speakers() -> None:
    """groups.7: one actor under its long and short name, in whose place the attack and the claim stand."""
    made = folder(
        "The March 9 Movement (M9M) attacked a post in Selm. M9M fighters then withdrew. The M9M said that it would go on."
        " Front 17 claimed responsibility for an ambush."
    )
    assert made.said("it would go on").speaker == "group/march-9-movement"
    assert made.said("an ambush").speaker == "group/front-17"
    actor = made.directory.actors["group/march-9-movement"]
    assert actor.kind == "armed-group"
    assert [each.text for each in actor.designations] == ["March 9 Movement", "M9M"]
    assert made.directory.actors["group/front-17"].kind == "armed-group"


def test_what_a_numbered_group_does_is_dated_by_its_own_day() -> None:
    """The day in the name is not the day of the attack; the number in the name counts nobody."""
    attack = one_in("The March 9 Movement attacked a Kestrian post in Selm on May 14.", IncidentTold)
    assert attack.when is not None
    assert (attack.when.start, attack.actor_a, attack.actor_b) == ("2031-05-14", "group/march-9-movement", "kes")
    assert told_in("Front 17 militants were killed in Selm.", FigureTold) == []
