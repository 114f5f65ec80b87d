"""A pair's comparison packed into two small numbers, so that pairs are counted and weighed by looking up.

`near` holds how exact the two reports are together and how close, in space and in time; `like` holds the levels of all other
fields. Weights are two tables, one for each number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..pair.ranges import Rows
from ..pair.search import Near
from ..reports.columns import Columns
from ..reports.sketch import wording_in_common
from .levels import (
    EXACT_H,
    EXACT_KM,
    FIELDS,
    actors_level,
    figures_level,
    space_level,
    steps,
    time_level,
    type_level,
    wording_level,
)
from .tables import Compared

NEAR_SHAPE = (FIELDS[0].strata, FIELDS[0].size, FIELDS[1].strata, FIELDS[1].size)
LIKE_SHAPE = tuple(field.size for field in FIELDS[2:])
NEARS, LIKES = int(np.prod(NEAR_SHAPE)), int(np.prod(LIKE_SHAPE))

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Codes:
    """Codes of m pairs, and which are of one source."""

    near: NDArray[np.intp]
    like: NDArray[np.intp]
    same_source: Flags

    def of(self, rows: Rows) -> Codes:
        """Return the codes of some of the pairs."""
        return Codes(self.near.take(rows), self.like.take(rows), self.same_source.take(rows))

    @staticmethod
    def join(parts: Sequence[Codes]) -> Codes:
        """Put parts one after the other."""
        return Codes(*(np.concatenate([getattr(part, name) for part in parts]) for name in Codes.__dataclass_fields__))


class Comparer:
    """All reports, ready to be compared pair by pair."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.fields = (
            Compared(columns.kind, type_level),
            Compared(columns.sides, actors_level),
            Compared(columns.killed, figures_level),
            Compared(columns.injured, figures_level),
        )
        self.values = np.stack([compared.field.code for compared in self.fields], axis=1)
        self.citing = bool((columns.cites >= 0).any())

    def compare(self, near: Near, a: Rows, b: Rows) -> Codes:
        """Return the codes of pairs of rows `a` and `b`, whose distances `near` gives."""
        one, other = self.values.take(a, axis=0), self.values.take(b, axis=0)
        like = np.zeros(len(a), dtype=np.intp)
        for number, field in enumerate(self.fields):
            like *= LIKE_SHAPE[number]
            like += field.levels(one[:, number], other[:, number])
        like *= LIKE_SHAPE[-1]
        like += wording_level(self._share(a, b), self.cites(a, b))
        return Codes(_near(near), like, self.columns.source.take(a) == self.columns.source.take(b))

    def cites(self, a: Rows, b: Rows) -> Flags:
        """Say for each pair whether one report cites the other's source."""
        if not self.citing:
            return np.zeros(len(a), dtype=bool)
        cites, source = self.columns.cites, self.columns.source
        return np.asarray((cites.take(a) == source.take(b)) | (cites.take(b) == source.take(a)))

    def _share(self, a: Rows, b: Rows) -> NDArray[np.float32]:
        return wording_in_common(self.columns.sketch.take(a, axis=0), self.columns.sketch.take(b, axis=0))


def unpack(
    near: NDArray[np.intp], like: NDArray[np.intp]
) -> tuple[tuple[NDArray[np.intp], ...], tuple[NDArray[np.intp], ...]]:
    """Return the level of every field and the stratum of the first two, of pairs or of the whole tables."""
    space, space_level_, time, time_level_ = np.unravel_index(near, NEAR_SHAPE)
    return (space_level_, time_level_, *np.unravel_index(like, LIKE_SHAPE)), (space, time)


def _near(near: Near) -> NDArray[np.intp]:
    code = steps(near.place, EXACT_KM).astype(np.intp)
    for level, size in zip(
        (space_level(near.square_km, near.place), steps(near.time, EXACT_H), time_level(near.seconds, near.time)),
        NEAR_SHAPE[1:],
        strict=True,
    ):
        code *= size
        code += level
    return code
