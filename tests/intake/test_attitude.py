"""How surely something is said, and from what distance it is told, in texts about made-up countries."""

from __future__ import annotations

import pytest

from intake.made_up import folder

WHO = "Vorlandish spokesman Orlan Teves"


@pytest.mark.parametrize(
    ("text", "words", "distance"),
    [
        (f"{WHO} claimed that the bridge had fallen.", "the bridge had fallen", ("claim",)),
        (f"{WHO} said that the bridge had fallen.", "the bridge had fallen", ()),
        (f"{WHO} reportedly said that the bridge had fallen.", "the bridge had fallen", ("reportedly",)),
        (f"{WHO} said that the so-called guards had fled.", "guards had fled", ("so-called",)),
        (
            f"{WHO} said that Kestria had sent “peace envoys” over the bridge.",
            "over the bridge",
            ("in quotation marks",),
        ),
        (f"{WHO} said that Kestria had “sent a very long column of men over the bridge”.", "a very long column", ()),
        (f"“The so-called guards fled,” said {WHO}.", "guards fled", ()),
    ],
)
def test_the_tellers_distance_is_kept(text: str, words: str, distance: tuple[str, ...]) -> None:
    """Doubting cues, hearsay, "so-called" and short quotations are the teller's; a quotation's own words are not (rules 1, 2)."""
    assert folder(text).said(words).distance == distance


@pytest.mark.parametrize(
    ("text", "words", "hedges", "modality"),
    [
        (f"{WHO} said that the guns may have been moved.", "the guns", ("may",), "possibility"),
        (f"{WHO} said that Kestria appeared to be probably right.", "right", ("appeared", "probably"), ""),
        (f"{WHO} said that Kestria must leave the bridge.", "leave the bridge", (), "necessity"),
        (f"{WHO} said that his men would leave the bridge.", "leave the bridge", (), "intention"),
        (f"{WHO} said that the bridge had fallen.", "the bridge had fallen", (), ""),
    ],
)
def test_hedges_and_modality_are_the_speakers(text: str, words: str, hedges: tuple[str, ...], modality: str) -> None:
    """What makes a content less than certain, and what it says must, may or will be (rules 3, 4)."""
    found = folder(text).said(words)
    assert (found.hedges, found.modality) == (hedges, modality)


def test_the_hedge_of_another_within_is_not_the_speakers() -> None:
    """A "may" that another says inside a statement does not hedge the statement (rule 3)."""
    made = folder(f"Kestria’s army said that {WHO} had claimed that the guns may have been moved.")
    outer = max(made.statements(), key=lambda each: each.content[-1].end - each.content[0].start)
    assert outer.party == "kes"
    assert (outer.hedges, made.said("may have been moved").hedges) == ((), ("may",))
