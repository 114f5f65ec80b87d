"""Say in words why two reports were or were not taken for one incident: what was compared, and what came out."""

from __future__ import annotations

import numpy as np

from ..pair import Pairs
from .levels import FIELDS, Levels


def explain(pairs: Pairs, levels: Levels) -> list[str]:
    """Return one line a pair: "2.1 km and 40 minutes apart: place within both precisions, …; same type; …"."""
    width = max(field.size for field in FIELDS)
    code = (levels.astype(np.int64) * width ** np.arange(len(FIELDS))).sum(axis=1)
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    phrases = [_phrase(levels[row].tolist()) for row in first.tolist()]
    return [
        f"{_kilometres(km)} and {_span(hours)} apart: {phrases[number]}"
        for km, hours, number in zip(pairs.km.tolist(), pairs.hours.tolist(), which.reshape(-1).tolist(), strict=True)
    ]


def _phrase(levels: list[int]) -> str:
    space, time, *rest = (field.words[level] for field, level in zip(FIELDS, levels, strict=True))
    given = [words for words, level in zip(rest, levels[2:], strict=True) if level]
    return "; ".join([f"place {space}", f"time {time}", *given])


def _kilometres(km: float) -> str:
    if km > 20_000.0:
        return "an unknown distance"
    return "0 km" if km < 0.05 else f"{km:.1f} km" if km < 10 else f"{km:.0f} km"


def _span(hours: float) -> str:
    if hours < 1.0:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.1f} hours" if hours < 10 else f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.1f} days"
