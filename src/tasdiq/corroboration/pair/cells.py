"""Reports laid into cells of space and bins of time, so that what lies near is read off a table of offsets.

Cells are cubes in space as wide as the reach that is asked for: what is within reach of a point lies in its own cube or in one
of the 26 about it, and there is no date line and no pole. Inside a cube reports stand in order of time; a table says where each
bin of time begins. The table has at most `MOST_BINS` entries a report: where reports are few, bins are long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ranges import Rows, distinct, runs

MOST_BINS = 6
BINS_A_WINDOW = 3
CUBES = 1 << 20


@dataclass(frozen=True)
class Around:
    """The occupied cells about each cell c, by number: `cells[first[c] : first[c] + count[c]]`."""

    first: Rows
    count: Rows
    cells: Rows


class Grid:
    """The cubes that reports stand in, numbered so that neighbours along z follow each other; `cell` is each report's."""

    def __init__(self, where: NDArray[np.float32], width: float) -> None:
        cube = np.floor(where[:, :3] / np.float32(width)).astype(np.int64) + (CUBES >> 1)
        self.cell, self.keys = distinct((cube[:, 0] * CUBES + cube[:, 1]) * CUBES + cube[:, 2])

    def around(self, *, forward: bool) -> Around:
        """Find the cells about every cell; `forward` leaves out those with smaller numbers, which look this way themselves."""
        first, count = [], []
        for low, high in _steps(forward):
            start = np.searchsorted(self.keys, self.keys + low)
            first.append(start)
            count.append(np.searchsorted(self.keys, self.keys + high, side="right") - start)
        starts, counts = np.stack(first, axis=1).ravel(), np.stack(count, axis=1)
        found = np.flatnonzero(counts)
        total = counts.sum(axis=1)
        return Around(np.cumsum(total) - total, total, runs(starts[found], counts.ravel()[found]))


class Stock:
    """Reports in order of cell, then time, with the offsets of every cell's bins of time. They come in order of time."""

    def __init__(self, cell: Rows, cells: int, seconds: NDArray[np.int64], window: float) -> None:
        self.start = int(seconds[0])
        span = int(seconds[-1]) - self.start + 1
        self.bin = max(int(window / BINS_A_WINDOW), span * cells // (MOST_BINS * len(cell)), 1)
        self.bins = span // self.bin + 1
        narrow = cell.astype(np.uint16) if cells <= 1 << 16 else cell
        self.order = np.argsort(narrow, kind="stable")
        self.offsets = np.zeros(cells * self.bins + 1, dtype=np.int64)
        place = cell * self.bins + (seconds - self.start) // self.bin
        np.cumsum(np.bincount(place, minlength=cells * self.bins), out=self.offsets[1:])

    def positions(self) -> Rows:
        """Return where each report stands in the order."""
        place = np.empty_like(self.order)
        place[self.order] = np.arange(len(self.order))
        return place

    def bins_within(self, seconds: NDArray[np.int64], window: float) -> tuple[Rows, Rows]:
        """Return the first bin, and the one after the last, that a window about each time touches."""
        since = seconds - self.start
        low, high = (since - int(window) - 1) // self.bin, (since + int(window) + 1) // self.bin + 1
        return np.clip(low, 0, self.bins), np.clip(high, 0, self.bins)

    def between(self, cell: Rows, low: Rows, high: Rows) -> tuple[Rows, Rows]:
        """Return the first position and the number of reports of a cell from bin `low` up to, but not with, bin `high`."""
        base = cell * self.bins
        first = self.offsets.take(base + low)
        return first, self.offsets.take(base + high) - first


def _steps(forward: bool) -> list[tuple[int, int]]:
    """Return the ranges of cell keys about a cell, relative to its own: columns of three along z."""
    columns = [x * CUBES * CUBES + y * CUBES for x in (-1, 0, 1) for y in (-1, 0, 1)]
    if not forward:
        return [(column - 1, column + 1) for column in columns]
    return [(0, 1), *((column - 1, column + 1) for column in columns if column > 0)]
