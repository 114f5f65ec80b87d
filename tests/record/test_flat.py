"""Flat canonical JSON is told at a glance, and nothing else is taken for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasdiq.errors import InputError
from tasdiq.record import canonical
from tasdiq.record.flat import Flat

KEYS = ("a", "b", "c_1", "zz")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=6) | st.text('"\\/\b\n\x01\x7f\u2028\U0001f600 a', max_size=6)
VALUES = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXTS | st.floats() | st.lists(st.integers(0, 1))
LIKE_ROWS = st.dictionaries(st.sampled_from(KEYS) | TEXTS, VALUES, max_size=5)
SPELLINGS = st.fixed_dictionaries(
    {
        "sort_keys": st.booleans(),
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (", ", ":"), (",", ": ")]),
    }
)


def taught() -> Flat:
    """Return a check that knows the keys."""
    flat = Flat()
    flat.require(canonical.dumps(dict.fromkeys(KEYS, 1)))
    return flat


def says(check: object, data: bytes) -> bool:
    """Tell whether a check takes some bytes."""
    try:
        check(data)  # type: ignore[operator]
    except InputError:
        return False
    return True


@given(LIKE_ROWS, SPELLINGS)
@example({"a": '\b\f\n\r\t"\\'}, {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")})
def test_what_is_told_at_a_glance_is_what_the_parser_takes(row: dict[str, object], spelling: dict[str, object]) -> None:
    """Rule 1: however a row is written, the quick check and `canonical.loads` say the same of it."""
    data = json.dumps(row, **spelling).encode("utf-8", "surrogatepass")  # type: ignore[arg-type]
    flat = taught()
    assert says(flat.require, data) == says(canonical.loads, data)
    matched = flat._known.fullmatch(data.decode("utf-8", "replace"))
    assert not matched or says(canonical.loads, data)


@given(st.text('{}[]",:\\ab0123456789-+.eE ntrufals/\x00\n', max_size=24))
def test_nothing_but_canonical_json_matches(text: str) -> None:
    """Rules 1 and 3: whatever bytes come, what matches is canonical."""
    assert not taught()._known.fullmatch(text) or says(canonical.loads, text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}', '{"b":1,"a":1}', '{"a":1,}', '{,"a":1}', '{"a":1"b":1}', '{"a":01}', '{"a":-0}', '{"a":1.0}',
        '{"a":9007199254740992}', '{"a":"\\/"}', '{"a":"\\u0041"}', '{"a":"\\u001F"}', '{"a":"\x01"}', '{"a":1}\n',
        ' {"a":1}', '{"a": 1}', '{"a":"\\"}', '{"a":1}{"a":1}', '{"a":tru}',
    ],
)  # fmt: skip
def test_other_spellings_are_refused(text: str) -> None:
    """Rule 3: a key twice or out of order, spaces, other escapes and numbers, commas too many or too few."""
    assert not says(taught().require, text.encode())


def test_rows_that_are_alike_match_without_being_parsed() -> None:
    """Rule 2: after one row its keys are known, in any selection of them, and short escapes are taken."""
    flat = taught()
    for text in (
        '{"a":1,"zz":"x"}',
        '{"b":null,"c_1":true}',
        "{}",
        '{"a":"\\"said\\"\\n","b":-12}',
        '{"a":"é \\\\ 😀"}',
    ):
        assert flat._known.fullmatch(text), text
        flat.require(text.encode())
