"""Words and word pieces as the tagger reads them: BERT's uncased cutting, written out, so that no tokeniser library is needed.

Decides what a word is, which pieces of the encoder's vocabulary it has and which feature it carries. Source of the cutting:
BERT's `BasicTokenizer` and `WordPiece` (Devlin and others, 2018, https://github.com/google-research/bert, Apache-2.0).

Rules
1. White space parts words. Each mark of punctuation (Unicode P, and what ASCII has besides letters and digits) and each
   ideograph is a word of its own; control characters are not seen.
2. A word is read without accents and capitals, as the longest pieces the vocabulary has, from its beginning on; one that has
   none, or is longer than `LONGEST`, is read as unknown.
3. The case shape of a word as it was written, and whether it stands inside quotation marks of its paragraph, make its feature.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import compile as pattern
from typing import NamedTuple

CHUNK = pattern(r"\S+")
LONGEST = 100
SHAPES = 7
FEATURES = 2 * SHAPES
UNKNOWN = "[UNK]"
CACHED = 1 << 16
IDEOGRAPHS = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F)),
    *((0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


class Word(NamedTuple):
    """A word of the text, its pieces and its feature."""

    start: int
    end: int
    pieces: tuple[int, ...]
    feature: int


class _Cut(NamedTuple):
    """A word within a run of characters without white space."""

    start: int
    end: int
    pieces: tuple[int, ...]
    shape: int
    text: str


class Vocabulary:
    """The pieces of an encoder, in the order of their numbers; what goes on within a word begins with `##`."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._unknown = (self._numbers[UNKNOWN],)
        self._cut = lru_cache(CACHED)(self._cut_anew)

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """Return the words of one paragraph (rules 1 to 3)."""
        found: list[Word] = []
        inside = False
        for chunk in CHUNK.finditer(text, start, end):
            offset = chunk.start()
            for cut in self._cut(chunk.group()):
                if cut.shape == 1:
                    inside = _is_inside(cut.text, inside=inside)
                feature = cut.shape + SHAPES * inside
                found.append(Word(offset + cut.start, offset + cut.end, cut.pieces, feature))
        return found

    def _cut_anew(self, chunk: str) -> tuple[_Cut, ...]:
        return tuple(
            _Cut(start, end, self._pieces(read), shape(chunk[start:end]), chunk[start:end])
            for start, end, read in _split(chunk)
        )

    def _pieces(self, word: str) -> tuple[int, ...]:
        """Rule 2."""
        found: list[int] = []
        start = 0
        while start < len(word) <= LONGEST:
            lead = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(lead + word[start:end])
                if number is not None:
                    break
            else:
                return self._unknown
            found.append(number)
            start = end
        return tuple(found) or self._unknown


def shape(word: str) -> int:
    """Return the case shape of a word, 1 to 6; 0 is kept for what is no word."""
    if not any(map(str.isalnum, word)):
        return 1
    if any(map(str.isdigit, word)):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 5 if word[1:].islower() else 6


def _is_inside(mark: str, *, inside: bool) -> bool:
    """Tell whether what follows a mark, and the mark itself, stands inside quotation marks."""
    return mark == "“" or (inside and mark not in ("”", '"')) or (mark == '"' and not inside)


def _split(chunk: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and reading of each word of a run of characters (rule 1)."""
    if chunk.isascii() and chunk.isalnum():
        yield 0, len(chunk), chunk.lower()
        return
    begin, last, read = -1, 0, ""
    for place, letter in enumerate(chunk):
        seen = _read(letter)
        alone = bool(seen) and _is_alone(letter)
        if not seen and begin < 0:
            continue
        if alone and begin >= 0:
            yield begin, last, read
            begin, read = -1, ""
        if alone:
            yield place, place + 1, seen
        elif seen:
            begin = place if begin < 0 else begin
            read, last = read + seen, place + 1
    if begin >= 0:
        yield begin, last, read


@lru_cache(1 << 12)
def _read(letter: str) -> str:
    """Return a letter without accents and capitals; nothing for a control character or an accent by itself."""
    if letter == "\ufffd" or unicodedata.category(letter)[0] == "C":
        return ""
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn").lower()


@lru_cache(1 << 12)
def _is_alone(letter: str) -> bool:
    if letter.isascii():
        return not letter.isalnum()
    code = ord(letter)
    return unicodedata.category(letter)[0] == "P" or any(first <= code <= last for first, last in IDEOGRAPHS)
