"""Armed groups and organisations with all their names: one actor however many names it goes by.

Rules
1. "Long Name (ABC)" makes both one, if the long name begins with the acronym's first letter and holds most of its letters in
   order; leading words that the acronym does not begin with are not part of the name.
2. "NAME (ABC/DEF)", and "ABC/DEF" where one is known, make ABC and DEF one.
3. "NAME, which … refers to as NAME2", "NAME, termed NAME2", "also|commonly|formerly known as", "a separate group known as",
   "calls", "a.k.a." make them one; after "It is … known as" the first name of the sentence before is meant.
4. Names that share an acronym are spellings of one name.
5. It is an armed group if somewhere a word of arms stands beside one of its names ("banned", "militants", "fighters",
   "outfits such as"); an organ, a place or a person is left to others; the rest are organisations.
6. "the NAME group", "militant group NAME", "NAME claimed responsibility" name an armed group without any definition; so does "NAME
   militants" if NAME is an acronym or speaks somewhere ("NAME said").
7. A name that holds a day or a number (`intake.numbered`) needs no definition; it is an armed group if a word of arms stands beside
   it or its short name, if it attacks or claims, or if its own word is one of arms ("Brigade").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tasdiq.intake.gazetteer import load_gazetteer, name_key
from tasdiq.intake.numbered import NUMBERED, NUMBERED_SHORT

from .naming import CAPITAL, trim_name, without_marks
from .outlets import PLATFORM
from .roles import CALLING, OFFICE_WORDS, ROLE, organ_slug
from .table import NameTable
from .where import Where

_PART = rf"[{CAPITAL}][\w’']*(?:-[\w’']+)*"
_LONG = rf"{_PART}(?:(?: (?:of|the|and|for|&|de|al|e|i|in|on) (?:the )?| ){_PART}){{0,6}}"
_SHORT = r"[A-Z][A-Za-z]*[A-Z](?:-[A-Z]+)?"
_DEFINED = re.compile(rf"({_LONG}),? \((?:the |or )?({_SHORT})(?:/({_SHORT}))?\)")
_NUMBERED = re.compile(rf"(?<![\w-])({NUMBERED})(?:,? \((?:the |or )?({NUMBERED_SHORT}|{_SHORT})\))?")
_FIGHTING = re.compile(
    r"^(?:'s)? (?:(?:has|had|have|also|later) ){0,2}(?:attacked|claimed responsibility|claimed the|ambushed|carried out|killed"
    r"|launched|fired|shelled|bombed|raided|seized|captured|took responsibility)\b"
)
_SLASH = re.compile(rf"(?<![\w/])({_SHORT})/({_SHORT})(?![\w/])")
_NAMING = (
    r"(?:(?:is|are|was|were) )?(?:(?:also|commonly|better|widely|locally|officially|often|sometimes|collectively|otherwise) )*"
    r"(?:known as|called|termed|dubbed|referred to as|designated(?: as)?|styled|labelled|labeled|named|a\.k\.a\.|aka"
    r"|formerly(?: known as| called)?|previously known as)"
)
_SORT = (
    r"(?:an?|the) (?:[\w-]+ ){0,3}(?:group|outfit|movement|organi[sz]ation|faction|alliance|network|militia),?"
    r" (?:that is |which is )?"
)
_WHO_SAYS = (
    r"(?:which|that|whom|what) [^,;.()]{1,60}? (?:refers? to|calls?|terms?|describes?|designates?|dubs?|labels?|styles?"
    r"|has (?:designated|termed|named))(?: it)?(?: as)?"
)
_ALIAS = re.compile(
    rf"({_LONG})(?: \({_SHORT}\))?,? \(?(?:{_SORT})?(?:{_NAMING}|{_WHO_SAYS}) (?:the |as the |by the state as )?[\"']?({_LONG})"
)
_ANAPHOR = re.compile(
    rf"(?:^|[.!?]\"? )(?:The )?({_LONG})[^.!?]*[.!?]\"?"
    rf" (?:It|They|The (?:group|outfit|movement|organi[sz]ation)) {_NAMING} (?:the )?[\"']?({_LONG})"
)
_ACTIVE = re.compile(r" (?:called|named|termed|dubbed|designated|labell?ed|styled)(?: the)? [\"']?")
"""A verb in its active voice: "President Brel called Orlan Teves" names nobody."""
_TITLED = re.compile(rf"{ROLE} \S")
_ARMS = r"militants?|fighters?|insurgents?|rebels?|terrorists?|gunmen|militias?|guerrillas?|leaders|cadres|commanders?|outfits?"
_ARMED_BEFORE = re.compile(
    rf"(?i:\b(?:banned|proscribed|outlawed|{_ARMS}|armed|separatist|militant|extremist|jihadist)(?: \w+)?"
    r"(?:,? (?:such as|like|including|of|by))?(?: groups?| outfits?| organi[sz]ations?| networks?)?"
    r"(?: such as| like| including)?(?: the)?(?: [^.;]{1,70}? (?:and|or)(?: the)?)?) ?$"
)
_ARMED_AFTER = re.compile(
    rf"(?i:^(?:'s)? (?:{_ARMS}|group|attacks?|insurgency)\b"
    r"|^ (?:(?:has|had|have|later|also) )?claimed (?:responsibility|the attack)\b"
    r"|^(?: \(\w+\))?(?: and [\w-]+(?: [\w-]+)*(?: \(\w+\))?)?,"
    r" (?:both |a |an |two )?(?:banned|proscribed|outlawed|militant|armed|rebel)\b)"
)
_FORMAL = re.compile(r"^(?:The|Authorities|Government|Forces|Leaders) (?:of (?:the )?)?")
_SPEAKER = re.compile(
    rf"(?<![\w-])({_PART}) (?:said|says|denied|denies|rejected|accused|claimed|vowed|announced|warned)\b"
)
_MEMBERS_OF = re.compile(rf"^(?:(?i:{_ARMS})|Members|Forces|Attacks) (?:of|by) (?:the )?")
_GROUP = re.compile(
    rf"\b[Tt]he ({_PART}(?: {_PART})?) (?:militant |armed |rebel |terrorist )?group\b"
    r"|\b(?:militant|armed|rebel|insurgent|terrorist|separatist|jihadist) (?:group|outfit|organi[sz]ation|movement)"
    rf"(?:,|,? (?:called|known as|named|calling itself))? (?:the )?({_LONG})"
    rf"|(?<![\w-])(?:[Tt]he )?({_LONG}) (?:(?:has|had|later|also) )?claimed responsibility\b"
    rf"|(?<![\w-])(?!(?:An?|The)\b)({_PART}) (?:{_ARMS}|leader|chief|commander)\b"
)


@dataclass
class Alias:
    """One actor's names with the places they were learnt at (index of the text, offset)."""

    names: list[str] = field(default_factory=list)
    armed: bool = False

    @property
    def name(self) -> str:
        """Its longest name of several words, first met, else its first name."""
        return next((each for each in self.names if " " in each or "-" in each), self.names[0])

    @property
    def short(self) -> str:
        """The acronym of its name, else its first acronym, else its name."""
        acronyms = [each for each in self.names if re.fullmatch(_SHORT, each)]
        return next(
            (each for each in acronyms if _abbreviates(self.name, each)), acronyms[0] if acronyms else self.name
        )


def learn_groups(texts: Sequence[str], table: NameTable) -> list[Alias]:
    """Return groups and organisations that the texts define; `table` holds what stands for a party."""
    joined = _Union()
    for text in texts:
        for pair in _pairs(text):
            joined.join(*pair)
    for text in texts:
        for match in _SLASH.finditer(text):
            if joined.knows(match[1]) or joined.knows(match[2]):
                joined.join(match[1], match[2])
    where = Where(texts, (name for names in joined.sets() for name in names))
    found = [Alias(names) for names in joined.sets() if not _left_to_others(names, table, where.of(names[0]))]
    for alias in found:
        alias.armed = _is_armed(alias.names, where.of(*alias.names))
    return found


def party_aliases(texts: Sequence[str], table: NameTable) -> dict[str, str]:
    """Return the party id by every further name a text gives a party: "the Islamic Union of Vorland (IUV)"."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _DEFINED.finditer(text):
            name = _FORMAL.sub("", match[1])
            parties = {each.party for each in table.look(name) if each.sort in ("country", "authority") and each.party}
            if len(parties) == 1 and not table.look(match[2]) and long_name(name, match[2]):
                found.setdefault(match[2], next(iter(parties)) or "")
    return found


def declared_names(groups: Iterable[Alias]) -> frozenset[str]:
    """Return the keys of every name of the groups."""
    return frozenset(name_key(name) for alias in groups for name in alias.names)


def long_name(words: str, short: str) -> str:
    """Return the end of `words` that the acronym abbreviates, or "" if none does (rule 1)."""
    parts = words.split(" ")
    for count in range(1, len(parts) + 1):
        tail = parts[-count:]
        if tail[0][:1].isupper() and _abbreviates(" ".join(tail), short):
            return " ".join(tail)
    return ""


def organ_acronyms(texts: Iterable[str]) -> dict[str, str]:
    """Return the organ by acronym where a text defines one: "the Ministry of Border Affairs (MoBA)"."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _DEFINED.finditer(text):
            name = long_name(match[1], match[2])
            organ = organ_slug(name) if name else None
            if organ and organ[0] not in ("armed-forces", "police"):
                found.setdefault(match[2], organ[0])
    return found


def _abbreviates(name: str, short: str) -> bool:
    initials = [part[0].lower() for part in re.split(r"[ \-]", without_marks(name)) if part]
    letters = [letter.lower() for letter in without_marks(short) if letter.isalpha()]
    if not initials or initials[0] != letters[0] or len(letters) < 2:
        return False
    place, hits = 0, 0
    for letter in letters:
        if letter in initials[place:]:
            place += initials[place:].index(letter) + 1
            hits += 1
    return hits >= 2 and hits * 3 >= len(letters) * 2


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    for match in _DEFINED.finditer(text):
        name = long_name(match[1], match[2]) or (long_name(match[1], match[3]) if match[3] else "")
        if name:
            yield name, match[2]
            if match[3]:
                yield match[2], match[3]
    for pattern in (_ALIAS, _ANAPHOR):
        for match in pattern.finditer(text):
            one, other = trim_name(_MEMBERS_OF.sub("", match[1])), trim_name(match[2])
            if _ACTIVE.fullmatch(text, match.end(1), match.start(2)) or _TITLED.match(one):
                continue
            if one and other and name_key(one) != name_key(other) and not PLATFORM.search(f"{one} {other}"):
                yield one, other


class _Union:
    """Names joined into sets, in order of first mention."""

    def __init__(self) -> None:
        self._sets: dict[int, list[str]] = {}
        self._numbers: dict[str, int] = {}
        self._made = 0

    def knows(self, name: str) -> bool:
        return name_key(name) in self._numbers

    def join(self, one: str, other: str) -> None:
        first, second = (self._numbers.get(name_key(name)) for name in (one, other))
        if first is None and second is None:
            self._made += 1
            self._put(self._made, [one, other])
        elif first is None and second is not None:
            self._put(second, [one])
        elif second is None and first is not None:
            self._put(first, [other])
        elif first is not None and second is not None and first != second:
            self._put(first, self._sets.pop(second))

    def sets(self) -> list[list[str]]:
        return list(self._sets.values())

    def _put(self, number: int, names: list[str]) -> None:
        self._sets.setdefault(number, []).extend(names)
        self._numbers.update((name_key(name), number) for name in names)


def _left_to_others(names: list[str], table: NameTable, texts: Sequence[str]) -> bool:
    """Tell whether the names are those of a country, an organ or a place ("in Northern Valley (NV)")."""
    place = re.compile(rf"(?i:\b(?:in|across|throughout|province of|region of)(?: the)? ){re.escape(names[0])} \(")
    if any(place.search(text) for text in texts):
        return True
    if " " in names[0] and _is_person(names[0], texts):
        return True
    if any(organ_slug(name) and not re.search(r"\bArmy\b", name) for name in names if " " in name):
        return True
    gazetteer = load_gazetteer()
    return any(table.look(name) or (" " in name and gazetteer.candidates(name_key(name))) for name in names)


def _is_person(name: str, texts: Sequence[str]) -> bool:
    """Tell whether an office or a calling stands right before the name ("leader Orlan Teves, known as Oro")."""
    titled = re.compile(rf"\b(?:{ROLE}|{CALLING}),? {re.escape(name)}(?![\w-])")
    return any(titled.search(text) for text in texts)


def undefined_groups(texts: Sequence[str], table: NameTable) -> list[Alias]:
    """Return armed groups that only the words beside their names show (rule 6); authorities are in the table by now."""
    found: dict[str, Alias] = {}
    speaking = {match[1] for text in texts for match in _SPEAKER.finditer(text)}
    for text in texts:
        for match in _GROUP.finditer(text):
            name = trim_name(match[1] or match[2] or match[3] or match[4])
            sure = not match[4] or name in speaking or re.fullmatch(rf"{_SHORT}|[A-Z]+-?\d+", name)
            if name and sure and not table.look(name) and not _is_office(name):
                found.setdefault(name_key(name), Alias([name], armed=True))
    return list(found.values())


def numbered_groups(texts: Sequence[str], table: NameTable) -> list[Alias]:
    """Return the groups whose names hold a day or a number, with their short names (rule 7)."""
    found: dict[str, Alias] = {}
    for text in texts:
        for match in _NUMBERED.finditer(text):
            alias = found.setdefault(name_key(match[1]), Alias([match[1]]))
            if match[2] and match[2] not in alias.names:
                alias.names.append(match[2])
    kept = [alias for alias in found.values() if not any(table.look(name) for name in alias.names)]
    where = Where(texts, (name for alias in kept for name in alias.names))
    for alias in kept:
        near = where.of(*alias.names)
        alias.armed = _is_armed(alias.names, near) or _fights(alias.names, near)
    return kept


def _fights(names: Sequence[str], texts: Sequence[str]) -> bool:
    if re.search(r"\b(?:Brigades?|Battalions?|Army|Martyrs|Militia|Squad)\b", names[0]):
        return True
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    return any(
        _FIGHTING.match(text[match.end() : match.end() + 60]) for text in texts for match in named.finditer(text)
    )


def _is_office(name: str) -> bool:
    return any(part.lower() in OFFICE_WORDS for part in name.split())


def _is_armed(names: Sequence[str], texts: Sequence[str]) -> bool:
    choice = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])")
    for text in texts:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 140) : match.start()]
            if _ARMED_BEFORE.search(before) or _ARMED_AFTER.match(text[match.end() : match.end() + 80]):
                return True
    return False
