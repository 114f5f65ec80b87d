"""A PDF's text layer (ISO 32000, read with pypdf) as one article, its pages kept apart.

1. Text is taken as the file gives it, page by page; pictures are never read. Without a text layer the file is refused.
2. In the extracted text each page but the first begins with a form feed (U+000C): the page of an offset is one more than the
   form feeds before it. How lines become paragraphs, `pdf_lines` decides.
3. A page that cannot be read, or whose fonts give no characters, is refused with its number; the others go on.
4. The day the file was made is only a day by which the article was released, used where the text prints no date.
5. At most `MOST_PAGES` pages, `MOST_MARKS` drawing operators, `MOST_DRAWN` drawn objects and `ONE_FILE.text` code points of a file
   are read, and `LARGEST_PAGE` bytes of a page's content; what is beyond is left out with the page's number.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import structs
from pypdf import PageObject, PdfReader

from tasdiq.model.when import When

from .html import Page
from .parts import ONE_FILE, Found, Note, Part, Refusal, one_line, read_stamp, tidy
from .pdf_lines import join_pages

NOTE = (
    "read from a PDF's text layer: offsets count code points of the extracted text; each page begins with a form feed"
)
NO_TEXT = "no text layer: the pages are pictures; recognise their text (OCR), check it, and save it as .txt (UTF-8)"
UNMAPPED = "the fonts give no characters, so the text layer cannot be read; copy the text by hand into a .txt (UTF-8)"
MOST_PAGES = 1_000
MOST_MARKS = 1_000_000
MOST_DRAWN = 20_000
LARGEST_PAGE = 4_000_000
MISSING = re.compile("[\ufffd\ue000-\uf8ff]")
QUIET = logging.NullHandler()


class _TooMuchError(Exception):
    """More is drawn than is allowed."""


@dataclass
class _Drawn:
    """How much was drawn so far in the whole file."""

    marks: int = 0
    objects: int = 0

    def count(self, operator: object, *_: object) -> None:
        """Count one operator; raise `_TooMuchError` beyond the bounds."""
        self.marks += 1
        self.objects += operator == b"Do"
        if self.marks > MOST_MARKS or self.objects > MOST_DRAWN:
            raise _TooMuchError


def read_pdf(data: bytes) -> Found:
    """Yield a PDF's text as one part."""
    logging.getLogger("pypdf").addHandler(QUIET)  # what pypdf warns of is told as ours
    opened = _open(data)
    if isinstance(opened, Refusal):
        yield opened
        return
    reader, count = opened
    found = list(_pages(reader, min(count, MOST_PAGES)))
    yield from (item for item in found if isinstance(item, Refusal))
    pages = ["" if isinstance(item, Refusal) else item for item in found]
    if count > MOST_PAGES:
        yield Refusal(
            f"{count:,} pages; expected at most {MOST_PAGES:,}: the rest was left out", f"page {MOST_PAGES + 1}"
        )
    text, notes = join_pages(pages)
    if not any(character.isalpha() for character in text):
        if all(isinstance(item, str) for item in found):
            yield Refusal(NO_TEXT)
        return
    empty = [str(number) for number, page in enumerate(found, 1) if isinstance(page, str) and not page.strip()]
    if empty:
        yield Note(f"no text was found on pages {', '.join(empty[:20])}{' and others' if len(empty) > 20 else ''}")
    yield Part(text, Page(text=text, at_latest=_made(reader)), notes)


def _open(data: bytes) -> tuple[PdfReader, int] | Refusal:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Refusal("the PDF asks for a password; expected one that opens without: save it again unlocked")
        return reader, len(reader.pages)
    except Exception as error:  # whatever pypdf raises on a broken file
        return Refusal(f"cannot be read as a PDF ({_why(error)}); save its text as .txt (UTF-8)")


def _pages(reader: PdfReader, count: int) -> Iterator[str | Refusal]:
    drawn, length = _Drawn(), 0
    for number in range(count):
        page = _page(reader, number, drawn)
        if isinstance(page, str):
            length += len(page)
        if length > ONE_FILE.text or drawn.marks > MOST_MARKS or drawn.objects > MOST_DRAWN:
            yield Refusal(
                "the PDF draws or says more than is read of one file: the rest was left out", f"page {number + 1}"
            )
            return
        yield page


def _page(reader: PdfReader, number: int, drawn: _Drawn) -> str | Refusal:
    place = f"page {number + 1}"
    try:
        page = reader.pages[number]
        size = _size(page)
        text = "" if size > LARGEST_PAGE else tidy(page.extract_text(visitor_operand_before=drawn.count))
    except Exception as error:  # whatever pypdf raises on a broken page, and our own bound
        return Refusal(f"the page cannot be read ({_why(error)})", place)
    if size > LARGEST_PAGE:
        return Refusal(f"{size:,} bytes of drawing; expected at most {LARGEST_PAGE:,}", place)
    if len(MISSING.findall(text)) * 5 > len(text):
        return Refusal(UNMAPPED, place)
    return text


def _size(page: PageObject) -> int:
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0


def _made(reader: PdfReader) -> When | None:
    """Return the day the file says it was made, as a day by which the article was released (rule 4)."""
    try:
        found = reader.metadata.creation_date if reader.metadata else None
    except Exception:  # a date that is none
        return None
    day = read_stamp(found.date().isoformat()) if found else None
    return structs.replace(day, approximate=True) if day else None


def _why(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__, 120)
