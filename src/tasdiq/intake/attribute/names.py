"""Names and dates in a text, and the neutral words the parser reads instead: no parse may depend on whose names they are.

A statistical parser cuts "Kestria rejected the claim" otherwise than "Vorland rejected the claim". Here every name becomes
one and the same word before the parser sees it, however many words it has. The way a text is written decides what a name is,
hardly ever whether anybody has heard of it. The way back to the file's words is `neutral`'s.

Rules
1. A name is a run of words with capitals, joined by single spaces, hyphens or particles ("Zarb-e-Kest", "Ora van Velt"), with
   honorifics and initials. Function words, weekdays and months are none.
2. Where a capital says nothing (start of a sentence, headline) a word is a name if the file writes it with a capital within
   sentences and never without one; else if it is a country, capital or people; else if no English dictionary has it.
3. What follows a hyphen in lower case is not the name's ("Kestria-based"); nor is a possessive ending.
4. A month, a weekday, a year and a day beside a month are read as one and the same date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tasdiq.intake.gazetteer import load_world
from tasdiq.intake.language import load_language

NAME = "Japan"
WORD = re.compile(r"@\w+|[^\W_]+(?:[-‑][^\W_]+|['’][^\W_]+)*(?:\.[^\W\d_](?![^\W_]))*")
LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z][a-z]+(?![\w])")
PIECE = re.compile(r"[^\W_]+")
FIRST = re.compile(r"(?:^|[.?!…:•|])[\s\"“”‘’'()\[\]]*$")
FIRST_REACH = 8
GAP = re.compile(r"\s(?:(?:bin|ibn|de|da|di|del|van|von|der|den|la|le|al|el|ul|i|e|&)\s){0,2}")
PARTICLES = frozenset("al el ul ad ar as az ur bin ibn i e".split())  # noqa: SIM905
HONORIFICS = frozenset(
    """mr mrs ms dr prof rev hon st jr sr gen lt maj col brig capt cpl sgt adm cmdr sen rep gov pres supt insp
    det""".split()  # noqa: SIM905
)
FUNCTION_WORDS = frozenset(
    """a an the and or but nor of in on at to by for from with without as if unless i i'm i've i'd i'll you he she it we they
    me him us them my your his her its our their this that these those is are was were be been being has have had do does did
    will would can could may might must shall should not no yes what who whom whose when where why how which while after
    before since until till although though because despite during amid among against about over under between into onto
    upon than then there here also however meanwhile so yet still both all each other some any such even just only now
    today""".split()  # noqa: SIM905
)
MONTHS = "January February April June July August September October November December".split()  # noqa: SIM905
SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()  # noqa: SIM905
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
DATES = frozenset(word.lower() for word in (*MONTHS, *SHORT_MONTHS, *DAYS, "March", "May"))
NO_NAMES = FUNCTION_WORDS | DATES
_MONTH = "|".join(sorted((*MONTHS, *SHORT_MONTHS, "March", "May"), key=len, reverse=True))
DATE = re.compile(
    rf"""(?P<October>\b(?:{"|".join(MONTHS)})\b|\b(?:March|May)\b(?=\s\d)|(?<=\d\s)(?:March|May)\b)
    | (?P<Oct>\b(?:{"|".join(SHORT_MONTHS)})\b(?=\.?\s\d)|(?<=\d\s)(?:{"|".join(SHORT_MONTHS)})\b)
    | (?P<Monday>\b(?:{"|".join(DAYS)})\b)
    | (?P<year>\b(?:19|20)\d\d\b)""",
    re.VERBOSE,
)
DAY = re.compile(rf"\b(?P<before>\d\d?)\s(?:{_MONTH})\b|\b(?:{_MONTH})\.?\s(?P<after>\d\d?)\b(?![.:]\d)")
YEAR, DAY_OF_MONTH = "2012", "12"
ENDINGS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y")),
    *(("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("r", "")),
)
LEAST_WORDS = 4
LONGEST_HEADLINE = 200
LEAST_SHARE = 0.6


@dataclass(frozen=True)
class Spellings:
    """How a file writes its words: those in lower case somewhere, and (lowered) those with a capital within a sentence."""

    lower: frozenset[str]
    capital: frozenset[str]


@dataclass(frozen=True)
class StandIn:
    """A range of a text and the word that is read instead."""

    start: int
    end: int
    word: str = NAME


@dataclass(frozen=True)
class _Word:
    """A word with a capital; `whole` when nothing of the written word follows it, `first` where a capital says nothing."""

    start: int
    end: int
    text: str
    whole: bool
    first: bool


def spellings(text: str) -> Spellings:
    """Return how a file writes its words."""
    prose = (line for line in text.split("\n") if not _is_capitalised(line))
    capital = {word.text.lower() for line in prose for word in _words(line) if not word.first}
    return Spellings(frozenset(LOWER_WORD.findall(text)), frozenset(capital))


def find_names(words: str, spelt: Spellings) -> list[StandIn]:
    """Return the names of one paragraph, in order, not overlapping (rules 1 to 3)."""
    unsure, shouting = _is_capitalised(words), words.isupper()
    found: list[StandIn] = []
    joins = False
    for word in _words(words):
        if (word.first or unsure) and not _is_name(word.text, spelt, shouting=shouting):
            joins = False
            continue
        if joins and GAP.fullmatch(words, found[-1].end, word.start):
            found[-1] = StandIn(found[-1].start, word.end)
        else:
            found.append(StandIn(word.start, word.end))
        joins = word.whole
    return found


def find_dates(words: str) -> list[StandIn]:
    """Return the parts of dates of one paragraph, in order, not overlapping (rule 4)."""
    parts = [
        StandIn(*each.span(), YEAR if each.lastgroup == "year" else each.lastgroup)
        for each in DATE.finditer(words)
        if each.lastgroup is not None
    ]
    days = [StandIn(*each.span(each.lastgroup), DAY_OF_MONTH) for each in DAY.finditer(words) if each.lastgroup]
    return sorted([*parts, *days], key=lambda each: each.start)


def _is_capitalised(words: str) -> bool:
    """Tell whether most words of a short line begin with capitals, as in a headline."""
    if len(words) > LONGEST_HEADLINE:
        return False
    letters = [each[0] for each in PIECE.findall(words) if not each[0].isdigit() and len(each) > 1]
    return len(letters) >= LEAST_WORDS and sum(map(str.isupper, letters)) >= LEAST_SHARE * len(letters)


def _words(text: str) -> Iterator[_Word]:
    """Yield the words that can be names or parts of names."""
    for match in WORD.finditer(text):
        written = match.group()
        if written[0] == "@":
            yield _Word(match.start(), match.end(), written, whole=False, first=False)
        elif not written.islower() and (word := _word(text, match)) is not None:
            yield word


def _word(text: str, match: re.Match[str]) -> _Word | None:
    """Cut the name out of a written word: particles before it belong to it, endings in lower case do not (rule 3)."""
    pieces = list(PIECE.finditer(match.group()))
    capitals = [number for number, piece in enumerate(pieces) if piece.group()[0].isupper()]
    if not capitals:
        return None
    first, last = capitals[0], capitals[-1]
    while first and pieces[first - 1].group() in PARTICLES:
        first -= 1
    while last + 1 < len(pieces) and _belongs(pieces[last + 1].group(), text, match.end()):
        last += 1
    start, end = match.start() + pieces[first].start(), match.start() + pieces[last].end()
    name, whole = text[start:end], end == match.end()
    if name.lower().replace("’", "'") in NO_NAMES and not (name.isupper() and len(name) > 1):
        return None
    if text[end : end + 1] == "." and whole and (len(pieces[last].group()) == 1 or name.lower() in HONORIFICS):
        end += 1
    return _Word(start, end, name, whole, _is_first(text, start))


def _belongs(piece: str, text: str, end: int) -> bool:
    """Tell whether what follows a hyphen is a number ("F-16") or a particle before another name ("Pul-e Alam")."""
    return piece[0].isdigit() or (
        piece in PARTICLES and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    )


def _is_first(text: str, start: int) -> bool:
    reach = max(0, start - FIRST_REACH)
    before = text[reach:start]
    return FIRST.search(before if reach == 0 else f"x{before}") is not None


def _is_name(word: str, spelt: Spellings, *, shouting: bool) -> bool:
    """Rule 2."""
    lower = word.lower()
    if word.isupper() and (len(word) == 1 or not shouting):
        return True
    if lower in FUNCTION_WORDS or lower in spelt.lower:
        return False
    world = load_world()
    known = world.by_name(word) or world.demonym(word) or world.capital_of(word)
    return lower in spelt.capital or known is not None or not _in_dictionary(lower)


def _in_dictionary(word: str) -> bool:
    known = _dictionary()
    return word in known or any(
        word.endswith(ending) and word.removesuffix(ending) + instead in known for ending, instead in ENDINGS
    )


@cache
def _dictionary() -> frozenset[str]:
    """Return the words of the language model's lemma tables, which know cities too, and its function words."""
    language = load_language()
    index = language.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(word for part in index for word in index[part]) | language.Defaults.stop_words
