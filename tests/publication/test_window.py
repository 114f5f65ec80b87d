"""Where a range is cut: around the words that matter, at whole words (rules 1 to 3)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasdiq.publication.window import CORE, Wanted, core, keys, window

TEXT = (
    "While the truce between the two sides goes on holding for now, and while envoys travel, all movement of goods at the High "
    "Pass stays suspended until further word from Marenne, where ministers meet."
)


def _cut(limit: int, *words: str) -> str:
    start, end = window(TEXT, Wanted(0, len(TEXT), keys(words)), limit)
    return TEXT[start:end]


def test_a_range_is_cut_around_its_words() -> None:
    """The name of a crossing and its state are kept, the beginning of the sentence is not (rule 3)."""
    assert "High Pass stays suspended" in _cut(60, "High Pass", "suspended")
    assert not _cut(60, "High Pass", "suspended").startswith("While")


def test_words_are_compared_by_their_beginnings() -> None:
    """Another form of a word finds it (rule 1)."""
    assert "suspended" in _cut(40, "suspension")


def test_without_its_words_a_range_is_cut_from_its_beginning() -> None:
    """A range that holds none of the words begins where it begins (rule 2)."""
    assert _cut(30, "harbour") == "While the truce between the"


def test_small_words_count_only_where_they_are_taken_verbatim() -> None:
    """ "over" matters in a figure and nowhere else (rule 1)."""
    assert keys(["over 200"]) == (("200", 3),)
    assert keys([], verbatim=["over 200"]) == (("200", 3), ("over", 3))


def test_the_shortest_stretch_with_most_of_the_words_is_the_core() -> None:
    """Of several stretches the one with more weight is taken, then the shorter (rule 2)."""
    start, end = core(TEXT, Wanted(0, len(TEXT), keys(["goods", "High", "Pass"], ["truce"])))
    assert TEXT[start:end] == "goods at the High Pass"


@given(
    st.integers(24, 200), st.lists(st.sampled_from(TEXT.split()), max_size=4), st.integers(0, 60), st.integers(70, 190)
)
def test_a_window_lies_in_its_range_and_limit(limit: int, words: list[str], start: int, end: int) -> None:
    """Whatever the words, the window is inside the range, no longer than the limit, and not empty (rule 3)."""
    found = window(TEXT, Wanted(start, end, keys(words)), limit)
    assert start <= found[0] < found[1] <= end
    assert found[1] - found[0] <= limit
    assert core(TEXT, Wanted(start, end, keys(words)), CORE)[1] <= end
