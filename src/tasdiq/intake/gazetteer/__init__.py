"""Geographic and political reference data: the world's countries, Afghanistan and Pakistan in detail, border crossings.

The data are CSV files of this package (sources, licences and limits in its README). They are read once, when first asked
for, by `load_gazetteer` and `load_world`. No boundary is in these data; a contested name says who uses it.

Cells: several values are separated by `|`; `@` after a name says who uses it (a language code or a side);
`=` after a seat says which organ it stands for, where that is not the government.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources

from tasdiq.errors import InputError
from tasdiq.model.place import Crossing, Place, PlaceName

from .index import Gazetteer
from .names import KIND_WORDS, name_key, split_kind
from .world import Country, Seat, World

__all__ = [
    "KIND_WORDS",
    "Country",
    "Gazetteer",
    "Seat",
    "World",
    "load_gazetteer",
    "load_world",
    "name_key",
    "split_kind",
]


@cache
def load_world() -> World:
    """Return the countries of the world; read once."""
    return World(_country(row) for row in _rows("world.csv"))


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer of the package; read once, about 40 ms."""
    world = load_world()
    rows = list(_rows("places.csv"))
    places = [_place(row) for row in rows]
    crossing_rows = list(_rows("crossings.csv"))
    return Gazetteer(
        [*(_country_place(country) for country in world), *places, *(_crossing_place(row) for row in crossing_rows)],
        [_crossing(row) for row in crossing_rows],
        population={row["id"]: int(row["population"]) for row in rows if row["population"]},
        ambiguous=frozenset(_text("ambiguous.txt").split("\n")) - {""},
        world=world,
    )


def _text(name: str) -> str:
    return (resources.files(__name__) / name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(_text(name).split("\n"), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        message = f"expected comma-separated values, found {error}; the package is damaged: install it again"
        raise InputError(message, file=name, line=reader.line_num) from error


def _names(cell: str) -> tuple[PlaceName, ...]:
    if not cell:
        return ()
    parts = (item.partition("@") for item in cell.split("|"))
    return tuple(PlaceName(text=text, used_by=user) if user else PlaceName(text=text) for text, _, user in parts)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _place(row: dict[str, str]) -> Place:
    return Place(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],  # type: ignore[arg-type]  # a test holds every row against the type
        country=row["country"],
        admin1=row["admin1"] or None,
        admin2=row["admin2"] or None,
        lat_e7=_number(row["lat_e7"]),
        lon_e7=_number(row["lon_e7"]),
        precision_km=_number(row["precision_km"]),
        names=_names(row["names"]),
    )


def _crossing(row: dict[str, str]) -> Crossing:
    return Crossing(
        id=row["id"],
        name=row["name"],
        ends=_words(row["ends"]),
        countries=_words(row["countries"]),
        names=_names(row["names"]),
        lat_e7=_number(row["lat_e7"]),
        lon_e7=_number(row["lon_e7"]),
    )


def _crossing_place(row: dict[str, str]) -> Place:
    return Place(
        id=row["id"],
        name=row["name"],
        kind="crossing",
        lat_e7=_number(row["lat_e7"]),
        lon_e7=_number(row["lon_e7"]),
        precision_km=_number(row["precision_km"]),
        names=_names(row["names"]),
    )


def _country_place(country: Country) -> Place:
    return Place(id=country.id.lower(), name=country.name, kind="country", country=country.id, names=country.names)


def _country(row: dict[str, str]) -> Country:
    seats = (item.partition("=") for item in _words(row["seats"]))
    return Country(
        id=row["iso3"],
        name=row["name"],
        names=_names(row["names"]),
        adjectives=_words(row["adjectives"]),
        nationals=_words(row["nationals"]),
        capitals=_names(row["capitals"]),
        seats=tuple(Seat(name=name, organ=organ) if organ else Seat(name=name) for name, _, organ in seats),
        note=row["note"],
    )
