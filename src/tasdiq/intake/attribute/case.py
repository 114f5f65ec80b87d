"""What stands before or around a sentence without being its words: datelines, bullets, capitals of a headline.

Rules
1. A dateline ("OSTRAVIA, 3 May (Agency) —", "Ostravia:") is no part of the first sentences of an article.
2. A bullet mark is no part of its sentence.
3. A headline in which most words are capitals is read with those words in lower case that the file itself writes so, that are
   words of saying, or that are function words. Lengths never change.
"""

from __future__ import annotations

import re
from collections.abc import Set

from tasdiq.intake.language import load_language

from .lexicon import nouns, verbs

DATELINE = re.compile(
    r"""\s*(?:
        [A-Z][A-Z .'’/()-]{2,40}(?:,\s[\w .]{2,24})?(?:\s*\([^)]{2,30}\))?\s*[:–—-]{1,2}
      | [A-Z][\w.'’]+(?:[ /,]{1,2}[A-Z][\w.'’]+){0,3}(?:,\s[\w .]{2,24})?(?:\s*\([^)]{2,30}\))?\s*(?:–|—|--|\s-)
    )\s+(?=["“‘(]?[A-Z])""",
    re.VERBOSE,
)
BULLET = re.compile(r"\s*(?:[•·▪●◦*‣–—-]|\d{1,2}[.)])\s+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z][a-z]+(?![\w])")
ENDINGS = ("s", "es", "d", "ed", "ing", "ies")
LONGEST_HEADLINE = 200
LEAST_WORDS = 4
LEAST_SHARE = 0.6


def words_in_lower_case(text: str) -> frozenset[str]:
    """Return the words a file writes in lower case somewhere."""
    return frozenset(LOWER_WORD.findall(text))


def skip_lead(text: str, start: int, end: int, *, first: bool) -> int:
    """Return where the words of a paragraph begin (rules 1 and 2)."""
    bullet = BULLET.match(text, start, end)
    if bullet:
        return bullet.end()
    dateline = DATELINE.match(text, start, min(end, start + 120)) if first else None
    return dateline.end() if dateline else start


def has_bullet(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph begins with a bullet mark."""
    return BULLET.match(text, start, end) is not None


def lower_headline(words: str, known: Set[str]) -> str:
    """Return a headline with the capitals of common words taken off (rule 3); other text unchanged."""
    found = list(WORD.finditer(words))
    capitals = sum(each.group()[0].isupper() for each in found)
    if len(words) > LONGEST_HEADLINE or len(found) < LEAST_WORDS or capitals < LEAST_SHARE * len(found):
        return words
    return WORD.sub(lambda each: _lowered(each.group(), known) if each.start() else each.group(), words)


def _lowered(word: str, known: Set[str]) -> str:
    lower = word.lower()
    if len(lower) != len(word) or not (lower in known or lower in load_language().Defaults.stop_words or _says(lower)):
        return word
    return lower


def _says(word: str) -> bool:
    stems = {word, *(word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))}
    if word.endswith("ies"):
        stems.add(word[:-3] + "y")
    return any(stem in verbs() or stem in nouns() for stem in stems)
