"""How two spellings of a name are brought to one key; pure, no data of its own.

Rules
1. Case, diacritics, apostrophes and a possessive 's do not distinguish names.
2. Hyphens, dashes, dots and repeated spaces separate words of a name like one space.
3. A word that says of which kind the place is ("Province", "District", "border crossing") may follow the name.
"""

from __future__ import annotations

import re
import unicodedata

from tasdiq.model.place import PlaceKind

_APOSTROPHES = str.maketrans("", "", "'’‘ʼʿʾ`´")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-‐-―.,_/&]+")

KIND_WORDS: dict[str, PlaceKind] = {
    "border crossing": "crossing",
    "border crossings": "crossing",
    "border crossing point": "crossing",
    "border points": "crossing",
    "border posts": "crossing",
    "border gates": "crossing",
    "border crossing points": "crossing",
    "border point": "crossing",
    "border post": "crossing",
    "border gate": "crossing",
    "border terminal": "crossing",
    "crossing point": "crossing",
    "crossing points": "crossing",
    "crossing": "crossing",
    "crossings": "crossing",
    "border": "crossing",
    "gate": "crossing",
    "gates": "crossing",
    "province": "province",
    "provinces": "province",
    "governorate": "province",
    "oblast": "province",
    "state": "province",
    "prefecture": "province",
    "canton": "province",
    "district": "district",
    "districts": "district",
    "agency": "district",
    "tehsil": "district",
    "county": "district",
    "city": "city",
    "town": "town",
    "village": "town",
    "cities": "city",
    "towns": "town",
    "villages": "town",
    "airbases": "base",
    "airbase": "base",
    "air base": "base",
    "airfield": "base",
    "airport": "base",
    "garrison": "base",
    "region": "region",
    "valley": "region",
    "pass": "region",
    "peninsula": "region",
    "river": "river",
    "sea": "sea",
}
_SUFFIX = re.compile(rf"^(.+?) ({'|'.join(sorted(KIND_WORDS, key=len, reverse=True))})$")


def name_key(name: str) -> str:
    """Return the key under which spellings of `name` meet: "Pul-e Alam" and "pul e alam" give one key (rules 1, 2)."""
    text = name if name.isascii() else _strip_marks(name)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    return _SEPARATORS.sub(" ", text.translate(_APOSTROPHES)).strip().casefold()


def split_kind(key: str) -> tuple[str, PlaceKind | None]:
    """Cut a trailing word of kind off a name key: "kunar province" gives ("kunar", "province") (rule 3)."""
    match = _SUFFIX.match(key)
    return (match[1], KIND_WORDS[match[2]]) if match else (key, None)


def _strip_marks(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).translate({ord("ı"): "i", ord("ł"): "l", ord("Ł"): "L", ord("ø"): "o"})
    return "".join(character for character in plain if not unicodedata.combining(character))
