"""Which words of a document are shown: limits, one common length for all, gaps (R3)."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.model.charter import PublicationRules
from tasdiq.model.document import Document, Passage
from tasdiq.publication.passages import Shown, choose
from tasdiq.publication.persons import Mask
from tasdiq.publication.window import Wanted, keys

NOBODY = Mask(None, {}, {})
TEXT = "one two three four five six seven eight nine ten eleven twelve " * 12


def _document(length: int) -> Document:
    return Document(id="d1", file="f", sha256="", text_sha256="", kind="article", start=0, end=length, paragraphs=())


def _shown(rules: PublicationRules, *wanted: tuple[int, int]) -> Shown:
    pieces = choose(_document(len(TEXT)), TEXT, [[Wanted(s, e) for s, e in wanted]], rules)
    return Shown({"d1": TEXT}, {"d1": pieces}, NOBODY)


def test_a_passage_within_the_limits_is_shown_whole() -> None:
    """Nothing is cut that fits."""
    words = _shown(PublicationRules(), (4, 13)).words(Passage(document="d1", start=4, end=13))
    assert (words.text, words.complete) == ("two three", True)


def test_a_long_passage_ends_at_a_word_with_its_gap_marked() -> None:
    """A passage over the limit is cut after a whole word and ends in […]."""
    words = _shown(PublicationRules(passage_limit=30), (0, 200)).words(Passage(document="d1", start=0, end=200))
    assert words.text == "one two three four five six […]"
    assert not words.complete


def test_all_passages_are_shortened_alike() -> None:
    """Over the share, both of two equal passages lose the same: no speaker is preferred."""
    shown = _shown(PublicationRules(passage_limit=400, passages_share_percent=10), (0, 300), (320, 620))
    first, second = shown.pieces("d1")
    assert abs((first.end - first.start) - (second.end - second.start)) < 12


def test_words_outside_are_never_given() -> None:
    """Asking for a passage nobody points at gives a gap."""
    assert _shown(PublicationRules(), (0, 3)).words(Passage(document="d1", start=100, end=140)).text == "[…]"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=12),
    st.integers(24, 400),
    st.integers(1, 100),
)
def test_the_share_is_never_exceeded(ranges: list[tuple[int, int]], limit: int, share: int) -> None:
    """However many passages are wanted, the shown total stays within the share, or the limit for a short document."""
    wanted = [Wanted(min(a, b), max(a, b), keys(["seven"])) for a, b in ranges]
    pieces = choose(
        _document(len(TEXT)),
        TEXT,
        [wanted[:6], wanted[6:]],
        PublicationRules(passage_limit=limit, passages_share_percent=share),
    )
    assert sum(p.end - p.start for p in pieces) <= max(limit, len(TEXT) * share // 100)
    assert all(a.end < b.start for a, b in pairwise(pieces))
