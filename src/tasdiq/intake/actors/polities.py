"""The polities a folder can speak of: the charter's members and every country, with their names, demonyms and capitals.

Rules
1. The charter's names and designations come first; a member is joined with the country of its code or name.
2. Of a country that the folder touches (name or demonym in prose, or a member), the capital and the seats of government stand
   for its authorities; those of other countries do not ("Male", "Victoria" are words and names too).
3. A member or polity without a country gets the demonyms and the capital that the texts show (`unlisted`).
4. A demonym of two countries belongs to the one the charter names, else to the one the folder names.
5. A country met only under a name that is part of another's ("Congo"), with one demonym for both, is that other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tasdiq.intake.gazetteer import Country, World, load_world, name_key
from tasdiq.model.charter import Charter, Member

from .naming import slug
from .table import Known, NameTable, Sort


@dataclass
class Polity:
    """A party, mediator, observer or other country. `id` is what `Statement.party` says; `actor` its actor id."""

    id: str
    actor: str
    name: str
    role: str = ""
    country: str | None = None
    words: list[tuple[str, Sort]] = field(default_factory=list)

    def named(self, *sorts: Sort) -> list[str]:
        """Return its words of the given sorts."""
        return [word for word, sort in self.words if sort in sorts]


def list_polities(charter: Charter | None, texts: Iterable[str], unlisted: Sequence[Polity]) -> list[Polity]:
    """Return members first, then the countries that `texts` touch, then unlisted polities."""
    world, texts = load_world(), tuple(texts)
    members = [_member(member, world) for member in (charter.members if charter else ())]
    taken = {each.country for each in members if each.country}
    touched = [
        Polity(id=code, actor=code.lower(), name=country.name, country=code)
        for code in touched_countries(texts)
        if code not in taken and (country := world.country(code))
    ]
    for polity in (*members, *touched):
        if polity.country and (country := world.country(polity.country)):
            polity.words.extend(_words(country, texts))
    _share_short_names([*members, *touched])
    return _join_unlisted([*members, *touched], unlisted)


def touched_countries(texts: Iterable[str]) -> list[str]:
    """Return the codes of the countries whose name or demonym stands in the texts, in order of first mention (rule 2)."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for mention in world_table().find(text, tied=True):
            if mention.party and mention.sort != "capital":
                found.setdefault(mention.party, set()).add(name_key(text[mention.start : mention.end]))
    return [code for code in found if not _is_part(code, found)]


def _is_part(code: str, found: Mapping[str, set[str]]) -> bool:
    """Tell whether a country is met only by a name that is a part of another's met name, with one demonym for both (rule 5)."""
    country = load_world().country(code)
    for other, names in found.items():
        rival = load_world().country(other)
        if other == code or country is None or rival is None or not set(country.adjectives) & set(rival.adjectives):
            continue
        if all(any(f" {name} " in f" {full} " and name != full for full in names) for name in found[code]):
            return True
    return False


@cache
def world_table() -> NameTable:
    """Return the table of all countries' names, demonyms and capitals."""
    table = NameTable()
    for country in load_world():
        for word, sort in _words(country):
            exact = word if is_acronym(word) else ""
            table.add(word, Known(country.id.lower(), country.id, sort, exact=exact))
    return table


def _share_short_names(polities: Sequence[Polity]) -> None:
    """Give a country the short name it shares with one that the folder does not touch (rule 5)."""
    world = load_world()
    codes = {each.country for each in polities}
    for polity in polities:
        country = world.country(polity.country or "")
        for rival in world if country else ():
            if (
                country
                and rival.id not in codes
                and set(country.adjectives) & set(rival.adjectives)
                and rival.name in country.name
            ):
                polity.words.append((rival.name, "country"))


def enter_polities(table: NameTable, polities: Iterable[Polity]) -> None:
    """Enter every word of every polity; a demonym claimed twice stays with the first (rule 4)."""
    claimed: dict[str, str] = {}
    for polity in polities:
        for word, sort in polity.words:
            if sort in ("demonym", "national") and claimed.setdefault(name_key(word), polity.id) != polity.id:
                continue
            table.add(word, Known(polity.actor, polity.id, sort, exact=word if is_acronym(word) else ""))


def is_acronym(word: str) -> bool:
    """Tell whether a word is short and all in capitals."""
    short = word.replace(".", "")
    return short.isupper() and len(short) <= 4


def _member(member: Member, world: World) -> Polity:
    names = [member.name, *(each.text for each in member.designations)]
    country = world.country(member.country.upper()) if member.country else None
    if country is None:
        country = next((found for name in names if (found := world.by_name(name))), None)
    code = country.id if country else member.country
    polity = Polity(id=member.id, actor=member.id, name=member.name, role=member.role, country=code)
    polity.words.extend((name, "country") for name in names)
    return polity


def _words(country: Country, texts: Sequence[str] = ()) -> list[tuple[str, Sort]]:
    """Return a country's words; of several demonyms ("Kyrgyz", "Kyrgyzstani") the one most used in the texts comes first."""
    several = texts if len(country.adjectives) > 1 else ()
    uses = {
        word: sum(text.count(f"{word} ") for text in several) for word in country.adjectives if word != country.name
    }
    found: list[tuple[str, Sort]] = [(country.name, "country")]
    found.extend((each.text, "country") for each in country.names)
    found.extend((word, "demonym") for word in sorted(country.adjectives, key=lambda word: -uses.get(word, 0)))
    found.extend((word, "national") for word in country.nationals)
    found.extend((each.text, "capital") for each in country.capitals)
    found.extend((each.name, "seat") for each in country.seats)
    return found


def _join_unlisted(polities: list[Polity], unlisted: Sequence[Polity]) -> list[Polity]:
    by_name = {name_key(name): each for each in polities for name in each.named("country")}
    for found in unlisted:
        known = by_name.get(name_key(found.name))
        if known is None:
            polities.append(found)
        else:
            known.words.extend(word for word in found.words if word not in known.words)
    return polities


def unlisted_polity(name: str, words: Iterable[tuple[str, Sort]]) -> Polity:
    """Return a polity that no list of countries holds, under its name."""
    return Polity(id=slug(name), actor=slug(name), name=name, words=[(name, "country"), *words])
