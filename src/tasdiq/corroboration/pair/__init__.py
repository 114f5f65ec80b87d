"""Which reports are near enough to be compared: `reach` has the rules, `cells` the table of offsets, `search` the search."""

from __future__ import annotations

from .reach import distance_km, on_sphere, space_reach, time_reach
from .search import Near, Spots, search

__all__ = ["Near", "Spots", "distance_km", "on_sphere", "search", "space_reach", "time_reach"]
