"""Numbers in a run of words, in figures or written out, read as one word each.

"1,340", "1340" and "one thousand three hundred and forty" are `#1340`; "fourteenth" and "14th" are `#14`; "thrice" is `#3`,
"a half" `#1/2`. A lone "one" says nothing. Anything else is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

SMALL = """
zero one/first two/second/twice three/third/thrice four/fourth five/fifth six/sixth seven/seventh eight/eighth nine/ninth ten/tenth
eleven/eleventh twelve/twelfth thirteen/thirteenth fourteen/fourteenth fifteen/fifteenth sixteen/sixteenth seventeen/seventeenth
eighteen/eighteenth nineteen/nineteenth
"""
UNITS = {word: value for value, words in enumerate(SMALL.split()) for word in words.split("/")}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
        "twentieth": 20, "thirtieth": 30}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
PARTS = {"half": "#1/2", "halved": "#1/2", "quarter": "#1/4"}
SILENT = frozenset({"one", "first", "second", "once"})
"""Words that are no number when they stand alone."""
FIGURES = re.compile(r"(\d+(?:[.,]\d+)*)(?:st|nd|rd|th)?$")

Word = tuple[str, int, int]


def read_numbers(words: Sequence[Word]) -> Iterator[tuple[str, int, int, str]]:
    """Yield words with their places, each number as one with its value ("#14"), all others with an empty value."""
    place = 0
    while place < len(words):
        size, value = _number(words, place)
        text = words[place][0] if size == 1 else " ".join(word for word, _, _ in words[place : place + size])
        yield text, words[place][1], words[place + size - 1][2], value
        place += size


def _number(words: Sequence[Word], place: int) -> tuple[int, str]:
    """Return how many words from `place` on make one number, and its value; (1, "") where none stands."""
    first = words[place][0].casefold()
    if first in PARTS:
        return 1, PARTS[first]
    if found := FIGURES.match(first):
        return _scaled(words, place, found[1])
    if first not in UNITS and first not in TENS and first not in SCALES:
        return 1, ""
    size, value = _written(words, place)
    alone = size == 1 and first in SILENT
    return size, "" if alone else f"#{value}"


def _scaled(words: Sequence[Word], place: int, figures: str) -> tuple[int, str]:
    after = words[place + 1][0].casefold() if place + 1 < len(words) else ""
    plain = re.sub(r",(?=\d{3}\b)", "", figures)
    if after in SCALES and re.fullmatch(r"\d+(?:\.\d+)?", plain):
        whole = float(plain) * SCALES[after]
        return 2, f"#{whole:.0f}"
    return 1, f"#{plain}"


def _written(words: Sequence[Word], place: int) -> tuple[int, int]:
    """Read a written number: units and tens add up, a scale multiplies; "and" goes on only before another number."""
    total, below, size, last = 0, 0, 0, 10**12
    while place + size < len(words):
        word = words[place + size][0].casefold()
        if word == "and" and size and _goes_on(words, place + size + 1, last):
            size += 1
            continue
        worth = UNITS.get(word, TENS.get(word, 0))
        if word in SCALES:
            below = max(below, 1) * SCALES[word]
            last = SCALES[word]
            if last >= 1_000:
                total, below = total + below, 0
        elif worth and worth < last and not (last < 20):
            below, last = below + worth, worth
        else:
            break
        size += 1
    return max(size, 1), total + below


def _goes_on(words: Sequence[Word], place: int, last: int) -> bool:
    word = words[place][0].casefold() if place < len(words) else ""
    return last in SCALES.values() and (word in UNITS or word in TENS)
