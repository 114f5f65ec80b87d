"""A file's text as documents: articles in order, each followed by its captions and posts.

Every paragraph belongs to one document; spans lie within the text, in order, without overlap. A document's id is `d` and the
first 12 hex digits of SHA-256 over file hash, kind and start, so that the same file always gives the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasdiq.intake.languages.recognise import recognise, what_is_read
from tasdiq.model.document import Document, DocumentKind, Paragraph, ParagraphKind
from tasdiq.model.when import When

from .cut import Block, cut_articles
from .header import Header, body_at, read_article
from .html import Page
from .lines import Line, read_lines
from .parts import Part, Posted
from .posts import Inset, mark_captions, take_captions, take_posts

LANGUAGE_SAMPLE = 4000
SHORT = 150


@dataclass(frozen=True)
class File:
    """One decoded file."""

    name: str
    sha256: str
    text: str

    @cached_property
    def text_sha256(self) -> str:
        """The hash of the text that offsets point into, as UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class _Facts:
    """What a document says of itself besides its paragraphs."""

    title: str = ""
    outlet: str | None = None
    author: str | None = None
    dateline: str = ""
    url: str = ""
    label: str = ""
    published: When | None = None
    notes: Sequence[str] = field(default=())


def cut_documents(file: File, parts: Sequence[tuple[int, Part]]) -> Iterator[Document]:
    """Yield the documents of a file, part by part; each part comes with where it begins in the file's text."""
    post: Document | None = None
    for start, part in parts:
        if part.posted is not None:
            made = _post(file, start, part, part.posted, post)
            post = post if part.posted.quoted else made
            yield made
            continue
        lines = [line.moved(start) for line in read_lines(part.text)]
        for block in cut_articles(lines, one=part.page is not None):
            yield from _documents(file, block, part.page, part.notes)


def _post(file: File, start: int, part: Part, posted: Posted, before: Document | None) -> Document:
    """Return a post of an export; one that is quoted stands under the post before it."""
    lines = [line.moved(start) for line in read_lines(part.text)]
    own = lines[: len(lines) - posted.bylines]
    paragraphs = [Paragraph(start=line.start, end=line.end, kind=_kind_in_post(line)) for line in own]
    paragraphs += [Paragraph(start=line.start, end=line.end, kind="byline") for line in lines[len(own) :]]
    facts = _Facts(
        url=posted.url,
        label=posted.label,
        published=posted.published,
        notes=[*part.notes, *([] if posted.published else ["the export gives the post no time"])],
    )
    return _document(file, "post", paragraphs, facts, before if posted.quoted else None)


def _kind_in_post(line: Line) -> ParagraphKind:
    return "furniture" if line.mark in ("link", "endless") else "body"


def _documents(file: File, block: Block, page: Page | None, notes: Sequence[str]) -> Iterator[Document]:
    lines, posts = take_posts(block.lines)
    lines = mark_captions(lines, body_at(lines), page.captions if page else ())
    lines, captions = take_captions(lines)
    header, paragraphs = read_article(lines, block.tail)
    header.notes += [*_endless(lines), *notes]
    article = _document(file, "article", paragraphs, _facts(header, page), None) if paragraphs else None
    if article:
        yield article
    for inset in sorted([*captions, *posts], key=lambda found: _paragraphs(found)[0].start):
        kind: DocumentKind = "caption" if inset.kind == "caption" else "post"
        facts = _Facts(
            author=inset.author,
            published=inset.published,
            notes=inset.notes,
            outlet=article.outlet if article and kind == "caption" else None,
        )
        yield _document(file, kind, _paragraphs(inset), facts, article)


def _endless(lines: list[Line]) -> list[str]:
    return [
        f"a line of {len(line.text):,} characters is longer than any paragraph, or has a word longer than any: left unread"
        for line in lines
        if line.mark == "endless"
    ]


def _facts(header: Header, page: Page | None) -> _Facts:
    """Join what the text prints with what the page's head says; the head is the publisher's own and goes first."""
    notes = list(header.notes)
    if not page:
        return _Facts(
            header.title,
            header.outlet,
            header.author,
            header.dateline,
            header.url,
            header.label,
            header.published,
            notes,
        )
    if page.published:
        notes = [note for note in notes if "date is printed" not in note]
    return _Facts(
        title=page.title or header.title,
        outlet=page.outlet or header.outlet,
        author=page.author or header.author,
        dateline=header.dateline,
        url=page.url or header.url,
        label=header.label,
        published=page.published or header.published or page.at_latest,
        notes=notes,
    )


def _paragraphs(inset: Inset) -> list[Paragraph]:
    words = [Paragraph(start=start, end=end, kind="body") for start, end in inset.words]
    byline = [Paragraph(start=start, end=end, kind="byline") for start, end in inset.byline]
    return sorted([*words, *byline], key=lambda paragraph: paragraph.start)


def _document(
    file: File, kind: DocumentKind, paragraphs: list[Paragraph], facts: _Facts, parent: Document | None
) -> Document:
    ordered = sorted(paragraphs, key=lambda paragraph: paragraph.start)
    start, end = ordered[0].start, ordered[-1].end
    notes = list(facts.notes)
    if kind == "article" and not any(paragraph.kind in ("body", "bullet") for paragraph in ordered):
        notes.append("no body text was found: everything looks like a title or furniture")
    language = _language(file.text, ordered, parent)
    if unread := what_is_read(language):
        notes.append(unread)
    return Document(
        id="d" + hashlib.sha256(f"{file.sha256}\0{kind}\0{start}".encode()).hexdigest()[:12],
        file=file.name,
        sha256=file.sha256,
        text_sha256=file.text_sha256,
        kind=kind,
        start=start,
        end=end,
        paragraphs=tuple(ordered),
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        dateline=facts.dateline,
        url=facts.url,
        label=facts.label,
        published=facts.published,
        language=language,
        parent=parent.id if parent else None,
        notes=tuple(notes),
    )


def _language(text: str, paragraphs: list[Paragraph], parent: Document | None) -> str:
    """Return the ISO 639-1 code of the document's own words; a short caption or post in Latin letters has its page's."""
    words = " ".join(text[p.start : p.end] for p in paragraphs if p.kind != "furniture")[:LANGUAGE_SAMPLE]
    letters = [character for character in words if character.isalpha()]
    if parent and parent.language and len(letters) < SHORT and sum(map(str.isascii, letters)) > len(letters) / 2:
        return parent.language
    return recognise(words)
