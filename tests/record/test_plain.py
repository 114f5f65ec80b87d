"""The plain form of a leaf is read in one step, and never differently from the long way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record.records import ORIGIN, TIME, draft, founding, key
from tasdiq.errors import TasdiqError
from tasdiq.record import canonical, plain
from tasdiq.record.entry import Draft, Entry, parse_in_full, parse_leaf, sign_entry


def leaf(made: Draft, charter: str | None = "ab" * 32) -> bytes:
    """Return the leaf of a signed draft."""
    return sign_entry(made, signer=key("analyst"), origin=ORIGIN, charter=charter, keys_at=0).leaf


PLAIN = [leaf(draft(1)), leaf(replace(draft(2), refs=("cd" * 32, "ef" * 32))), leaf(draft(3), None)]
OTHERS = [leaf(draft(4, access="joint")), leaf(Draft("CharterAdopted", "analyst", TIME, keys=founding()), None)]


def the_long_way(data: bytes) -> Entry | None:
    """Return what the long way makes of a leaf, None where it refuses."""
    try:
        return parse_in_full(data)
    except TasdiqError:
        return None


def agree(data: bytes) -> None:
    """Require that the short way takes nothing else, and makes the same of it."""
    found = plain.read(data)
    if found is not None:
        assert the_long_way(data) == Entry(*found, data)


@pytest.mark.parametrize("data", PLAIN)
def test_what_most_leaves_look_like_is_plain(data: bytes) -> None:
    """A public entry with one signature is read in one step, to the same entry."""
    assert plain.read(data) is not None
    agree(data)


@pytest.mark.parametrize("data", OTHERS)
def test_others_go_the_long_way(data: bytes) -> None:
    """Sealed entries and key events are not plain, and are read all the same."""
    assert plain.read(data) is None
    assert parse_leaf(data) == parse_in_full(data)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from([*PLAIN, *OTHERS]), st.data())
def test_damaged_leaves_are_never_read_differently(data: bytes, drawn: st.DataObject) -> None:
    """Bytes replaced, dropped or put in anywhere: the short way refuses, or agrees with the long one."""
    for _ in range(drawn.draw(st.integers(1, 3))):
        at = drawn.draw(st.integers(0, len(data)))
        end = min(len(data), at + drawn.draw(st.integers(0, 3)))
        data = (
            data[:at]
            + drawn.draw(st.sampled_from([b"", b'"', b"\\", b"0", b"A", b",", b"\n", b"\xc2\xa0"]))
            + data[end:]
        )
    agree(data)


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**54), 2**54),
    st.text(max_size=70),
    st.lists(st.text("0123abcf", max_size=65)),
    st.sampled_from(
        ["sealed", "joint", "2031-02-30T10:00:00Z", "2031-05-04T10:00:00Z\n", "a" * 65, "x y", 'x"y', "x+y"]
    ),
)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(PLAIN), st.data(), VALUES)
def test_altered_fields_are_never_read_differently(data: bytes, drawn: st.DataObject, value: object) -> None:
    """Any field given any value, canonically spelled: the short way refuses, or agrees with the long one."""
    made = canonical.loads(data)
    where = drawn.draw(st.sampled_from([made["header"], made["sigs"][0]]))
    where[drawn.draw(st.sampled_from(sorted(where)))] = value
    try:
        agree(canonical.dumps(made))
    except TasdiqError:
        return
