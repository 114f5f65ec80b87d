"""What stands before or around a sentence without being its words: datelines, bullets, capitals of a headline.

Rules
1. A dateline ("OSTRAVIA, 3 May (Agency) —", "Ostravia:") is no part of the first sentences of an article.
2. A bullet mark is no part of its sentence.
3. A headline in which most words are capitals is read with those words in lower case that the file itself writes so, that are
   words of saying, or that are function words. Lengths never change.
4. In a headline, bullet or summary a verb of saying that could be read as a noun ("claims", "offers") is read in the past tense,
   which cannot. The tense of what was written is kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Set

from tasdiq.intake.language import load_language

from .lexicon import nouns, verbs

DATELINE = re.compile(
    r"""\s*(?:
        [A-Z][A-Z .'’/()-]{2,40}(?:,\s[\w .]{2,24})?(?:\s*\([^)]{2,30}\))?\s*\.?[:–—-]{1,2}
      | [A-Z][\w.'’]+(?:[ /,]{1,2}[A-Z][\w.'’]+){0,3}(?:,\s[\w .]{2,24})?(?:\s*\([^)]{2,30}\))?\s*(?:–|—|--|\s-|\.\s?[-–—])
    )\s+(?=["“‘(]?[A-Z])""",
    re.VERBOSE,
)
BULLET = re.compile(r"\s*(?:[•·▪●◦*‣–—-]|\d{1,2}[.)])\s+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z][a-z]+(?![\w])")
ENDINGS = ("s", "es", "d", "ed", "ing", "ies")
HEADLINE_VERB = re.compile(r"(?<=\w )([a-z]+s)(?= \W?(\w+))")
HEADLINE_PLURAL = re.compile(r"^(?:[A-Z][\w’'-]*\s){1,4}([a-z]+)(?= \W?(\w+))")
AFTER_NOUN = frozenset("of by from about over against on in at and or are is were was has have had that to".split())  # noqa: SIM905
POSSESSIVE = re.compile(r"(?:['’]s|s['’]|\b(?:the|a|an|its|his|her|their|of|new|false))\s$", re.IGNORECASE)
DOUBLING = frozenset({"slam", "admit", "rap", "rebut", "refer", "spar", "plan"})
IRREGULAR = frozenset(
    {"say", "tell", "write", "seek", "swear", "find", "mean", "think", "see", "know", "hold", "put", "read"}
)
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


def is_headline(words: str) -> bool:
    """Tell whether a short paragraph without a full stop can be a headline, bullet or summary."""
    return 0 < len(words) <= LONGEST_HEADLINE and words.rstrip()[-1:] not in ".?!”\"’'"


def past_tense_words(words: str) -> list[tuple[int, int, str]]:
    """Return (start, end, past form) of a headline's verbs of saying (rule 4)."""
    plural = HEADLINE_PLURAL.match(words)
    found = [(each.start(1), each.end(1), each.group(1), each.group(2)) for each in HEADLINE_VERB.finditer(words)]
    if plural and plural.group(1) in nouns():
        found.insert(0, (plural.start(1), plural.end(1), plural.group(1), plural.group(2)))
    result = []
    for start, end, word, following in found:
        stem = _verb_stem(word)
        after_noun = following in AFTER_NOUN and not (stem == "call" and following in ("for", "on"))
        if stem and not after_noun and not POSSESSIVE.search(words, 0, start):
            result.append((start, end, _past(stem)))
    return result


def _verb_stem(word: str) -> str:
    stems = [word, word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "y" if word.endswith("ies") else word]
    return next((stem for stem in stems if stem in verbs() and stem not in IRREGULAR), "")


def _past(stem: str) -> str:
    if stem in DOUBLING:
        return f"{stem}{stem[-1]}ed"
    if stem.endswith("e"):
        return f"{stem}d"
    return f"{stem[:-1]}ied" if stem.endswith("y") and stem[-2] not in "aeiou" else f"{stem}ed"


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
