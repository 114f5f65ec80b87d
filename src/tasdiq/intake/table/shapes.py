"""What the cells of a column look like: dates, counts, degrees, names. A shape can contradict a name; it seldom makes one.

A column has a shape if at least nine in ten of its filled cells, and at least one, have it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tasdiq.intake.gazetteer import load_world

from .cells import Misfit, degrees, geopoint, moment, number, whole
from .synonyms import type_path

SHARE = 0.9
MOST_TYPES = 40


def _holds(reader: Callable[[str], object]) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            return reader(cell) is not None
        except Misfit:
            return False

    return test


_TESTS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "date": ("dates such as 2031-10-17", _holds(moment)),
    "count": ("whole numbers", _holds(lambda cell: whole(cell)[0])),
    "lat": ("degrees from -90 to 90", _holds(lambda cell: degrees(cell, "", 90))),
    "lon": ("degrees from -180 to 180", _holds(lambda cell: degrees(cell, "", 180))),
    "point": ("points such as 34.1 71.2 1500 4.5", _holds(geopoint)),
    "number": ("numbers", _holds(lambda cell: number(cell, ""))),
    "country": ("names of countries", lambda cell: load_world().by_name(cell.strip()) is not None),
    "type": ("types that tasdiq knows", lambda cell: type_path(cell) is not None),
    "text": ("words", lambda cell: True),
}
_SHAPE_OF = {
    "time": "date", "end": "date", "reported_at": "date", "year": "count", "month": "count", "day": "count",
    "lat": "lat", "lon": "lon", "half_width_km": "number", "accuracy_m": "number", "half_width_hours": "number",
    "country": "country", "point": "point",
}  # fmt: skip


def shape_of(field: str) -> str:
    """Return the shape that the cells of a field have."""
    return "count" if field.startswith(("killed", "injured")) else _SHAPE_OF.get(field, "text")


def words_of(shape: str) -> str:
    """Return what cells of a shape are, in words."""
    return _TESTS[shape][0]


def has_shape(shape: str, cells: Sequence[str]) -> bool:
    """Tell whether the filled ones of these cells have a shape; cells that are all empty have none but text."""
    filled = [cell for cell in cells if cell.strip()]
    test = _TESTS[shape][1]
    return shape == "text" or (bool(filled) and sum(map(test, filled)) >= SHARE * len(filled))


def is_key(cells: Sequence[str]) -> bool:
    """Tell whether every cell is filled and none comes twice."""
    return all(cell.strip() for cell in cells) and len(set(cells)) == len(cells)
