"""Receive one file: check its size and form, decode it, cut it into documents.

1. At most `LARGEST` bytes, in `.txt`, `.html` or `.htm`; a text file that opens as HTML is read as HTML.
2. Plain text: offsets count the code points of the decoded file. HTML: those of the extracted text, named by its SHA-256.
3. A file that cannot be read is a value, `Received` with `rejected`; so is a line without end, while the rest of its file
   goes on. Nothing escapes but `TasdiqError`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tasdiq.model.document import Received, Rejected

from .decode import Undecodable, decode
from .documents import File, cut_documents
from .html import Page, read_page
from .marks import is_endless

LARGEST = 20_000_000
"""Bytes; a press article is a thousandth of this."""
TEXT, HTML = (".txt", ".text"), (".html", ".htm", ".xhtml")
REMEDY = {
    ".pdf": "save the PDF's text as .txt (UTF-8), or the web page as .html",
    ".docx": "save the document as plain text (.txt, UTF-8)",
    ".csv": "event tables go through the table door; give it with a mapping",
}
LINE_END = re.compile(r"\r\n|\r|\n")
MARKUP = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def receive_file(name: str, data: bytes, *, largest: int = LARGEST) -> Received:
    """Return the documents of one file with the text their offsets point into, or why it was rejected."""
    digest = hashlib.sha256(data).hexdigest()
    suffix = PurePosixPath(name).suffix.lower()
    if len(data) > largest:
        return _refuse(
            name, digest, f"{len(data):,} bytes; expected at most {largest:,}: split the file, or leave it out"
        )
    if suffix not in TEXT + HTML:
        remedy = REMEDY.get(suffix, "save its text as .txt (UTF-8), or the web page as .html")
        return _refuse(name, digest, f"{suffix or 'no'} file ending; expected .txt, .html or .htm: {remedy}")
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return _refuse(name, digest, decoded.reason, decoded.line)
    if suffix in HTML or MARKUP.match(decoded.text):
        notes = decoded.notes if suffix in HTML else (*decoded.notes, "the file holds HTML and was read as HTML")
        return _receive_page(name, digest, decoded.text, notes)
    return _receive(File(name, digest, decoded.text), None, decoded.notes)


def _refuse(name: str, digest: str, reason: str, line: int = 0) -> Received:
    return Received(file=name, sha256=digest, rejected=(Rejected(file=name, reason=reason, line=line),))


def _receive_page(name: str, digest: str, markup: str, notes: tuple[str, ...]) -> Received:
    page = read_page(markup)
    if page is None:
        reason = "no text of an article was found in the page; save the article's text as .txt (UTF-8)"
        return _refuse(name, digest, reason)
    return _receive(File(name, digest, page.text), page, (*notes, *page.notes))


def _receive(file: File, page: Page | None, notes: tuple[str, ...]) -> Received:
    return Received(
        file=file.name,
        sha256=file.sha256,
        text=file.text,
        text_sha256=file.text_sha256,
        documents=tuple(cut_documents(file, page)),
        rejected=tuple(_unread(file)),
        notes=notes,
    )


def _unread(file: File) -> Iterator[Rejected]:
    for number, line in enumerate(LINE_END.split(file.text), 1):
        if is_endless(line):
            reason = (
                f"a line of {len(line):,} characters is longer than any paragraph, or has a word longer than any: "
                "left unread; put line ends between paragraphs"
            )
            yield Rejected(file=file.name, line=number, reason=reason)
