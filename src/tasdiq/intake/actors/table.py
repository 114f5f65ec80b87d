"""The table of names: every word that stands for somebody, and where a text uses one.

Rules
1. The longest name wins; a name begins with a capital, or a particle or day before one ("al-Sayed", "5 May Brigade"), and is not
   part of a hyphenated word ("anti-Kestria", "Kestria-led").
2. An acronym counts only in its own capitals ("US", "FaK").
3. Several holders of one name are all kept; who is meant is decided where the name stands in context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tasdiq.intake.gazetteer import name_key

from .naming import CAPITAL, PARTICLE

Sort = Literal[
    "country",
    "demonym",
    "national",
    "capital",
    "seat",
    "authority",
    "group",
    "person",
    "outlet",
    "organ",
    "organisation",
]
OF_A_PARTY = frozenset({"country", "demonym", "national", "capital", "seat", "authority"})
"""Sorts of names that stand for a party by themselves or as an adjective."""

_WORD = re.compile(r"[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*")
_JOINT = re.compile(r"[  ]|[-‑]|\. ?|[  ]&[  ]|[  ][-–][  ]")
_POSSESSIVE = re.compile(r"['’]s?(?![^\W_])")
_STARTS = re.compile(
    rf"[{CAPITAL}]|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?[A-Z]|{PARTICLE}[- ](?:{PARTICLE}[- ])?[{CAPITAL}]"
)


@dataclass(frozen=True)
class Known:
    """One holder of a name. `party` is a charter party id or ISO alpha-3; `exact` a spelling that must be met."""

    actor: str
    party: str | None
    sort: Sort
    exact: str = ""


@dataclass(frozen=True)
class Mention:
    """A name in a text: half-open range, its holders, and whether a possessive follows."""

    start: int
    end: int
    known: tuple[Known, ...]
    possessive: bool = False

    @property
    def party(self) -> str | None:
        """The party the name stands for, if it is a party's and only one party's."""
        parties = {each.party for each in self.known if each.sort in OF_A_PARTY}
        return next(iter(parties)) if len(parties) == 1 else None

    @property
    def sort(self) -> Sort:
        """The sort of the first holder."""
        return self.known[0].sort


class NameTable:
    """Names by key; filled once, then read."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Known]] = {}
        self._longest: dict[str, int] = {}

    def add(self, name: str, known: Known) -> None:
        """Enter a holder of a name, after those already there."""
        key = name_key(name)
        if not key:
            return
        holders = self._by_key.setdefault(key, [])
        if all((each.actor, each.sort) != (known.actor, known.sort) for each in holders):
            holders.append(known)
        first, _, rest = key.partition(" ")
        self._longest[first] = max(self._longest.get(first, 0), rest.count(" ") + 2 if rest else 1)

    def names(self) -> dict[str, list[Known]]:
        """Return the holders of every name, by its key; for reading only."""
        return self._by_key

    def look(self, name: str) -> tuple[Known, ...]:
        """Return the holders of a name as it is written, "the" left aside."""
        short = re.sub(r"^[Tt]he\s+", "", name.strip())
        return _fitting(self._by_key.get(name_key(short), []), short)

    def find(self, text: str, start: int = 0, end: int | None = None, *, tied: bool = False) -> Iterator[Mention]:
        """Yield the names in `text[start:end]`, longest first at each place, without overlap.

        `tied` lets a small word follow with a hyphen ("Kestria-led").
        """
        stop = len(text) if end is None else end
        position = start
        while match := _WORD.search(text, position, stop):
            position = match.end()
            if not _STARTS.match(text, match.start()) or (
                text[match.start() - 1 : match.start()] == "-" and match.start() > start
            ):
                continue
            if hit := self._longest_at(text, match, stop, tied):
                position = hit.end
                yield hit

    def _longest_at(self, text: str, match: re.Match[str], stop: int, tied: bool) -> Mention | None:
        keys, ends = [name_key(match[0])], [match.end()]
        limit = self._longest.get(keys[0], 0)
        while len(keys) < limit and (joint := _JOINT.match(text, ends[-1])):
            word = _WORD.match(text, joint.end(), stop)
            if word is None:
                break
            keys.append(name_key(word[0]))
            ends.append(word.end())
        for count in range(len(keys), 0, -1) if limit else ():
            surface = text[match.start() : ends[count - 1]]
            known = _fitting(self._by_key.get(" ".join(keys[:count]), []), surface)
            if known and (tied or not _is_bound(text, ends[count - 1])):
                end = ends[count - 1] + ("." in surface and text[ends[count - 1] : ends[count - 1] + 1] == ".")
                return Mention(match.start(), end, known, bool(_POSSESSIVE.match(text, end)))
        return None


def _fitting(holders: list[Known], surface: str) -> tuple[Known, ...]:
    return tuple(each for each in holders if not each.exact or each.exact.replace(".", "") == surface.replace(".", ""))


def _is_bound(text: str, end: int) -> bool:
    """Tell whether a hyphen ties the word to a following small one ("Kestria-mediated")."""
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].islower()
