"""Incident reports (one source's account of one event) and incidents (reports grouped as one occurrence).

Columns and meanings: DESIGN, section 5, "Incident report columns". Coordinates are integers in 10^-7 degree, half-widths in
minutes and metres, so that a report can stand in a signed body.
"""

from __future__ import annotations

from .document import Passage
from .value import Value


class IncidentReport(Value, frozen=True, kw_only=True):
    """What one source says happened. `time` is UTC `YYYY-MM-DDTHH:MM:SSZ`; `type` and actors are taxonomy paths."""

    report_id: str
    source_id: str
    source_kind: str = ""
    reported_at: str = ""
    time: str = ""
    time_precision_min: int | None = None
    lat_e7: int | None = None
    lon_e7: int | None = None
    place_precision_m: int | None = None
    admin1: str = ""
    admin2: str = ""
    place: str = ""
    type: str = ""
    actor_a: str | None = None
    actor_b: str | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    injured_min: int | None = None
    injured_max: int | None = None
    text: str = ""
    cites: str = ""
    licence: str = ""
    credit: str = ""
    redistribute: bool = True
    passage: Passage | None = None
    country: str | None = None


class Incident(Value, frozen=True, kw_only=True):
    """Reports grouped as one occurrence; `id` is that of its earliest report. Every figure is kept, none is averaged."""

    id: str
    reports: tuple[str, ...]
    origins: tuple[tuple[str, ...], ...] = ()
    origins_min: int = 1
    origins_max: int = 1
    score_ppm: int = 1_000_000
    why: tuple[str, ...] = ()
    method: str = ""
