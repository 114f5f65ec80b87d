"""One row as one incident report, under a mapping.

1. Text cells are kept verbatim; only where a cell means a code, a number or a date is the space around it left out.
2. A span of days, or one day, becomes its middle and half its length (12 October: noon, 720 minutes); a precision code can
   only widen it. Days are taken as days of UTC. Where only the month or year is known, it is the span.
3. Every misfit of a row is collected; a row with one gives no report.
4. Where a mapping gives several columns for a bound, the least and the greatest of them bound the figure; with one column
   each, a least above the greatest is a misfit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from tasdiq.intake.gazetteer import load_world
from tasdiq.model.incident import IncidentReport

from .actors import Actors
from .cells import Misfit, Moment, calendar_span, check_past, degrees, geopoint, metres, moment, number, whole
from .mapping import FiguresFrom, Mapping, PlaceFrom, TextFrom, TimeFrom

T = TypeVar("T")
DAY = timedelta(days=1)


@dataclass
class Reading:
    """One row being read: its cells by column, and what did not fit (column, reason)."""

    cells: dict[str, str]
    today: date
    actors: Actors
    misfits: list[tuple[str, str]] = field(default_factory=list)
    grouped: bool = False

    def cell(self, column: str) -> str:
        """Return a cell, empty where the table has no such column."""
        return self.cells.get(column, "")

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """Return what `reader` makes of a cell; note a misfit."""
        try:
            return reader(self.cell(column))
        except Misfit as misfit:
            self.misfits.append((column, str(misfit)))
            return None


def read_report(mapping: Mapping, row: Reading) -> IncidentReport | None:
    """Return the report a row holds, or None with the row's misfits noted."""
    values: dict[str, Any] = {name: text_of(row, source) for name, source in mapping.text.items()}
    values |= time_of(row, mapping.time)
    values |= place_of(row, mapping.place) if mapping.place else {}
    for name, figures in (("killed", mapping.killed), ("injured", mapping.injured)):
        values |= figures_of(row, name, figures) if figures else {}
    if row.misfits:
        return None
    return IncidentReport(
        **{name: value for name, value in values.items() if value is not None},
        licence=mapping.licence,
        credit=mapping.credit,
        redistribute=mapping.redistribute,
    )


def text_of(row: Reading, source: TextFrom) -> str | None:
    """Return a text field, None where nothing is said."""
    if source.value:
        return source.value
    column, cell = _first_filled(row.cells, source)
    if not column:
        if source.required:
            row.misfits.append((source.columns[0], "expected a value, found an empty cell"))
        return None
    if source.values:
        return row.read(column, lambda cell: _translate(cell, source.values))
    if source.country:
        found = load_world().by_name(cell.strip())
        return found.id if found else None
    if source.newsrooms:
        return _newsrooms(cell, source.newsrooms)
    return row.actors.path(cell) if source.actor else source.prefix + cell


def _first_filled(cells: dict[str, str], source: TextFrom) -> tuple[str, str]:
    """Return the first of a text's columns that says something, and its cell; both empty where none does."""
    for name in source.columns:
        cell = cells.get(name, "")
        stripped = cell.strip()
        if stripped and stripped not in source.unknown:
            return name, cell.removeprefix(source.without)
    return "", ""


def _translate(cell: str, values: dict[str, str]) -> str:
    if cell.strip() not in values:
        raise Misfit(f"expected one of {', '.join(values)}, found {cell[:60]!r}")
    return values[cell.strip()]


def _newsrooms(cell: str, known: dict[str, str]) -> str:
    """Return the newsrooms a citation names: its own list, else those known, else its first line."""
    if len(cell) < 200 and not re.search(r"[\d\n\"()]", cell):
        return "; ".join(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
    named = [(match.start(), name) for name, pattern in known.items() if (match := re.search(pattern, cell))]
    return "; ".join(name for _, name in sorted(named)) or cell.strip().split("\n")[0][:120]


def time_of(row: Reading, source: TimeFrom) -> dict[str, Any]:
    """Return the fields of the time: its middle, its half-width, and when it was reported."""
    if source.year:
        return _calendar(row, source)
    start, end = row.read(source.start, moment), row.read(source.end, moment) if source.end else None
    reported = row.read(source.reported_at, _reported)
    for column, at in ((source.start, start), (source.end, end), (source.reported_at, reported)):
        row.read(column, lambda _, at=at: check_past(at, row.today))  # type: ignore[misc]
    if start is None:
        if not any(column == source.start for column, _ in row.misfits):
            row.misfits.append((source.start, "expected a date or time, found an empty cell"))
        return {}
    if end and end.at < start.at:
        row.misfits.append((source.end, f"ends {end.at.date()}, before it begins ({start.at.date()})"))
        return {}
    middle, half = _middle(start, end or start, days=bool(source.end) or not start.clock)
    hours = row.read(source.half_width_hours, lambda cell: number(cell, "hours")) if source.half_width_hours else None
    if hours is not None:
        half = int(hours * 60)
    coded = _code(row, source.precision, source.half_width_min)
    values = {"time": _stamp(middle), "time_precision_min": max(half, coded or 0) if half or coded else None}
    return values | ({"reported_at": _stamp(reported.at)} if reported else {})


def _calendar(row: Reading, source: TimeFrom) -> dict[str, Any]:
    """Read year, month and day from columns of their own; an unknown day or month (0, empty) is the whole of it."""
    year, month, day = (
        (row.read(column, whole) or (None, False))[0] or 0 if column else 0
        for column in (source.year, source.month, source.day)
    )
    if any(column in (source.year, source.month, source.day) for column, _ in row.misfits):
        return {}
    span = row.read(source.year, lambda _: calendar_span(year, month, day))
    if span is None:
        return {}
    row.read(source.year, lambda _: check_past(Moment(span[0], clock=False), row.today))
    half = (span[1] - span[0]) / 2
    return {"time": _stamp(span[0] + half), "time_precision_min": int(half.total_seconds() // 60)}


def _reported(cell: str) -> Moment | None:
    """Read the first of several dates of reporting."""
    return moment(cell.split(";")[0])


def _middle(start: Moment, end: Moment, *, days: bool) -> tuple[datetime, int]:
    """Return the middle of a span and half its length in minutes."""
    last = end.at + DAY if days and end.midnight else end.at
    half = (last - start.at) / 2
    return start.at + half, int(half.total_seconds() // 60)


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}".zfill(20) if at.year < 1000 else f"{at.isoformat(timespec='seconds')[:19]}Z"


def _code(row: Reading, column: str, widths: dict[str, int]) -> int | None:
    if not column or not row.cell(column).strip():
        return None
    return row.read(column, lambda cell: int(_translate(cell, {code: str(width) for code, width in widths.items()})))


def place_of(row: Reading, source: PlaceFrom) -> dict[str, Any]:
    """Return the fields of the place."""
    lat, lon, accuracy = _point(row, source)
    if (lat is None) != (lon is None) and not row.misfits:
        row.misfits.append(
            (source.lat if lat is None else source.lon, "expected both latitude and longitude, or neither")
        )
    km = row.read(source.half_width_km, lambda cell: number(cell, "km")) if source.half_width_km else None
    width = accuracy or (int(km * 1000) if km is not None else _code(row, source.precision, source.half_width_m))
    return {"lat_e7": lat, "lon_e7": lon, "place_precision_m": width}


def _point(row: Reading, source: PlaceFrom) -> tuple[int | None, int | None, int | None]:
    """Return latitude, longitude and the accuracy in metres that a device gave, if any."""
    if source.point:
        return row.read(source.point, geopoint) or (None, None, None)
    lat = row.read(source.lat, lambda cell: degrees(cell, "a latitude", 90))
    lon = row.read(source.lon, lambda cell: degrees(cell, "a longitude", 180))
    return lat, lon, row.read(source.accuracy_m, metres) if source.accuracy_m else None


def figures_of(row: Reading, name: str, source: FiguresFrom) -> dict[str, Any]:
    """Return the bounds of a figure."""
    low = [figure for column in source.low if (figure := _count(row, column)) is not None]
    high = [figure for column in source.high if (figure := _count(row, column)) is not None]
    least, most = min(low, default=None), max(high, default=None)
    if least is not None and most is not None and least > most:
        row.misfits.append((source.low[0], f"expected at most {most} ({source.high[0]}), found {least}"))
    return {f"{name}_min": least, f"{name}_max": most}


def _count(row: Reading, column: str) -> int | None:
    found = row.read(column, whole)
    if found is None:
        return None
    row.grouped = row.grouped or found[1]
    return found[0]
