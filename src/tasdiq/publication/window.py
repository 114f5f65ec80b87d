"""Cut a range of text around the words that matter in it, instead of from its beginning.

1. What matters in a range is named by keys: beginnings of words, with weights. `keys` makes them from the words an item is
   about: the name of a crossing and its state, a figure with its noun, the wording of a point.
2. The core of a range is its shortest stretch, of at most `CORE` code points, that holds most of them by weight; the first of
   several. A range without any of its keys has its core at its beginning.
3. The window grows around the core to both sides, never past the range, and begins and ends at whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

CORE = 90
_WORD = re.compile(r"\w+")
_STEM = 5
_EMPTY = frozenset({
    "about", "after", "against", "also", "among", "been", "between", "from", "have", "into", "more", "over", "part",
    "said", "such", "than", "that", "their", "them", "then", "there", "they", "this", "those", "through",
    "under", "until", "upon", "were", "what", "when", "where", "which", "while", "will", "with", "would",
})  # fmt: skip


@dataclass(frozen=True, order=True)
class Wanted:
    """A range of a text that an item points at, and what matters in it: `(beginning of a word, weight)`."""

    start: int
    end: int
    keys: tuple[tuple[str, int], ...] = ()

    def within(self, length: int) -> Wanted:
        """Return the range held inside a text of that length."""
        return Wanted(max(self.start, 0), min(self.end, length), self.keys)


def stem(word: str) -> str:
    """Return the beginning by which a word is compared: "closed", "close" and "closes" are one."""
    return word.casefold()[:_STEM]


def keys(
    first: Iterable[str],
    second: Iterable[str] = (),
    *,
    verbatim: Iterable[str] = (),
    without: frozenset[str] = frozenset(),
) -> tuple[tuple[str, int], ...]:
    """Return the keys of an item: words it is about weigh three, words beside them one; of words taken verbatim each counts."""
    found: dict[str, int] = {}
    for weight, texts in ((1, second), (3, first)):
        words = (word for text in texts for word in _WORD.findall(text))
        found |= {stem(word): weight for word in words if _tells(word) and stem(word) not in without}
    return tuple(sorted(({stem(word): 3 for text in verbatim for word in _WORD.findall(text)} | found).items()))


def _tells(word: str) -> bool:
    return word.isdigit() or (len(word) > 3 and word.casefold() not in _EMPTY)


def core(text: str, wanted: Wanted, limit: int = CORE) -> tuple[int, int]:
    """Return the stretch of a range, of at most `limit` code points, that holds most of its keys (rule 2)."""
    weights = dict(wanted.keys)
    hits = [(m.start(), m.end(), stem(m.group())) for m in _WORD.finditer(text, wanted.start, wanted.end)]
    hits = [hit for hit in hits if hit[2] in weights]
    best, found = (0, -CORE), (wanted.start, wanted.start)
    for number, (start, _, _) in enumerate(hits):
        seen: set[str] = set()
        for _, end, key in hits[number:]:
            if end - start > limit:
                break
            seen.add(key)
            score = (sum(weights[k] for k in seen), (start - end) // 20)
            if score > best:
                best, found = score, (start, end)
    return found


def window(text: str, wanted: Wanted, limit: int) -> tuple[int, int]:
    """Return at most `limit` code points of a range around its core (rule 3)."""
    if wanted.end - wanted.start <= limit:
        return wanted.start, wanted.end
    inner = core(text, wanted, min(limit, CORE))
    spare = max(limit - (inner[1] - inner[0]), 0)
    start = max(wanted.start, inner[0] - spare // 2)
    end = min(wanted.end, start + limit)
    start = max(wanted.start, end - limit)
    start = _word_start(text, start, wanted, inner)
    return start, _word_end(text, start, end, wanted, inner)


def _word_start(text: str, at: int, wanted: Wanted, inner: tuple[int, int]) -> int:
    if at <= wanted.start or text[at - 1].isspace():
        return at
    space = text.find(" ", at, inner[0])
    return space + 1 if space >= 0 else inner[0]


def _word_end(text: str, start: int, at: int, wanted: Wanted, inner: tuple[int, int]) -> int:
    if at >= wanted.end or text[at].isspace():
        return at
    space = text.rfind(" ", start + 1, at)
    if start < inner[1] <= at:
        return max(space, inner[1])
    return space if space > start else at
