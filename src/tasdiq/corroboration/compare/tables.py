"""Compare each two distinct values once: a table of levels, where it is smaller than the work it saves.

Reports repeat themselves: types, actors and figures have few distinct values. Where the square of their number is at most
`WORTH` times the number of reports, every two are compared beforehand and a pair only looks its level up; else pairs are
compared one by one. Both give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..reports.paths import Codes, Valued
from .levels import Small

WORTH = 8
AT_ONCE = 1 << 18

Level = Callable[[NDArray[Any], NDArray[Any]], Small]


class Compared:
    """One field of all reports, ready to be compared."""

    def __init__(self, field: Valued, level: Level) -> None:
        self.field, self.level, self.size = field, level, len(field.values)
        self.table = self._every_two() if self.size**2 <= WORTH * len(field.code) else None

    def levels(self, one: Codes, other: Codes) -> Small:
        """Return the levels of pairs of reports, by the numbers of their values."""
        if self.table is not None:
            return self.table.take(one * np.int32(self.size) + other)
        return self.level(self.field.values.take(one, axis=0), self.field.values.take(other, axis=0))

    def _every_two(self) -> Small:
        table = np.empty(self.size**2, dtype=np.uint8)
        for start in range(0, len(table), AT_ONCE):
            cell = np.arange(start, min(start + AT_ONCE, len(table)))
            values = self.field.values
            table[cell] = self.level(values.take(cell // self.size, axis=0), values.take(cell % self.size, axis=0))
        return table
