"""Mappings: which columns of a table mean what. A mapping is a TOML file; four ship with the package.

A mapping says under `[text]` where each text field comes from, under `[time]`, `[place]`, `[killed]` and `[injured]` which
columns hold them, and at its top what the data is called, under which licence it comes and whose credit goes with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from tasdiq.errors import InputError, MissingError
from tasdiq.model.value import Value

SHIPPED = ("acled", "ged", "gtd", "own")
FIELDS = frozenset({
    "report_id", "source_id", "source_kind", "admin1", "admin2", "place", "type", "actor_a", "actor_b", "text", "cites",
    "country",
})  # fmt: skip


class TextFrom(Value, frozen=True, kw_only=True):
    """Where a text field comes from: one column, the first of several that is filled, or always the same value.

    `values` translates codes (others are refused); `prefix` goes before; `country` turns a name into its ISO alpha-3 code;
    `actor` turns a name into an actor path; `newsrooms` (name = pattern) are picked out of a citation in free text;
    cells that read as one of `unknown` count as empty; `without` is left out where a cell begins with it.
    """

    column: str = ""
    first_of: tuple[str, ...] = ()
    value: str = ""
    prefix: str = ""
    values: dict[str, str] = msgspec.field(default_factory=dict)
    required: bool = False
    country: bool = False
    actor: bool = False
    newsrooms: dict[str, str] = msgspec.field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    without: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return (self.column,) if self.column else self.first_of


class TimeFrom(Value, frozen=True, kw_only=True):
    """Columns of the time: one day or moment, or a span from `start` to `end`; half-widths by code, or in hours.

    Instead of `start`: `year`, `month` and `day` in columns of their own, where 0 or empty is an unknown month or day.
    """

    start: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    end: str = ""
    precision: str = ""
    half_width_min: dict[str, int] = msgspec.field(default_factory=dict)
    half_width_hours: str = ""
    reported_at: str = ""

    @property
    def begins(self) -> str:
        """The column without which there is no time."""
        return self.start or self.year


class PlaceFrom(Value, frozen=True, kw_only=True):
    """Columns of the coordinates in degrees; half-widths by code, in km, or as an accuracy in metres.

    Instead of `lat` and `lon`: `point`, a form's "lat lon altitude accuracy" in one column.
    """

    lat: str = ""
    lon: str = ""
    point: str = ""
    accuracy_m: str = ""
    precision: str = ""
    half_width_m: dict[str, int] = msgspec.field(default_factory=dict)
    half_width_km: str = ""


class FiguresFrom(Value, frozen=True, kw_only=True):
    """Columns of a figure's bounds. Several columns: the least and the greatest of them."""

    low: tuple[str, ...]
    high: tuple[str, ...]


class Mapping(Value, frozen=True, kw_only=True):
    """A whole mapping; `recognise` are the columns by which a table is known to be of this kind."""

    name: str
    title: str = ""
    licence: str = ""
    credit: str = ""
    redistribute: bool = True
    recognise: tuple[str, ...] = ()
    text: dict[str, TextFrom]
    time: TimeFrom
    place: PlaceFrom | None = None
    killed: FiguresFrom | None = None
    injured: FiguresFrom | None = None

    @property
    def columns(self) -> frozenset[str]:
        """All columns the mapping reads."""
        names = [column for source in self.text.values() for column in source.columns]
        for part in (self.time, self.place):
            names += [
                str(value) for value in msgspec.to_builtins(part or {}).values() if value and isinstance(value, str)
            ]
        for figures in filter(None, (self.killed, self.injured)):
            names += [*figures.low, *figures.high]
        return frozenset(names)

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which a table cannot be of this kind."""
        required = {column for source in self.text.values() if source.required for column in source.columns}
        return frozenset({*self.recognise, *required, self.time.begins})


def load_mapping(name: str | Path) -> Mapping:
    """Return a shipped mapping by its name, or the one in a TOML file; raise `InputError` saying what is wrong with it."""
    if str(name) in SHIPPED:
        return _shipped(str(name))
    path = Path(name)
    if path.suffix != ".toml":
        raise InputError(
            f"no mapping is called {str(name)!r}; expected {', '.join(SHIPPED)} or a .toml file", field="mapping"
        )
    try:
        return parse_mapping(path.read_bytes(), str(path))
    except FileNotFoundError:
        raise MissingError(f"{path}: no such mapping; expected {', '.join(SHIPPED)} or a .toml file") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error


def recognise(header: Iterable[str]) -> Mapping | None:
    """Return the shipped mapping whose own columns all stand in the header, or None."""
    columns = set(header)
    return next((found for found in map(_shipped, SHIPPED) if columns.issuperset(found.recognise)), None)


def at_point(mapping: Mapping, point: str) -> Mapping:
    """Return a mapping whose places are the points of a GeoJSON table; what it says of their precision stays."""
    place = msgspec.structs.replace(mapping.place or PlaceFrom(), point=point, lat="", lon="")
    return msgspec.structs.replace(mapping, place=place)


@cache
def _shipped(name: str) -> Mapping:
    return parse_mapping((resources.files(__package__) / "mappings" / f"{name}.toml").read_bytes(), f"{name}.toml")


def parse_mapping(data: bytes, file: str) -> Mapping:
    """Return the mapping that a TOML file of this name says; raise `InputError` saying what is wrong with it."""
    try:
        mapping = msgspec.convert(tomllib.loads(data.decode("utf-8")), Mapping)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"not valid TOML in UTF-8: {error}", file=file) from error
    except msgspec.ValidationError as error:
        raise InputError(f"{error}; see the shipped mappings for the keys a mapping has", file=file) from error
    unknown = sorted(set(mapping.text) - FIELDS)
    if unknown:
        raise InputError(
            f"unknown field {unknown[0]!r}; expected one of {', '.join(sorted(FIELDS))}", file=file, field="text"
        )
    missing = sorted({"report_id", "source_id"} - set(mapping.text))
    if missing:
        raise InputError(
            f"{missing[0]} is missing; say which column it comes from, or its value", file=file, field="text"
        )
    place = mapping.place or PlaceFrom(point="-")
    if bool(place.point) == bool(place.lat or place.lon) or bool(place.lat) != bool(place.lon):
        raise InputError("expected lat and lon, or point; say which columns hold them", file=file, field="place")
    if bool(mapping.time.start) == bool(mapping.time.year):
        raise InputError("expected either start or year; say which column the time comes from", file=file, field="time")
    return mapping
