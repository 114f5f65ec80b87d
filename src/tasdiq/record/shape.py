"""The exact fields of a parsed JSON object: which keys stand in it, and of which type. What they mean is the caller's.

An unknown key is refused like a missing one, so that nothing unproved can ride along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tasdiq.errors import InputError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,63}", re.ASCII)
KIND = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}", re.ASCII)
# Newer interpreters take 24:00 for midnight: what is read must not depend on them.
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", re.ASCII)
ID = re.compile(r"[0-9a-f]{64}", re.ASCII)


def fields(
    value: Any, required: Mapping[str, type], optional: Mapping[str, type] | None = None, *, where: str
) -> dict[str, Any]:
    """Return `value` if it is an object with exactly these fields of these types; else raise InputError."""
    if not isinstance(value, dict):
        raise InputError(f"expected {where} to be an object, found {type(value).__name__}")
    found = 0
    for key, item in value.items():
        wanted = required.get(key)
        if wanted is not None:
            found += 1
        elif optional is not None and key in optional:
            wanted = optional[key]
        else:
            raise _unknown(key, {**required, **(optional or {})}, where)
        # bool is an int to Python and not to JSON.
        if type(item) is not wanted and wanted is not object:
            raise InputError(f"expected {wanted.__name__} as {key!r} in {where}, found {type(item).__name__}")
    if found != len(required):
        raise InputError(f"expected the field {min(required.keys() - value.keys())!r} in {where}, found none")
    return value


def _unknown(key: Any, allowed: Mapping[str, type], where: str) -> InputError:
    return InputError(f"expected only the fields {', '.join(sorted(allowed))} in {where}, found {str(key)[:40]!r}")


def texts(value: list[Any], *, where: str, most: int) -> list[str]:
    """Return `value` if it is a list of at most `most` distinct texts."""
    if len(value) > most:
        raise InputError(f"expected at most {most} items in {where}, found {len(value)}")
    if not all(isinstance(item, str) for item in value) or len(set(value)) != len(value):
        raise InputError(f"expected distinct texts in {where}")
    return value


def name(value: str, where: str) -> str:
    """Return a member's, officer's or key's name: 1-64 ASCII letters, digits and ._:/@-"""
    if not NAME.fullmatch(value):
        raise InputError(f"expected a short name (letters, digits, . _ : / @ -) as {where}, found {value[:70]!r}")
    return value


def kind(value: str) -> str:
    """Return the name of a kind of entry: 1-64 ASCII letters and digits."""
    if not KIND.fullmatch(value):
        raise InputError(f"expected a kind such as DocumentReceived, found {value[:70]!r}", field="kind")
    return value


def moment(value: str) -> str:
    """Return a time written `YYYY-MM-DDTHH:MM:SSZ` that exists in the calendar."""
    if not TIME.fullmatch(value):
        raise InputError(f"expected a time such as 2025-11-22T09:30:00Z, found {value[:40]!r}")
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"expected a time that exists, found {value!r}") from error
    return value


def entry_id(value: str, where: str = "entry id") -> str:
    """Return an entry's id: 64 lower-case hexadecimal digits."""
    if not ID.fullmatch(value):
        raise InputError(f"expected {where} as 64 lower-case hexadecimal digits, found {value[:70]!r}")
    return value
