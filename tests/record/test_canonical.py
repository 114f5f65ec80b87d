"""Canonical JSON, base64, hexadecimal and decimals have one spelling each."""

from __future__ import annotations

import json
import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from record.vectors import HERE
from tasdiq.errors import InputError
from tasdiq.record import canonical

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ["arrays", "french", "unicode", "weird"])
def test_published_pairs_come_out_byte_for_byte(name: str) -> None:
    """The published inputs without fractions give the published bytes."""
    value = json.loads((HERE / "jcs" / "input" / f"{name}.json").read_text(encoding="utf-8"))
    expected = (HERE / "jcs" / "output" / f"{name}.json").read_bytes()
    assert canonical.dumps(value) == expected
    assert canonical.loads(expected) == value


@pytest.mark.parametrize("name", ["structures", "values"])
def test_published_pairs_with_floats_are_refused(name: str) -> None:
    """The two published inputs that hold floats are waived: rule 3 refuses floats where RFC 8785 spells them."""
    value = json.loads((HERE / "jcs" / "input" / f"{name}.json").read_text(encoding="utf-8"))
    with pytest.raises(InputError, match="float"):
        canonical.dumps(value)


@given(values)
def test_what_is_written_is_what_rfc8785_writes(value: object) -> None:
    """The fast encoder and the reference library agree, and reading gives the value back."""
    written = canonical.dumps(value)
    assert written == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert canonical.loads(written) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b"1.0",
        b"1e2",
        b"-0",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"9" * 5000,
        b'"\\ud800"',
        b'"\\u0041"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf1",
        b"[" * 100_000,
        b"",
        b"\xff",
    ],
)
def test_second_spellings_and_inexact_values_are_refused(data: bytes) -> None:
    """Rules 1-3: duplicate keys, spaces, floats, surrogates, depth, byte order marks never get in."""
    with pytest.raises(InputError):
        canonical.loads(data)


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, b"x", {"a": [2**53]}, "\ud800", {"\udc00": 1}, {1, 2}])
def test_values_without_a_spelling_are_refused(value: object) -> None:
    """Rule 3: what cannot be read back exactly is not written."""
    with pytest.raises(InputError):
        canonical.dumps(value)


@pytest.mark.parametrize("text", ["QR==", "QQ=", "QQ", "Q Q=", "QQ==\n", "Q-==", "é", "====", "QQ==QQ=="])
def test_base64_has_one_spelling(text: str) -> None:
    """Rule 4: stray trailing bits, spaces, other alphabets and missing padding are refused."""
    with pytest.raises(InputError):
        canonical.unb64(text)


@given(st.binary(max_size=70))
def test_base64_reads_back(data: bytes) -> None:
    """Both alphabets give the bytes back, and the unpadded one refuses padding."""
    assert canonical.unb64(canonical.b64(data)) == data
    text = canonical.b64url(data)
    assert canonical.unb64url(text, len(data)) == data
    with pytest.raises(InputError):
        canonical.unb64url(text + "=", len(data))


@pytest.mark.parametrize("text", ["1_000", "٣", "01", "+1", "-1", " 1", "1\n", "", "1.0", "1" * 19])
def test_decimals_are_ascii_digits(text: str) -> None:
    """Rule 4: what int() would take and others would not is refused."""
    with pytest.raises(InputError):
        canonical.decimal(text)


@pytest.mark.parametrize("text", ["AB" * 2, "ab", "abcdef", "zz" * 2, "ab\ncd", "ａｂｃｄ"])
def test_hexadecimal_is_lower_case_of_known_length(text: str) -> None:
    """Rule 4: capitals, other digits and other lengths are refused."""
    with pytest.raises(InputError):
        canonical.hex_bytes(text, 2)


def test_what_prints_does_not_depend_on_the_interpreter() -> None:
    """Rule 5: all that this interpreter knows not to print is refused; letters it does not know yet print."""
    known = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) != "Cn"]
    refused = {text for text in known if not canonical.is_printable(text)}
    assert {text for text in known if not text.isprintable()} <= refused
    assert {unicodedata.category(text) for text in refused} <= {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"}
    assert canonical.is_printable("\u088f\u0cdc زړه é\U0001f600")
    assert not any(map(canonical.is_printable, ["\u202e", "\u200c", "\n", "\u00a0", "\ufeff", "\U000e0041", "\ud800"]))


def test_a_hundred_levels_and_no_more() -> None:
    """Rule 2: how deep a value may be is the same for every interpreter, with letters beyond U+FFFF too."""
    for inside in (b"1", '"\U0001f600"'.encode()):
        deepest = b"[" * 100 + inside + b"]" * 100
        assert canonical.dumps(canonical.loads(deepest)) == deepest
        with pytest.raises(InputError, match="levels"):
            canonical.loads(b"[" + deepest + b"]")
    value: list[object] = []
    for _ in range(101):
        value = [value]
    with pytest.raises(InputError, match="levels"):
        canonical.dumps(value)
