"""Quotations: direct, mixed and indirect speech, marks that mix, words that run on."""

from __future__ import annotations

import pytest

from intake.attributed import attributions, found, words
from tasdiq.intake.attribute.marks import find_quotations


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The post is closed,” the ministry said.", "direct"),
        ("The ministry said the claim was “false and misleading”.", "mixed"),
        ("The ministry said the claim was false.", "indirect"),
        ("‘The post is closed,’ the ministry said.", "direct"),
        ('The minister said: "The post is closed."', "direct"),
    ],
)
def test_kind_of_quotation(text: str, kind: str) -> None:
    """settle.3: direct when all words stand between marks, mixed when some do."""
    assert [each.quote for each in attributions(text)] == [kind]


def test_interrupted_quotation_is_one_statement() -> None:
    """Words cut in two by their speaker are one statement with two pieces."""
    text = "“The post is closed,” Velt said, “and it will stay closed.”"
    assert found(text) == [("Velt", "said", "“The post is closed,” … “and it will stay closed.”")]


def test_quotation_goes_on_after_its_sentence() -> None:
    """gather.1: a following quotation without a speaker continues the statement it adjoins."""
    text = "“The post is closed,” Velt said. “Nobody may pass.”"
    assert found(text) == [("Velt", "said", "“The post is closed,” … “Nobody may pass.”")]


def test_quotation_goes_on_in_the_next_paragraph() -> None:
    """gather.2: a paragraph that is all quotation continues the statement that ends the one before."""
    text = '“The post is closed," it continued.\n"When they come, we shall see. Any other claim is false.”'
    assert len(attributions(text)[0].content) == 2


def test_words_of_nobody_stay_nobodys() -> None:
    """gather.4: a quotation after somebody else's words is not given to the last speaker."""
    text = "“The post is closed,” Velt said. The crowd waited at the river. “We want to pass now.”"
    assert found(text) == [("Velt", "said", "“The post is closed,”")]


def test_marks_of_two_styles_pair() -> None:
    """marks.1: a straight mark may close what a curly one opened."""
    text = '“The post is closed," it said.'
    assert [(each.start, each.end) for each in find_quotations(text)] == [(0, 21)]


def test_open_quotation_runs_to_the_end() -> None:
    """marks.2: a quotation opened at the start of a paragraph and never closed fills it."""
    (quotation,) = find_quotations("“The post is closed. Nobody may pass.")
    assert (quotation.open, quotation.whole) == (True, True)


def test_scare_quotes_are_no_statement() -> None:
    """marks.4: a few words in marks inside a sentence introduce nobody."""
    assert attributions("The so-called “open border” stayed shut all week.") == []


def test_closing_mark_belongs_to_the_content() -> None:
    """A content that opens a mark also holds the one that closes it."""
    text = "Kestria said the talks were “a waste of time.”"
    assert words(text, attributions(text)[0], "content") == "the talks were “a waste of time.”"


def test_turns_of_talk() -> None:
    """transcript.1: names in capitals with a colon speak, where several paragraphs open so."""
    text = "VELT: The post is closed.\nORM: Since when?\nVELT: Since Monday."
    assert [source for source, cue, _ in found(text) if cue == ":"] == ["VELT", "ORM", "VELT"]


def test_colon_announces_the_next_paragraph() -> None:
    """gather.3: a verb before a closing colon has the quotation that begins the next paragraph."""
    text = "The Kestrian statement further read:\n“The post is closed, and nobody may pass.”"
    assert found(text) == [("The Kestrian statement", "further read", "“The post is closed, and nobody may pass.”")]
