"""Which attribution stands inside which: the speech whose content holds the other's cue, in its sentence unless quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution

_NEW_SENTENCE = re.compile(r"[a-z0-9X][.!?]\s+(?:The|It|He|She|They|In|A|An|Its)\s")


def enclosing(attributions: Sequence[Attribution], text: str) -> list[int | None]:
    """Return for each attribution the number of the smallest one whose content holds its cue, or None."""
    found: list[int | None] = []
    reach = [_reach(each.content) for each in attributions]
    for number, item in enumerate(attributions):
        if item.inside is not None and 0 <= item.inside < len(attributions):
            found.append(item.inside if _in_reach(item, attributions[item.inside], text) else None)
            continue
        start, end = _reach(item.cue)
        near = [index for index, (low, high) in enumerate(reach) if low <= start and end <= high and index != number]
        holders = [
            (_length(attributions[index].content), index)
            for index in near
            if _may_hold(attributions[index], item, text)
        ]
        found.append(min(holders)[1] if holders else None)
    return found


def _reach(pieces: Sequence[Span]) -> tuple[int, int]:
    """Return where the first piece begins and the last one ends; of none, what nothing holds and what holds nothing."""
    return (min(each.start for each in pieces), max(each.end for each in pieces)) if pieces else (1, 0)


def _may_hold(other: Attribution, item: Attribution, text: str) -> bool:
    held = _holds(other.content, item.cue) and not _holds(item.content, other.cue)
    return held and _in_reach(item, other, text)


def _in_reach(item: Attribution, other: Attribution, text: str) -> bool:
    """Tell whether one can stand in the other: speech that is only reported does not go beyond its sentence."""
    if other.quote != "indirect" or not item.cue or not other.cue:
        return True
    start, end = sorted((item.cue[0].start, other.cue[0].start))
    return not _NEW_SENTENCE.search(text, start, end)


def _holds(content: Sequence[Span], pieces: Sequence[Span]) -> bool:
    return bool(pieces) and all(
        any(span.start <= piece.start and piece.end <= span.end for span in content) for piece in pieces
    )


def _length(content: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in content)
