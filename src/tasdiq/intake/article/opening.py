"""Which door a file goes through, by its name's ending and, where that says text or page, by how its content begins.

1. `.txt`, `.text`: plain text; `.html`, `.htm`, `.xhtml`: a page; `.rss`, `.atom`, `.rdf`, `.xml`: a feed;
   `.eml`: an e-mail; `.warc`, `.warc.gz`, `.wacz`: a web archive; `.pdf`: a PDF.
2. A text or page that opens as another of these is read as what it is, and noted.
3. An export of posts (`social`) is told by its name and how it begins: `.js`, `.zip`, `.jsonl`, `.ndjson`, `.json`, `.csv`.
4. Anything else is refused with what to do.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import IO

from .decode import Undecodable, decode
from .feed import FEED, read_feed
from .feed import NOTE as FEED_NOTE
from .html import read_page
from .mail import NOTE as MAIL_NOTE
from .mail import read_mail
from .parts import Found, Note, Open, Part, Refusal
from .pdf import NOTE as PDF_NOTE
from .pdf import read_pdf
from .social import export_kind, read_export
from .social.kinds import NOTE as POSTS_NOTE
from .social.x import read_archive
from .warc import NOTE as WARC_NOTE
from .warc import read_wacz, read_warc

TEXT, HTML, FEEDS = (".txt", ".text"), (".html", ".htm", ".xhtml"), (".rss", ".atom", ".rdf", ".xml")
EXPECTED = ".txt, .html, .pdf, .rss, .atom, .eml, .warc, .wacz, or an export of posts"
REMEDY = {
    ".docx": "save the document as plain text (.txt, UTF-8)",
    ".csv": "event tables go through the table door; give it with a mapping",
    ".xlsx": "event tables go through the table door; give it with a mapping",
}
MARKUP = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
MAIL, WARC, WACZ, PDF = (".eml",), (".warc", ".warc.gz"), (".wacz",), (".pdf",)
KINDS = {"feed": FEEDS, "mail": MAIL, "warc": WARC, "wacz": WACZ, "pdf": PDF, "text": TEXT + HTML}
NOTES = {
    "feed": FEED_NOTE,
    "mail": MAIL_NOTE,
    "warc": WARC_NOTE,
    "wacz": WARC_NOTE,
    "pdf": PDF_NOTE,
    "posts": POSTS_NOTE,
}


def kind_of(name: str, data: bytes) -> str:
    """Return the kind of a file: text (or page), feed, mail, warc, wacz, pdf, posts, or "" for none of them (rules 1 and 2)."""
    kind = next((kind for kind, endings in KINDS.items() if name.lower().endswith(endings)), "")
    if not kind:
        return "posts" if export_kind(name, data) else ""
    if kind == "text" and data.startswith(b"%PDF-"):
        return "pdf"
    return "feed" if kind == "text" and FEED.match(data[:8000].decode("utf-8", "replace")) else kind


def open_file(name: str, data: bytes) -> Found:
    """Yield the parts of a file, and what of it could not be read."""
    kind = kind_of(name, data)
    if kind in NOTES:
        yield Note(NOTES[kind])
    if kind:
        yield from DOORS[kind](name, data)
        return
    suffix = PurePosixPath(name).suffix.lower()
    remedy = REMEDY.get(suffix, "save its text as .txt (UTF-8), or the web page as .html")
    yield Refusal(f"{suffix or 'no'} file ending; expected {EXPECTED}: {remedy}")


def open_stream(name: str, stream: IO[bytes]) -> Found:
    """Yield the parts of an archive that is read where it lies, piece by piece."""
    kind = kind_of(name, b"")
    yield Note(NOTES[kind])
    if kind == "posts":
        yield from read_archive(stream)
    else:
        yield from (read_wacz if kind == "wacz" else read_warc)(stream, open_inside)


def open_inside(name: str, data: bytes) -> Found:
    """Yield the parts of a thing inside a file, which is no archive and no message itself: nesting ends."""
    if kind_of(name, data) in ("mail", "warc", "wacz", "posts"):
        yield Refusal(
            "an archive or message inside another file; expected a page, text, feed or PDF: give it by itself"
        )
        return
    yield from open_file(name, data)


def _open_text(name: str, data: bytes) -> Found:
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        yield Refusal(decoded.reason, line=decoded.line)
        return
    yield from map(Note, decoded.notes)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in HTML and not MARKUP.match(decoded.text):
        yield Part(decoded.text)
        return
    if suffix not in HTML:
        yield Note("the file holds HTML and was read as HTML")
    page = read_page(decoded.text)
    if page is None:
        yield Refusal("no text of an article was found in the page; save the article's text as .txt (UTF-8)")
        return
    yield from map(Note, page.notes)
    yield Part(page.text, page)


DOORS: dict[str, Open] = {
    "text": _open_text,
    "feed": lambda _, data: read_feed(data),
    "mail": lambda _, data: read_mail(data, open_inside),
    "pdf": lambda _, data: read_pdf(data),
    "posts": read_export,
    "warc": lambda _, data: read_warc(data, open_inside),
    "wacz": lambda _, data: read_wacz(data, open_inside),
}
