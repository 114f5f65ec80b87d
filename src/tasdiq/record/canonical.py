"""One spelling for every value: strict RFC 8785 JSON, base64, hexadecimal and decimal numbers.

Decides what bytes count as the spelling of a value, under RFC 8785 (https://www.rfc-editor.org/rfc/rfc8785) narrowed as
follows. What the fields of a value mean is left to `shape` and to the parser of each format.

1. Bytes equal the canonical bytes; anything else is refused, never repaired.
2. No duplicate keys, no NaN or infinity, no lone surrogates, at most 100 levels: what an interpreter could still read must
   not decide.
3. Numbers are integers within ±(2^53 - 1); floats are refused even where RFC 8785 has a spelling for them.
4. Base64 has no stray trailing bits; hexadecimal is lower case; decimals are ASCII digits without a leading zero.
5. What prints is a list of its own: an interpreter's Unicode tables grow, and a verdict must not depend on their version.
"""

from __future__ import annotations

import binascii
import json
import re
import unicodedata
from typing import Any

import rfc8785

from tasdiq.errors import InputError

_LARGEST = 2**53 - 1
_DEEPEST = 100
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
# Controls, format characters, spaces but the plain one, surrogates, private use: those of Unicode 14, with their blocks.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\ud800-\uf8ff\ufeff\ufff0-\ufffb\ufffe\uffff"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bcaf\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_INTEGER_DIGITS = len(str(_LARGEST)) + 1
_TO_STANDARD, _TO_URL = str.maketrans("-_", "+/"), bytes.maketrans(b"+/", b"-_")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def dumps(value: Any) -> bytes:
    """Write a value as canonical JSON; floats, unsafe integers and lone surrogates raise InputError."""
    _refuse_inexact(value)
    try:
        text = _text(value)
        _refuse_deep(text, value)
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"expected a value that RFC 8785 can write, found: {_short(error)}") from error


def loads(data: bytes) -> Any:
    """Read canonical JSON; raise InputError unless `data` is exactly what `dumps` writes."""
    try:
        text = data.decode("utf-8")
        value, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected canonical JSON, found bytes that do not parse: {_short(error)}") from error
    # What the decoder forgives (spaces, keys that come twice or in another order, escapes) is not written back like that.
    if end != len(text) or _text(value) != text:
        raise InputError("expected canonical JSON (RFC 8785), found another spelling of the same value")
    _refuse_deep(text, value)
    return value


def again(value: Any) -> bytes:
    """Write what `loads` returned, or a part of it, as it stood: all that `dumps` looks for was looked for then."""
    return _text(value).encode()


def _text(value: Any) -> str:
    # The C encoder and RFC 8785 differ only in key order, and there only for keys beyond U+FFFF.
    try:
        fast = "".join(_ENCODE(value, 0))
        return fast if fast.isascii() or not _ASTRAL.search(fast) else rfc8785.dumps(value).decode()
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"expected a value that RFC 8785 can write, found: {_short(error)}") from error


def _refuse_deep(text: str, value: Any) -> None:
    # Nearly every text has too few brackets to be too deep.
    if text.count("[") + text.count("{") <= _DEEPEST:
        return
    level, depth = [value], 0
    while level:
        if depth > _DEEPEST:
            raise InputError(f"expected at most {_DEEPEST} levels of objects and lists, found more")
        inner = [item.values() if isinstance(item, dict) else item for item in level if isinstance(item, dict | list)]
        level, depth = [item for items in inner for item in items], depth + 1


def _refuse_inexact(value: Any) -> None:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if not all(isinstance(key, str) for key in item):
                raise InputError("expected text as the keys of an object")
            stack.extend(item.values())
        elif isinstance(item, list | tuple):
            # Most lists are of thousands of texts, such as commitments.
            stack.extend(inner for inner in item if type(inner) is not str)
        elif isinstance(item, float):
            raise InputError(f"expected integers (such as lat_e7 or confidence_ppm), found the float {item!r}")
        elif isinstance(item, int) and abs(item) > _LARGEST:
            raise InputError("expected an integer within 2^53 - 1, found a larger one: write it as text")
        elif item is not None and not isinstance(item, str | int):
            raise InputError(f"expected a JSON value, found {type(item).__name__}")


def _refuse_float(text: str) -> None:
    raise ValueError(f"{text[:20]} is not an integer")


def _refuse_other(value: Any) -> None:
    raise ValueError(f"{type(value).__name__} is no JSON value")


def _integer(text: str) -> int:
    if len(text) < _INTEGER_DIGITS - 1:
        return int(text)
    # The length comes first: reading a number of a million digits would take minutes.
    if len(text) > _INTEGER_DIGITS or abs(int(text)) > _LARGEST:
        raise ValueError(f"{text[:20]} is beyond 2^53 - 1")
    return int(text)


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:120]


def decimal(text: str, what: str = "number") -> int:
    """Read an unsigned decimal number of at most 18 ASCII digits without a leading zero."""
    if not _DECIMAL.fullmatch(text):
        raise InputError(f"expected {what} as plain decimal digits, found {text[:30]!r}")
    return int(text)


def hex_bytes(text: str, length: int, what: str = "value") -> bytes:
    """Read exactly `length` bytes from lower-case hexadecimal."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raw = b""
    # Of all that fromhex takes, only the one spelling is written back like that.
    if len(raw) != length or raw.hex() != text:
        raise InputError(f"expected {what} as {2 * length} lower-case hexadecimal digits, found {text[:80]!r}")
    return raw


def b64(data: bytes) -> str:
    """Write standard padded base64, as the C2SP note formats do."""
    return binascii.b2a_base64(data, newline=False).decode()


def unb64(text: str, what: str = "value") -> bytes:
    """Read standard padded base64; a second spelling of the same bytes is refused."""
    raw = _unbase(text, text, what)
    return _in_one_spelling(raw, b64(raw) == text, text, what)


def b64url(data: bytes) -> str:
    """Write base64url without padding, as our own JSON does."""
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").translate(_TO_URL).decode()


def unb64url(text: str, length: int, what: str = "value") -> bytes:
    """Read exactly `length` bytes from unpadded base64url."""
    raw = _unbase(text.translate(_TO_STANDARD) + "=" * (-len(text) % 4), text, what)
    if len(raw) != length:
        raise InputError(f"expected {what} of {length} bytes, found {len(raw)}")
    return _in_one_spelling(raw, b64url(raw) == text, text, what)


def _unbase(padded: str, text: str, what: str) -> bytes:
    try:
        return binascii.a2b_base64(padded)
    except ValueError as error:
        raise InputError(f"expected {what} in base64, found {text[:60]!r}") from error


# What a2b_base64 skips or forgives is never written back like that.
def _in_one_spelling(raw: bytes, same: bool, text: str, what: str) -> bytes:
    if not same:
        raise InputError(f"expected {what} in the one spelling of base64, found {text[:60]!r}")
    return raw


# Made once: json.loads and json.dumps, and JSONEncoder.encode too, make theirs anew for every call.
_DECODER = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float, parse_int=_integer)
_ENCODE = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
    None, _refuse_other, json.encoder.encode_basestring, None, ":", ",", True, False, False
)


def is_printable(text: str) -> bool:
    """Tell whether a text prints (rule 5): no controls, no format characters, no spaces but the plain one."""
    return not _UNPRINTABLE.search(text)


def is_nfc(text: str) -> bool:
    """Tell whether a text of our own vocabulary is in Unicode Normalization Form C."""
    return unicodedata.is_normalized("NFC", text)
