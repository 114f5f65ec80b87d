"""Compare two reports field by field: each comparison ends in one of a few levels, relative to the reports' own precision.

Fields and their levels (the first level of every field but the first two means "nothing to compare"):

1. space: distance over the sum of place half-widths; the *stratum* is how exact the two places are together.
2. time: difference over the sum of time half-widths; the stratum is how exact the two times are together.
3. type: same path, one coarser, same family, other.
4. actors, in either order: both same; one same and the other compatible; compatible (a bloc and one of its members, or
   unknown); one same and the other in conflict; conflict.
5. killed, 6. injured: equal and telling (three or more), equal and small, compatible ranges, off, far off.
7. wording and citation: one cites the other's source; nearly the same words; much, some or little in common.

Names of places are not compared: they repeat what the coordinates say, and spellings differ between sources.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..pair import Pairs
from ..reports.columns import Columns, Floats, Ints

Levels = NDArray[np.uint8]

RATIOS = (0.25, 0.5, 1.0, 1.25)
TIME_RATIOS = (0.1, 0.35, 0.7, 1.0, 1.6)
EXACT_KM = (0.6, 2.5, 12.0, 45.0)
EXACT_H = (0.8, 2.5, 8.0, 20.0, 40.0)
WORDING = (0.3, 0.55, 0.8)
TELLING = 3.0


@dataclass(frozen=True)
class Field:
    """One comparison: its name, how many levels it has, its strata, and the levels' names in words."""

    name: str
    words: tuple[str, ...]
    strata: int = 1

    @property
    def size(self) -> int:
        """Number of levels."""
        return len(self.words)


FIELDS = (
    Field(
        "space",
        ("well within both precisions", "within both precisions", "at the edge of both precisions", "just beyond", "beyond"),
        len(EXACT_KM) + 1,
    ),
    Field(
        "time",
        ("the same time", "well within both precisions", "within both precisions", "at the edge of both precisions",
         "just beyond", "a day off"),
        len(EXACT_H) + 1,
    ),
    Field("type", ("type not given", "same type", "one type is the coarser", "types of one family", "different types")),
    Field("actors", ("actors not given", "same actors", "one actor the same", "actors compatible",
                     "one actor the same, the other different", "different actors")),
    Field("killed", ("killed not given", "the same number killed", "the same small number killed",
                     "numbers killed compatible", "numbers killed differ", "numbers killed far apart")),
    Field("injured", ("injured not given", "the same number injured", "the same small number injured",
                      "numbers injured compatible", "numbers injured differ", "numbers injured far apart")),
    Field("wording", ("no wording to compare", "one cites the other's source", "nearly the same words",
                      "much wording in common", "some wording in common", "different wording")),
)  # fmt: skip


def compare(columns: Columns, pairs: Pairs) -> tuple[Levels, Levels]:
    """Return the level of every field for every pair, (m, fields), and its stratum, (m, fields), both small integers."""
    levels = np.empty((len(pairs), len(FIELDS)), dtype=np.uint8)
    strata = np.zeros((len(pairs), len(FIELDS)), dtype=np.uint8)
    place = columns.place_half[pairs.a] + columns.place_half[pairs.b]
    hours = columns.time_half[pairs.a] + columns.time_half[pairs.b]
    levels[:, 0] = np.searchsorted(RATIOS, pairs.km / np.maximum(place, 0.05))
    levels[:, 1] = np.searchsorted(TIME_RATIOS, pairs.hours / np.maximum(hours, 0.05))
    strata[:, 0], strata[:, 1] = np.searchsorted(EXACT_KM, place), np.searchsorted(EXACT_H, hours)
    rest: tuple[Callable[[Columns, Pairs], Ints], ...] = (_type, _actors, _killed, _injured, _wording)
    for number, field in enumerate(rest, start=2):
        levels[:, number] = field(columns, pairs)
    return levels, strata


def _paths(a: Ints, b: Ints) -> Ints:
    """Compare paths row by row: 0 unknown, 1 same, 2 one coarser, 3 same first segment, 4 other."""
    known = (a >= 0) & (b >= 0)
    agree = ((a == b) | ~known).all(axis=1)
    same = agree & ((a >= 0) == (b >= 0)).all(axis=1)
    related = np.where(same, 1, np.where(agree, 2, np.where(a[:, 0] == b[:, 0], 3, 4)))
    return np.where(known[:, 0], related, 0)


def _type(columns: Columns, pairs: Pairs) -> Ints:
    return _paths(columns.kind[pairs.a], columns.kind[pairs.b])


def _actors(columns: Columns, pairs: Pairs) -> Ints:
    first, second = columns.actors
    straight = _both(_paths(first[pairs.a], first[pairs.b]), _paths(second[pairs.a], second[pairs.b]))
    crossed = _both(_paths(first[pairs.a], second[pairs.b]), _paths(second[pairs.a], first[pairs.b]))
    nothing = (straight == 0) | (crossed == 0)
    return np.where(nothing, 0, np.minimum(straight, crossed))


def _both(one: Ints, other: Ints) -> Ints:
    """Join two path comparisons: 0 nothing known, else the level of `actors`."""
    same, unknown = (one == 1).astype(int) + (other == 1), (one == 0).astype(int) + (other == 0)
    conflict = (one >= 3).astype(int) + (other >= 3)
    return np.select(
        [unknown == 2, same == 2, (same == 1) & (conflict == 0), conflict == 0, same == 1], [0, 1, 2, 3, 4], default=5
    )


def _killed(columns: Columns, pairs: Pairs) -> Ints:
    return _figures(columns.killed[pairs.a], columns.killed[pairs.b])


def _injured(columns: Columns, pairs: Pairs) -> Ints:
    return _figures(columns.injured[pairs.a], columns.injured[pairs.b])


def _figures(a: Floats, b: Floats) -> Ints:
    """Compare ranges: the gap between them against the size of the figures, so that 40 and 45 are near, 0 and 5 are not."""
    gap = np.maximum(np.maximum(a[:, 0] - b[:, 1], b[:, 0] - a[:, 1]), 0.0)
    size = np.maximum(a.max(axis=1), b.max(axis=1))
    equal = a[:, 0] == b[:, 0]
    level = np.select(
        [equal & (size >= TELLING), equal, gap <= 0.25 * size, gap <= np.maximum(0.5 * size, 1.0)],
        [1, 2, 3, 4],
        default=5,
    )
    return np.where(np.isnan(a[:, 0]) | np.isnan(b[:, 0]), 0, level)


def _wording(columns: Columns, pairs: Pairs) -> Ints:
    share = wording_in_common(columns, pairs.a, pairs.b)
    none = np.isnan(share)
    cites = cites_other(columns, pairs.a, pairs.b)
    return np.where(cites, 1, np.where(none, 0, 5 - np.searchsorted(WORDING, np.nan_to_num(share), side="right")))


def wording_in_common(columns: Columns, a: Ints, b: Ints) -> Floats:
    """Estimate the share of wording two reports' texts have in common; NaN where either has no text."""
    share = np.empty(len(a))
    for start in range(0, len(a), 500_000):
        part = slice(start, start + 500_000)
        share[part] = (columns.sketch[a[part]] == columns.sketch[b[part]]).mean(axis=1)
    empty = np.asarray(~columns.sketch.any(axis=1))
    return np.where(empty[a] | empty[b], np.nan, share)


def cites_other(columns: Columns, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Say for each pair whether one report cites the other's source."""
    forward = (columns.cites[a] >= 0) & (columns.cites[a] == columns.source[b])
    return np.asarray(forward | ((columns.cites[b] >= 0) & (columns.cites[b] == columns.source[a])))
