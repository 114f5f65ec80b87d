"""Say in words why two reports were or were not taken for one incident: what was compared, and what came out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .codes import unpack
from .levels import FIELDS

Numbers = NDArray[np.floating]


def explain(km: Numbers, hours: Numbers, near: NDArray[np.int16], like: NDArray[np.int16]) -> list[str]:
    """Return one line a pair: "2.1 km and 40 minutes apart: place within both precisions, …; same type; …"."""
    code, which = np.unique(near.astype(np.int64) << 16 | like, return_inverse=True)
    levels, _ = unpack(code >> 16, code & 0xFFFF)
    phrases = [_phrase(one) for one in np.stack(levels, axis=1).tolist()]
    return [
        f"{_kilometres(far)} and {_span(long)} apart: {phrases[number]}"
        for far, long, number in zip(km.tolist(), hours.tolist(), which.tolist(), strict=True)
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
