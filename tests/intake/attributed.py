"""Made-up texts as documents, and their attributions as strings, for the statement finder's tests."""

from __future__ import annotations

import re

from tasdiq.intake.attribute import attribute
from tasdiq.model.document import Document, DocumentKind, Paragraph, ParagraphKind
from tasdiq.model.statement import Attribution


def document(
    text: str, *, kind: DocumentKind = "article", paragraphs: ParagraphKind = "body", author: str = ""
) -> Document:
    """Take a text as one document, a paragraph a line."""
    lines = [Paragraph(start=each.start(), end=each.end(), kind=paragraphs) for each in re.finditer(r"\S[^\n]*", text)]
    return Document(
        id="d1",
        file="a.txt",
        sha256="",
        text_sha256="",
        kind=kind,
        start=0,
        end=len(text),
        paragraphs=tuple(lines),
        author=author or None,
    )


def attributions(text: str, **kind: str) -> list[Attribution]:
    """Attribute a text taken as one document."""
    return attribute(text, [document(text, **kind)])["d1"]


def words(text: str, each: Attribution, role: str) -> str:
    """Return the words of one role, pieces joined by an ellipsis."""
    return " … ".join(text[span.start : span.end] for span in getattr(each, role))


def found(text: str, **kind: str) -> list[tuple[str, str, str]]:
    """Return (source, cue, content) of each attribution of a text."""
    return [
        (words(text, each, "source"), words(text, each, "cue"), words(text, each, "content"))
        for each in attributions(text, **kind)
    ]


def one(text: str, cue: str) -> Attribution:
    """Return the attribution whose cue begins with the given word."""
    return next(
        each
        for each in attributions(text)
        if words(text, each, "cue").split()[-1].startswith(cue) or cue in words(text, each, "cue")
    )
