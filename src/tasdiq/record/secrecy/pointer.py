"""JSON pointers (RFC 6901, https://www.rfc-editor.org/rfc/rfc6901): which part of a value is meant.

1. A pointer is empty or begins with `/`; `~0` stands for `~` and `~1` for `/`; no other `~` is read.
2. An element of an array is named by its index, without a leading zero; `-` (the one after the last) names nothing.
"""

from __future__ import annotations

import re
from typing import Any

from tasdiq.errors import InputError
from tasdiq.record import canonical

_ESCAPES = re.compile("~(?![01])")

Path = tuple[str, ...]


def read_pointer(pointer: str) -> Path:
    """Return the names and indices that a pointer leads through."""
    if pointer and not pointer.startswith("/"):
        raise InputError(f"expected a JSON pointer such as /witnesses/0, found {pointer[:80]!r}")
    if _ESCAPES.search(pointer):
        raise InputError(f"expected ~0 or ~1 after ~ in a JSON pointer, found {pointer[:80]!r}")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def write_pointer(path: Path) -> str:
    """Return the pointer that leads through these names and indices."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in path)


def step(value: Any, token: str) -> Any:
    """Return what a name or index leads to; InputError if that is nothing."""
    if isinstance(value, dict) and token in value:
        return value[token]
    if isinstance(value, list) and canonical.decimal(token, "an index") < len(value):
        return value[int(token)]
    raise InputError(f"a pointer leads to nothing at {token[:80]!r}")


def walk(value: Any, path: Path) -> Any:
    """Return what a path leads to; InputError if that is nothing."""
    for token in path:
        value = step(value, token)
    return value
