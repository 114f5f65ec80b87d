"""Texts that are no prose: nothing raises, nothing leaves the text, time stays bounded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.attributed import attributions

BROKEN = {
    "empty": "",
    "control characters": "\x00\x01 \x7f said that \x00",
    "marks": "“" * 500,
    "one verb": "said " * 2000,
    "no spaces": "a" * 50_000,
    "surrogates": "\ud800 said “x”",
    "separators": "said\u2028that\u2029it",
    "endless headline": "Kestria Says " * 1000,
    "endless joining": "Kestria said and " * 500,
    "capitals that grow": "İ REJECTS İ CLAIM İ OVER İ TALKS",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_texts(name: str) -> None:
    """No text raises, and every span lies inside it."""
    text = BROKEN[name]
    for each in attributions(text):
        assert all(0 <= span.start < span.end <= len(text) for span in (*each.source, *each.cue, *each.content))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab “”\"'’‘,.;:-—()said\n\t\x00é", max_size=300))
def test_any_text(text: str) -> None:
    """Any mixture of words, marks and controls gives spans inside the text."""
    for each in attributions(text):
        assert all(0 <= span.start < span.end <= len(text) for span in (*each.source, *each.cue, *each.content))


def test_one_endless_line_takes_time_in_proportion() -> None:
    """stretch.2: a line of 100,000 characters without a full stop is cut, so it ends soon."""
    began = time.perf_counter()
    attributions("kestria said that vorland had fired on them and " * 2_000)
    assert time.perf_counter() - began < 60
