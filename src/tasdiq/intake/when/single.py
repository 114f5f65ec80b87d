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


FIGURES = re.compile(r"\d{1,2}([/-])\d{1,2}\1\d{4}")


def read_single(text: str) -> When | None:
    """Return the one date with a year that `text` consists of (weekday, clock time and zone may stand beside it), else None.

    A date in figures that both orders of day and month fit is bounded by both and approximate.
    """
    if len(text) > 120:
        return None
    mentions = [m for m in read_times(text, None) if m.when.start and _is_day(m.when)]
    if len(mentions) != 1:
        return None
    mention = mentions[0]
    rest = (text[: mention.start], text[mention.end :])
    return mention.when if all(not part or AROUND.fullmatch(part) for part in rest) else None


def _is_day(when: When) -> bool:
    return when.precision in ("day", "minute") or (when.precision == "unknown" and bool(FIGURES.fullmatch(when.text)))
