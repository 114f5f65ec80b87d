"""The toll of one event, from the figures of its own words. The rule is `incidents` 5."""

from __future__ import annotations

import re

from tasdiq.intake.events import figures
from tasdiq.intake.events.scene import Scene

_PART = re.compile(r"\b(?:including|among them|of whom|of them|among whom)\b[^;]{0,30}$", re.IGNORECASE)


def of_event(scene: Scene, reach: tuple[int, int]) -> dict[str, int | None]:
    """Return killed and injured bounds told within `reach` of the sentence; nothing where the words of a toll are two tellings."""
    result: dict[str, int | None] = {}
    counted = [
        (position, figure)
        for position, figure in figures.counted(scene)
        if reach[0] <= position < reach[1] and not _PART.search(scene.words[:position])
    ]
    for measure in ("killed", "injured"):
        own = [(position, figure) for position, figure in counted if figure.measure == measure]
        if not own or not _joined(scene.words, [position for position, _ in own]):
            continue
        lows, highs = [f.low for _, f in own], [f.high for _, f in own]
        result[f"{measure}_low"] = None if None in lows else sum(low for low in lows if low is not None)
        result[f"{measure}_high"] = None if None in highs else sum(high for high in highs if high is not None)
    return result


def _joined(words: str, positions: list[int]) -> bool:
    """Tell whether several counts are one list, with no contrast between them."""
    between = words[positions[0] : positions[-1]]
    return not re.search(r"[;:]|\b(?:while|but|however|whereas)\b", between)
