"""A finding with sealed fields, its disclosures, and how one is taken apart and written again."""

from __future__ import annotations

from typing import Any

from tasdiq.record import canonical
from tasdiq.record.secrecy.disclosure import (
    conceal,
)

FINDING = canonical.dumps(
    {"finding": "f-1", "witnesses": ["A. Made-Up", "B. Invented"], "at": {"place": "Brenk", "n": 1}}
)


ALL = ("/witnesses", "/witnesses/0", "/witnesses/1", "/at/place")


def part(text: str) -> list[Any]:
    """Return what stands in a disclosure."""
    value = canonical.loads(canonical.unb64url(text, len(text) * 3 // 4))
    assert isinstance(value, list)
    return value


def written(parts: list[Any]) -> str:
    """Return a disclosure of these parts."""
    return canonical.b64url(canonical.dumps(parts))


SEALED, HELD = conceal(FINDING, ALL)
