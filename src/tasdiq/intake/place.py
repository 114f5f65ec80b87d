"""The places a text names, with offsets.

Decides which capitalised words are places, which place each means, and whether a place stands for a border crossing. It does
not decide whether a capital stands for its government: that is `tasdiq.intake.actors`.

Rules
1. The longest name wins; a name is not found inside a word or another name; it begins with a capital.
2. A name that is also a word or a person's name ("Tank", "Jordan") counts only in context: after "in", "near" and their like,
   before a word of kind, or in a list beside a place.
3. So does a small place of a country that the text does not otherwise touch.
4. Not places: a name after a title ("General Khan"), and one that begins the name of a news outlet ("Khyber News").
5. Among places of one name, those of countries the text touches come first; a word of kind after the name decides.
6. A place with a crossing stands for it if "crossing", "gate" and their like follow, or if its sentence tells of closing,
   opening or traffic at a border. A name that only a crossing bears always does.
7. A place that no gazetteer holds is taken from its context (`place_context`); once found, its bare name is found too. Its id
   is `unlisted.<name>` and it has no coordinates.

Roles: `crossing` (rule 6), `area` (a word of kind follows), `location` (after a locative word), else `name`.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from tasdiq.model.place import Place, PlaceKind, PlaceMention

from .gazetteer import KIND_WORDS, Gazetteer, name_key
from .place_context import CAPITAL, sentence_around, tells_of_passage, two_ends, unlisted_places

_START = re.compile(rf"(?<![\w’'])[{CAPITAL}][^\W_]*(?:['’][^\W_]+)*")
_NEXT = re.compile(r"(?:[ \n\u00a0]|[-‐‑–/]|\. ?)([^\W_]+(?:['’][^\W_]+)*)")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_LOCATIVE = re.compile(
    r"(?:^|[\s(“\"‘'—])(?:in|at|near|around|outside|inside|across|via|through|into|visit(?:ed|s|ing)?|northern|southern|eastern|western"
    r"|north|south|east|west|central|neighbou?ring)(?: of)?(?: the)?\s$",
    re.IGNORECASE,
)
_DIRECTED = re.compile(
    r"(?:^|[\s(“\"‘'—])(?:from|to|towards?|of|between|leaving|for|reached)(?: the)?\s$", re.IGNORECASE
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|General|Col|Colonel|Maj|Major|Lt|Capt|Captain|Brig|Brigadier|Marshal|President|Senator|Justice"
    r"|Mullah|Mawlawi|Maulvi|Maulana|Mufti|Qari|Hafiz|Sheikh|Haji|Malik|Commander|Sardar|Nawab|Prince|Princess|King|Queen"
    r"|Sir|Lady|Engineer|Ustad|Professor|Prof|Ambassador)\.?\s$|\bVoice of $|\bRadio $"
)
_OUTLET = re.compile(
    r"['’]?s? (?:News|TV|Television|Times|Post|Tribune|Radio|Press|Herald|Gazette|Media|Broadcasting|Observer|Chronicle)\b"
)
_KINDS = "|".join(sorted(KIND_WORDS, key=len, reverse=True))
_OTHER = rf"(?:, and |, | and | or )(?:the )?[{CAPITAL}][\w’'-]*(?: [{CAPITAL}][\w’'-]*){{0,2}}"
_KIND = re.compile(rf" (?i:({_KINDS}))\b|(?:{_OTHER}){{1,4}} (?i:({_KINDS}))(?<=s)\b")
_CROSSINGS_AT = re.compile(
    r"\b(?:crossings?|gates?|border points?)(?: points?)?,? (?:at|of|in|such as|including|like) (?:[^.;:\n]{0,40}(?:, | and ))?"
    r"(?:the )?$"
)
_LONGER = re.compile(rf" [{CAPITAL}]\w")
_BESIDE = re.compile(r"(?:, | and |, and | or | & |[-–/])(?:the )?")


class KnownPlaces(dict[str, Place]):
    """Places by name, and the keys of the names as a scan asks for them, made once for many texts. Not changed afterwards."""

    @cached_property
    def by_key(self) -> dict[str, Place]:
        """The places by the keys of their names."""
        return {name_key(name): place for name, place in self.items()}

    @cached_property
    def longest(self) -> dict[str, int]:
        """The most words a name has that begins with a word."""
        return _longest(self.by_key)


class _Hit(NamedTuple):
    start: int
    end: int
    key: str
    places: tuple[Place, ...]
    known: bool


def learn_places(
    texts: Iterable[str], gazetteer: Gazetteer, *, extra: Mapping[str, Place] | None = None
) -> dict[str, Place]:
    """Return the unlisted places of several texts by name (rule 7), to be passed to `find_places` as `extra` with the rest.

    What one document says in context ("the Xxx crossing") then holds for the bare name in all the others.
    """
    added = {name_key(name): place for name, place in (extra or {}).items()}
    learned: dict[str, Place] = {}
    for text in texts:
        for key, place in _learn(text, gazetteer, added).items():
            if key not in learned or learned[key].kind == "unknown":
                learned[key] = place
    return learned


def find_places(text: str, gazetteer: Gazetteer, *, extra: Mapping[str, Place] | None = None) -> list[PlaceMention]:
    """Return every mention of a place in `text`, in order; offsets count code points. `extra` adds names, and wins."""
    known = extra if isinstance(extra, KnownPlaces) else KnownPlaces(extra or {})
    hits = list(_scan(text, gazetteer, _learn(text, gazetteer, known.by_key), known))
    touched = _countries_touched(hits, text, gazetteer)
    kept = _keep(text, hits, touched, gazetteer)
    return [_mention(text, hit, touched, gazetteer) for hit in kept]


def _learn(text: str, gazetteer: Gazetteer, added: Mapping[str, Place]) -> dict[str, Place]:
    demonyms = gazetteer.world.demonym_keys

    def is_known(key: str) -> bool:
        return key in added or key in demonyms or bool(gazetteer.candidates(key))

    found = unlisted_places(text, is_known=is_known, peoples=demonyms)
    learned = {
        key: Place(id="unlisted." + key.replace(" ", "-"), name=name, kind=kind) for key, (name, kind) in found.items()
    }
    for place in [place for place in learned.values() if place.kind == "crossing"]:
        learned |= {name_key(end): place for end in two_ends(place.name, text) or ()}
    return learned


def _longest(keys: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        first, _, rest = key.partition(" ")
        longest[first] = max(longest.get(first, 0), rest.count(" ") + 2 if rest else 1)
    return longest


def _scan(text: str, gazetteer: Gazetteer, learned: Mapping[str, Place], known: KnownPlaces) -> Iterator[_Hit]:
    """Yield what may be a place: a name of the gazetteer, or one of the names added to it, those known before going first."""
    longest, added = _longest(learned), ChainMap(known.by_key, dict(learned))
    done = 0
    for match in _START.finditer(text):
        if match.start() < done:
            continue
        first = name_key(match[0])
        limit = max(gazetteer.longest(first), longest.get(first, 0), known.longest.get(first, 0))
        hit = _longest_name(text, match, first, limit, gazetteer, added) if limit else None
        if hit:
            yield hit
            done = hit.end


def _longest_name(
    text: str, match: re.Match[str], first: str, limit: int, gazetteer: Gazetteer, added: Mapping[str, Place]
) -> _Hit | None:
    keys, ends = [first], [_name_end(match[0], match.end())]
    end = match.end()
    while len(keys) < limit and (following := _NEXT.match(text, end)):
        end = following.end()
        keys.append(name_key(following[1]))
        ends.append(_name_end(following[1], end))
    for count in range(len(keys), 0, -1):
        key = " ".join(keys[:count])
        if key in added:
            return _Hit(match.start(), ends[count - 1], key, (added[key],), False)
        places = gazetteer.candidates(key)
        surface = text[match.start() : ends[count - 1]]
        if places and (not gazetteer.is_acronym(key) or surface.isupper()):
            return _Hit(match.start(), ends[count - 1], key, places, True)
    return None


def _name_end(word: str, end: int) -> int:
    return end - 2 if _POSSESSIVE.search(word) else end


def _countries_touched(hits: list[_Hit], text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the countries whose name, people, province, crossing or large city the text names without ambiguity."""
    demonyms = gazetteer.world.demonym_keys
    touched = {code for word in set(_START.findall(text)) if (code := demonyms.get(name_key(word)))}
    for hit in hits:
        if hit.known and hit.key not in gazetteer.ambiguous and gazetteer.is_prominent(hit.places[0]):
            countries = gazetteer.countries_of(hit.places[0])
            if all(set(gazetteer.countries_of(place)) <= set(countries) for place in hit.places):
                touched.update(countries)
    return frozenset(touched)


def _keep(text: str, hits: list[_Hit], touched: frozenset[str], gazetteer: Gazetteer) -> list[_Hit]:
    """Apply rules 2-4; a doubtful name is kept beside a kept one in a list."""
    verdicts = [_verdict(text, hit, touched, gazetteer) for hit in hits]
    for order in (range(1, len(hits)), range(len(hits) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            if verdicts[index] is None and verdicts[index + step]:
                one, other = sorted((hits[index], hits[index + step]))
                if _BESIDE.fullmatch(text, one.end, other.start):
                    verdicts[index] = True
    return [hit for hit, verdict in zip(hits, verdicts, strict=True) if verdict]


def _verdict(text: str, hit: _Hit, touched: frozenset[str], gazetteer: Gazetteer) -> bool | None:
    """Say whether a hit is a place: True, False, or None where only its neighbours in a list can tell."""
    before = text[max(0, hit.start - 24) : hit.start]
    if _TITLE.search(before) or _OUTLET.match(text, hit.end):
        return False
    if not hit.known:
        return True
    if hit.key in gazetteer.ambiguous and _LONGER.match(text, hit.end) and not _kind_after(text, hit):
        return False
    near = any(place.country in touched or place.kind in ("crossing", "country") for place in hit.places)
    if (
        _LOCATIVE.search(before)
        or _KIND.match(text, hit.end)
        or _CROSSINGS_AT.search(text, max(0, hit.start - 80), hit.start)
    ):
        return True
    if hit.key in gazetteer.ambiguous:
        return True if near and _DIRECTED.search(before) else None
    return True if near or gazetteer.is_prominent(hit.places[0]) else None


def _mention(text: str, hit: _Hit, touched: frozenset[str], gazetteer: Gazetteer) -> PlaceMention:
    kind = _kind_after(text, hit)
    place = _choose(hit, kind, touched, gazetteer)
    crossing = _crossing(text, hit, place, kind, gazetteer)
    return PlaceMention(
        start=hit.start,
        end=hit.end,
        name=text[hit.start : hit.end],
        place=place.id,
        kind=place.kind,
        crossing=crossing,
        role=_role(text, hit, kind, crossing),
    )


def _kind_after(text: str, hit: _Hit) -> PlaceKind | None:
    """Return the kind named after a hit: "Kunar province", or "Swat and Bajaur districts"; a country has none."""
    if hit.places[0].kind == "country" or (following := _KIND.match(text, hit.end)) is None:
        return None
    return KIND_WORDS[(following[1] or following[2]).casefold()]


def _choose(hit: _Hit, kind: PlaceKind | None, touched: frozenset[str], gazetteer: Gazetteer) -> Place:
    found = tuple(sorted(hit.places, key=lambda place: place.kind != "crossing" and place.country not in touched))
    return (gazetteer.of_kind(found, kind) if kind and hit.known else found)[0]


def _crossing(text: str, hit: _Hit, place: Place, kind: PlaceKind | None, gazetteer: Gazetteer) -> str | None:
    if place.kind == "crossing":
        return place.id
    crossing = gazetteer.crossing_of(place)
    if crossing is None:
        return None
    said = kind == "crossing" or bool(_CROSSINGS_AT.search(text, max(0, hit.start - 80), hit.start))
    return crossing.id if said or tells_of_passage(sentence_around(text, hit.start, hit.end)) else None


def _role(text: str, hit: _Hit, kind: PlaceKind | None, crossing: str | None) -> str:
    if crossing:
        return "crossing"
    if kind:
        return "area"
    return "location" if _LOCATIVE.search(text[max(0, hit.start - 24) : hit.start]) else "name"
