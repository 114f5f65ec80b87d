"""Documents: what arrives, cut into articles, captions and posts, each with its own date.

Offsets count code points of the decoded file (plain text, line ends untouched) or of the extracted text (other formats).
`text` travels in memory and as a private attachment; it is never part of a signed public body.
"""

from __future__ import annotations

from typing import Literal

from .value import Value
from .when import When

DocumentKind = Literal["article", "caption", "post", "form", "table"]
ParagraphKind = Literal["title", "dateline", "byline", "summary", "heading", "body", "bullet", "quote", "furniture"]


class Span(Value, frozen=True, kw_only=True):
    """A half-open range of code points."""

    start: int
    end: int


class Passage(Value, frozen=True, kw_only=True):
    """A span in a document: what every published item opens."""

    document: str
    start: int
    end: int


class Paragraph(Value, frozen=True, kw_only=True):
    """One block of a document; furniture (navigation, "also see", comment forms) is kept but is not the article's words."""

    start: int
    end: int
    kind: ParagraphKind = "body"


class Document(Value, frozen=True, kw_only=True):
    """One article, caption or post. `id` is `d` and 12 hex digits of a hash over file hash, kind and start."""

    id: str
    file: str
    sha256: str
    text_sha256: str
    kind: DocumentKind
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    outlet: str | None = None
    author: str | None = None
    dateline: str = ""
    url: str = ""
    published: When | None = None
    language: str = ""
    parent: str | None = None
    label: str = ""
    notes: tuple[str, ...] = ()


class Rejected(Value, frozen=True, kw_only=True):
    """A file or row that could not be read: kept and listed. `line` counts from 1; 0 is the whole file."""

    file: str
    reason: str
    line: int = 0
    field: str = ""
    content: str = ""


class Received(Value, frozen=True, kw_only=True):
    """What one file gave: its documents with the text they point into, or why it was rejected."""

    file: str
    sha256: str
    text: str = ""
    text_sha256: str = ""
    documents: tuple[Document, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()
