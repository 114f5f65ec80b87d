"""Incidents told in texts (rules of `intake.events.incidents`, `deeds`, `who` and `toll`)."""

from __future__ import annotations

import pytest

from intake.told_in import one_in, speech, told_in
from tasdiq.model.told import IncidentTold


@pytest.mark.parametrize(
    ("words", "kind", "acting", "met", "place"),
    [
        (
            "Vorland carried out air strikes on Kestrian positions near Salova on 7 May.",
            "air/strike",
            "vor",
            "kes",
            "salova",
        ),
        ("Kestrian forces shelled the Vorland town of Tolm overnight.", "indirect-fire/shelling", "kes", "vor", "tolm"),
        (
            "Clashes erupted between Kestrian and Vorland forces in Orm district on 8 May.",
            "direct-fire/clash",
            "kes",
            "vor",
            "orm",
        ),
        ("Vorland troops resorted to firing near the river on 12 May.", "direct-fire/fire", "vor", None, ""),
        ("Militants attacked a police post in Salova on 8 May.", "direct-fire/attack", None, None, "salova"),
        ("A suicide bomber killed six people at a market in Orm on 18 May.", "explosive/suicide", None, None, "orm"),
        (
            "A Kestrian convoy was attacked by Vorland forces in Salova on 9 May.",
            "direct-fire/attack",
            "vor",
            "kes",
            "salova",
        ),
        (
            "Kestria accused Vorland of firing rockets into Tolm district.",
            "indirect-fire/shelling",
            "vor",
            None,
            "tolm",
        ),
    ],
)
def test_an_event_has_type_sides_and_place(
    words: str, kind: str, acting: str | None, met: str | None, place: str
) -> None:
    """Rules 1, 3, 4 and 6: what happened, who did it to whom, where."""
    told = one_in(words, IncidentTold)
    assert (told.type, told.actor_a, told.actor_b) == (kind, acting, met)
    assert told.place == (f"unlisted.{place}" if place else "")


@pytest.mark.parametrize(
    "words",
    [
        "The militants have attacked markets, airports and police stations.",
        "Vorland may launch strikes on Kestria next week.",
        "Kestria fears further attacks in Salova.",
        "Cross-border attacks have increased since 2028.",
        "The group was behind the 2019 attack on a schoolgirl.",
        "Vorland launched an offensive in 2019.",
        "If Vorland attacked Salova, Kestria would answer.",
        "Kestria urged Vorland not to let its land be used for attacks on Kestria.",
        "Repeated clashes and closures since then have disrupted trade in Salova.",
        "The Brenk crossing was closed on 10 May.",
        "Hostilities escalated earlier in May after attacks and skirmishes.",
        "People wait near the gate, shut for two weeks following clashes between Kestrian and Vorland forces, in Orm province.",
        "Kestria violated the ceasefire on 7 May.",
    ],
)
def test_what_did_not_happen_once_is_no_incident(words: str) -> None:
    """Rules 1, 2 and 6: histories, plans, fears, conditions, generalities, background, closures, violations."""
    assert not told_in(words, IncidentTold)


def test_a_denied_event_is_no_incident() -> None:
    """Scene 3: what a speaker denies is not told as having happened."""
    words = "Kestria denied that its jets bombed Tolm on 9 May."
    denial = speech(words, "that its jets bombed Tolm on 9 May", act="denies")
    assert not told_in(words, IncidentTold, said=[denial])


def test_the_place_is_where_it_was_not_where_somebody_speaks() -> None:
    """Rule 4, scene 4: officials in Dorvik speaking on a Friday say nothing of place and day of the strike."""
    told = one_in(
        "Vorland carried out air strikes on Kestrian cities on 7 May, officials in Dorvik said on Friday.", IncidentTold
    )
    assert told.place == ""
    assert told.when is not None
    assert told.when.start == "2031-05-07"


def test_the_toll_of_one_event_is_joined_and_parts_are_not_added() -> None:
    """Rule 5: "11 officers and two civilians" are 13; "including two children" is part of them."""
    told = one_in(
        "An attack in Salova on 8 May killed 11 officers and two civilians, including two children.", IncidentTold
    )
    assert (told.killed_low, told.killed_high) == (13, 13)


def test_bounds_of_a_toll_stay_open() -> None:
    """Rule 5: "at least 14" and two more are 16 or more."""
    told = one_in("Vorland shelled Salova on 2 May, killing at least 14 soldiers and two civilians.", IncidentTold)
    assert (told.killed_low, told.killed_high, told.injured_low) == (16, None, None)


def test_a_national_is_not_the_party() -> None:
    """Who 1: an attacker's nationality makes nobody's party the actor."""
    told = one_in(
        "One raid last week that killed 9 officers in Salova district was undertaken by a Vorland national.",
        IncidentTold,
    )
    assert told.actor_a is None
    assert (told.killed_low, told.killed_high) == (9, 9)


def test_exchanged_names_exchange_sides() -> None:
    """Swapping the parties mirrors the result."""
    words = "Vorland carried out air strikes on Kestrian positions near Salova on 7 May."
    told = one_in(words.replace("Kestrian", "X").replace("Vorland", "Kestria").replace("X", "Vorland"), IncidentTold)
    assert (told.actor_a, told.actor_b) == ("kes", "vor")


def test_one_toll_belongs_to_one_of_two_deeds() -> None:
    """Rule 5: of two deeds in a row each takes the counts that follow it."""
    first, second = told_in(
        "Vorland forces shelled Tolm overnight and struck a hospital, wounding three civilians.", IncidentTold
    )
    assert (first.type, first.injured_low) == ("indirect-fire/shelling", None)
    assert (second.actor_a, second.injured_low, second.injured_high) == ("vor", 3, 3)
