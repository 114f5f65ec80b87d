"""Long lists in parts, the latest first: a part costs as much as what it shows, however long the list is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

T = TypeVar("T")
A_PART = 50
Before = Annotated[int | None, Query(ge=0, le=2**53)]
"""Where a part ends: the number of items from the oldest on that it may show."""


@dataclass(frozen=True)
class Part(Generic[T]):
    """A part of a list: its items, the latest first; what `before` is for the later and for the earlier part, None if none is."""

    items: list[T]
    later: int | None
    earlier: int | None
    total: int


def part(items: Sequence[T], before: int | None = None, size: int = A_PART) -> Part[T]:
    """Return the part of a list that ends at `before`, the end of the list if that is None."""
    total = len(items)
    end = total if before is None else max(0, min(before, total))
    start = max(0, end - size)
    later = None if end == total else min(end + size, total)
    return Part([*reversed(items[start:end])], later, start or None, total)
