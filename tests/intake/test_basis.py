"""How speakers know what they say, and agencies that documents credit (rules of `intake.basis` and `intake.channels`)."""

from __future__ import annotations

import pytest

from intake.made_up import folder

NEWS = "The village lies north of the river. Nobody else was reached."


@pytest.mark.parametrize(
    ("sentence", "word", "basis"),
    [
        ("Villagers said they saw smoke above the post.", "smoke", "witnessed"),
        ("“I saw two lorries burn,” said Ada Lund, a nurse.", "lorries", "witnessed"),
        ("Sources privy to the talks said that the draft was dropped.", "draft", "told"),
        ("Ada Lund, a nurse, said that the road was closed.", "road", "unknown"),
    ],
)
def test_how_a_speaker_knows(sentence: str, word: str, basis: str) -> None:
    """First persons and bystanders who saw, sources close to the matter; an office alone says nothing (rules 1-5)."""
    assert folder(f"{sentence} {NEWS}").said(word).basis == basis
