"""Where words stand in quotation marks, and where sentences end around them.

Rules
1. “ ” „ ‟ " are one kind of mark, « » another, ‹ › a third: right-to-left text and careless typing exchange opening and
   closing ones, so the first opens and the next of its kind closes. ‘ opens only if ’ closes it before a space or stop.
2. A quotation ends in its paragraph and is at most `LONGEST` characters; a mark that nothing closes is none.
3. A sentence ends at . ؟ ? ! ۔ outside a quotation, before a space; not after a digit or a short abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 3000
KINDS = ('“”„‟"', "«»", "‹›")
_SINGLE = re.compile(r"(?<!\w)‘([^‘’]{2,600}(?:’\w[^‘’]{0,600})*)’(?!\w)")
_STOP = re.compile(r"[.؟?!۔]+(?=\s|$|Q)")
_ABBREVIATED = re.compile(r"(?:(?<!\w)\w{1,2}|(?<!\w)(?:prof|doç|gen|bkz|vb|vs|yrd))$", re.IGNORECASE)


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the outermost quotations of a paragraph as half-open ranges, marks included."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        kind = next((kind for kind in KINDS if text[at] in kind), None)
        if kind is None:
            single = _SINGLE.match(text, at) if text[at] == "‘" else None
            end = single.end() if single else 0
        else:
            close = next((n for n in range(at + 1, min(len(text), at + LONGEST)) if text[n] in kind), -1)
            end = close + 1
        if end > at + 2:
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def masked(text: str, ranges: list[tuple[int, int]]) -> str:
    """Return text of the same length with every quotation as a run of Q."""
    pieces: list[str] = []
    at = 0
    for start, end in ranges:
        pieces += [text[at:start], "Q" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def sentences(mask: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a masked text as half-open ranges without the space around them."""
    begin = 0
    for match in _STOP.finditer(mask):
        before = mask[max(begin, match.start() - 6) : match.start()]
        if match[0] == "." and (_ABBREVIATED.search(before) or before[-1:].isdigit()) and match.end() < len(mask):
            continue
        yield from _trimmed(mask, begin, match.end())
        begin = match.end()
    yield from _trimmed(mask, begin, len(mask))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
