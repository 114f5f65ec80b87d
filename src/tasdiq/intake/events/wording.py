"""Alternatives of wording as one pattern: whole words, either case."""

from __future__ import annotations

import re


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the alternatives (regular expressions) as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)
