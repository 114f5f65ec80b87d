"""One spelling for letters that are written in several ways, with the way back to the text's own offsets.

Rules
1. Vowel signs, tatweel and marks of direction are left out: they change no word. A joiner that parts letters is a space.
2. Letters that keyboards of neighbouring languages exchange are one: ي ی ى, ك ک ڪ, ہ ه ھ ة, أ إ آ ا, ؤ و, ګ گ.
3. Digits of every script are ASCII digits; letters are small, in Turkish as Turkish has it (İ i, I ı); apostrophes are straight.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from tasdiq.model.document import Span

_ALIKE = {
    "ي": "ی", "ى": "ی", "ۓ": "ے", "ك": "ک", "ڪ": "ک", "ہ": "ه", "ھ": "ه", "ة": "ه", "ۃ": "ه", "ۀ": "ه", "ە": "ه",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ګ": "گ",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u200c": " ", "\u00a0": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ",
    "…": ".",
}  # fmt: skip
_TATWEEL = "ـ"


@dataclass(frozen=True)
class Folded:
    """Folded text; `places` holds, for each of its characters and its end, the offset in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the range of the original that a range of the folded text comes from; `start` must be before `end`."""
        return Span(start=self.places[start], end=self.places[end - 1] + 1)


def fold(text: str, *, offset: int = 0, turkish: bool = False) -> Folded:
    """Return `text` folded; `offset` is where it begins in its file."""
    if turkish:
        text = text.replace("İ", "i").replace("I", "ı")
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text, offset):
        made = _ALIKE.get(character)
        if made is None:
            made = _made(character)
        if made:
            letters.append(made)
            places.append(place)
    return Folded("".join(letters), (*places, offset + len(text)))


def _made(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character == _TATWEEL:
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    small = character.lower()
    return small if len(small) == 1 else character


def folded(text: str, *, turkish: bool = False) -> str:
    """Return only the folded text, spaces at its ends cut and runs of them made one."""
    return " ".join(fold(text, turkish=turkish).text.split())
