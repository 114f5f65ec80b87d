"""Words as the index knows them: folded, so that accents, case and the forms of Arabic letters make no difference.

1. A word is a run of letters and digits. Marks above and below letters are left out (é is e), as is the tatweel.
2. Letters that Arabic, Persian, Urdu and Pashto keyboards write differently are one: ي and ی, ك and ک, أ إ آ ٱ and ا, ة ۀ and ه, ئ
   and ی, ؤ and و. Digits of every script are the digits 0–9.
3. Index and question are folded alike. A last word that is not finished finds all that begin with it; so does every other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

LONGEST = 40
"""Characters of a word: what is longer is no word anybody looks for, and counts as several."""
_WORD = re.compile(rf"[^\W_]{{1,{LONGEST}}}")
_ASCII = re.compile(rf"[a-z0-9]{{1,{LONGEST}}}", re.ASCII)
_ONE_FORM = str.maketrans("يىئكأإآٱةۀؤ", "ییی" + "ک" + "اااا" + "هه" + "و", "ـ")
_MEANINGLESS = re.compile(r"(?:[0-9a-f]{64}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)\Z", re.ASCII)


def folded(text: str) -> str:
    """Return a text folded (rules 1 and 2), with whatever stands between its words."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_ONE_FORM)).casefold()
    return "".join(_digit(c) for c in text if not unicodedata.combining(c)).translate(_ONE_FORM)


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, folded."""
    return _split(folded(text))


def _split(text: str) -> list[str]:
    return (_ASCII if text.isascii() else _WORD).findall(text)


def vocabulary(folded_text: str) -> list[str]:
    """Return each word of a folded text once."""
    return list(dict.fromkeys(_split(folded_text)))


def _digit(character: str) -> str:
    return character if character.isascii() or not character.isdecimal() else str(unicodedata.decimal(character))


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value of builtins but hashes and times: what somebody may have in mind who looks for it."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if not _MEANINGLESS.match(item):
                yield item
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list | tuple):
            stack.extend(item)
