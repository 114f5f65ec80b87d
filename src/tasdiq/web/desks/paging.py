"""Long lists in parts, the latest first: a part costs as much as what it shows, however long the list is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

S = TypeVar("S")
T = TypeVar("T")
A_PART = 50
From = Annotated[int, Query(ge=0, le=2**53)]
"""Where a part of a list begins whose first items matter most."""
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


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """A stretch of a list whose first items matter most: its items, and how many there are in all."""

    items: list[T]
    start: int
    total: int

    @property
    def before(self) -> int | None:
        """Return where the stretch before this one begins."""
        return max(0, self.start - A_PART) if self.start else None

    @property
    def after(self) -> int | None:
        """Return where the stretch after this one begins."""
        end = self.start + len(self.items)
        return end if end < self.total else None


def stretch(items: Sequence[S], start: int, make: Callable[[Sequence[S]], list[T]]) -> Stretch[T]:
    """Return the stretch of a list from a number on, each of its items made into what is shown."""
    begin = min(start, max(0, len(items) - 1))
    return Stretch(make(items[begin : begin + A_PART]), begin, len(items))
