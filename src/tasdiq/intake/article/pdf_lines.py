"""The lines of a PDF's pages as paragraphs: a PDF knows where words stand, not where a paragraph ends.

1. Page numbers at a page's edges, and a first or last line that at least three pages and half of all repeat, are furniture of the
   printer's: they are left out, and a note says which. A page of nothing else keeps them.
2. A line runs on into the next if it is nearly as long as the page's longest, or stops in mid-sentence before a small letter. A
   blank line always ends a paragraph.
3. A paragraph runs over the end of a page where its last line stops in mid-sentence and is long, or a small letter follows; the
   form feed then stands in place of the space between the two words.
4. A hyphen at a line's end goes where the word occurs without it in the same text, and stays otherwise; soft hyphens go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .cut import STOPPED

NUMBER = re.compile(r"(?:page\s)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
NEARLY = 0.8
PAGE = "\f"


def join_pages(pages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the pages' text with a form feed where each page but the first begins, and notes on what was left out."""
    lines = [[" ".join(line.replace("\xad\n", "").split()) for line in page.split("\n")] for page in pages]
    heads = _repeated(lines)
    kept = [_without_furniture(page, heads) for page in lines]
    words = Counter(re.findall(r"\w+", " ".join(line for page in kept for line in page)))
    paragraphs = [_paragraphs(page, words) for page in kept]
    notes = tuple(f"the line {head!r}, repeated on many pages, was left out" for head in sorted(heads))
    return _joined(paragraphs), notes


def _edges(page: list[str]) -> list[str]:
    """Return a page's first and last line that are no page numbers."""
    said = [line for line in page if line and not NUMBER.fullmatch(line)]
    return [_shape(line) for line in dict.fromkeys([*said[:1], *said[-1:]])]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)[:120]


def _repeated(pages: list[list[str]]) -> set[str]:
    counted = Counter(edge for page in pages for edge in set(_edges(page)))
    return {edge for edge, count in counted.items() if count >= 3 and count * 2 >= len(pages)}


def _without_furniture(page: list[str], heads: set[str]) -> list[str]:
    """Return a page's lines without page numbers and running heads at its edges (rule 1); never nothing of a page."""
    start, end = 0, len(page)
    while start < end and _is_furniture(page[start], heads):
        start += 1
    while end > start and _is_furniture(page[end - 1], heads):
        end -= 1
    return page[start:end] or [line for line in page if not NUMBER.fullmatch(line)]


def _is_furniture(line: str, heads: set[str]) -> bool:
    return not line or bool(NUMBER.fullmatch(line)) or _shape(line) in heads


def _paragraphs(page: list[str], words: Counter[str]) -> list[str]:
    """Return a page's paragraphs (rule 2)."""
    widest = max(map(len, page), default=0)
    found: list[str] = []
    last = ""
    for line in page:
        if line and last and _runs_on(last, line, widest):
            found[-1] = _glued(found[-1], line, words)
        elif line:
            found.append(line)
        last = line
    return [paragraph.replace("\xad", "") for paragraph in found]


def _runs_on(line: str, following: str, widest: int) -> bool:
    stopped = bool(STOPPED.search(line))
    return len(line) >= widest * NEARLY or (not stopped and following[:1].islower())


def _glued(above: str, below: str, words: Counter[str]) -> str:
    if above.endswith("\xad"):
        return above[:-1] + below
    head, tail = re.search(r"(\w+)-$", above), re.match(r"[^\W\d_]+", below)
    if head is None or tail is None:
        return f"{above} {below}"
    return (above[:-1] if head[1] + tail[0] in words else above) + below


def _joined(pages: list[list[str]]) -> str:
    text = ""
    pieces: list[str] = []
    for number, page in enumerate(pages):
        if number:
            over = bool(page) and _runs_over(text, page[0])
            pieces.append(PAGE if over else f"\n\n{PAGE}")
        pieces.append("\n\n".join(page))
        text = page[-1] if page else ""
    return "".join(pieces)


def _runs_over(above: str, below: str) -> bool:
    return bool(above) and not STOPPED.search(above) and (below[:1].islower() or len(above) > 200)
