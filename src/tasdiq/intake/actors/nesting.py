"""Which attribution stands inside which: the speech whose content holds the other's cue."""

from __future__ import annotations

from collections.abc import Sequence

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution


def enclosing(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return for each attribution the number of the smallest one whose content holds its cue, or None."""
    found: list[int | None] = []
    for number, item in enumerate(attributions):
        if item.inside is not None and 0 <= item.inside < len(attributions):
            found.append(item.inside)
            continue
        holders = [
            (_length(other.content), index)
            for index, other in enumerate(attributions)
            if index != number and item.cue and _holds(other.content, item.cue) and not _holds(item.content, other.cue)
        ]
        found.append(min(holders)[1] if holders else None)
    return found


def _holds(content: Sequence[Span], pieces: Sequence[Span]) -> bool:
    return bool(pieces) and all(
        any(span.start <= piece.start and piece.end <= span.end for span in content) for piece in pieces
    )


def _length(content: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in content)
