"""Points of GeoJSON (RFC 7946) as a form's "lat lon altitude accuracy", so that one reader checks both.

GeoJSON writes longitude first. A point's accuracy is not GeoJSON's; ODK puts it among the point's properties, in metres.
"""

from __future__ import annotations

from .cells import Misfit, degrees

WGS84 = ("crs84", "epsg::4326", "epsg:4326")


class Unplaced(Exception):  # noqa: N818
    """A row cannot be read: what was expected."""


class Digits(str):
    """A number as JSON writes it; other texts are no numbers, though they look so."""

    __slots__ = ()


def point_cell(geometry: object) -> str:
    """Return a GeoJSON geometry as "lat lon altitude accuracy", empty for null (an unlocated feature); else raise `Unplaced`."""
    if geometry is None:
        return ""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind != "Point":
        raise Unplaced(f"expected a Point, found {str(kind)[:40]!r}: give the place of the event as one point")
    numbers = geometry.get("coordinates")
    if not isinstance(numbers, list) or len(numbers) not in (2, 3) or not all(isinstance(n, Digits) for n in numbers):
        raise Unplaced("expected coordinates such as [71.2, 34.1] (longitude, latitude)")
    lon, lat = numbers[:2]
    _check(lat, lon)
    properties = geometry.get("properties")
    accuracy = properties.get("accuracy") if isinstance(properties, dict) else None
    height = numbers[2] if len(numbers) == 3 else "0"
    return f"{lat} {lon} {height} {accuracy}" if isinstance(accuracy, Digits) else f"{lat} {lon}"


def _check(lat: str, lon: str) -> None:
    try:
        degrees(lon, "a longitude", 180)
        degrees(lat, "a latitude", 90)
    except Misfit as misfit:
        raise Unplaced(f"{misfit}; GeoJSON writes [longitude, latitude]") from misfit


def foreign_system(crs: object) -> str:
    """Return the coordinate system a collection names where it is not WGS 84, else an empty text."""
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name")) if isinstance(properties, dict) else str(crs)
    return "" if name.lower().endswith(WGS84) else name[:80]
