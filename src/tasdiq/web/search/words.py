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

_WORD = re.compile(r"[^\W_]+")
_ASCII = re.compile(r"[a-z0-9]+")
_ONE_FORM = str.maketrans("يىئكأإآٱةۀؤ", "ییی" + "ک" + "اااا" + "هه" + "و", "ـ")
_MEANINGLESS = re.compile(r"(?:[0-9a-f]{64}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)\Z", re.ASCII)
LONGEST = 40
"""Characters of a word that are kept: what is longer is no word anybody looks for."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, folded."""
    if text.isascii():
        return [word[:LONGEST] for word in _ASCII.findall(text.lower())]
    folded = unicodedata.normalize("NFKD", text.translate(_ONE_FORM)).casefold()
    bare = "".join(_digit(c) for c in folded if not unicodedata.combining(c))
    return [word[:LONGEST] for word in _WORD.findall(bare.translate(_ONE_FORM))]


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
