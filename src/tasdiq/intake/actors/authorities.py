"""Which names stand for a party's authorities although no list of countries says so ("the Vorlandish Sarem regime").

Rules, each counted over the prose of the whole folder
1. "<Demonym> <Name> regime|government|administration|authorities|rulers" makes Name a name of that party's authorities.
2. "<Name> regime|government|administration|takeover" makes Name a governing authority; "<Demonym> <Name>" then says whose.
3. A "<Demonym> <Name>" that the texts declare to be something else ("the ABC, commonly known as the Kestrian Sarem") belongs to
   that other actor and counts for nothing here.
4. Of two parties with equal evidence neither gets the name.
5. A name by which a party's own organ or official calls it ("the delegation said the Northern Union was willing to …") is its
   name, if nobody else is known by it.
6. Only where the texts say nothing of whose a governing name is, the list of countries may (a name marked as used by "<Name>
   authorities").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from tasdiq.intake.gazetteer import load_world, name_key

from .directory import Directory
from .naming import CAPITAL, NOT_NAMES, plain, trim_name
from .polities import Polity
from .roles import OFFICE_WORDS
from .table import NameTable
from .voices import Voice

GOVERNS = r"(?:regime|government|administration|authorities|rulers|rule|takeover|leadership)"
SPEAKS = (
    r"(?:spokes(?:man|woman|person)|delegation|side|officials?|representatives|negotiators|forces|authorities|fighters)"
)
_NAME = rf"((?:[{CAPITAL}][\w]+)(?:[ -][{CAPITAL}][\w]+){{0,2}})"
_AFTER = re.compile(rf" {_NAME}(?:'s)?(?: (?:de facto |interim |caretaker )?({GOVERNS}|{SPEAKS}))?\b")
_BARE = re.compile(rf"(?<![\w-]){_NAME}(?:'s)? (?:de facto |interim )?(?:regime|government|administration|takeover)\b")
_RETURN = re.compile(rf"\b(?:return to power|takeover|rule) (?:of|by) the {_NAME}")
_TOOK = re.compile(rf"(?<![\w-]){_NAME} (?:regime )?(?:took|seized|returned to) power\b")
_WILLING = re.compile(
    rf"(?:that )?the {_NAME} (?:was|is|were|are|remains?|remained) (?:\w+ )?(?:willing|ready|prepared|committed)\b"
)
STRONG = 3


def learn_authorities(
    texts: Sequence[str], polities: Sequence[Polity], table: NameTable, declared: Container[str]
) -> dict[str, str]:
    """Return the party id by name of its authorities; `declared` holds name keys that were declared to be something else."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    governing = _governing(texts)
    for text in texts:
        for mention in table.find(text):
            if (
                mention.party
                and mention.sort in ("demonym", "country")
                and (after := _AFTER.match(_shift(text, mention.end)))
            ):
                name = _name(after[1], table)
                if name and name_key(f"{text[mention.start : mention.end]} {name}") not in declared:
                    votes[name][mention.party] += STRONG if after[2] and re.fullmatch(GOVERNS, after[2]) else 1
    return _decide(votes, governing, polities, table)


def own_names(texts: Mapping[str, str], voices: Mapping[str, Sequence[Voice]], directory: Directory) -> dict[str, str]:
    """Return the party id by name a party's own speakers call it by (rule 5); `texts` and `voices` by document id."""
    found: dict[str, str] = {}
    for document, by_document in voices.items():
        text = plain(texts[document])
        for voice in by_document:
            party = voice.resolution.party
            if (
                party is None
                or voice.reading.kind not in ("organ", "office", "person")
                or party not in directory.polities
            ):
                continue
            for span in voice.content:
                match = _WILLING.match(text[span.start : span.end])
                name = trim_name(match[1]) if match else ""
                if name and not directory.table.look(name) and not _is_office(name):
                    found.setdefault(name, party)
    return found


def _shift(text: str, end: int) -> str:
    """Return what follows a mention, a possessive left out."""
    following = text[end : end + 90]
    return following[2:] if following.startswith("'s") else following


def _name(words: str, table: NameTable) -> str:
    """Return the name if it can be one: neither an office, nor an organ, nor somebody the table knows."""
    name = trim_name(words)
    parts = name.split()
    if not parts or _is_office(name):
        return ""
    return "" if any(each.sort != "person" for part in (name, parts[0]) for each in table.look(part)) else name


def _is_office(name: str) -> bool:
    return any(part.lower() in OFFICE_WORDS for part in name.split())


def _governing(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        for pattern in (_BARE, _RETURN, _TOOK):
            found.update(trim_name(match[1]).split(" ")[-1] for match in pattern.finditer(text))
    return Counter({name: n for name, n in found.items() if name.lower() not in OFFICE_WORDS | NOT_NAMES})


def _decide(
    votes: dict[str, Counter[str]], governing: Counter[str], polities: Sequence[Polity], table: NameTable
) -> dict[str, str]:
    decided: dict[str, str] = {}
    for name, by_party in votes.items():
        (party, most), *others = by_party.most_common(2)
        if (most >= STRONG or governing[name]) and not (others and others[0][1] == most):
            decided[name] = party
    for name in governing:
        prior = _prior(name, polities)
        if name not in votes and prior and not table.look(name):
            decided[name] = prior
    return decided


def _prior(name: str, polities: Sequence[Polity]) -> str | None:
    """Rule 6."""
    world = load_world()
    for polity in polities:
        country = world.country(polity.country) if polity.country else None
        for known in country.names if country else ():
            if name_key(known.used_by) == f"{name_key(name)} authorities":
                return polity.id
    return None
