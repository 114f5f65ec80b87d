"""Figures told in texts (rules of `intake.events.figures` and `numbers`)."""

from __future__ import annotations

import pytest

from intake.told_in import one_in, told_in
from tasdiq.model.told import FigureTold


@pytest.mark.parametrize(
    ("words", "low", "high", "measure"),
    [
        ("Vorland killed over 200 fighters.", 201, None, "killed"),
        ("As many as 23 Kestrian soldiers were martyred.", None, 23, "killed"),
        ("At least eleven villagers were wounded.", 11, None, "injured"),
        ("Between 20 and 30 soldiers were killed.", 20, 30, "killed"),
        ("The shelling left 20-30 people dead.", 20, 30, "killed"),
        ("More than 300,000 people were displaced.", 300_001, None, "displaced"),
        ("Dozens of people were killed.", 24, None, "killed"),
        ("Twenty-three people died.", 23, 23, "killed"),
        ("A dozen policemen were injured.", 12, 12, "injured"),
        ("1.5 million people fled.", 1_500_000, 1_500_000, "displaced"),
        ("Fewer than 10 civilians were hurt.", None, 9, "injured"),
        ("Vorland captured nine Kestrian soldiers.", 9, 9, "captured"),
        ("The death toll rose to 34.", 34, 34, "killed"),
        ("Kestria reported 54 attacks since January.", 54, 54, "attacks"),
        ("There were about 50 casualties.", 50, 50, "killed or injured"),
        ("The boy was among the five dead.", 5, 5, "killed"),
    ],
)
def test_a_figure_has_its_bounds_and_measure(words: str, low: int | None, high: int | None, measure: str) -> None:
    """Numbers 1 to 4, figures 1 and 2: words, ranges and vague quantities with what they count."""
    told = one_in(words, FigureTold)
    assert (told.low, told.high, told.measure) == (low, high, measure)


@pytest.mark.parametrize(
    "words",
    [
        "The war of 2021 killed hopes of peace.",
        "Kestria has 600,000 active personnel.",
        "The 8-year-old boy was killed.",
        "The man, aged 64, was killed.",
        "Some 40 percent of people were displaced.",
        "The army spent $20 million after people were killed.",
        "Soldiers were killed 15 km from the border.",
        "Soldiers were killed on 12 May.",
        "The two countries agreed on three rounds of talks after soldiers were killed.",
        "At 172,000, the Vorland forces have less than a third of Kestria’s personnel.",
        "No one was killed.",
    ],
)
def test_other_numbers_are_no_figures(words: str) -> None:
    """Numbers 5, figures 5: years, strengths, ages, shares, money, distances, dates and rounds count nobody's harm."""
    assert not told_in(words, FigureTold)


def test_two_counts_under_one_verb_are_two_figures() -> None:
    """Rules 1 and 5: both are killed, nothing is added up."""
    told = told_in("The attack killed 11 security personnel and two civilians.", FigureTold)
    assert [(one.low, one.high, one.measure, one.subject) for one in told] == [
        (11, 11, "killed", "security personnel"),
        (2, 2, "killed", "civilians"),
    ]


def test_killed_and_wounded_are_kept_apart() -> None:
    """Rule 1: each count takes the word of harm that is its own."""
    told = told_in("At least 14 soldiers were killed and 30 others wounded.", FigureTold)
    assert [(one.low, one.high, one.measure) for one in told] == [(14, None, "killed"), (30, 30, "injured")]


def test_the_side_stands_with_the_counted() -> None:
    """Rules 3 and 4: whose soldiers they are, and who is said to have killed them."""
    told = told_in(
        "Kestrian forces retaliated, killing over 200 Vorland fighters; however, 23 Kestrian soldiers were killed.",
        FigureTold,
    )
    assert [(one.side, one.caused_by) for one in told] == [("vor", "kes"), ("kes", None)]


def test_killed_by_names_who_caused_it() -> None:
    """Rule 4: the passive names it after "by"."""
    told = one_in("Six villagers were killed by Vorland forces.", FigureTold)
    assert (told.side, told.caused_by) == (None, "vor")


def test_exchanged_names_exchange_sides() -> None:
    """Swapping the parties mirrors the result."""
    words = "Kestrian forces killed over 200 Vorland fighters."
    swapped = words.replace("Kestrian", "X").replace("Vorland", "Kestrian").replace("X", "Vorland")
    first, second = one_in(words, FigureTold), one_in(swapped, FigureTold)
    assert (first.side, first.caused_by) == ("vor", "kes")
    assert (second.side, second.caused_by) == ("kes", "vor")


def test_what_an_attack_caused_is_its_doers() -> None:
    """ "X attacked posts of Y, killing five": X is said to have caused it, not Y whose posts they were."""
    words = "The Red Ford group attacked Vorlandish posts near Selm on 4 May, killing five soldiers."
    (figure,) = told_in(words, FigureTold)
    assert figure.caused_by == "group/red-ford"
