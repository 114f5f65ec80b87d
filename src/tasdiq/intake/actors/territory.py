"""Whose local officials somebody is who names no side: those of the country in which the place lies that the phrase names.

Rules
1. Only offices of a state's own administration count (`LOCAL`: governor, police, district, provincial, information department); a
   doctor, a militant commander, an envoy or a mission's official may work in anybody's country.
2. An article written in a capital, or in a place of one country, is at home in that country; one written in several is not.
3. The place must stand in the gazetteer, in one country alone, and that country must be one the folder names.
"""

from __future__ import annotations

import re

from tasdiq.intake.gazetteer import load_gazetteer

from .directory import Directory
from .naming import CAPITAL

LOCAL = re.compile(
    r"(?i:\b(?:governor|chief minister|mayor|(?:deputy )?commissioner|police|district|provincial|province|municipal"
    r"|administrat(?:ion|or)"
    r"|government|information department|information (?:and culture )?director(?:ate)?"
    r"|local (?:officials?|authorities|administration)|border (?:officials?|police|commander)|security officials?)\b)"
)
_FOREIGN = re.compile(
    r"(?i:\b(?:hospital|medical|health|clinic|aid|charity|mission|embassy|consul(?:ate)?|ambassador|envoy|militant|rebel|insurgent"
    r"|group|tribal|un|u\.n\.|united nations|international|western|foreign)\b)"
)
_IN = re.compile(rf"\b(?:of|in|for|from|'s) (?:the )?((?:[{CAPITAL}][\w'-]+ ?){{1,3}})")
_BEFORE = re.compile(rf"^(?:[Tt]he |[Aa]n? )?((?:[{CAPITAL}][\w'-]+ ?){{1,3}})")


def party_of_territory(words: str, directory: Directory) -> str | None:
    """Return the party in whose country a local official's place lies, or None."""
    if not LOCAL.search(words) or _FOREIGN.search(words):
        return None
    named = {place for match in (*_IN.finditer(words), *_BEFORE.finditer(words)) for place in _starts(match[1])}
    countries = {country for place in named if (country := _country(place))}
    by_country = {polity.country: polity.id for polity in directory.polities.values() if polity.country}
    found = {by_country[country] for country in countries if country in by_country}
    return found.pop() if len(found) == 1 and len(countries) == 1 else None


def party_of_dateline(dateline: str, directory: Directory) -> str | None:
    """Return the party in whose country an article was written (rule 2), or None."""
    if "/" in dateline or " and " in dateline:
        return None
    city, _, country = dateline.partition(", ")
    if party := directory.party_of(city) or (directory.party_of(country) if country else None):
        return party
    code = _country(city.title())
    found = [polity.id for polity in directory.polities.values() if polity.country and polity.country == code]
    return found[0] if found else None


def _starts(words: str) -> list[str]:
    """Return every beginning of a run of capitalised words, possessives cut."""
    parts = [re.sub(r"'s?$", "", part) for part in words.split()]
    return [" ".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _country(name: str) -> str | None:
    """Rule 3; a country, or a place that several countries hold or share, tells nothing."""
    gazetteer = load_gazetteer()
    places = [place for place in gazetteer.find(name) if place.kind != "country"]
    countries = {country for place in places for country in gazetteer.countries_of(place)}
    return countries.pop() if len(countries) == 1 else None
