"""Candidate pairs: which reports are near enough in space and time, by their own precision, to be compared at all.

Rules:

1. Two reports can be of one incident only within the *reach* of both precisions: `SPACE_REACH` times the sum of their place
   half-widths plus `SPACE_SLACK_KM`, and `TIME_REACH` times the sum of their time half-widths. Nothing overrides this.
2. Where either is dated to the day or more vaguely, a day is added: the day of publication is often given as the day of the event.
3. Search goes tier by tier: reports of like precision are laid into cells as wide as the reach of the tier pair, sorted by
   time inside the cell, so that cost follows density, not the square of the number of reports.

Cells follow the sphere: rows by latitude, columns by longitude scaled at each row's edge, wrapping at 180 degrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .reports.columns import Columns, Floats, Ints

SPACE_REACH = 1.5
SPACE_SLACK_KM = 0.3
TIME_REACH = 1.5
DAY_DATED_H = 6.0
DAY_SLACK_H = 24.0
KM_PER_DEGREE = 111.195
MOST_AT_ONCE = 4_000_000
SPACE_TIERS_KM = (0.5, 2.0, 8.0, 32.0, 128.0)
TIME_TIERS_H = (6.0, 48.0)


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs as row numbers `a` < `b`, with distance in km and difference in hours."""

    a: Ints
    b: Ints
    km: Floats
    hours: Floats

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True)
class _Shelf:
    """The reports of one tier, to be laid into cells."""

    rows: Ints
    place_half: float
    time_half: float


def candidates(columns: Columns) -> Pairs:
    """Return every pair of reports within reach of each other (rules 1 and 2), same-source pairs included."""
    found = list(_search(columns))
    if not found:
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))
    return Pairs(
        np.concatenate([part.a for part in found]),
        np.concatenate([part.b for part in found]),
        np.concatenate([part.km for part in found]),
        np.concatenate([part.hours for part in found]),
    )


def distance_km(columns: Columns, a: Ints, b: Ints) -> Floats:
    """Return distances on a local plane, in km; right to a percent within a few hundred km."""
    middle = np.radians((columns.lat[a] + columns.lat[b]) / 2)
    east = (columns.lon[a] - columns.lon[b] + 180.0) % 360.0 - 180.0
    return np.asarray(np.hypot(columns.lat[a] - columns.lat[b], east * np.cos(middle)) * KM_PER_DEGREE)


def time_reach(half_a: Floats | float, half_b: Floats | float) -> Floats:
    """Return how many hours two reports may lie apart (rules 1 and 2)."""
    slack = np.where(np.maximum(half_a, half_b) >= DAY_DATED_H, DAY_SLACK_H, 0.0)
    both = np.asarray(half_a, dtype=np.float64) + half_b
    return np.asarray(np.maximum(TIME_REACH * both, both + slack))


def space_reach(half_a: Floats | float, half_b: Floats | float) -> Floats:
    """Return how many km two reports may lie apart (rule 1)."""
    return np.asarray(SPACE_REACH * (np.asarray(half_a, dtype=np.float64) + half_b) + SPACE_SLACK_KM)


def _search(columns: Columns) -> Iterator[Pairs]:
    shelves = _shelve(columns)
    for number, shelf in enumerate(shelves):
        for other in shelves[number:]:
            small, large = sorted((shelf, other), key=lambda one: len(one.rows))
            yield from _search_shelf(columns, small, large)


def _shelve(columns: Columns) -> list[_Shelf]:
    space = np.searchsorted(SPACE_TIERS_KM, columns.place_half)
    tier = space * (len(TIME_TIERS_H) + 1) + np.searchsorted(TIME_TIERS_H, columns.time_half)
    tier = np.where(columns.located, tier, -1)
    rows = [np.flatnonzero(tier == one) for one in np.unique(tier[tier >= 0])]
    return [_Shelf(one, columns.place_half[one].max(), columns.time_half[one].max()) for one in rows]


def _search_shelf(columns: Columns, queries: _Shelf, stock: _Shelf) -> Iterator[Pairs]:
    width = float(space_reach(queries.place_half, stock.place_half))
    window = time_reach(columns.time_half[queries.rows], stock.time_half)
    shelf = _Cells(columns, stock.rows, width)
    for rows, columns_of in shelf.neighbours(columns, queries.rows):
        low, high = shelf.range(rows, columns_of, columns.time[queries.rows], window)
        for part in _parts(high - low):
            asked = np.repeat(queries.rows[part], (high - low)[part])
            met = shelf.stock[_spans(low[part], high[part])]
            yield _within_reach(columns, asked, met, same=queries is stock)


def _within_reach(columns: Columns, asked: Ints, met: Ints, *, same: bool) -> Pairs:
    kept = asked < met if same else np.ones(len(asked), dtype=bool)
    hours = np.abs(columns.time[asked] - columns.time[met])
    kept &= hours <= time_reach(columns.time_half[asked], columns.time_half[met])
    asked, met, hours = asked[kept], met[kept], hours[kept]
    km = distance_km(columns, asked, met)
    kept = km <= space_reach(columns.place_half[asked], columns.place_half[met])
    a, b = np.minimum(asked, met)[kept], np.maximum(asked, met)[kept]
    return Pairs(a, b, km[kept], hours[kept])


def _spans(low: Ints, high: Ints) -> Ints:
    """Concatenate the ranges low[i]..high[i]."""
    counts = high - low
    starts = np.repeat(low - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) if len(low) else low
    return np.asarray(starts + np.arange(counts.sum()), dtype=np.int64)


def _parts(counts: Ints) -> list[slice]:
    """Cut queries so that each part yields at most about `MOST_AT_ONCE` pairs."""
    total = np.cumsum(counts)
    if not len(counts) or not total[-1]:
        return []
    cuts = np.searchsorted(total, np.arange(MOST_AT_ONCE, total[-1], MOST_AT_ONCE))
    edges = [0, *sorted({int(cut) + 1 for cut in cuts}), len(counts)]
    return [slice(start, end) for start, end in pairwise(edges) if start < end]


class _Cells:
    """Reports laid into cells of one width, sorted by time inside each cell."""

    def __init__(self, columns: Columns, rows: Ints, width_km: float) -> None:
        self.height = width_km / KM_PER_DEGREE
        key = self._key(*self._cell(columns.lat[rows], columns.lon[rows]))
        self.cells, rank = np.unique(key, return_inverse=True)
        self.start, self.span = columns.time[rows].min(), np.ptp(columns.time[rows]) + 1.0
        when = rank * self.span + (columns.time[rows] - self.start)
        order = np.argsort(when, kind="stable")
        self.when, self.stock = when[order], rows[order]

    def neighbours(self, columns: Columns, rows: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Yield the 9 cells around each report: rows and columns; a column band narrower than 3 cells is met once."""
        lat, lon = columns.lat[rows], columns.lon[rows]
        own, _ = self._cell(lat, lon)
        for row in (own - 1, own, own + 1):
            band = self._band(row)
            middle = self._column(lon, band)
            for step in (-1, 0, 1):
                met_before = (step != 0) & ((band == 1) | ((band == 2) & (step == 1)))
                yield row, np.where(met_before, -1, (middle + step) % band)

    def range(self, row: Ints, column: Ints, time: Floats, window: Floats) -> tuple[Ints, Ints]:
        """Return the stock positions of one cell a query, within the time window."""
        key = self._key(row, column)
        rank = np.minimum(np.searchsorted(self.cells, key), len(self.cells) - 1)
        hit = (self.cells[rank] == key) & (column >= 0)
        base, since = rank * self.span, time - self.start
        low = np.searchsorted(self.when, base + np.clip(since - window, 0.0, self.span))
        high = np.searchsorted(self.when, base + np.clip(since + window, -1.0, self.span - 0.5), side="right")
        return np.where(hit, low, 0), np.where(hit, np.maximum(high, low), 0)

    def _cell(self, lat: Floats, lon: Floats) -> tuple[Ints, Ints]:
        row = np.floor(lat / self.height).astype(np.int64)
        return row, self._column(lon, self._band(row))

    def _band(self, row: Ints) -> Ints:
        """Return how many cells go round the globe in a row, at its edge nearer the pole, so that each is wide enough."""
        edge = np.maximum(np.abs(row), np.abs(row + 1)) * self.height
        return np.maximum(np.floor(360.0 * np.cos(np.radians(np.minimum(edge, 89.9))) / self.height), 1).astype(
            np.int64
        )

    @staticmethod
    def _column(lon: Floats, band: Ints) -> Ints:
        return np.floor((lon % 360.0) / 360.0 * band).astype(np.int64) % band

    @staticmethod
    def _key(row: Ints, column: Ints) -> NDArray[np.int64]:
        return row * (1 << 32) + column
