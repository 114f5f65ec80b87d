"""Which country or member a word of another language stands for: names, adjectives and capitals, in the forms sentences give them.

Rules
1. A charter's names come first, in whatever script it writes them; then the world's countries (`countries.csv`).
2. An adjective is formed from a name by the language's rule, beside those the table gives. A word that two countries claim stands
   for neither, unless one of them is the charter's.
3. Arabic words are met with their article and a joined "and", Turkish ones with the ending of the genitive. What is put into
   another case, or after a joined preposition, is where or to whom something is said: no name is found there.
4. The longest name wins. A capital stands for its authorities only where it is all the words say (`source` decides).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

from tasdiq.intake.actors import Directory
from tasdiq.intake.gazetteer import load_world

from .data import Speech, speech
from .fold import folded

Sort = Literal["name", "people", "capital"]
SHORTEST = 3
_WORD = re.compile(r"[^\s،,؛;:.()\[\]«»\"]+")


@dataclass(frozen=True)
class Named:
    """A name met in words: half-open range, whose it is (party id, or ISO alpha-3 of a country) and of what sort."""

    start: int
    end: int
    whose: str
    sort: Sort


@dataclass
class NameIndex:
    """The names of one language by folded form."""

    rules: Speech
    by_form: dict[str, set[tuple[str, Sort]]] = field(default_factory=dict)
    longest: int = 1

    def add(self, name: str, whose: str, sort: Sort) -> None:
        """Enter a name, and the adjectives formed from it."""
        form = folded(name, turkish=self.rules.turkish)
        if len(form) < SHORTEST:
            return
        self._enter(form, whose, sort)
        if sort == "name" and " " not in form:
            for made in _adjectives(form, self.rules):
                self._enter(made, whose, "people")
        if sort == "people":
            for ending in self.rules.endings[1:]:
                self._enter(form + ending, whose, "people")

    def _enter(self, form: str, whose: str, sort: Sort) -> None:
        self.by_form.setdefault(form, set()).add((whose, sort))
        self.longest = max(self.longest, form.count(" ") + 1)

    def find(self, words: str) -> Iterator[Named]:
        """Yield the names in folded words, longest first at each place, without overlap."""
        found = list(_WORD.finditer(words))
        at = 0
        while at < len(found):
            step = 1
            for count in range(min(self.longest, len(found) - at), 0, -1):
                some = found[at : at + count]
                if held := self._look([match[0] for match in some]):
                    yield Named(some[0].start(), some[-1].end(), *held)
                    step = count
                    break
            at += step

    def _look(self, words: list[str]) -> tuple[str, Sort] | None:
        for form in self._forms(words):
            held = self.by_form.get(form, set())
            if len({whose for whose, _ in held}) == 1:
                return min(held, key=lambda each: each[1] != "name")
        return None

    def _forms(self, words: list[str]) -> Iterator[str]:
        """Yield the forms words may stand for: as they are, without a joined word and article, without a case ending (rule 3)."""
        form = " ".join(words)
        yield form
        if self.rules.joined:
            bare = self.rules.joined.sub("", form, count=1)
            yield bare
            yield form.removeprefix(self.rules.article)
            yield bare.removeprefix(self.rules.article)
        if self.rules.case:
            yield self.rules.case.sub("", form, count=1)


def _adjectives(form: str, rules: Speech) -> Iterator[str]:
    made = form
    chained = rules.code == "ar"  # article off, ending off, ending on
    for pattern, ending in rules.adjective:
        if not chained and pattern.search(form):
            made = pattern.sub(ending, form, count=1)
            break
        if chained:
            made = pattern.sub(ending, made, count=1)
    if made != form and len(made) > SHORTEST:
        yield from (made + ending for ending in rules.endings)


@cache
def _countries() -> tuple[dict[str, str], ...]:
    text = (resources.files(__package__) / "countries.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def name_index(code: str, directory: Directory) -> NameIndex:
    """Return the names of a language: those of the directory's polities, then those of all other countries."""
    index = NameIndex(speech(code))
    parties = {polity.country: polity.id for polity in directory.polities.values() if polity.country}
    own: set[str] = set()
    for polity in directory.polities.values():
        for name in polity.named("country"):
            own.add(folded(name, turkish=code == "tr"))
            index.add(name, polity.id, "name")
    mine = NameIndex(speech(code), {form: set(held) for form, held in index.by_form.items()})
    for row in _countries():
        for name in filter(None, row[code].split("|")):
            form = folded(name, turkish=code == "tr")
            if form not in own:
                index.add(name, parties.get(row["iso3"], row["iso3"]), _sort(row["sort"]))
    for form, held in mine.by_form.items():  # rule 2: the charter's own stand first
        if len(held) == 1:
            index.by_form[form] = held
    return index


def _sort(word: str) -> Sort:
    return "people" if word == "people" else "capital" if word == "capital" else "name"


def country_name(code: str) -> str:
    """Return a country's usual English name by ISO alpha-3, or the code."""
    country = load_world().country(code)
    return country.name if country else code


def touched(indices: Iterable[NameIndex]) -> set[str]:
    """Return everybody the indices know."""
    return {whose for index in indices for held in index.by_form.values() for whose, _ in held}
