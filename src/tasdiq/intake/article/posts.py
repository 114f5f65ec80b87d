"""Embedded posts and picture captions: what stands inside an article but is a document of its own, with a date of its own.

1. A post is signed "— Name (@Handle) Month D, YYYY". Its words are what precedes the signature in its own line, else the
   paragraph above, and where blank lines part paragraphs the lines up to the next blank one.
2. A caption ends with a credit, or says of itself that it describes a picture and stands above the body, or has a credit alone
   in the next line. Its date is the full date it prints; a weekday is none. A caption that occurs twice is one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasdiq.intake.when import read_single, read_times
from tasdiq.model.when import When

from .lines import Line
from .marks import SIGNATURE, credit_of, describes_picture

MOST_LINES = 12
LINK = re.compile(r"(?:pic\.(?:twitter|x)\.com|t\.co)/\S+|https?://\S+")


@dataclass(frozen=True)
class Inset:
    """A caption or post cut out of an article: its lines of words, what else belongs to it, date and author."""

    kind: str
    words: tuple[tuple[int, int], ...]
    byline: tuple[tuple[int, int], ...]
    published: When | None
    author: str | None
    notes: tuple[str, ...] = ()


def take_posts(lines: list[Line]) -> tuple[list[Line], list[Inset]]:
    """Return the lines that are left, and the posts."""
    left: list[Line] = []
    posts: list[Inset] = []
    for line in lines:
        match = SIGNATURE.search(line.text) if line.mark == "signature" else None
        if match is None:
            left.append(line)
            continue
        words = _own_words(line, match) or _above(left)
        posts.append(_post(line, match, words))
    return left, posts


def _own_words(line: Line, match: re.Match[str]) -> list[tuple[int, int]]:
    words = line.text[: match.start()].rstrip()
    return [(line.start, line.start + len(words))] if len(words) > 3 else []


def _above(left: list[Line]) -> list[tuple[int, int]]:
    """Take the post's lines off the end of `left` (rule 1)."""
    parted = sum(line.blank_before > 0 for line in left) * 2 >= len(left)
    taken: list[Line] = []
    while left and len(taken) < MOST_LINES and left[-1].mark in ("text", "link", "bullet", "label"):
        if taken and not _belongs(taken[0], left[-1], parted=parted):
            break
        taken.insert(0, left.pop())
    return [(line.start, line.end) for line in taken]


def _belongs(below: Line, above: Line, *, parted: bool) -> bool:
    """Tell whether the line above is of the same post; `parted` says that blank lines part this page's paragraphs."""
    if above.text.endswith(":"):
        return False
    return LINK.fullmatch(below.text) is not None or (parted and not below.blank_before and len(above.text) <= 280)


def _post(line: Line, match: re.Match[str], words: list[tuple[int, int]]) -> Inset:
    found = match.groupdict()
    name, handle, date = (found[key] or found[key + "2"] for key in ("name", "handle", "date"))
    published = read_single(date or "")
    notes = () if published else ("the post prints no full date",)
    signature = (line.start + match.start(), line.end)
    return Inset("post", tuple(words), (signature,), published, f"{(name or '').strip()} (@{handle})", notes)


def mark_captions(lines: list[Line], body_at: int, known: Iterable[str] = ()) -> list[Line]:
    """Mark lines that are captions by what stands beside or above them (rule 2)."""
    marked = list(lines)
    captions = set(known)
    for at, line in enumerate(marked):
        if line.plain in captions or (line.mark == "text" and at < body_at and describes_picture(line.text)):
            marked[at] = line.marked("caption")
        elif line.mark == "credit" and 0 < at <= body_at and _captionable(marked[at - 1]):
            marked[at - 1] = marked[at - 1].marked("caption")
    return marked


def _captionable(line: Line) -> bool:
    return line.mark == "text" and 40 <= len(line.text) <= 450 and line.text.endswith((".", "”", '"'))


def take_captions(lines: list[Line]) -> tuple[list[Line], list[Inset]]:
    """Return the lines that are left (a repeated caption stays, as furniture), and the captions."""
    left: list[Line] = []
    captions: dict[str, Inset] = {}
    for line in lines:
        if line.mark != "caption":
            left.append(line)
        elif line.plain in captions:
            left.append(line.marked("follow"))
        else:
            captions[line.plain] = _caption(line)
    return left, list(captions.values())


def _caption(line: Line) -> Inset:
    credit = credit_of(line.text)
    words_end = len(line.text[: credit.start()].rstrip()) if credit else len(line.text)
    dated = [m.when for m in read_times(line.text[:words_end], None) if _exact(m.when)]
    notes = () if dated else ("the caption prints no full date",)
    byline = ((line.end - len(credit[0].lstrip()), line.end),) if credit else ()
    author = next((group for group in credit.groups() if group), None) if credit else None
    return Inset("caption", ((line.start, line.start + words_end),), byline, dated[0] if dated else None, author, notes)


def _exact(when: When) -> bool:
    return when.precision == "day" and when.start is not None and not when.approximate
