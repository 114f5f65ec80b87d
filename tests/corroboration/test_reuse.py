"""Reused wording between two statements, and its differences word by word (rules of `corroboration.reuse`)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasdiq.corroboration.reuse import Wording, compare_wording, differences, fold, read_wording, weigh

FIRST = (
    "the Ministry of Trade demanded that smugglers sheltering in Vorland and endangering Kestria be watched or detained"
)
SECOND = (
    "Kestria had demanded that smugglers sheltering in Vorland and endangering Kestria be either controlled or detained"
)
QUOTE = "When the Vorlandic side claimed these people were Kestrian citizens, we proposed their handover through marked gates"
PARAPHRASE = "after the Vorlandic side claimed the people were citizens of Kestria, it offered a handover at marked posts instead"
OTHER = "bakers in the capital raised the price of bread for the third time this winter, citing dearer flour"
FILL = ["rain fell on the capital all week long", "the harvest festival drew many visitors", OTHER]


def wording(text: str, document: str = "d1") -> Wording:
    """The whole text as one passage."""
    return read_wording(document, text, (0, len(text)))


WEIGHT = weigh([wording(text) for text in (FIRST, SECOND, QUOTE, PARAPHRASE, OTHER, *FILL)])


def test_two_translations_of_one_sentence_are_the_same_wording() -> None:
    """Sentences that differ in single words align (rule 2)."""
    reuse = compare_wording(wording(FIRST), wording(SECOND, "d2"), WEIGHT)
    assert reuse is not None and reuse.kind == "same wording"


def test_a_quotation_and_its_paraphrase_are_reworded() -> None:
    """A direct quotation and a paraphrase share their telling words (rule 3)."""
    reuse = compare_wording(wording(QUOTE), wording(PARAPHRASE, "d2"), WEIGHT)
    assert reuse is not None and reuse.kind == "reworded"


def test_statements_on_different_matters_are_not_reuse() -> None:
    """Nothing in common: no reuse; common words alone never are."""
    assert compare_wording(wording(FIRST), wording(OTHER, "d2"), WEIGHT) is None
    assert compare_wording(wording("they said that it was so"), wording("they said that it was so"), WEIGHT) is None


def test_differences_are_word_by_word_with_their_places() -> None:
    """Only the differing words are listed, each with its passage (rule 4)."""
    one, other = wording(FIRST), wording(SECOND, "d2")
    found = differences(one, other)
    assert ("watched", "either controlled") in [difference.words for difference in found]
    for difference in found:
        for passage, words in zip(difference.passages, difference.words, strict=True):
            text = FIRST if passage.document == "d1" else SECOND
            assert not words or text[passage.start : passage.end] == words


def test_unlike_wordings_have_no_differences_word_by_word() -> None:
    """Where sequences do not align, a list of differing words would be noise."""
    assert differences(wording(FIRST), wording(OTHER, "d2")) == []


def test_case_accents_quotes_and_endings_do_not_count() -> None:
    """Forms are compared without case, accents, possessives and common endings (rule 1)."""
    assert fold("Türkiye’s") == fold("turkiye")
    assert fold("demanded") == fold("demands") == fold("demanding")


@given(st.text(max_size=200))
def test_any_text_is_cut_into_words_that_stand_where_they_say(text: str) -> None:
    """Every token's offsets give its words back; nothing raises."""
    found = wording(text)
    for number in range(len(found.forms)):
        place = found.token(number)
        assert text[place.start : place.end] == found.words(number) != ""
