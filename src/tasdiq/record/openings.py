"""Openings: what a later body shows of earlier sealed ones, so that anyone can hold it against what was signed.

A body may have the field `openings`, a list of `{"entry": id, "salt": hex, "content": text}`: the salt and the exact text that
an entry before it commits to. Why one is opened, and who may do so, is the domain's part.

1. An item with exactly these three texts is an opening; a list with anything else in it is another use of the word.
2. An opening names an entry before its own, and opens what that entry commits to.
"""

from __future__ import annotations

from typing import Any

from tasdiq.record import body, canonical, shape

_FIELDS = {"entry", "salt", "content"}


def opened_in(value: Any) -> list[tuple[str, str]]:
    """Return (entry id, commitment in hex) of every opening in the JSON of a body; InputError if one has another form."""
    listed = value.get("openings") if isinstance(value, dict) else None
    if not isinstance(listed, list) or not all(map(_is_opening, listed)):
        return []
    return [(shape.entry_id(item["entry"], "an opened entry"), _commitment(item)) for item in listed]


def _is_opening(item: Any) -> bool:
    return isinstance(item, dict) and item.keys() == _FIELDS and all(isinstance(text, str) for text in item.values())


def _commitment(item: dict[str, str]) -> str:
    salt = canonical.hex_bytes(item["salt"], body.SALT_BYTES, "the salt of an opening")
    return body.commit(salt, item["content"].encode()).hex()
