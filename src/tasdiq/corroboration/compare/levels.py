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

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..reports.paths import Codes

Small = NDArray[np.uint8]
Bounds = NDArray[np.float64]
Numbers = NDArray[np.float32]

RATIOS = (0.25, 0.5, 1.0, 1.25)
TIME_RATIOS = (0.1, 0.35, 0.7, 1.0, 1.6)
EXACT_KM = (0.6, 2.5, 12.0, 45.0)
EXACT_H = (0.8, 2.5, 8.0, 20.0, 40.0)
WORDING = (0.3, 0.55, 0.8)
TELLING = 3.0
LEAST_KM, LEAST_H = 0.05, 0.05


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


def steps(values: Numbers, edges: tuple[float, ...]) -> Small:
    """Return how many of the edges each value lies above."""
    level = np.zeros(len(values), dtype=np.uint8)
    for edge in edges:
        level += values > np.float32(edge)
    return level


def space_level(square_km: Numbers, place: Numbers) -> Small:
    """Level of a squared distance against the sum of place half-widths."""
    ratio = square_km / np.square(np.maximum(place, np.float32(LEAST_KM)), dtype=np.float32)
    return steps(ratio.astype(np.float32, copy=False), tuple(edge**2 for edge in RATIOS))


def time_level(seconds: Numbers, time: Numbers) -> Small:
    """Level of a difference in seconds against the sum of time half-widths, in hours."""
    ratio = seconds / (np.maximum(time, np.float32(LEAST_H)) * np.float32(3600.0))
    return steps(ratio.astype(np.float32, copy=False), TIME_RATIOS)


def type_level(a: Codes, b: Codes) -> Small:
    """Compare paths (m, DEPTH) row by row: 0 unknown, 1 same, 2 one coarser, 3 same first segment, 4 other."""
    known = (a >= 0) & (b >= 0)
    equal = a == b
    agree = (equal | ~known).all(axis=1)
    level = np.full(len(a), 4, dtype=np.uint8)
    for closer in (equal[:, 0], agree, equal.all(axis=1)):
        level -= closer
    return np.asarray(level * known[:, 0], dtype=np.uint8)


def actors_level(a: Codes, b: Codes) -> Small:
    """Compare two actors with two actors, (m, 2, DEPTH), in either order."""
    straight = _both(type_level(a[:, 0], b[:, 0]), type_level(a[:, 1], b[:, 1]))
    crossed = _both(type_level(a[:, 0], b[:, 1]), type_level(a[:, 1], b[:, 0]))
    return np.where((straight == 0) | (crossed == 0), np.uint8(0), np.minimum(straight, crossed))


def _both(one: Small, other: Small) -> Small:
    """Join two path comparisons: 0 nothing known, else the level of `actors`."""
    same = (one == 1).astype(np.uint8) + (other == 1)
    unknown = (one == 0).astype(np.uint8) + (other == 0)
    conflict = (one >= 3).astype(np.uint8) + (other >= 3)
    rules = [unknown == 2, same == 2, (same == 1) & (conflict == 0), conflict == 0, same == 1]
    return np.select(rules, [np.uint8(level) for level in range(5)], default=np.uint8(5))


def figures_level(a: Bounds, b: Bounds) -> Small:
    """Compare ranges: the gap between them against the size of the figures, so that 40 and 45 are near, 0 and 5 are not."""
    gap = np.maximum(np.maximum(a[:, 0] - b[:, 1], b[:, 0] - a[:, 1]), 0.0)
    size = np.maximum(a[:, 1], b[:, 1])
    equal = a[:, 0] == b[:, 0]
    rules = [
        np.isnan(a[:, 0]) | np.isnan(b[:, 0]),
        equal & (size >= TELLING), equal, gap <= 0.25 * size, gap <= np.maximum(0.5 * size, 1.0),
    ]  # fmt: skip
    return np.select(rules, [np.uint8(level) for level in range(5)], default=np.uint8(5))


def wording_level(share: Numbers, cites: NDArray[np.bool_]) -> Small:
    """Level of the share of wording in common (below 0: no text), and of citation."""
    level = np.uint8(5) - steps(share + np.float32(1e-6), WORDING)
    level[share < 0] = 0
    level[cites] = 1
    return np.asarray(level, dtype=np.uint8)
