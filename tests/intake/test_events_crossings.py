"""Crossings told in texts: states, traffic, days, announced or observed (rules of `intake.events.crossings`)."""

from __future__ import annotations

import pytest

from intake.told_in import one_in, received, told_in
from tasdiq.intake.actors import build_directory
from tasdiq.intake.article import receive_file
from tasdiq.intake.events import tell
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.model.place import Place
from tasdiq.model.told import CrossingTold


@pytest.mark.parametrize(
    ("words", "state", "start", "end"),
    [
        ("The Brenk crossing was closed on 10 May.", "closed", "2031-05-10", None),
        ("The Brenk crossing reopened on 12 May.", "open", "2031-05-12", None),
        ("The Brenk border crossing has been shut since 4 May.", "closed", "2031-05-04", None),
        ("The Brenk crossing has been shut for nearly two weeks.", "closed", "2031-05-06", "2031-05-20"),
        ("The Brenk crossing remained closed for the fifth consecutive day.", "closed", "2031-05-16", "2031-05-20"),
        ("The Brenk crossing was partially reopened on 12 May.", "partly open", "2031-05-12", None),
        ("The Brenk crossing remains closed.", "closed", "2031-05-20", "2031-05-20"),
    ],
)
def test_a_state_has_its_days(words: str, state: str, start: str, end: str | None) -> None:
    """Rules 1, 3 and 4: acts have no end told, durations reach back, what remains is told as of the document's day."""
    told = one_in(words, CrossingTold)
    assert (told.state, told.crossing) == (state, "unlisted.brenk")
    assert told.when is not None
    assert (told.when.start, told.when.end) == (start, end)


@pytest.mark.parametrize(
    "words",
    [
        "Kestria called for the reopening of the Brenk crossing.",
        "The Brenk crossing has not reopened.",
        "The Brenk crossing will reopen soon.",
        "Talks near the Brenk crossing were held behind closed doors.",
        "Troops opened fire near the Brenk crossing.",
        "If the Brenk crossing is closed, trade will suffer.",
    ],
)
def test_what_is_not_so_tells_no_state(words: str) -> None:
    """Rule 2: demands, plans without a day, conditions and other uses of the words tell nothing."""
    assert not told_in(words, CrossingTold)


def test_a_closure_until_further_notice_is_announced_and_has_no_end() -> None:
    """Rules 2 and 3: somebody closed it; the day it was announced is its first."""
    told = one_in("Kestria has closed the Brenk crossing until further notice, it announced on 4 May.", CrossingTold)
    assert (told.basis, told.until) == ("announced", "until further notice")
    assert told.when is not None
    assert (told.when.start, told.when.end) == ("2031-05-04", None)


def test_each_crossing_of_a_sentence_has_its_own_state() -> None:
    """Rule 1: clauses are kept apart."""
    told = told_in("The Brenk crossing reopened on 16 May, while the High Pass crossing remained closed.", CrossingTold)
    assert {(one.name, one.state) for one in told} == {("Brenk", "open"), ("High Pass", "closed")}


def test_one_state_of_two_crossings_is_told_of_both() -> None:
    """Rules 1 and 5: "at A and B remain suspended" names both and the traffic."""
    told = told_in(
        "Trade and movement at the Brenk and Orm crossings remain suspended pending assurances.", CrossingTold
    )
    assert {(one.name, one.state, one.traffic, one.until) for one in told} == {
        (name, "suspended", ("persons", "trade"), "pending assurances") for name in ("Brenk", "Orm")
    }


def test_it_is_the_crossing_named_before() -> None:
    """Rule 1: "it" stands for the crossing that the sentence before named."""
    told = told_in("The Brenk crossing was closed on 10 May. It reopened on 12 May.", CrossingTold)
    assert [(one.state, one.crossing) for one in told] == [("closed", "unlisted.brenk"), ("open", "unlisted.brenk")]


def test_trade_resumed_is_an_opening_for_trade() -> None:
    """Rule 5: only the traffic told of is open."""
    told = one_in("Trade resumed through the Brenk crossing on 17 May.", CrossingTold)
    assert (told.state, told.traffic) == ("open", ("trade",))


def test_two_ends_of_a_crossing_of_the_charter_are_one() -> None:
    """The crossing is the charter's, whichever end is named."""
    gate = Place(id="salt-gate", name="Salt Gate", kind="crossing")
    told = told_in(
        "Ostel and Westel remain closed to trade.",
        CrossingTold,
        known={"Ostel": gate, "Westel": gate, "Salt Gate": gate},
    )
    assert {one.crossing for one in told} == {"salt-gate"}
    assert {one.traffic for one in told} == {("trade",)}


def test_a_caption_tells_of_its_own_date_only() -> None:
    """Rule 3: an old photograph closes nothing today."""
    caption = "Trucks wait near the closed gates of the Brenk crossing, on September 6, 2029. [A. Photographer/Agency]"
    file = receive_file(
        "a.txt", f"Talks go on\n\n{caption}\n\nMay 20, 2031\n\nOSTREL – Talks go on between both.".encode()
    )
    directory = build_directory(None, [file], {})
    told = [
        item
        for document in file.documents
        for item in tell(document, file.text, [], directory, load_gazetteer(), file.documents[0].published)
        if isinstance(item, CrossingTold)
    ]
    assert [(one.when.start, one.when.end) for one in told if one.when] == [("2029-09-06", "2029-09-06")] * len(told)
    assert told


def test_the_crossing_keeps_its_name_as_written() -> None:
    """The passage is the sentence, inside the document."""
    file = received("The Brenk crossing was closed on 10 May.")
    told = one_in("The Brenk crossing was closed on 10 May.", CrossingTold)
    passage = told.telling.passage
    assert file.text[passage.start : passage.end] == "The Brenk crossing was closed on 10 May."
    assert told.name == "Brenk"


def test_a_state_of_an_unknown_gate_is_not_that_of_another_crossing() -> None:
    """Rule 1: what is said of a gate nobody knows as a crossing is lent to no other crossing of the sentence."""
    told = told_in(
        "The Brenk crossing was opened for aid trucks, and the Ysel gate will stay closed until further notice.",
        CrossingTold,
    )
    assert "closed" not in {one.state for one in told if one.crossing == "unlisted.brenk"}


def test_a_day_of_closure_is_not_that_of_the_reopening() -> None:
    """Rule 3: in "agreed to reopen X, closed since 3 April" the day is the closure's."""
    told = told_in("Kestria and Vorland agreed to reopen the Torkham crossing, closed since 3 April.", CrossingTold)
    days = {each.state: each.when.start for each in told if each.when}
    assert days["closed"] == "2031-04-03"
    assert days.get("open") != "2031-04-03"
