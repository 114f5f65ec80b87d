"""The countries and territories of the world: names, demonyms, capitals and seats of government.

Says only what a word *can* stand for. Whether "Kabul" in a sentence is a city or a government is decided by
`tasdiq.intake.actors`. Contested names carry who uses them; the note of a country says what is contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tasdiq.model.place import PlaceName
from tasdiq.model.value import Value

from .names import name_key


class Seat(Value, frozen=True, kw_only=True):
    """A word used for a country's government ("Kremlin"), or for its armed forces where `organ` says `military`."""

    name: str
    organ: str = "government"


class Country(Value, frozen=True, kw_only=True):
    """A state or territory; `id` is ISO 3166-1 alpha-3, or a code of ours beginning with X where there is none."""

    id: str
    name: str
    names: tuple[PlaceName, ...] = ()
    adjectives: tuple[str, ...] = ()
    nationals: tuple[str, ...] = ()
    capitals: tuple[PlaceName, ...] = ()
    seats: tuple[Seat, ...] = ()
    note: str = ""


class World:
    """All countries by every word that stands for them; immutable once built."""

    def __init__(self, countries: Iterable[Country]) -> None:
        self._countries = {country.id: country for country in countries}
        self._by_name: dict[str, Country] = {}
        self._by_demonym: dict[str, Country] = {}
        self._by_capital: dict[str, Country] = {}
        self._by_seat: dict[str, Country] = {}
        for country in self._countries.values():
            self._add(country)
        self._demonym_keys = {key: country.id for key, country in self._by_demonym.items() if not key.isupper()}

    @property
    def demonym_keys(self) -> Mapping[str, str]:
        """The country code of every adjective and national, by name key; acronyms left out."""
        return self._demonym_keys

    def __len__(self) -> int:
        return len(self._countries)

    def __iter__(self) -> Iterator[Country]:
        return iter(self._countries.values())

    def country(self, iso3: str) -> Country | None:
        """Return the country of this code, or None."""
        return self._countries.get(iso3)

    def by_name(self, word: str) -> Country | None:
        """Return the country with this name or alias, or None; "US" counts only in capitals."""
        return _exact(self._by_name, word)

    def demonym(self, word: str) -> Country | None:
        """Return the country whose adjective or nationals are called so ("Afghan", "Turks"), or None."""
        return _exact(self._by_demonym, word)

    def capital_of(self, word: str) -> Country | None:
        """Return the country whose capital is called so, or None."""
        return self._by_capital.get(name_key(word))

    def seat_of(self, word: str) -> Country | None:
        """Return the country whose government or armed forces this word stands for ("Kremlin", "Rawalpindi"), or None."""
        return self._by_seat.get(name_key(word.removeprefix("the ").removeprefix("The ")))

    def _add(self, country: Country) -> None:
        for text in (country.name, *(name.text for name in country.names)):
            self._by_name.setdefault(_surface(text), country)
        for text in (*country.adjectives, *country.nationals):
            self._by_demonym.setdefault(_surface(text), country)
        for capital in country.capitals:
            self._by_capital.setdefault(name_key(capital.text), country)
        for seat in country.seats:
            self._by_seat.setdefault(name_key(seat.name), country)


def _surface(text: str) -> str:
    short = text.replace(".", "").replace(" ", "")
    return short if short.isupper() and len(short) <= 4 else name_key(text)


def _exact(index: dict[str, Country], word: str) -> Country | None:
    short = word.replace(".", "")
    if short.isupper() and len(short) <= 4:
        return index.get(short) or index.get(name_key(word))
    key = name_key(word.removeprefix("the ").removeprefix("The "))
    return index.get(key)
