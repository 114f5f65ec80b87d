"""The words of a passage as they are compared: without case, accents, quotation marks, common endings.

Rules:

1. A word's *form* is without case, accents, quotation marks, possessives and common endings; numbers are read as one
   (`numbers`): "two hundred and twelve", "212" and "thrice" beside "three times".
2. A name's form is what letters of it survive another alphabet ("Orshal", "Ourchal"): see `name_form`.
3. Words of one meaning in the language of talks and of war share a *group* (`synonyms.txt`, general to the field).
4. Common words of the language say nothing; frequent ones of news and of diplomacy say less (`frequent.txt`).
5. Some words are each other's opposites (`opposites.txt`).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tasdiq.model.document import Passage

from .numbers import read_numbers

WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['’]\w+)*")
ENDINGS = (
    "ations", "ating", "ation", "ments", "ment", "ingly", "ities", "ated", "ates", "ings", "ions", "edly", "ness", "ing", "ion",
    "ity", "ies", "ied", "ate", "ed", "es", "ly", "s", "e", "y",
)  # fmt: skip
COMMON_WORDS = """
    a about after again against all also although am among an and any are as at be because been before being between both but
    by can could did do does doing down during each either else every few for from further had has have having he her here hers
    him himself his how however i if in instead into is it its itself just later long may me meanwhile might more most must my
    near neither never no nor not now of off often on once only or other our out over own per rather s same say says said she
    should since so some still such than that the their them themselves then there these they this those through thus to together
    too toward towards under until unto up upon us very was we were what when where whether which while who whom whose why will
    with within without would yet you your added adding stated stating told claimed claims claim shall ours above below cannot
    whatever whoever whereas thereby thereupon already always even ever much many nothing nobody something somebody someone anyone
    everyone everybody let upon
"""
COMMON = frozenset(COMMON_WORDS.split())
PREFIX = 5
TITLE = 0.7


class Token(NamedTuple):
    """One word where it stands: `form` is what is compared, `group` what other words of its meaning share."""

    form: str
    group: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of one passage of a document, in their order: as compared, and where they stand; `text` is the whole text."""

    document: str
    text: str
    forms: tuple[str, ...]
    groups: tuple[str, ...]
    places: array[int]
    """Start and end of each word, one after the other."""

    @property
    def telling(self) -> frozenset[str]:
        """The forms that say something: no common words."""
        return frozenset(filter(is_telling, self.forms))

    @property
    def meanings(self) -> dict[str, str]:
        """The telling forms with their groups."""
        return {form: group for form, group in zip(self.forms, self.groups, strict=True) if is_telling(form)}

    @property
    def keys(self) -> list[str]:
        """What is aligned: the forms, names as such also where they open a sentence."""
        return [group if is_name(group) else form for form, group in zip(self.forms, self.groups, strict=True)]

    def token(self, number: int) -> Token:
        """Return one word; its number counts from 0."""
        return Token(self.forms[number], self.groups[number], *self.places[2 * number : 2 * number + 2])

    def words(self, number: int) -> str:
        """Return one word as it stands in the text."""
        return self.text[self.places[2 * number] : self.places[2 * number + 1]]

    @property
    def passage(self) -> Passage:
        """From the first word to the last."""
        return Passage(document=self.document, start=self.places[0], end=self.places[-1])

    def part(self, first: int, last: int) -> Wording:
        """Return the words from one number to another, both among them."""
        places = self.places[2 * first : 2 * last + 2]
        return Wording(self.document, self.text, self.forms[first : last + 1], self.groups[first : last + 1], places)

    def joined(self, other: Wording) -> Wording:
        """Return this wording and the next one of its document as one."""
        return Wording(
            self.document, self.text, self.forms + other.forms, self.groups + other.groups, self.places + other.places
        )


def read_wording(document: str, text: str, span: tuple[int, int]) -> Wording:
    """Cut the words out of a span of a document's text; offsets count code points of the text."""
    start = span[0]
    forms, groups, places = [], [], array("q")
    found = [(hit.group(), hit.start(), hit.end()) for hit in WORD.finditer(text, *span)]
    title = _is_title(found)
    for words, first, last, value in read_numbers(found):
        opens = title or _opens(text, first, start)
        form = value or _form(words, opens=opens)
        name = name_form(words) if opens and words[0].isupper() and not value else ""
        forms.append(sys.intern(form))
        groups.append(sys.intern(_group(form, name)))
        places.extend((first, last))
    return Wording(document, text, tuple(forms), tuple(groups), places)


def _is_title(words: list[tuple[str, int, int]]) -> bool:
    """Say whether a passage is written like a title, with a capital for every word that tells something."""
    long = [word for word, _, _ in words if len(word) > PREFIX - 1]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > TITLE * len(long)


def _opens(text: str, place: int, start: int) -> bool:
    """Say whether a word opens a sentence or a passage, where every word has a capital."""
    return place == start or text[max(place - 2, start) : place].strip("“\"‘'(")[:1] in (*".!?:\n", "")


def _form(word: str, *, opens: bool) -> str:
    """Return the compared form of a word; a capital within a sentence makes a name (rules 1 and 2)."""
    if word[0].isupper() and not opens and len(word) > 2:
        return name_form(word)
    return fold(word)


@lru_cache(maxsize=65536)
def name_form(name: str) -> str:
    """Return what of a name survives transliteration: its consonants, near ones as one; all letters of initials."""
    plain = fold(name)
    if name.isupper() and plain not in COMMON:
        return f"@{plain}"
    if plain in COMMON or not plain.isascii():
        return plain
    for before, after in LETTERS:
        plain = plain.replace(before, after)
    bones = re.sub(r"(.)\1+", r"\1", plain[:1] + re.sub(r"[aeiouyh]", "", plain[1:]))
    bones = re.sub(r"^[aeiouy]+", "a", bones)
    return f"@{bones}" if len(bones) >= LEAST_BONES else plain


LETTERS = (("kh", "h"), ("zh", "j"), ("ch", "s"), ("sh", "s"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"),
           ("q", "k"), ("w", "v"), ("ou", "u"), ("g", "k"), ("z", "s"))  # fmt: skip
LEAST_BONES = 3


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return what of a word is compared: no case, no accents, no possessive, no common ending (rule 1)."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s?$", "", plain)
    if plain in COMMON or plain.isdigit():
        return plain
    plain = plain.replace("our", "or") if len(plain) > 5 else plain
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) - len(one) >= 4), "")
    stem = plain.removesuffix(ending)
    return stem[:-1] if ending and len(stem) > 4 and stem[-1] == stem[-2] else stem


@lru_cache(maxsize=65536)
def _group(form: str, name: str) -> str:
    """Return the group of a form: its synonyms', else the name it may be, else its first letters (rules 2 and 3)."""
    return _synonyms().get(form) or (name if is_name(name) else "") or (form if form[:1] in "#@" else form[:PREFIX])


def is_telling(form: str) -> bool:
    """Say whether a form says something: no common word, no single letter."""
    return form not in COMMON and (len(form) > 1 or form.isdigit())


def is_number(form: str) -> bool:
    """Say whether a form is a number."""
    return form[:1] == "#"


def is_name(form: str) -> bool:
    """Say whether a form is a name's."""
    return form[:1] == "@"


@cache
def frequent() -> frozenset[str]:
    """Return the forms of words that are frequent in news and diplomacy (rule 4)."""
    return frozenset(fold(word) for line in _lines("frequent.txt") for word in line.split())


@cache
def _synonyms() -> dict[str, str]:
    return {fold(word): f"={number}" for number, line in enumerate(_lines("synonyms.txt")) for word in line.split()}


def count_opposites(one: frozenset[str], other: frozenset[str]) -> int:
    """Return how often one run of forms has a word where the other has only its opposite."""
    sides = ((left, right) for pair in _opposites() for left, right in (pair, pair[::-1]))
    return sum(
        1
        for left, right in sides
        if not left.isdisjoint(one) and not right.isdisjoint(other) and left.isdisjoint(other) and right.isdisjoint(one)
    )


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    halves = (line.partition("|") for line in _lines("opposites.txt"))
    return tuple((frozenset(map(fold, one.split())), frozenset(map(fold, other.split()))) for one, _, other in halves)


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
