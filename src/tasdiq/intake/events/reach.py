"""How far one event's words reach within a sentence: up to where the sentence turns to another event, or to who tells of it."""

from __future__ import annotations

import re

from tasdiq.intake.events.scene import Scene
from tasdiq.model.when import When

_TOLL = r"kill|wound|injur|destroy|leav|displac|hit|target|includ|damag|captur|martyr|eliminat|burn|forc|tak|claim"
_SPLIT = re.compile(
    r", (?:and|after|which came|before)\b(?! \d)| after (?=[A-Z]| (?:months|days|weeks) of)| before (?=[A-Z]|\w+ing\b)"
    rf"| since (?=[A-Z])| when (?=[A-Z])|, (?:who|as) \w+| came after | amid |, (?!(?:{_TOLL})\w*ing\b)\w+ing\b"
    r"|, (?=[^,]{3,70}\b(?:said|says|told|announced|reported|according to)\b)"
)


_OPENING = re.compile(r"(?:On|In|Last|Earlier|Since|Over|During|Overnight)\b")


def reach_of(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Return the range of the sentence that can say more of what stands at `start`–`end`."""
    clause = scene.clause(start)
    edges = [clause[0], *(match.start() for match in _SPLIT.finditer(scene.words, *clause)), clause[1]]
    first = max(edge for edge in edges if edge <= start)
    return first, min((edge for edge in edges if edge >= end), default=clause[1])


def time_of(scene: Scene, start: int, end: int) -> When | None:
    """Return the time told of what stands at `start`–`end`: one of its own words, else one its clause or sentence opens with."""
    first, last = reach_of(scene, start, end)
    own = [m for m in scene.happening_times if first <= scene.offset(m) < last]
    if own:
        return min(own, key=lambda m: abs(scene.offset(m) - start)).when
    opens = first == scene.clause(start)[0] or _OPENING.match(scene.words)
    return scene.time_near(start) if opens else None
