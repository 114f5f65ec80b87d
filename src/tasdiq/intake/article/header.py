"""The lines of one article as paragraphs with their kinds, and what its header prints: title, dateline, date, byline, outlet.

1. The body begins at the first paragraph with a dateline, else at the first long one or two in a row; sentences between the
   last header line and it are body too unless a dateline follows.
2. The first line above the body without a full stop is the title; the same line again is furniture; a line with one is the
   summary. One or two words above the title are a section's name.
3. The date is the one a line "Published …" prints, else a line that is a date, else "Updated …". A relative one ("3 min ago")
   and a weekday are no dates and are noted; nothing is inferred.
4. In the body a short line without a full stop, with text below it, is a heading.
5. The outlet is taken only from what the page prints of itself: an imprint, or the agency in the dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tasdiq.intake.when import read_times
from tasdiq.model.document import Paragraph, ParagraphKind
from tasdiq.model.when import When

from .cut import STOPPED, TERMINAL, is_body, is_title
from .dateline import Dateline, dateline_of
from .lines import Line
from .stamps import NAMES, read_stamps

HEADER = frozenset({"label", "reading", "link", "date", "updated", "follow", "byline", "credit", "imprint"})
SITES = r"(?:google news|whats\s?app|twitter|x|facebook|instagram|telegram|youtube)"
IMPRINT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:copyright|©|\(c\))[\s©]*(?:\d{4}(?:[–-]\d{4})?)?[\s,]*(?:by\s)?(?P<outlet>[^.,|\d]{2,60}?)"
        r"(?:[.,|]|\s-|\sall rights|$)",
        r"(?:published|appeared) (?:in|on|by) (?:the )?(?P<outlet>(?-i:[A-Z])[^.,\d]{1,60}?)(?:[.,]|\son\s|\s\d|$)",
        r"source\s?: (?P<outlet>(?-i:[A-Z])[^.,\d]{1,50}?)(?:\s(?:and|&)\s(?:news )?agencies)?$",
        rf"(?:follow|join|find) (?P<outlet>(?-i:[A-Z])[^.,]{{1,50}}?) on {SITES}\b",
    )
)
WHOSE = frozenset({"us", "our"})


@dataclass
class Header:
    """What an article prints of itself."""

    title: str = ""
    label: str = ""
    author: str | None = None
    dateline: str = ""
    outlet: str | None = None
    url: str = ""
    published: When | None = None
    notes: list[str] = field(default_factory=list)


def body_at(lines: list[Line]) -> int:
    """Return where the body begins (rule 1)."""
    long = next((at for at, line in enumerate(lines) if _opens(line, lines[at + 1 : at + 2])), None)
    until = len(lines) if long is None else long
    marked = [at for at in range(until) if lines[at].mark in HEADER or lines[at].mark == "bullet"]
    first = marked[-1] + 1 if marked else 0
    if long is not None and dateline_of(lines[long].text):
        return long
    short = (at for at in range(first, until) if lines[at].mark == "text" and STOPPED.search(lines[at].text))
    return next((at for at in short if not is_title(lines[at])), until)


def _opens(line: Line, below: list[Line]) -> bool:
    """Tell whether a body begins here: a dateline, a long paragraph, or two paragraphs one below the other."""
    if line.mark != "text":
        return False
    two = len(line.text) > 120 and is_body(line) and bool(below) and is_body(below[0])
    return two or len(line.text) > 250 or dateline_of(line.text) is not None


def read_article(lines: list[Line], tail: list[Line]) -> tuple[Header, list[Paragraph]]:
    """Return an article's header and its paragraphs in order."""
    header, start = Header(), body_at(lines)
    paragraphs = [_head(header, line, lines[at + 1 : at + 2]) for at, line in enumerate(lines[:start])]
    for at, line in enumerate(lines[start:], start):
        paragraphs += _body(header, line, lines[at + 1 : at + 2], first=at == start)
    paragraphs += [_paragraph(line, "furniture") for line in tail]
    _read_dates(header, [*lines[:start], *(line for line in [*lines[start:], *tail] if line.mark == "imprint")])
    _read_outlet(header, [*lines, *tail])
    return header, paragraphs


def _paragraph(line: Line, kind: ParagraphKind) -> Paragraph:
    return Paragraph(start=line.start, end=line.end, kind=kind)


def _head(header: Header, line: Line, below: list[Line]) -> Paragraph:
    if line.mark == "text":
        return _paragraph(line, _head_text(header, line, below))
    if line.mark == "bullet":
        return _paragraph(line, "bullet")
    if line.mark == "byline":
        header.author = header.author or re.sub(r"^by\s?:?\s+", "", line.text, flags=re.IGNORECASE)
        return _paragraph(line, "byline")
    if line.mark == "label":
        header.label = header.label or line.text.rstrip(": ")
    if line.mark == "link" and (url := re.search(r"https?://\S+", line.text)):
        header.url = header.url or url[0]
    return _paragraph(line, "furniture")


def _head_text(header: Header, line: Line, below: list[Line]) -> ParagraphKind:
    if header.title:
        if line.plain == " ".join(header.title.split()).casefold():
            return "furniture"
        if (
            below
            and below[0].mark in ("date", "updated")
            and NAMES.fullmatch(line.text)
            and len(line.text.split()) <= 4
        ):
            header.author = header.author or line.text
            return "byline"
        return "summary"
    if STOPPED.search(line.text) and not is_title(line):
        return "summary"
    if len(line.text.split()) <= 2 and below and below[0].mark == "text":
        header.label = header.label or line.text
        return "furniture"
    header.title = line.text
    return "title"


def _body(header: Header, line: Line, below: list[Line], *, first: bool) -> list[Paragraph]:
    if line.mark == "text":
        found = dateline_of(line.text) if first else None
        return _opening(header, line, found) if found else [_paragraph(line, _body_text(line, below))]
    kinds: dict[str, ParagraphKind] = {"bullet": "bullet", "byline": "byline", "date": "heading"}
    return [_paragraph(line, kinds.get(line.mark, "furniture"))]


def _opening(header: Header, line: Line, found: Dateline) -> list[Paragraph]:
    header.dateline = found.place
    if found.date:
        header.notes.append(f"the dateline prints {found.date!r}, without a year")
    if found.agency:
        if header.outlet:
            header.author = header.author or found.agency
        header.outlet = header.outlet or found.agency
    return [
        Paragraph(start=line.start, end=line.start + found.words_at, kind="dateline"),
        Paragraph(start=line.start + found.body_at, end=line.end),
    ]


def _body_text(line: Line, below: list[Line]) -> ParagraphKind:
    short = len(line.text) <= 110 and len(line.text.split()) <= 16 and below and below[0].mark in ("text", "bullet")
    question = line.text.endswith("?") and line.text[:1] not in "\"“‘'"
    unstopped = not TERMINAL.search(line.text) and line.text[-1] not in '"”’'
    return "heading" if short and (question or unstopped) else "body"


def _read_dates(header: Header, lines: list[Line]) -> None:
    found: dict[int, When] = {}
    relative: list[str] = []
    for line in lines:
        stamps = read_stamps(line.text) if line.mark in ("date", "updated") else None
        for stamp in stamps.stamps if stamps else ():
            if stamp.when:
                found.setdefault(stamp.rank, stamp.when)
            else:
                relative.append(f"a date is printed relative to the time of reading ({line.text!r}): unknown")
        header.author = header.author or (stamps.author if stamps else None)
        if imprinted := _imprinted(line):
            found.setdefault(1, imprinted)
    header.published = found[min(found)] if found else None
    if header.published is None:
        header.notes += relative or ["no publication date is printed; a weekday in the text is not a date"]


def _imprinted(line: Line) -> When | None:
    """Return the date of "Published in …, May 2nd, 2031"."""
    if line.mark != "imprint" or not re.search(r"published", line.text, re.IGNORECASE):
        return None
    dated = [m.when for m in read_times(line.text, None) if m.when.precision == "day" and m.when.start]
    return dated[0] if len(dated) == 1 else None


def _read_outlet(header: Header, lines: list[Line]) -> None:
    for line in lines:
        if line.mark not in ("imprint", "follow"):
            continue
        for pattern in IMPRINT:
            match = pattern.search(line.text)
            if match and match["outlet"].strip().lower() not in WHOSE:
                header.outlet = match["outlet"].strip()
                return
