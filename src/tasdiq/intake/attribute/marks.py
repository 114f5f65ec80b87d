"""Quotation marks: which stretches of a paragraph stand between them.

Rules
1. Curly marks and guillemets say which way they open; a straight mark opens after space, start or bracket, else it closes.
   A mark of one style may close another's ("mixed" typing is common).
2. A quotation that opens at the start of a paragraph or after a comma or colon and never closes runs to the paragraph's end:
   the next paragraph goes on with it. Any other unclosed mark is no quotation.
3. Single marks quote only where a paragraph has no double ones: from a mark after space or start to the first that follows
   punctuation, else around at most a few words.
4. A quotation is *whole* when it can stand as a clause of its own: it begins where a clause can begin and ends in its own
   punctuation, unless it is the title of a work. Anything else ("scare quotes", fragments inside a sentence) is a *part* of the
   sentence around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile(r"[“”„\"«»]|''|``")
BEGINS = re.compile(r"(?:^|[,:;.?!…—–(\[\"”’'])[\s‘']*$")
OWN_END = re.compile(r"[.,?!…—–]\W*$")
SINGLE = re.compile(r"(?:(?<=\s)|^)[‘'](?=\w)(?:[^\n]{1,600}?[.,?!…][’']|[^‘’'.\n]{2,60}(?<=\w)[’'])(?!\w)")
LEAST_WORDS = 3
LONGEST_TITLE = 7
LONGEST_SMALL_WORD = 3


@dataclass(frozen=True)
class Quotation:
    """A stretch between marks, marks included. `open` when no mark closes it before the paragraph ends."""

    start: int
    end: int
    open: bool = False
    whole: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """Return the quotations of one paragraph, in order, not overlapping."""
    found: list[Quotation] = []
    begin: int | None = None
    if not MARK.search(text):
        return [_quotation(text, *each.span(), open_=False) for each in SINGLE.finditer(text)]
    for mark in MARK.finditer(text):
        if begin is None:
            if _opens(text, mark):
                begin = mark.start()
        elif not _only_opens(mark):
            found.append(_quotation(text, begin, mark.end(), open_=False))
            begin = None
    if begin is not None and BEGINS.search(text, 0, begin):
        found.append(_quotation(text, begin, len(text), open_=True))
    return found


def _opens(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in ("“", "„", "«", "``"):
        return True
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return mark.group() not in ("”", "»") and not before.isalnum() and bool(after.strip())


def _only_opens(mark: re.Match[str]) -> bool:
    return mark.group() in ("„", "«", "``", "“")


def _quotation(text: str, start: int, end: int, *, open_: bool) -> Quotation:
    inner = text[start:end].strip("“”„\"«»'` ")
    opening = not text[:start].strip() and inner[-1:] == ","
    whole = (
        (opening or len(inner.split()) >= LEAST_WORDS)
        and bool(BEGINS.search(text, 0, start))
        and (opening or not _is_title(inner))
    )
    ends = open_ or bool(OWN_END.search(text[start:end])) or text[end : end + 1] in (",", ".", "")
    return Quotation(start, end, open_, whole and ends)


def _is_title(inner: str) -> bool:
    """Tell whether a quotation names a book or a song: all its longer words begin with capitals."""
    longer = [word for word in inner.split() if len(word.strip(",.?!")) > LONGEST_SMALL_WORD]
    return len(inner.split()) <= LONGEST_TITLE and bool(longer) and all(word[0].isupper() for word in longer)
