"""A headline that stands by itself (of a feed, of a table's citations) as one incident report: place, time, type and figures.

Rules:

1. An agency's tag ("UPDATE 2-"), and who says so behind a colon or dash (": police", "- website"), are not of the event. A headline
   in capitals is read like any other.
2. A headline tells in the present: "shelling kills four", "troops clash". What it asks, denies, plans or fears is told as any
   other sentence tells it: not as an event.
3. A digest ("roundup", "timeline", "factbox", "programme summary") is of no one event, and neither is a headline without a word
   for what was done, unless it counts killed or injured.
4. The event is put on the day of publishing; that it may have been the day before, grouping knows (`corroboration.pair`, 2).
5. The place is the most exact one named. "Northwest", "southern" and their like before a country's name are that part of it, as
   wide as the part; a country alone is all of it. A place in several countries' gazetteers is not guessed.
6. The type is that of the most telling word; a killing without a word for how has none.
7. Figures are read as in any sentence, and a single person without a number ("girl killed") is one.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from tasdiq.intake.events.deeds import KILLING
from tasdiq.intake.events.headline_words import DIGEST, ONE_HURT, ONE_KILLED, TAG, TELLER, harm_of, kind_of
from tasdiq.intake.events.numbers import find_numbers
from tasdiq.intake.gazetteer import Gazetteer, name_key
from tasdiq.intake.place import find_places
from tasdiq.model.incident import IncidentReport
from tasdiq.model.place import PlaceKind, PlaceMention

HALF_A_DAY_MIN = 720
_EXACT: tuple[PlaceKind, ...] = ("crossing", "base", "town", "city", "district", "region", "province")
_COMPASS = r"\b(north|south|N(?=[EW]\b)|S(?=[EW]\b))?[- ]?(east|west|E\b|W\b)?(?:ern)?"
SHORT_PART = re.compile(r"\b([NS])\.?([EW])\b\.?")
_PART = re.compile(rf"(?=\b[NSEWnsew]){_COMPASS} (?:of )?$")
_PART_AFTER = re.compile(rf"['’]s (?:[a-z]+ )?(?=[nsewNSEW]){_COMPASS}\b")
_PART_ALONE = re.compile(r"(?=\b[nsewNSEW])\b(north|south)[- ]?(east|west)(?:ern)?\b(?! [A-Z])")
_IN = re.compile(
    r"\b(?:in|inside|near|across|around|into|at|[nsNS]\w*(?:east|west|th)(?:ern)?|eastern|western|[NS][EW]|central) (?:the )?$"
)
_OWN = re.compile(r"['’]s\b| (?:tribal|border)\b")
_DOER = re.compile(
    r"\.? (?:drones?|missiles?|predator|jets?|troops|forces|army|soldiers|air ?strikes?|shelling|fir(?:e|ing)|police|military"
    r"|artillery|says?|kills?|attacks?|helicopters?|gunners|planes|strikes?|navy|rangers|artillery|mortars?)\b"
)
_SPEAKS = re.compile(r" (?:says?|accuses|warns|urges|denies|rejects|wants|vows)\b")
_TRIBAL = re.compile(r"\b[Tt]ribal (?:areas?|regions?|belts?|districts?|agency|agencies|territory|zones?)\b")
TRIBAL_AREAS = "Federally Administered Tribal Areas"
SHORT = {"Pak": "PAK", "Paks": "PAK", "Afghan": "AFG", "Indo": "IND"}
"""Names that only headlines shorten so."""
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_KM_PER_DEGREE = 111.2


class Where(NamedTuple):
    """A place as a report has it."""

    name: str
    lat_e7: int
    lon_e7: int
    half_m: int
    admin1: str = ""
    country: str | None = None


def read_headline(
    text: str, published: date, gazetteer: Gazetteer, *, report_id: str, source_id: str
) -> IncidentReport | None:
    """Return what a headline reports, None where it tells of no one event (rule 3)."""
    words = bare(text)
    if DIGEST.search(text):
        return None
    killed, injured = figures(words)
    kind = kind_of(words)
    if not kind and killed is None and injured is None:
        return None
    where = find_where(untagged(text), gazetteer)
    day = datetime(published.year, published.month, published.day, tzinfo=UTC)
    noon = day + timedelta(hours=12)
    return IncidentReport(
        report_id=report_id,
        source_id=source_id,
        source_kind="headline",
        reported_at=day.strftime("%Y-%m-%dT%H:%M:%SZ"),
        time=noon.strftime("%Y-%m-%dT%H:%M:%SZ"),
        time_precision_min=HALF_A_DAY_MIN,
        type="" if kind == KILLING else kind,
        killed_min=killed[0] if killed else None,
        killed_max=killed[1] if killed else None,
        injured_min=injured[0] if injured else None,
        injured_max=injured[1] if injured else None,
        text=words,
        **_placed(where),  # type: ignore[arg-type]  # fields of IncidentReport by name
    )


def untagged(text: str) -> str:
    """Return a headline without its agency's tag, and not all in capitals (rule 1)."""
    words = SHORT_PART.sub(_written_out, TAG.sub("", " ".join(text.split())).strip(" .\"'"))
    if sum(map(str.isupper, words)) > 0.7 * max(sum(map(str.isalpha, words)), 1):
        return words.title().replace("'S", "'s").replace("’S", "’s")
    return words


def _written_out(match: re.Match[str]) -> str:
    return f"{'north' if match[1] == 'N' else 'south'}{'east' if match[2] == 'E' else 'west'}"


def bare(text: str) -> str:
    """Return the words of a headline that are of the event (rule 1)."""
    return TELLER.sub("", untagged(text)).strip()


Bounds = tuple[int | None, int | None]


def figures(words: str) -> tuple[Bounds | None, Bounds | None]:
    """Return the bounds of killed and of injured (rule 7); several counts of one harm are one toll, summed."""
    found: dict[str, list[Bounds]] = {"killed": [], "injured": []}
    for number in find_numbers(words):
        if (harm := harm_of(words, number.start, number.end)) is not None:
            found[harm].append((number.low, number.high))
    for harm, single in (("killed", ONE_KILLED), ("injured", ONE_HURT)):
        if not found[harm] and single.search(words):
            found[harm].append((1, 1))
    return _summed(found["killed"]), _summed(found["injured"])


def _summed(own: list[Bounds]) -> Bounds | None:
    if not own:
        return None
    lows, highs = [low for low, _ in own], [high for _, high in own]
    low = None if None in lows else sum(low for low in lows if low is not None)
    return low, None if None in highs else sum(high for high in highs if high is not None)


def find_where(words: str, gazetteer: Gazetteer) -> Where | None:
    """Return where a headline puts its event (rule 5)."""
    found = find_places(words, gazetteer)
    exact = sorted((m for m in found if m.kind in _EXACT), key=lambda m: _EXACT.index(m.kind))
    for mention in exact:
        place = gazetteer.place(mention.place)
        if place and place.lat_e7 is not None and place.lon_e7 is not None and not _SPEAKS.match(words, mention.end):
            half = (place.precision_km or 10) * 1000
            return Where(mention.name, place.lat_e7, place.lon_e7, half, place.admin1 or "", place.country)
    return _somewhere(words, [m for m in found if m.kind == "country"], gazetteer)


def _somewhere(words: str, named: list[PlaceMention], gazetteer: Gazetteer) -> Where | None:
    """Return the country, or the part of it, that a headline puts its event in: one it locates, else one it names."""
    located = [
        m for m in named if (_IN.search(words[: m.start]) and not _DOER.match(words, m.end)) or _OWN.match(words, m.end)
    ]
    spans = [(m.start, m.end, m.place.upper()) for m in located or named]
    if not located:
        spans += [(m.start(), m.end(), code) for m in _CAPITAL.finditer(words)
                  if (code := SHORT.get(m[0]) or gazetteer.world.demonym_keys.get(name_key(m[0])))]  # fmt: skip
    spans.sort(key=lambda span: (bool(_DOER.match(words, span[1])), span[0]))
    for start, end, country in spans:
        if where := _country(words, start, end, country, gazetteer):
            return where
    return None


def _country(words: str, start: int, end: int, country: str, gazetteer: Gazetteer) -> Where | None:
    tribal = _TRIBAL.search(words)
    if tribal and (named := next((p for p in gazetteer.find(TRIBAL_AREAS) if p.country == country), None)):
        return Where(tribal[0], named.lat_e7 or 0, named.lon_e7 or 0, (named.precision_km or 10) * 1000, "", country)
    box = _extent(gazetteer, country)
    if box is None:
        return None
    south, north, west, east = box
    part = _PART.search(words[:start]) or _PART_AFTER.match(words, end) or _PART_ALONE.search(words)
    across, along = ((part[1] or "").lower()[:1], (part[2] or "").lower()[:1]) if part else ("", "")
    if across:
        south, north = ((south + north) / 2, north) if across == "n" else (south, (south + north) / 2)
    if along:
        west, east = ((west + east) / 2, east) if along == "e" else (west, (west + east) / 2)
    half = max(north - south, east - west) / 2 * _KM_PER_DEGREE
    lat, lon = (south + north) / 2, (west + east) / 2
    return Where(words[start:end], round(lat * 1e7), round(lon * 1e7), round(half * 1000), "", country)


@cache
def _extent(gazetteer: Gazetteer, country: str) -> tuple[float, float, float, float] | None:
    """Return south, north, west and east of a country's places in the gazetteer, in degrees; of a land in parts, its parts'."""
    named = gazetteer.place(country.lower())
    inside = [p for p in gazetteer.places.values() if p.country == country]
    if len(inside) < 2 and named:
        inside = [p for p in gazetteer.places.values() if p.kind == "province" and named.name in p.name]
    points = [(p.lat_e7 / 1e7, p.lon_e7 / 1e7) for p in inside if p.lat_e7 is not None and p.lon_e7 is not None]
    if len(points) < 2:
        return None
    lats, lons = zip(*points, strict=True)
    return min(lats), max(lats), min(lons), max(lons)


def _placed(where: Where | None) -> dict[str, object]:
    if where is None:
        return {}
    return {"place": where.name, "lat_e7": where.lat_e7, "lon_e7": where.lon_e7, "place_precision_m": where.half_m,
            "admin1": where.admin1, "country": where.country}  # fmt: skip
