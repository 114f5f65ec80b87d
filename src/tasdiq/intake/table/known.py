"""What a few cells together mean, asked once for each combination of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

MOST_KNOWN = 20_000
"""Combinations remembered; then it begins anew."""
Values = tuple[Any, ...]


class Known(dict[tuple[str, ...], Values | None]):
    """The values by the cells of some columns; `ask` finds those that are not known."""

    def __init__(self, ask: Callable[[tuple[str, ...]], Values | None], places: Sequence[int]) -> None:
        super().__init__()
        self._ask, self._places = ask, places

    def __missing__(self, cells: tuple[str, ...]) -> Values | None:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[cells] = self._ask(cells)
        return found

    def of(self, table: Sequence[Sequence[str]]) -> Sequence[Values | None]:
        """Return the values of each row of a table that is given by column."""
        if not self._places:
            return [*repeat(self[()], len(table[0]))]
        return [*map(self.__getitem__, zip(*(table[place] for place in self._places), strict=True))]

    def at(self, table: Sequence[Sequence[str]], row: int) -> Values | None:
        """Return the values of one row."""
        return self[tuple(table[place][row] for place in self._places)]
