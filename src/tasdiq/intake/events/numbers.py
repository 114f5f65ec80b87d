"""Numbers as press texts write them, with their bounds: figures, words, ranges and vague quantities.

Rules:

1. "Over 200" is 201 or more; "at least 11" is 11 or more; "fewer than 10" is 9 at most.
2. "As many as 23", "up to 23" and "nearly 23" are 23 at most: no lower bound is told.
3. "About 50" is 50 as told; its words are kept.
4. "Between 20 and 30", "20 to 30" and "20-30" are 20 to 30. "Dozens" is 24 or more, "scores" 40, "hundreds" 200,
   "thousands" 2,000, "several" 3; "a dozen" is 12.
5. A number is none where it is a year, an age, a share, money, a distance, a duration, an ordinal, or part of a date or name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasdiq.intake.numbered import in_numbered, numbered_names

_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: number for number, word in enumerate(_ONES, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12}
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "several": 3}
_SIMPLE = "|".join(sorted(WORDS, key=len, reverse=True))
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:\.\d{{1,3}}(?= million))?"
    rf"|(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ONES[:9])})"
    rf"|{_SIMPLE}|half a(?= dozen)|an?(?= (?:hundred|thousand|million|dozen)))"
    r"(?: (?:hundred|thousand|million|dozen)\b(?: and (?:\w+))?)?"
)
_BOUND = (
    "more than|over|at least|no fewer than|not less than|a minimum of|upwards of"
    "|as many as|up to|a maximum of|nearly|almost|close to"
    "|fewer than|less than|under|about|around|some|roughly|approximately|an estimated"
)
_PATTERN = re.compile(
    rf"(?<![\w.,$€£₹#/-])(?:(?P<bound>{_BOUND}) )?(?:"
    rf"between (?P<low>{_NUMBER}) and (?P<high>{_NUMBER})"
    rf"|(?P<from>{_NUMBER})(?:(?<=\d)[-–—](?=\d)| to )(?P<to>{_NUMBER})"
    rf"|(?P<number>{_NUMBER}|{'|'.join(VAGUE)})"
    r")(?![\w%-]|[.,/:]\d| ?%)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:[ -](?:and a half )?(?:-?(?:years?|months?|weeks?|days?|hours?|minutes?"
    r"|per ?cent|percentage|points?|rounds?|times|km|kms"
    r"|kilomet\w+|miles?|met(?:er|re)s?|feet|dollars?|rupees?|afghanis?|euros?"
    r"|pounds?|tons?|tonnes?|degrees|o'clock|am|pm|a\.m|p\.m"
    r"|usd)\b|[$€£₹]| ?%))",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:aged|age|at|number|no\.?|chapter|article|resolution|section|paragraph"
    r"|since|year|[A-Z]{2,4}) |[$€£₹] ?)$"
)
_AGE_OR_YEAR = re.compile(r"(?:18|19|20)\d\d")


class Number(NamedTuple):
    """A number in a text: half-open range, bounds, and its words."""

    start: int
    end: int
    low: int | None
    high: int | None
    words: str


def find_numbers(words: str) -> Iterator[Number]:
    """Yield the numbers of a sentence that can count people or things, in order (rules 1 to 5)."""
    names = list(numbered_names(words))
    for match in _PATTERN.finditer(words):
        if in_numbered(*match.span(), names):
            continue
        bare = _AGE_OR_YEAR.fullmatch(match["number"] or "") and not match["bound"]
        if (
            bare
            or _UNIT.match(words, match.end())
            or (not match["bound"] and _NOT_BEFORE.search(words[: match.start()]))
        ):
            continue
        low, high = _bounds(match)
        yield Number(match.start(), match.end(), low, high, match[0])


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    for low, high in (("low", "high"), ("from", "to")):
        if match[low]:
            first, last = sorted((value_of(match[low]), value_of(match[high])))
            return first, last
    word = match["number"].lower()
    if word in VAGUE:
        return VAGUE[word], None
    return _bounded((match["bound"] or "").lower(), value_of(word))


def _bounded(bound: str, value: int) -> tuple[int | None, int | None]:
    """Return low and high by rules 1 to 3; None is open."""
    if bound in ("more than", "over", "upwards of"):
        return value + 1, None
    if bound in ("at least", "no fewer than", "not less than", "a minimum of"):
        return value, None
    if bound in ("as many as", "up to", "a maximum of", "nearly", "almost", "close to"):
        return None, value
    if bound in ("fewer than", "less than", "under"):
        return None, max(value - 1, 0)
    return value, value


def value_of(text: str) -> int:
    """Return the value of a number written in figures or words; words that are none count nothing."""
    total, current = 0.0, 0.0
    for word in re.findall(r"[\d.,]*\d|[a-z]+", text.lower().replace("half a dozen", "six")):
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word in WORDS:
            current += WORDS[word]
        elif word in _SCALE:
            current = max(current, 1) * _SCALE[word]
            if _SCALE[word] >= 1_000:
                total, current = total + current, 0.0
    return round(total + current)
