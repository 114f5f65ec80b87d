"""No input to any parser raises anything but our own errors, and none is accepted in two spellings: one minute of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soak.parsers import PARSERS, attempt

PIECES = [
    b"",
    b"\n",
    b'"',
    b"\\",
    b"0",
    b"1",
    b",",
    b"[",
    b"}",
    b"\x00",
    b"\xff",
    b"\xe2\x80\xa8",
    b"AAAA",
    b"=",
    b"null",
    b"-",
    b" ",
]


@pytest.mark.parametrize("name", PARSERS)
def test_what_it_begins_from_is_read(name: str) -> None:
    """The well-formed inputs are read, so that the fuzzing begins inside the parser."""
    for seed in PARSERS[name].seeds():
        PARSERS[name].read(seed)


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=120, deadline=None)
@given(drawn=st.data())
def test_damaged_input(name: str, drawn: st.DataObject) -> None:
    """Well-formed inputs with bytes replaced, dropped, repeated or exchanged."""
    data = drawn.draw(st.sampled_from(PARSERS[name].seeds()))
    for _ in range(drawn.draw(st.integers(0, 4))):
        at = drawn.draw(st.integers(0, len(data)))
        end = min(len(data), at + drawn.draw(st.integers(0, 5)))
        data = data[:at] + drawn.draw(st.sampled_from(PIECES) | st.binary(max_size=4)) + data[end:]
    attempt(name, data)
