"""Read a line that is nothing but a date, as mastheads and signatures print it."""

from __future__ import annotations

import re

from tasdiq.model.when import When

from .read import read_times

AROUND = re.compile(
    r"(?:[\s,|·•@()\[\]-]|(?i:\bat\b|\bon\b|\b[ap]\.?m\.?(?=\W|$))|\d{1,2}[:.]\d{2}(?::\d{2})?(?i:[ap]m\b)?"
    r"|\b[A-Z]{2,5}\b|[+-]\d{1,2}(?::?\d{2})?)+"
)
"""What may stand beside the date: punctuation, a clock time and its zone ("10:30 am PKT")."""


def read_single(text: str) -> When | None:
    """Return the one date with a year that `text` consists of (weekday, clock time and zone may stand beside it), else None."""
    if len(text) > 120:
        return None
    mentions = [m for m in read_times(text, None) if m.when.start and m.when.precision in ("day", "minute")]
    if len(mentions) != 1:
        return None
    mention = mentions[0]
    rest = (text[: mention.start], text[mention.end :])
    return mention.when if all(not part or AROUND.fullmatch(part) for part in rest) else None
