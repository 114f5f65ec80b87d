"""A proposal as a statement: who its source is, by the rules' own directory; in nobody's own voice.

1. The source is resolved as any phrase of an English document; in other languages it stays open.
2. Whatever it resolves to, the statement is told by a third: that a model proposed it makes nobody say it. A private person is
   not named.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasdiq.intake.actors import Directory, Resolution
from tasdiq.intake.languages import is_english
from tasdiq.intake.pseudonyms import is_private
from tasdiq.model.document import Document
from tasdiq.model.statement import Statement

from .propose import Proposal


def to_statements(
    proposals: Sequence[Proposal], document: Document, text: str, directory: Directory
) -> list[Statement]:
    """Return the proposals of one document as statements `<document id>.a<n>`, in their order."""
    made: list[Statement] = []
    for number, each in enumerate(proposals, 1):
        item = each.attribution
        found = _resolved(document, text[item.source[0].start : item.source[0].end], directory)
        made.append(
            Statement(
                id=f"{document.id}.a{number}",
                document=document.id,
                source=item.source,
                cue=item.cue,
                content=item.content,
                act=item.act,
                quote=item.quote,
                speaker=found.actor,
                party=found.party,
                teller="third",
                confidence_ppm=item.confidence_ppm,
                method=item.method,
            )
        )
    return made


def _resolved(document: Document, source: str, directory: Directory) -> Resolution:
    if not is_english(document):
        return Resolution()
    found = directory.resolve(source)
    actor = directory.actors.get(found.actor or "")
    return Resolution(party=found.party) if actor is not None and is_private(actor) else found
