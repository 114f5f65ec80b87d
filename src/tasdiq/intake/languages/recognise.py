"""Which language a text is in, by its letters and its function words; no model is asked for what these settle.

Rules
1. Fewer than `FEWEST` letters tell nothing.
2. In Arabic script Urdu and Pashto have letters of their own; Persian and Arabic are parted by theirs and by small words. Letters
   of other languages (Kurdish, Uyghur, Sindhi) decide for those: nobody's rules fit them.
3. In Latin script English and Turkish are told by small words and letters; letters of Azerbaijani decide for it.
4. A language is named only where it leads clearly; what is left is asked of the general recogniser, which is believed for other
   scripts and for longer texts. "" is an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import py3langid

from .data import READ, raw

SAMPLE = 4000
FEWEST = 20
LEAST, MARGIN = 0.08, 0.03
SOME, LONG = 60, 150
"""Letters from which the general recogniser is believed, and from which against English small words."""
NOT_READ = "not read: language"
ENGLISH = frozenset(
    """the of and to in a that is was for on with said by it at from as be has are he his not its have an which were they will
    this had been after their who but or would over there we you i she her our all no into about out if than them more
    up when what can one two also new other some any""".split()  # noqa: SIM905
)
OTHER_ARABIC = {"ckb": "ڵڕۆێ", "ug": "ۇۈۋې", "sd": "ڀٿٽڏڊڦڙڳڱڪڻ"}
NOT_ARABIC = "پچژگ"
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})


def recognise(text: str) -> str:
    """Return the ISO 639 code of a text's language, or "" where nothing settles it."""
    text = text[:SAMPLE]
    letters = Counter(filter(str.isalpha, text))
    count = letters.total()
    if count < FEWEST:
        return ""
    arabic = sum(number for letter, number in letters.items() if "\u0600" <= letter <= "\u06ff")
    if arabic * 2 > count:
        return _in_arabic(text, letters, arabic)
    latin = sum(number for letter, number in letters.items() if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff")
    if latin * 2 > count:
        return _in_latin(text, letters, count)
    return _asked(text)


def _in_arabic(text: str, letters: Counter[str], count: int) -> str:
    share = {code: _share(letters, own, count) for code, own in OTHER_ARABIC.items()}
    own = {code: _share(letters, raw(code)["letters"], count) for code in ("ur", "ps")}
    other = max(share, key=lambda code: share[code])
    if share[other] > 0.01 and share[other] > max(own.values()):
        return other
    words = [word.translate(_ALIKE) for word in _WORD.findall(text)]
    scores = {code: _small(words, code) for code in ("ur", "ps", "fa", "ar")}
    for code in ("ur", "ps"):
        scores[code] += 3 * own[code]
        scores["fa"] -= 3 * own[code]
        scores["ar"] -= 3 * own[code]
    scores["ur"] -= 3 * own["ps"]
    scores["ps"] -= 3 * own["ur"]
    scores["ar"] -= 3 * _share(letters, NOT_ARABIC, count)
    return _leader(scores)


def _in_latin(text: str, letters: Counter[str], count: int) -> str:
    if _share(letters, "əƏ", count) > 0.01:
        return "az"
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in ENGLISH for word in words) / max(len(words), 1)
    turkish = _small(words, "tr") + 2 * _share(letters, raw("tr")["letters"], count)
    if english >= 2 * LEAST and english > turkish:
        return "en"
    if turkish >= LEAST and turkish > english + MARGIN:
        return "tr"
    asked = _asked(text)
    if asked in ("en", "tr") or count >= LONG:
        return asked
    return "en" if english >= LEAST / 2 else asked if count >= SOME else ""


def _asked(text: str) -> str:
    code = str(py3langid.classify(text)[0])
    return "" if code == "zxx" else code


def _share(letters: Counter[str], own: str, count: int) -> float:
    return sum(letters[letter] for letter in own) / count


@cache
def _words_of(code: str) -> frozenset[str]:
    return frozenset(word.translate(_ALIKE) for word in raw(code)["words"])


def _small(words: list[str], code: str) -> float:
    """Return the share of a language's small words among a text's."""
    known = _words_of(code)
    return sum(word in known for word in words) / max(len(words), 1)


def _leader(scores: dict[str, float]) -> str:
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    return best if scores[best] >= LEAST and scores[best] - scores[second] >= MARGIN else ""


def is_read(code: str) -> bool:
    """Tell whether a document's language is read at all: English in whole, others by rules for direct quotations."""
    return code in ("en", "", *READ)


def what_is_read(code: str) -> str:
    """Return what a document in this language says of how far it was read; "" for English."""
    if code in READ:
        name = raw(code)["name"]
        return f"{NOT_READ}: in {name} reported speech alone is found, by rules; the rest is left for a person"
    return "" if is_read(code) else f"{NOT_READ} ({code}): left for a person"
