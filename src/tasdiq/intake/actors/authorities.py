"""Which names stand for a party's authorities although no list of countries says so ("the Vorlandish Sarem regime").

Rules, each counted over the prose of the whole folder
1. "<Demonym> <Name> regime|government|administration|authorities|rulers" makes Name a name of that party's authorities.
2. "<Name> regime|government|administration|takeover" makes Name a governing authority; "<Demonym> <Name>" then says whose.
3. A "<Demonym> <Name>" that the texts declare to be something else ("the ABC, commonly known as the Kestrian Sarem") belongs to
   that other actor and counts for nothing here.
4. Of two parties with equal evidence neither gets the name.
5. A name by which a party's own organ or official calls it ("the delegation said the Northern Union was willing to …") is its
   name, if nobody else is known by it.
6. Where the texts do not say with a word of governing whose a name is, the list of countries may (a name marked as used by
   "<Name> authorities") where Name governs or has what only authorities have: "<Demonym> <Name>" alone may set another actor apart.
7. A "<Demonym> <Name>" that stands as a group ("the Kestrian Sarem, a separate group", "Kestrian Sarem militants", "the Kestrian
   Sarem claimed responsibility") is another actor: that demonym says nothing of whose Name is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache

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
OF_STATE = (
    r"delegation|side|officials?|representatives|negotiators|negotiating team|authorities|authority"
    r"|(?:acting )?(?:foreign|defen[cs]e|interior|information|prime) minist(?:er|ry)|embassy|ambassador"
    r"|envoy|border (?:forces|guards?)"
)
STRONG = 3
_KINDS = r"(?:group|outfit|movement|organi[sz]ation|faction|alliance|network|militia|umbrella|insurgency)"
_APART = re.compile(
    rf"^ {_NAME}(?: \([A-Z][\w-]*\)|, (?:(?:an?|the|its|which is an?) )?(?:[\w-]+ ){{0,3}}{_KINDS}\b"
    rf"|(?: (?:militants?|insurgents?|terrorists?|{_KINDS}|attacks?|attackers?)\b)"
    r"|,? (?:also |commonly |better |formally )?known as|(?: (?:has|had|have|later|also))? claimed (?:responsibility|the attack))"
)


def learn_authorities(
    texts: Sequence[str], polities: Sequence[Polity], table: NameTable, declared: Container[str]
) -> dict[str, str]:
    """Return the party id by name of its authorities; `declared` holds name keys that were declared to be something else."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    apart: set[tuple[str, str]] = set()
    governing = _governing(texts)
    for text in texts:
        for mention in table.find(text):
            if not (mention.party and mention.sort in ("demonym", "country")):
                continue
            following = _shift(text, mention.end)
            after = _AFTER.match(following)
            name = _name(after[1], table) if after else ""
            if not after or not name or name_key(f"{text[mention.start : mention.end]} {name}") in declared:
                continue
            if _APART.match(following):
                apart.add((name, mention.party))
            votes[name][mention.party] += STRONG if after[2] and re.fullmatch(GOVERNS, after[2]) else 1
    for name, party in apart:
        if votes[name][party] < STRONG:  # no word of governing beside it anywhere (rule 7)
            del votes[name][party]
    return _decide(votes, governing, polities, table, texts)


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
    votes: dict[str, Counter[str]],
    governing: Counter[str],
    polities: Sequence[Polity],
    table: NameTable,
    texts: Sequence[str],
) -> dict[str, str]:
    priors = {name: country for name, country in _priors().items() if governing[name] or _acts(name, texts)}
    decided: dict[str, str] = {}
    for name, by_party in votes.items():
        (party, most), *others = by_party.most_common(2) or [("", 0)]
        even = bool(others) and others[0][1] == most
        if not even and (most >= STRONG or (most and governing[name] and name not in priors)):
            decided[name] = party
    by_country = {polity.country: polity.id for polity in polities}
    for name, country in priors.items():
        known = name in decided or table.look(name) or max(votes[name].values(), default=0) >= STRONG
        if country in by_country and not known:
            decided[name] = by_country[country]
    return decided


@cache
def _priors() -> Mapping[str, str]:
    """Return the country by name of its authorities as the list of countries has it (rule 6)."""
    used = ((country.id, each.used_by) for country in load_world() for each in country.names)
    return {user.removesuffix(" authorities"): ident for ident, user in used if user.endswith(" authorities")}


def _acts(name: str, texts: Sequence[str]) -> bool:
    """Tell whether a name stands before what only authorities have ("the Sarem delegation", "the Sarem foreign minister")."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?:'s)? (?:{OF_STATE})\b")
    return any(pattern.search(text) for text in texts)
