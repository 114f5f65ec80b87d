"""Stretches of time: the pieces in which a world of reports is searched, on one machine or many.

A stretch owns a run of reports in order of their times, and knows the later ones within the longest reach. Stretches together
yield each candidate pair once, so that no more than a stretch's pairs are ever in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..compare.codes import Codes, Comparer
from ..pair import Near, Spots, search, time_reach
from ..pair.ranges import Rows
from ..reports.columns import Columns

COMPARED_AT_ONCE = 1 << 15


@dataclass(frozen=True)
class Stretch:
    """Rows of a world in order of time, of which the first `owned` are the stretch's own."""

    rows: Rows
    owned: int


def cut(columns: Columns, size: int) -> list[Stretch]:
    """Cut the located reports into stretches that own at most `size` reports each."""
    rows = np.flatnonzero(columns.located)
    rows = rows[np.argsort(columns.seconds[rows], kind="stable")]
    seconds = columns.seconds[rows]
    reach = 3600 * float(_longest_reach(columns, rows)) + 1
    starts = np.arange(0, len(rows), size)
    ends = np.minimum(starts + size, len(rows))
    last = np.searchsorted(seconds, seconds[ends - 1] + reach, side="right")
    places = zip(starts.tolist(), ends.tolist(), last.tolist(), strict=True)
    return [Stretch(rows[start:to], end - start) for start, end, to in places]


def _longest_reach(columns: Columns, rows: Rows) -> float:
    half = columns.time_half[rows].max(initial=0.0)
    return float(time_reach(half, half))


def compare_stretch(comparer: Comparer, stretch: Stretch) -> Iterator[tuple[Rows, Rows, Codes]]:
    """Yield the stretch's candidate pairs as rows of the world, with the codes of their comparison."""
    rows = stretch.rows
    for near in _gathered(search(spots_of(comparer.columns, stretch))):
        a, b = rows.take(near.a), rows.take(near.b)
        yield np.minimum(a, b), np.maximum(a, b), comparer.compare(near, a, b)


def spots_of(columns: Columns, stretch: Stretch) -> Spots:
    """Return where and when the stretch's reports are, in seconds from its first."""
    rows = stretch.rows
    return Spots(
        columns.where[rows],
        columns.seconds[rows] - columns.seconds[rows[0]],
        columns.place_half[rows],
        columns.time_half[rows],
        stretch.owned,
    )


def _gathered(parts: Iterator[Near]) -> Iterator[Near]:
    """Join small parts until there are about `COMPARED_AT_ONCE` pairs."""
    waiting: list[Near] = []
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) >= COMPARED_AT_ONCE:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(parts: list[Near]) -> Near:
    if len(parts) == 1:
        return parts[0]
    return Near(*(np.concatenate([getattr(part, name) for part in parts]) for name in Near.__dataclass_fields__))
