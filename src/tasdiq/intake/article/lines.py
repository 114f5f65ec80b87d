"""A text as its non-blank lines, each knowing where it stands. In pasted press text one line is one paragraph.

Lines end at LF, CR LF or CR and nowhere else (`splitlines` would also split at U+2028). Text that somebody wrapped by hand is
recognised, and its lines are joined up to the next blank one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from .decode import BLANK
from .marks import Mark, mark_of

LINE = re.compile(r"[^\r\n]+")
BULLET = re.compile(r"(?:[•●▪◦‣■*·]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
WRAP = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the space around it; `blank_before` counts the blank lines above, `mark` is what it looks like alone."""

    start: int
    end: int
    text: str
    blank_before: int
    mark: Mark

    def marked(self, mark: Mark) -> Line:
        """Return the line with another mark."""
        return replace(self, mark=mark)

    def moved(self, by: int) -> Line:
        """Return the line as it stands in a longer text, `by` code points further on."""
        return replace(self, start=self.start + by, end=self.end + by) if by else self

    @property
    def plain(self) -> str:
        """The wording for comparisons: one kind of space, no case."""
        return " ".join(self.text.split()).casefold()


def read_lines(text: str) -> list[Line]:
    """Return the non-blank lines of a text in order."""
    spans = _spans(text)
    if _wrapped(text, spans):
        spans = _unwrapped(text, spans)
    return [_line(text, start, end, blank) for start, end, blank in spans]


def _line(text: str, start: int, end: int, blank: int) -> Line:
    words = text[start:end]
    mark = mark_of(words)
    if mark == "bullet" and (bullet := BULLET.match(words)):
        start += bullet.end()
    return Line(start, end, text[start:end], blank, mark)


def _spans(text: str) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    newlines, at = 0, 0
    for match in LINE.finditer(text):
        newlines += _breaks(text, at, match.start())
        at = match.end()
        words = match[0]
        inner = words.strip(BLANK)
        if inner:
            start = match.start() + words.index(inner)
            spans.append((start, start + len(inner), max(0, newlines - 1) if spans else 0))
            newlines = 0
    return spans


def _breaks(text: str, start: int, end: int) -> int:
    """Count line ends, CR LF being one."""
    return end - start - text.count("\r\n", start, end)


def _wrapped(text: str, spans: list[tuple[int, int, int]]) -> bool:
    """Tell a text wrapped by hand: short lines of like length that mostly stop in mid-sentence and go on in lower case."""
    if len(spans) < 6 or max(end - start for start, end, _ in spans) > WRAP:
        return False
    joined = [(a, b) for a, b in pairwise(spans) if b[2] == 0]
    broken = sum(1 for a, b in joined if text[a[1] - 1].isalnum() and text[b[0]].islower())
    return len(joined) >= 4 and broken >= len(joined) * 0.4


def _unwrapped(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    result: list[tuple[int, int, int]] = []
    for start, end, blank in spans:
        if result and blank == 0 and not BULLET.match(text, start):
            result[-1] = (result[-1][0], end, result[-1][2])
        else:
            result.append((start, end, blank))
    return result
