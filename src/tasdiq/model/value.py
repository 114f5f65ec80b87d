"""The base of every type that can stand in a signed body, and its two conversions.

A `Value` is frozen and refuses unknown fields; defaults are left out when written, so that a field added later does not
change what was signed before.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An immutable value; compared and hashed by its fields."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as what is signed: which defaults are left out depends on identity, which pickling loses."""
        return _restored, (type(self), msgspec.msgpack.encode(self))


def _restored(kind: type[Value], data: bytes) -> Value:
    return msgspec.msgpack.decode(data, type=kind)


V = TypeVar("V")


def to_plain(value: Any) -> Any:
    """Return `value` as JSON-ready builtins (dict, list, str, int, bool, None)."""
    return msgspec.to_builtins(value)


def from_plain(data: Any, kind: type[V]) -> V:
    """Build a `kind` from JSON-ready builtins; raise `msgspec.ValidationError` naming the field that does not fit."""
    return msgspec.convert(data, kind)
