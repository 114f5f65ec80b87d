"""Who a phrase means, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

CERTAIN, LIKELY, DOUBTFUL = 950_000, 800_000, 550_000


@dataclass(frozen=True)
class Resolution:
    """Who a phrase means; `confidence_ppm` is 0 where nobody is found. Where several speak together, `parties` are they."""

    actor: str | None = None
    party: str | None = None
    confidence_ppm: int = 0
    joint: bool = False
    rule: str = ""
    parties: tuple[str, ...] = ()
