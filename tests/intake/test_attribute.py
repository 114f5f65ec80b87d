"""The statement finder on made-up dispatches about made-up countries."""

from __future__ import annotations

import re

import pytest

from tasdiq.intake.attribute import attribute
from tasdiq.model.document import Document, Paragraph
from tasdiq.model.statement import Attribution


def article(text: str) -> Document:
    """Take a text as one article, a paragraph a line."""
    lines = tuple(Paragraph(start=each.start(), end=each.end()) for each in re.finditer(r"\S[^\n]*", text))
    return Document(
        id="d1", file="a.txt", sha256="", text_sha256="", kind="article", start=0, end=len(text), paragraphs=lines
    )


def found(text: str) -> list[tuple[str, str, str]]:
    """Return (source, cue, content) of each attribution, pieces joined by an ellipsis."""
    return [
        tuple(" … ".join(text[s.start : s.end] for s in getattr(each, role)) for role in ("source", "cue", "content"))
        for each in attributions(text)
    ]


def attributions(text: str) -> list[Attribution]:
    """Attribute a text taken as one article."""
    return attribute(text, [article(text)])["d1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kestria said on Monday that the border post had been closed.",
            ("Kestria", "said", "that the border post had been closed"),
        ),
        (
            "The border post was closed on Friday, according to the Kestrian interior ministry.",
            ("the Kestrian interior ministry", "according to", "The border post was closed on Friday"),
        ),
        (
            "The minister accused Vorland of sheltering armed groups.",
            ("The minister", "accused", "Vorland of sheltering armed groups"),
        ),
        (
            "The ministry rejected Vorland’s claim that its soldiers had crossed the river.",
            ("Vorland", "claim", "that its soldiers had crossed the river"),
        ),
        (
            "Vorland, the officials said, continues to shell the valley.",
            ("the officials", "said", "Vorland … continues to shell the valley"),
        ),
    ],
)
def test_prose_forms(text: str, expected: tuple[str, str, str]) -> None:
    """Each common form of attribution in press prose gives its source, cue and content as written."""
    assert expected in found(text)


def test_no_text_raises() -> None:
    """Broken, endless and empty texts are read without an error."""
    for text in (
        "",
        "\x00\x01 \x7f",
        "“" * 500,
        "said " * 3000,
        "a" * 50_000,
        "\ud83d\ude00 said “x",
        "said\u2028that",
    ):
        attribute(text, [article(text)])
