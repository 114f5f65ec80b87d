"""Places and crossings, with the names each side uses.

Coordinates are WGS 84 in 10^-7 degree; `precision_km` is the half-width of what the name covers. A place read from a text
that no gazetteer holds has no coordinates. No boundary is drawn from these types.
"""

from __future__ import annotations

from typing import Literal

from .value import Value

PlaceKind = Literal[
    "country", "province", "district", "city", "town", "crossing", "region", "base", "sea", "river", "unknown"
]


class PlaceName(Value, frozen=True, kw_only=True):
    """One name of a place; `used_by` names the language or the side that uses it, if only some do."""

    text: str
    used_by: str = ""


class Place(Value, frozen=True, kw_only=True):
    """A place; `country` is ISO 3166-1 alpha-3, `admin1` and `admin2` are place ids."""

    id: str
    name: str
    kind: PlaceKind = "unknown"
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat_e7: int | None = None
    lon_e7: int | None = None
    precision_km: int | None = None
    names: tuple[PlaceName, ...] = ()


class Crossing(Value, frozen=True, kw_only=True):
    """A border crossing: one passage with an end on each side ("Chaman" and "Spin Boldak" are two ends of one)."""

    id: str
    name: str
    ends: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    names: tuple[PlaceName, ...] = ()
    lat_e7: int | None = None
    lon_e7: int | None = None


class PlaceMention(Value, frozen=True, kw_only=True):
    """A place named in a text; `start`, `end` count code points. `role` says in which context it was read."""

    start: int
    end: int
    name: str
    place: str
    kind: PlaceKind = "unknown"
    crossing: str | None = None
    role: str = ""
