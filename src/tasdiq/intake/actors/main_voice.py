"""The main voice of a document: the party whose statement the article is about, if there is one.

It is the party named as speaking in the first two paragraphs, not in habit or in general, and in at least half of all top-level
statements of the body whose speaker the phrase itself tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasdiq.model.document import Document
from tasdiq.model.statement import Attribution

from .directory import Directory
from .nesting import enclosing
from .quoting import source_of

HABITS = frozenset(
    """traditionally repeatedly long always often frequently routinely regularly consistently historically usually persistently
    continually continuously""".split()  # noqa: SIM905
)
LEAD = 2


def main_voice(document: Document, text: str, attributions: Sequence[Attribution], directory: Directory) -> str | None:
    """Return the party that is the main voice, or None; `text` is plain."""
    body = [part for part in document.paragraphs if part.kind in ("body", "quote")]
    if not body:
        return None
    lead_end = body[:LEAD][-1].end
    counts: Counter[str] = Counter()
    leading: set[str] = set()
    for item, holder in zip(attributions, enclosing(attributions, text), strict=True):
        party = (
            _named(item, text, directory)
            if holder is None and item.cue and item.cue[0].start >= body[0].start
            else None
        )
        if party:
            counts[party] += 1
            if item.cue[0].start < lead_end and _particular(item):
                leading.add(party)
    if not counts:
        return None
    party, most = counts.most_common(1)[0]
    return party if party in leading and most * 2 >= sum(counts.values()) else None


def _named(item: Attribution, text: str, directory: Directory) -> str | None:
    source = source_of(item, text, directory)
    return directory.resolve(" ".join(text[span.start : span.end] for span in source)).party if source else None


def _particular(item: Attribution) -> bool:
    general = item.tense == "present" and item.quote == "indirect"
    return not general and not set(item.manner) & HABITS
