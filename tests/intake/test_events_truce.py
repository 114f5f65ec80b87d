"""A truce that one side declares is announced by it (rule 5 of `events.ceasefire`), on made-up countries."""

from __future__ import annotations

import pytest

from intake.told_in import told_in
from tasdiq.model.told import CeasefireTold


def turns(words: str) -> list[tuple[str, str | None]]:
    """Return (event, by whom) of every turn these words tell."""
    return [(one.event, one.by) for one in told_in(words, CeasefireTold)]


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("Kestria declared a three-day truce on Monday.", "kes"),
        ("The Vorlandish army announced a unilateral ceasefire.", "vor"),
        ("A truce was declared by Kestria on Sunday.", "kes"),
        ("Vorlandish forces proclaimed a humanitarian pause.", "vor"),
        ("The Red Ford group declared a week-long truce.", "group/red-ford"),
    ],
)
def test_a_truce_of_one_side_is_announced_by_it(words: str, by: str) -> None:
    """Whoever declares a truce alone has announced it; nobody agreed to it."""
    assert turns(words) == [("announced", by)]


@pytest.mark.parametrize(
    "words",
    [
        "Kestria and Vorland announced a ceasefire.",
        "Both sides declared a truce.",
        "Kestria announced a ceasefire with Vorland.",
        "Norway announced a ceasefire between Kestria and Vorland.",
        "A ceasefire was announced on Monday.",
    ],
)
def test_a_truce_of_both_or_of_nobody_named_is_agreed(words: str) -> None:
    """What both, or a mediator, announce is no unilateral truce."""
    assert turns(words) == [("agreed", None)]


def test_a_truce_only_supposed_is_not_announced() -> None:
    """Conditions and calls tell no turn (rule 2)."""
    assert turns("If Kestria declares a truce, the talks can begin.") == []
