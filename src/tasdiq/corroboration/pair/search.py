"""Candidate pairs: which reports are near enough in space and time to be compared at all (rules 1 and 2 of `reach`).

Rules:

1. Search goes tier by tier: reports of like precision stand on one *shelf*, and each two shelves are searched with the reach
   of their least exact reports, so that cost follows density, not the square of the number of reports.
2. A stretch of time yields the pairs whose earlier report it *owns*; reports that begin later are there to be found. Stretches
   together yield every pair once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .cells import Around, Grid, Stock
from .ranges import Rows, runs, spread
from .reach import space_reach, time_reach

SPACE_TIERS_KM = (1.5, 8.0, 40.0)
TIME_TIERS_H = (5.99, 24.0)
ASKED_AT_ONCE = 1 << 13
MET_AT_ONCE = 1 << 15
HOUR_S = 3600.0
ROUNDING = 1.0001


@dataclass(frozen=True)
class Spots:
    """Reports of one stretch in order of time: (n, 4) points, seconds, and half-widths in km and hours; `owned` come first."""

    where: NDArray[np.float32]
    seconds: NDArray[np.int64]
    place_half: NDArray[np.float32]
    time_half: NDArray[np.float32]
    owned: int


@dataclass(frozen=True)
class Near:
    """Pairs within reach as positions `a` and `b`, km apart squared, seconds apart, and the sums of their half-widths."""

    a: Rows
    b: Rows
    square_km: NDArray[np.float32]
    seconds: NDArray[np.float32]
    place: NDArray[np.float32]
    time: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True)
class _Shelf:
    rows: Rows
    place_half: float
    time_half: float


@dataclass(frozen=True)
class _Laid:
    """A shelf whose reports stand in cells."""

    shelf: _Shelf
    cell: Rows


def search(spots: Spots) -> Iterator[Near]:
    """Yield every pair within reach whose earlier report the stretch owns."""
    shelves = _shelve(spots)
    for number, one in enumerate(shelves):
        for other in shelves[number:]:
            yield from _search_level(spots, one, other)


def _shelve(spots: Spots) -> list[list[_Shelf]]:
    """Return the shelves of each tier of space, one for each tier of time."""
    space, time = np.searchsorted(SPACE_TIERS_KM, spots.place_half), np.searchsorted(TIME_TIERS_H, spots.time_half)
    shelves = []
    for level in np.unique(space):
        rows = [np.flatnonzero((space == level) & (time == one)) for one in range(len(TIME_TIERS_H) + 1)]
        shelves.append(
            [
                _Shelf(one, float(spots.place_half[one].max()), float(spots.time_half[one].max()))
                for one in rows
                if len(one)
            ]
        )
    return shelves


def _search_level(spots: Spots, one: list[_Shelf], other: list[_Shelf]) -> Iterator[Near]:
    """Search two tiers of space: their reports stand in one grid, shelf by shelf."""
    same, shelves = one is other, one if one is other else one + other
    width = float(space_reach(*(max(shelf.place_half for shelf in level) for level in (one, other)))) * ROUNDING
    grid = Grid(spots.where.take(np.concatenate([shelf.rows for shelf in shelves]), axis=0), width)
    laid = [
        _Laid(shelf, cell)
        for shelf, cell in zip(
            shelves, np.split(grid.cell, np.cumsum([len(shelf.rows) for shelf in shelves])[:-1]), strict=True
        )
    ]
    around = {forward: grid.around(forward=forward) for forward in {False, same}}
    for number, asking in enumerate(laid[: len(one)]):
        for stock in laid[number if same else len(one) :]:
            few, many = sorted((asking, stock), key=lambda each: len(each.cell))
            if few.shelf.rows[0] < spots.owned or many.shelf.rows[0] < spots.owned:
                yield from _search_shelf(spots, few, many, around[few is many])


def _search_shelf(spots: Spots, asking: _Laid, stock: _Laid, around: Around) -> Iterator[Near]:
    """Let the reports of one shelf ask for those of another within reach."""
    shelf, met = asking.shelf, stock.shelf
    own, cells = asking.cell, stock.cell
    width = float(space_reach(shelf.place_half, met.place_half))
    window = float(time_reach(shelf.time_half, met.time_half)) * HOUR_S
    laid = Stock(cells, len(around.count), spots.seconds[met.rows], window)
    behind = laid.positions() if shelf is met else None
    reached = _Met(spots, met.rows[laid.order], np.float32(width * width))
    rows = shelf.rows
    low, high = laid.bins_within(spots.seconds[rows], window)
    for start in range(0, len(rows), ASKED_AT_ONCE):
        part = np.arange(start, min(start + ASKED_AT_ONCE, len(rows)))
        for asked, first, count in _hits(laid, around, own[part], low[part], high[part]):
            asking_now = part[asked]
            yield reached.near(rows[asking_now], None if behind is None else behind[asking_now], first, count)


def _hits(stock: Stock, around: Around, own: Rows, low: Rows, high: Rows) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield who asks and which run of the stock it meets, so many at a time that about `MET_AT_ONCE` pairs come of it."""
    counts = around.count.take(own)
    asked = spread(counts)
    cell = around.cells.take(runs(around.first.take(own), counts))
    first, count = stock.between(cell, low[asked], high[asked])
    hit = np.flatnonzero(count > 0)
    asked, first, count = asked[hit], first[hit], count[hit]
    total = np.cumsum(count)
    if len(hit):
        cuts = np.searchsorted(total, np.arange(MET_AT_ONCE, total[-1], MET_AT_ONCE)) + 1
        for start, end in pairwise([0, *np.unique(cuts).tolist(), len(hit)]):
            if start < end:
                yield asked[start:end], first[start:end], count[start:end]


class _Met:
    """The stock of a search, laid out in the order of its cells, to be held against those who ask."""

    def __init__(self, spots: Spots, rows: Rows, square: np.float32) -> None:
        self.spots, self.rows, self.square = spots, rows, square
        self.where, self.seconds = spots.where[rows], spots.seconds[rows]

    def near(self, asking: Rows, behind: Rows | None, first: Rows, count: Rows) -> Near:
        """Return who of `asking` is within reach of whom in its run of the stock; of one shelf, of what stands behind it."""
        which, position = spread(count), runs(first, count)
        apart = self.where.take(position, axis=0)
        apart -= self.spots.where.take(asking, axis=0).take(which, axis=0)
        apart *= apart
        square = apart[:, 0] + apart[:, 1]
        square += apart[:, 2]
        close = square <= self.square
        if behind is not None:
            close &= position > behind.take(which)
        kept = np.flatnonzero(close)
        return self._within(asking.take(which.take(kept)), position.take(kept), square.take(kept))

    def _within(self, a: Rows, position: Rows, square: NDArray[np.float32]) -> Near:
        spots = self.spots
        b = self.rows.take(position)
        seconds = np.abs(spots.seconds.take(a) - self.seconds.take(position)).astype(np.float32)
        place_a, place_b = spots.place_half.take(a), spots.place_half.take(b)
        time_a, time_b = spots.time_half.take(a), spots.time_half.take(b)
        fits = square <= space_reach(place_a, place_b) ** 2
        fits &= seconds <= time_reach(time_a, time_b) * np.float32(HOUR_S)
        fits &= np.minimum(a, b) < spots.owned
        kept = np.flatnonzero(fits)
        a, b = a.take(kept), b.take(kept)
        place, time = (place_a + place_b).take(kept), (time_a + time_b).take(kept)
        return Near(np.minimum(a, b), np.maximum(a, b), square.take(kept), seconds.take(kept), place, time)
