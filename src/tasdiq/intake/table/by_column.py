"""Many rows as incident reports at once, column by column, wherever nothing is odd about them.

It decides nothing: what cells mean is `report`'s to say, and a test holds this against it.

1. Each part of a report (a text, the time, the place, a figure) is read by `report` once for each combination of the cells it
   comes from, and known from then on: days, codes, names and counts come again and again in a table (`Known`).
2. Texts that stand as they are, moments to the second and degrees come in too many forms for that. The commonest spelling of
   each is read here, and `report` is asked for what belongs to them (a half-width) alone.
3. A row of which any part does not fit, or is to be counted (thousands separators), is given back unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import msgspec

from tasdiq.model.incident import IncidentReport

from .actors import Actors
from .known import Known, Values
from .mapping import Mapping, PlaceFrom, TextFrom, TimeFrom
from .report import Reading, figures_of, place_of, text_of, time_of

_SECOND = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", re.ASCII)
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,7})?", re.ASCII)
_A_SECOND = "2000-01-01T00:00:00Z"
_LAT, _LON = 90 * 10**7, 180 * 10**7
_SAID_NOTHING: dict[str, Any] = {
    field.name: "" if field.default == "" else None for field in msgspec.structs.fields(IncidentReport)
}
Table = Sequence[Sequence[str]]
"""The cells of some rows, by column."""
Part = Callable[[Table], Sequence[Values | None]]
"""Returns the values of a part's fields in each row; None where the row is to be read by itself."""


class ByColumn:
    """Reads the rows of one table under its mapping."""

    def __init__(self, mapping: Mapping, columns: Sequence[str], today: date, actors: Actors) -> None:
        self._at = {name: number for number, name in enumerate(columns)}
        self._reading = partial(Reading, today=today, actors=actors)
        self._is_day = _Days(today).__getitem__
        self._parts = list[tuple[tuple[str, ...], Part]]()
        for name, source in mapping.text.items():
            self._parts.append(((name,), self._text(name, source)))
        self._parts.append((("time", "time_precision_min", "reported_at"), self._time(mapping.time)))
        if mapping.place:
            self._parts.append((("lat_e7", "lon_e7", "place_precision_m"), self._place(mapping.place)))
        for name, figures in (("killed", mapping.killed), ("injured", mapping.injured)):
            if figures:
                read = partial(_figures, name, figures)
                bounds = (f"{name}_min", f"{name}_max")
                self._parts.append((bounds, self._known(bounds, (*figures.low, *figures.high), read).of))
        self._same: dict[str, Any] = {
            "licence": mapping.licence,
            "credit": mapping.credit,
            "redistribute": mapping.redistribute,
        }

    def reports(self, rows: Sequence[Sequence[str]]) -> Iterator[IncidentReport | None]:
        """Yield the report of each row, None where it is to be read by itself (rule 3)."""
        table, odd, names, columns = list(zip(*rows, strict=True)), set[int](), list[str](), list[Any]()
        for fields, part in self._parts:
            found = part(table)
            if None in found:
                odd.update(number for number, values in enumerate(found) if values is None)
                found = [values or (None,) * len(fields) for values in found]
            names += fields
            columns += zip(*found, strict=True)
        for number, values in enumerate(zip(*columns, strict=True)):
            yield None if number in odd else IncidentReport(**dict(zip(names, values, strict=True)), **self._same)

    def _known(self, fields: Sequence[str], columns: Sequence[str], read: Any, **instead: str) -> Known:
        """Return what `report` reads once for each combination of cells; those of `instead` stand for a row's own."""
        here = [column for column in dict.fromkeys(columns) if column in self._at]

        def values(cells: tuple[str, ...]) -> Values | None:
            reading = self._reading({**dict(zip(here, cells, strict=True)), **instead})
            said = read(reading)
            if reading.misfits or reading.grouped:
                return None
            return tuple(_SAID_NOTHING[field] if said.get(field) is None else said[field] for field in fields)

        return Known(values, [self._at[column] for column in here])

    def _text(self, field: str, source: TextFrom) -> Part:
        here = [self._at[column] for column in source.columns if column in self._at]
        if source.value or source.values or source.country or source.newsrooms or source.actor or not here:
            columns = () if source.value else source.columns
            return self._known((field,), columns, lambda row: {field: text_of(row, source)}).of
        empty = None if source.required else (_SAID_NOTHING[field],)

        def cell(cells: tuple[str, ...]) -> Values | None:
            for each in cells:
                if (said := each.strip()) and said not in source.unknown:
                    return (source.prefix + each.removeprefix(source.without),)
            return empty

        def part(table: Table) -> Sequence[Values | None]:
            if len(here) > 1 or source.unknown or source.without or source.prefix:
                return [*map(cell, zip(*(table[at] for at in here), strict=True))]
            return [(each,) if each.strip() else empty for each in table[here[0]]]

        return part

    def _time(self, source: TimeFrom) -> Part:
        columns = [getattr(source, name) for name in _TIME if getattr(source, name)]
        read, fields = partial(time_of, source=source), ("time", "time_precision_min", "reported_at")
        whole = self._known(fields, columns, read)
        if source.year or source.end:
            return whole.of
        widths = self._known(
            fields[1:2], [source.precision, source.half_width_hours], read, **{source.start: _A_SECOND}
        )
        start, reported, is_day = self._at[source.start], self._at.get(source.reported_at), self._is_day

        def part(table: Table) -> Sequence[Values | None]:
            found = list[Values | None]()
            told = [""] * len(table[0]) if reported is None else table[reported]
            for number, (at, width, later) in enumerate(zip(table[start], widths.of(table), told, strict=True)):
                day, last = _SECOND.fullmatch(at), _SECOND.fullmatch(later)
                if width and day and is_day(day[1]) and ((last and is_day(last[1])) or not later):
                    found.append((at, width[0], later))
                else:
                    found.append(whole.at(table, number))
            return found

        return part

    def _place(self, source: PlaceFrom) -> Part:
        columns = [source.lat, source.lon, source.point, source.accuracy_m, source.precision, source.half_width_km]
        read, fields = partial(place_of, source=source), ("lat_e7", "lon_e7", "place_precision_m")
        whole = self._known(fields, columns, read)
        if source.point or source.lat not in self._at or source.lon not in self._at:
            return whole.of
        widths = self._known(fields[2:], columns[3:], read, **{source.lat: "0", source.lon: "0"})
        first, second = self._at[source.lat], self._at[source.lon]

        def part(table: Table) -> Sequence[Values | None]:
            found = list[Values | None]()
            for number, (lat, lon, width) in enumerate(zip(table[first], table[second], widths.of(table), strict=True)):
                if width and _DEGREES.fullmatch(lat) and _DEGREES.fullmatch(lon):
                    # Of at most seven decimals the nearest whole number is exact.
                    north, east = round(float(lat) * 1e7), round(float(lon) * 1e7)
                    if abs(north) <= _LAT and abs(east) <= _LON:
                        found.append((north, east, width[0]))
                        continue
                found.append(whole.at(table, number))
            return found

        return part


_TIME = ("start", "year", "month", "day", "end", "precision", "half_width_hours", "reported_at")


def _figures(name: str, source: Any, row: Reading) -> dict[str, Any]:
    return figures_of(row, name, source)


class _Days(dict[str, bool]):
    """Tells whether a day exists and is not in the future, as `cells` has it."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._last = today + timedelta(days=1)

    def __missing__(self, day: str) -> bool:
        try:
            self[day] = date.fromisoformat(day) <= self._last
        except ValueError:
            self[day] = False
        return self[day]
