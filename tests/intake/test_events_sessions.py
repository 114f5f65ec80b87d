"""Sessions told in texts: rounds, places, days, mediators, outcomes (rules of `intake.events.sessions` and `mediators`)."""

from __future__ import annotations

import pytest

from intake.told_in import one_in, told_in
from tasdiq.model.told import SessionTold

HELD = (
    "The third round of Kestria–Vorland talks, held in Lenmark on May 14–15 under the joint mediation of Ilmaria and "
    "Ordania, ended without an agreement."
)


def test_a_round_has_place_days_number_mediators_and_outcome() -> None:
    """Rules 1 to 6: one sentence gives a round with all it says, once."""
    told = one_in(HELD, SessionTold)
    assert (told.place, told.round, told.scheduled) == ("unlisted.lenmark", 3, False)
    assert told.when is not None
    assert (told.when.start, told.when.end) == ("2031-05-14", "2031-05-15")
    assert told.mediators == ("ilmaria", "ordania")
    assert told.outcome == "ended without an agreement"
    assert told.parties == ("kes", "vor")


@pytest.mark.parametrize(
    ("words", "mediators"),
    [
        ("They met during peace talks mediated by Qatar and Türkiye.", ("qat", "tur")),
        ("Negotiations facilitated by Norway, Oman and Saudi Arabia ended the fighting.", ("nor", "omn", "sau")),
        ("Kestria agreed to the Ilmaria- and Ordania-mediated dialogue.", ("ilmaria", "ordania")),
        ("Kestria welcomed the mediation efforts of Norway and Oman.", ("nor", "omn")),
        ("Kestria, under the facilitation of Norway and Oman, took part in multiple rounds of talks.", ("nor", "omn")),
        ("Kestria resumed talks at the request of mediators Norway and Oman.", ("nor", "omn")),
        ("Norway then hosted the second round in Lenmark.", ("nor",)),
        ("The United Nations and Norway co-hosted the talks.", ("nor", "united-nations")),
        ("The parties met for talks brokered by Norwegian President Lars Vik.", ("nor",)),
    ],
)
def test_mediators_are_listed_as_the_text_lists_them(words: str, mediators: tuple[str, ...]) -> None:
    """Mediators 1 and 3: whatever the wording; known states by their code, unknown names by their slug."""
    assert one_in(words, SessionTold).mediators == mediators


def test_a_party_that_hosts_is_no_mediator() -> None:
    """Mediators 2: the record's own party hosts as a party."""
    told = one_in("Kestria hosted the second round in Lenmark on 3 May.", SessionTold)
    assert told.mediators == ()


def test_who_merely_offers_to_mediate_is_no_mediator() -> None:
    """Mediators 1: an offer of help is none."""
    assert not told_in("Sarnia offered to support mediation between Kestria and Vorland.", SessionTold)


@pytest.mark.parametrize(
    "words",
    [
        "Officials recalled the Lenmark talks.",
        "Kestria said the talks in Lenmark had a single aim.",
        "Despite several rounds of talks in Lenmark and Dorvik, no written agreement has been reached.",
        "During the Lenmark talks, Vorland called for a mechanism.",
    ],
)
def test_a_mere_mention_is_no_session(words: str) -> None:
    """Rule 1: talks without a day, number, mediator or outcome of their own tell nothing."""
    assert not told_in(words, SessionTold)


@pytest.mark.parametrize(
    "words",
    [
        "The next round is scheduled to be held in Lenmark on June 6.",
        "The two sides will meet again in Lenmark on 6 June for talks.",
        "A third round of talks is due to take place in Lenmark on June 6.",
    ],
)
def test_a_round_to_come_is_scheduled(words: str) -> None:
    """Rule 4: what is set for a day is scheduled."""
    told = one_in(words, SessionTold)
    assert told.scheduled
    assert told.when is not None
    assert (told.place, told.when.start) == ("unlisted.lenmark", "2031-06-06")


def test_one_sentence_can_tell_of_two_rounds() -> None:
    """Rule 1: each numbered round has its own place, outcome and tense."""
    first, second = told_in(
        "A second round of talks ended in Dorvik on 3 May without progress, and a third round will be held in Lenmark on 6 June.",
        SessionTold,
    )
    assert (first.place, first.round, first.scheduled, bool(first.outcome)) == ("unlisted.dorvik", 2, False, True)
    assert (second.place, second.round, second.scheduled, second.outcome) == ("unlisted.lenmark", 3, True, "")


def test_the_day_somebody_spoke_is_not_the_day_of_the_talks() -> None:
    """Rule 3: a day of speaking stands aside, the nearest day of the talks counts."""
    told = one_in(
        "In a statement on 17 May, the ministry said the third round held in Lenmark on 14 May had failed.", SessionTold
    )
    assert told.when is not None
    assert told.when.start == "2031-05-14"


def test_days_from_to_are_one_session() -> None:
    """Rule 3: "began on … and went on until …" is one span."""
    told = one_in(
        "The second round in Lenmark began on 25 April and continued until 30 April, the talks’ hosts wrote.",
        SessionTold,
    )
    assert told.when is not None
    assert (told.when.start, told.when.end) == ("2031-04-25", "2031-04-30")


def test_talks_in_a_town_named_like_its_country_are_in_the_town() -> None:
    """Rule 2: "in Djibouti" beside talks is the town; a whole country is a place of talks where it has no such town."""
    assert one_in("The first round in Djibouti resulted in a truce.", SessionTold).place == "dji.djibouti"
