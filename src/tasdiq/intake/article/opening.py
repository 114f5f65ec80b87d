"""Which door a file goes through, by its name's ending and, where that says text or page, by how its content begins.

1. `.txt`, `.text`: plain text; `.html`, `.htm`, `.xhtml`: a page; `.rss`, `.atom`, `.rdf`, `.xml`: a feed;
   `.eml`: an e-mail.
2. A text or page that opens as another of these is read as what it is, and noted.
3. Anything else is refused with what to do.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from .decode import Undecodable, decode
from .feed import FEED, read_feed
from .feed import NOTE as FEED_NOTE
from .html import read_page
from .mail import NOTE as MAIL_NOTE
from .mail import read_mail
from .parts import Found, Note, Part, Refusal

TEXT, HTML, FEEDS = (".txt", ".text"), (".html", ".htm", ".xhtml"), (".rss", ".atom", ".rdf", ".xml")
EXPECTED = ".txt, .html, .rss, .atom or .eml"
REMEDY = {
    ".docx": "save the document as plain text (.txt, UTF-8)",
    ".csv": "event tables go through the table door; give it with a mapping",
}
MARKUP = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
MAIL = (".eml",)
NOTES = {"feed": FEED_NOTE, "mail": MAIL_NOTE}


def kind_of(name: str, data: bytes) -> str:
    """Return the kind of a file: text (or page), feed, mail, or "" for none of them (rules 1 and 2)."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in FEEDS:
        return "feed"
    if suffix in MAIL:
        return "mail"
    if suffix not in TEXT + HTML:
        return ""
    head = data[:8000].decode("utf-8", "replace")
    return "feed" if FEED.match(head) else "text"


def open_file(name: str, data: bytes) -> Found:
    """Yield the parts of a file, and what of it could not be read."""
    kind = kind_of(name, data)
    if kind in NOTES:
        yield Note(NOTES[kind])
    if kind == "feed":
        yield from read_feed(data)
    elif kind == "mail":
        yield from read_mail(data, open_file)
    elif kind:
        yield from _open_text(name, data)
    else:
        suffix = PurePosixPath(name).suffix.lower()
        remedy = REMEDY.get(suffix, "save its text as .txt (UTF-8), or the web page as .html")
        yield Refusal(f"{suffix or 'no'} file ending; expected {EXPECTED}: {remedy}")


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
