"""The gazetteer: every place and crossing by name and by id.

Decides which place a name most likely means when nothing but a country is known; what a text around the name says is left
to `tasdiq.intake.place`. Ambiguous names are kept: every look-up returns all candidates, best first.

Rules
1. Candidates of the country in `near` come first.
2. Then by kind: country, crossing, large city or capital, province, city, base, district, town, region.
3. Then by population, then by id.
4. A word of kind in the name ("Kunar Province") keeps the candidates of that kind, if there are any.
5. A place leads to a crossing if it is the border post or town at one end, or the district called like it; not if it is
   merely the district around.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tasdiq.model.place import Crossing, Place, PlaceKind

from .names import name_key, split_kind
from .world import World

_LARGE = 200_000
_RANK: dict[PlaceKind, int] = {
    "country": 0,
    "crossing": 1,
    "province": 3,
    "city": 4,
    "base": 5,
    "district": 6,
    "town": 7,
    "region": 8,
}
_NEAR_KIND: dict[PlaceKind, frozenset[PlaceKind]] = {
    "city": frozenset({"city", "town"}),
    "town": frozenset({"town", "city"}),
    "region": frozenset({"region", "province"}),
}


class Gazetteer:
    """All places of the package, immutable once built."""

    def __init__(
        self,
        places: Iterable[Place],
        crossings: Iterable[Crossing],
        *,
        population: Mapping[str, int],
        ambiguous: frozenset[str],
        world: World,
    ) -> None:
        self.world = world
        self.ambiguous = ambiguous
        self._population = population
        self._places = {place.id: place for place in places}
        self._crossings = {crossing.id: crossing for crossing in crossings}
        self._crossing_of_end = self._ends()
        self._acronyms: set[str] = set()
        self._by_key = self._index()
        self._longest = _longest_by_first_word(self._by_key)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place by id, countries and crossings included."""
        return self._places

    @property
    def crossings(self) -> Mapping[str, Crossing]:
        """Every crossing by id."""
        return self._crossings

    def place(self, place_id: str) -> Place | None:
        """Return the place of this id, or None."""
        return self._places.get(place_id)

    def crossing_of(self, place: Place | str) -> Crossing | None:
        """Return the crossing that a place is, or is an end of: both Chaman and Spin Boldak lead to one (rule 5)."""
        place_id = place if isinstance(place, str) else place.id
        return self._crossings.get(place_id) or self._crossing_of_end.get(place_id)

    def find(self, name: str, *, near: str | None = None) -> tuple[Place, ...]:
        """Return the places called `name` in any spelling, best first (rules 1-4); `near` is ISO 3166-1 alpha-3."""
        key = name_key(name)
        found = self.candidates(key, near=near)
        if found:
            return found
        stem, kind = split_kind(key)
        found = self.candidates(stem, near=near)
        return self.of_kind(found, kind) if kind else found

    def candidates(self, key: str, *, near: str | None = None) -> tuple[Place, ...]:
        """Return the places under a name key, best first (rules 1-3)."""
        found = self._by_key.get(key, ())
        if near is None or len(found) < 2:
            return found
        return tuple(sorted(found, key=lambda place: near not in self.countries_of(place)))

    def of_kind(self, found: tuple[Place, ...], kind: PlaceKind) -> tuple[Place, ...]:
        """Put the candidates of `kind` first and drop the others if there are any of it (rule 4)."""
        if kind == "crossing":
            return tuple(place for place in found if self.crossing_of(place)) or found
        fitting = _NEAR_KIND.get(kind, frozenset({kind}))
        return tuple(place for place in found if place.kind in fitting) or found

    def longest(self, word: str) -> int:
        """Return how many words the longest name has that begins with `word` (a key), 0 if none does."""
        return self._longest.get(word, 0)

    def is_acronym(self, key: str) -> bool:
        """Tell whether every name under `key` is an acronym, which counts only in capitals ("US", not "us")."""
        return key in self._acronyms

    def is_prominent(self, place: Place) -> bool:
        """Tell whether a place is known without any context: a country, a crossing, a province or a large city."""
        return place.kind in ("country", "crossing", "province") or self._population.get(place.id, 0) >= _LARGE

    def countries_of(self, place: Place) -> tuple[str, ...]:
        """Return the country of a place, or both countries of a crossing, as ISO 3166-1 alpha-3."""
        crossing = self._crossings.get(place.id)
        return crossing.countries if crossing else (place.country,) if place.country else ()

    def _ends(self) -> dict[str, Crossing]:
        ends: dict[str, Crossing] = {}
        for crossing in self._crossings.values():
            places = [self._places[end] for end in crossing.ends]
            posts = {place.name for place in places if place.kind != "district"}
            ends |= {place.id: crossing for place in places if place.name in posts}
        return ends

    def _rank(self, place: Place) -> tuple[int, int, str]:
        people = self._population.get(place.id, 0)
        rank = 2 if place.kind == "city" and people >= _LARGE else _RANK.get(place.kind, 9)
        return rank, -people, place.id

    def _index(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {}
        plain: set[str] = set()
        for place in self._places.values():
            texts = (place.name, *(name.text for name in place.names))
            keys = {text: name_key(text) for text in texts}
            for text, key in keys.items():
                (self._acronyms if _is_acronym(text) else plain).add(key)
            for key in dict.fromkeys(keys.values()):
                found.setdefault(key, []).append(place)
        self._acronyms -= plain
        return {key: tuple(sorted(group, key=self._rank)) for key, group in found.items() if key}


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isascii() and len(text) <= 6


def _longest_by_first_word(keys: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        first, _, rest = key.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > longest.get(first, 0):
            longest[first] = length
    return longest
