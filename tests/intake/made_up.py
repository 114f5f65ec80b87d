"""Small folders about the made-up countries Kestria (capital Talvik) and Vorland (capital Ostrel), read by the real intake."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tasdiq.intake.actors import Directory, build_directory
from tasdiq.intake.attribute import attribute
from tasdiq.intake.speakers import resolve
from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document, Paragraph, Received, Span
from tasdiq.model.statement import Attribution, Statement
from tasdiq.model.when import When

PARTIES = Charter(
    title="Kestria and Vorland",
    form="desk",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
)
TODAY = When(start="2031-04-05", end="2031-04-05", precision="day", text="5 April 2031")
BACKGROUND = """The Kestrian government in Talvik and the Vorlandish government in Ostrel agreed on a ceasefire in March.

Kestrian forces and Vorlandish forces face each other across the border between Kestria and Vorland."""
"""Prose that shows demonyms and capitals, as any longer folder would."""


@dataclass
class Folder:
    """A folder as received, with its attributions and its directory."""

    received: list[Received]
    attributions: dict[str, list[Attribution]]
    directory: Directory

    def statements(self, number: int = 0) -> list[Statement]:
        """Return the statements of one document."""
        file = self.received[number]
        document = file.documents[0]
        return resolve(document, file.text, self.attributions[document.id], self.directory)

    def said(self, words: str, number: int = 0) -> Statement:
        """Return the shortest statement whose content holds `words`."""
        text = self.received[number].text
        holding = [s for s in self.statements(number) if words in " … ".join(text[c.start : c.end] for c in s.content)]
        if not holding:
            raise AssertionError(f"no statement holds {words!r}")
        return min(holding, key=lambda each: sum(span.end - span.start for span in each.content))


def receive(text: str, number: int = 1, *, dateline: str = "", outlet: str | None = None, title: str = "") -> Received:
    """Take a text as one article; its paragraphs are the blocks between empty lines."""
    whole = f"{title}\n\n{text}" if title else text
    blocks = [match.span() for match in re.finditer(r"\S(?:[^\n]|\n(?!\n))*", whole)]
    paragraphs = tuple(
        Paragraph(start=start, end=end, kind="title" if title and not index else "body")
        for index, (start, end) in enumerate(blocks)
    )
    document = Document(
        id=f"d{number:012x}", file=f"{number}.txt", sha256="", text_sha256="", kind="article", start=0, end=len(whole),
        paragraphs=paragraphs, title=title, outlet=outlet, dateline=dateline, published=TODAY,
    )  # fmt: skip
    return Received(file=f"{number}.txt", sha256="", text=whole, documents=(document,))


def by_hand(text: str, source: str, cue: str, content: str, **more: Any) -> Attribution:
    """Make an attribution of the first place of each wording."""

    def at(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start=start, end=start + len(words)),)

    return Attribution(
        source=at(source), cue=at(cue), content=at(content), sentence=Span(start=0, end=len(text)), confidence_ppm=900_000,
        method="by hand", **{"cue_lemma": cue.removesuffix("s"), **more},
    )  # fmt: skip


def folder(
    *files: Received | str,
    charter: Charter | None = PARTIES,
    background: bool = True,
    by_hand: tuple[Attribution, ...] = (),
) -> Folder:
    """Read some articles under a charter (or none); with `background`, one more article shows demonyms and capitals.

    Attributions made `by_hand` replace those of the first article.
    """
    received = [each if isinstance(each, Received) else receive(each, n) for n, each in enumerate(files, 1)]
    if background:
        received.append(receive(BACKGROUND, 99))
    attributions = {name: found for file in received for name, found in attribute(file.text, file.documents).items()}
    if by_hand:
        attributions[received[0].documents[0].id] = list(by_hand)
    return Folder(received, attributions, build_directory(charter, received, attributions))
