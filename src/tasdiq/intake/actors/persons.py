"""Persons: name, office, party and organ as the texts give them, one person however short the name.

Rules
1. An office or a calling before a name ("Defence Minister Ana Brel", "the spokesman of the Sarem, Orlan Teves"), or after it
   between commas ("Orlan Teves, the Vorlandish spokesman"), or a form of courtesy before it, makes a person; so does an age or
   a calling after it ("Orlan Teves, 45", "Noor Hale, a trader"), and leading a delegation ("Orlan Teves, who led the
   Vorlandish team"). "Amir" and "Sultan" are titles only of somebody's ("the Emir", "Kestria's Sultan"), else given names.
2. The party is that of the words before the office ("Kestria's Defence Minister", "Vorlandish Sarem spokesman", "the Sarem
   administration's spokesperson"), else of those after ("spokesman for the Vorlandish army"), but not
   of whom one is sent to ("ambassador to Vorland"); never a guess.
3. Two names are one person if the last word is the same and the words of the shorter stand in the longer in order, initials
   counting for words; an office of different parties keeps them apart.
4. Somebody called "former" or "ex-", or by a calling ("analyst"), holds no office.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .naming import NAME, NAME_WORD, trim_name, without_marks
from .roles import BODY_WORDS, CALLING, COURTESY, OFFICE_WORDS, ROLE, holds_office, organ_slug
from .table import Mention, NameTable

_BEFORE = re.compile(
    rf"(?<![\w-])({ROLE}|{CALLING})(?:,? (?!(?:Amir|Emir|Sultan|Prince|King)\b){ROLE})*,? (?:{COURTESY} )*({NAME})"
)
_SENT = re.compile(r"(?i:\b(?:ambassador|envoy|emissary|representative|consul|attaché)$)")
_GIVEN = frozenset({"Amir", "Sultan"})
_NO_APPOSITION = re.compile(r"\b(?:\w{3,}ing|to|with|about|by|from|on|after|before|when|who|whom|told|said|and|but)\b")
_TITLED = re.compile(r"(?:\b[Tt]he|['’]s?|[a-z]i|[a-z]ish|[a-z]an) $")
_CALLED = re.compile(
    rf"(?<![\w-])({NAME})(?:, \d{{1,2}}[,.]|, an? (?:[\w-]+ )?({CALLING})\b|, an? \d{{1,2}}-year-old\b)"
)
_LED = re.compile(
    rf"(?<![\w-])(?:{ROLE},? )*({NAME}), who (?:is |was |also )*(?:led|leads|leading|headed|heads|heading)"
    r" (?:the |its )?([^,.;()]{2,40}?)"
    r"(?:'s)? (?:(?:negotiating |technical |peace |government )?(?:delegation|team|side|negotiators))\b"
)
_OF = re.compile(rf"(?<![\w-])({ROLE}) (of|for|to|at) (?:the )?([^,.;()]{{2,60}}), (?:{COURTESY} )*({NAME})")
_COURTESY = re.compile(rf"(?<![\w-])({COURTESY}) ({NAME})")
_AFTER = re.compile(
    rf"(?<![\w-])({NAME}), (?:the |a |an |its |their |his |her )?([^,.;()]{{0,60}}?\b)?({ROLE})\b([^,.;()]{{0,60}})"
)
NOT_A_PERSON = OFFICE_WORDS | frozenset({"staff", "command", "headquarters", "hospital", "elections", "house"})
_FORMER = re.compile(r"\b(?i:former|ex)[ -]$")
_FILLER = re.compile(
    r"(?i:^(?:'s?)?(?:\s(?:new|top|chief|senior|own|administration|regime|government|authorities|de|facto|side|ministry|office|of|for|and|the|foreign|information|broadcasting|defen[cs]e|interior|army|military|forces|armed|affairs|external|security|police|delegation|political|then-?)\b(?:'s?)?)*\s*$)"
)


@dataclass
class Person:
    """A person as learnt; `names` longest first after `settle`, `parties` counts what each mention says."""

    names: list[str]
    roles: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    organ: str | None = None
    group: str | None = None

    @property
    def name(self) -> str:
        """The name with the most words, initials counting least."""
        return max(self.names, key=lambda each: (len([w for w in each.split() if len(w.strip(".")) > 1]), len(each)))

    @property
    def role(self) -> str:
        """The office most often given."""
        return self.roles.most_common(1)[0][0] if self.roles else ""

    @property
    def party(self) -> str | None:
        """The party, unless mentions disagree."""
        return next(iter(self.parties)) if len(self.parties) == 1 else None

    @property
    def in_office(self) -> bool:
        """Whether the person speaks by virtue of an office."""
        return holds_office(self.role)


class People:
    """The persons found, in order of first mention, by the last word of their names, which all names of one share (rule 3)."""

    def __init__(self) -> None:
        self._found: list[Person] = []
        self._by_last: dict[str, list[Person]] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._found)

    def merge(self, person: Person) -> Person:
        """Join a person with one already found (rule 3), or add it; return the one kept."""
        alike = self._by_last.setdefault(_last(person.name), [])
        for known in alike:
            if any(same_name(known.name, name) for name in person.names) and _agree(known, person):
                known.names.extend(name for name in person.names if name not in known.names)
                known.roles.update(person.roles)
                known.parties.update(person.parties)
                known.organ = known.organ or person.organ
                known.group = known.group or person.group
                return known
        alike.append(person)
        self._found.append(person)
        return person


def learn_persons(texts: Iterable[str], table: NameTable) -> People:
    """Return the persons of the texts in order of first mention; `table` knows the names of parties."""
    found = People()
    for text in texts:
        mentions = [*_before(text, table), *_after(text, table), *_of(text, table), *_courteous(text, table)]
        mentions += [*_called(text, table), *_led(text, table)]
        for _, person in sorted(mentions, key=lambda each: each[0]):
            found.merge(person)
    return found


def looks_personal(name: str) -> bool:
    """Tell whether an unknown name looks like a person's: two to four words of a name's form, none of them a body's word."""
    words = name.split()
    return 2 <= len(words) <= 4 and all(
        re.fullmatch(NAME_WORD, word) and word.lower() not in BODY_WORDS and not word.isupper() for word in words
    )


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings can be one person's name (rule 3)."""
    first, second = _compared(one), _compared(other)
    shorter, longer = sorted((first, second), key=len)
    if not shorter or shorter[-1] != longer[-1]:
        return False
    place = 0
    for word in shorter:
        fits = [i for i in range(place, len(longer)) if _same_word(word, longer[i])]
        if not fits:
            return False
        place = fits[0] + 1
    return True


@lru_cache(maxsize=10_000)
def _compared(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared."""
    return tuple(without_marks(name).lower().replace(".", "").split())


def _last(name: str) -> str:
    return next(reversed(_compared(name)), "")


def _same_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _agree(one: Person, other: Person) -> bool:
    return not one.parties or not other.parties or bool(set(one.parties) & set(other.parties))


def _before(text: str, table: NameTable) -> list[tuple[int, Person]]:
    found = []
    for match in _BEFORE.finditer(text):
        if "," in text[match.end(1) : match.start(2)] and text[match.end(2) : match.end(2) + 1] not in (*",.;:)—–", ""):
            continue  # "about the minister, Teves said": two people
        given = match[1] in _GIVEN and not _TITLED.search(text, 0, match.start())
        name = _person_name(f"{match[1]} {match[2]}" if given else match[2], table)
        if name and given:
            found.append((match.start(1), Person([name])))
        elif name:
            owner = _owner_before(text, match.start(), table)
            role = f"former {match[1]}" if owner and _FORMER.search(text, 0, owner.start) else match[1]
            near = re.split(r"[,;:!?()\".]", text[max(0, match.start() - 40) : match.start()])[-1]
            organ = organ_slug(near + match[1])
            found.append((match.start(2), _person(name, role, owner, organ[0] if organ else None)))
    return found


def _after(text: str, table: NameTable) -> list[tuple[int, Person]]:
    found = []
    for match in _AFTER.finditer(text):
        name = _person_name(match[1], table)
        if name and " " in name and not _NO_APPOSITION.search(match[2] or ""):
            sent = _SENT.search(match[3]) and re.match(r" (?:to|in|at)\b", match[4] or "")
            owner = _owner_in(match[2] or "", table) or (None if sent else _owner_in(match[4] or "", table))
            organ = organ_slug(f"{match[2] or ''} {match[3]} {match[4] or ''}")
            found.append((match.start(1), _person(name, match[3], owner, organ[0] if organ else None)))
    return found


def _of(text: str, table: NameTable) -> list[tuple[int, Person]]:
    found = []
    for match in _OF.finditer(text):
        name = _person_name(match[4], table)
        if name and " " in name:
            sent = match[2] in ("to", "at")
            owner = (None if sent else _owner_in(match[3], table)) or _owner_before(text, match.start(), table)
            organ = organ_slug(f"{match[1]} {match[3]}")
            found.append((match.start(4), _person(name, match[1], owner, organ[0] if organ else None)))
    return found


def _called(text: str, table: NameTable) -> list[tuple[int, Person]]:
    """Return persons whom their age or calling tells (rule 1): private ones, of whom no record may hold the name."""
    found = []
    for match in _CALLED.finditer(text):
        name = _person_name(match[1], table)
        if name and " " in name:
            found.append((match.start(1), _person(name, match[2], None, None) if match[2] else Person([name])))
    return found


def _led(text: str, table: NameTable) -> list[tuple[int, Person]]:
    """Return persons who lead a party's delegation."""
    found = []
    for match in _LED.finditer(text):
        name, owner = _person_name(match[1], table), _owner_in(match[2], table)
        if name and owner:
            found.append((match.start(1), _person(name, "negotiator", owner, "delegation")))
    return found


def _person(name: str, role: str, owner: Mention | None, organ: str | None) -> Person:
    parties = Counter([owner.party] if owner and owner.party else [])
    group = owner.known[0].actor if owner and not owner.party and owner.sort == "group" else None
    return Person([name], Counter([role]), parties, organ, group)


def _courteous(text: str, table: NameTable) -> list[tuple[int, Person]]:
    names = ((match.start(2), _person_name(match[2], table)) for match in _COURTESY.finditer(text))
    return [(start, Person([name])) for start, name in names if name]


def _person_name(words: str, table: NameTable) -> str:
    """Return the name without a possessive, or "" if it is the name of a country, a group or an organ."""
    name = trim_name(words)
    if not name or organ_slug(name) or any(each.sort != "person" for each in table.look(name)):
        return ""
    first = name.split(" ")[0]
    if first.lower() in NOT_A_PERSON:
        return ""
    return (
        ""
        if any(each.sort in ("country", "demonym", "authority", "group", "outlet") for each in table.look(first))
        else name
    )


def _owner_before(text: str, start: int, table: NameTable) -> Mention | None:
    """Return the party or group of the words right before an office: "the Sarem administration's" (rule 2)."""
    begin = max(0, start - 90)
    chunk = re.split(r"[,;:!?()\"]|(?<![A-Z])\.", text[begin:start])[-1]
    last = None
    for mention in table.find(text, start - len(chunk), start):
        last = mention
    if last is None or not (last.party or last.sort == "group") or not _FILLER.match(text[last.end : start]):
        return None
    return last


def _owner_in(words: str, table: NameTable) -> Mention | None:
    """Return the one party, else the one group, that some words name."""
    named = [mention for mention in table.find(words) if mention.party]
    if len({mention.party for mention in named}) == 1:
        return named[0]
    groups = [mention for mention in table.find(words) if mention.sort == "group"]
    return groups[0] if groups and not named else None
