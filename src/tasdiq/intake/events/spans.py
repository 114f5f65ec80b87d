"""The time of a state: since when, as of when, or from when to when it is told.

Rules: see `crossings`, 3 and 4. A time with an open end means that no end is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tasdiq.intake.events.numbers import find_numbers, value_of
from tasdiq.intake.events.scene import Scene
from tasdiq.model.when import When

_LASTING = re.compile(
    r"\bfor (?:the (?:last|past) )?(?:nearly|almost|about|around|over|more than|some|at least|roughly)? ?"
    r"(\d{1,3}|a|an|[a-z]+(?:-[a-z]+)?) (?:consecutive |straight )?(day|week|month)s?\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\bfor (?:the|a) (\d{1,3})(?:st|nd|rd|th) (?:consecutive |straight |successive )?(day|week|month)\b"
    r"|\bfor (?:the|a) (second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth) (?:consecutive |straight |successive )?(day|week|month)\b",
    re.IGNORECASE,
)
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_DAYS = {"day": 1, "week": 7, "month": 30}
_NO_ACT = re.compile(r"\b(?:the|an?|is|are|remain\w*|stay\w*|still|kept|near|now) (?:\w+ly )?$", re.IGNORECASE)
_OBJECT = re.compile(r"\w* (?:gates?|borders?|crossings?|doors?|points?|posts?)\b", re.IGNORECASE)
_STILL = re.compile(r"\b(?:remain\w*|still|stay\w*|kept|continu\w+)\b", re.IGNORECASE)


def state_time(
    scene: Scene, reach: tuple[int, int], hit: int, *, announced: bool, others: Sequence[int] = ()
) -> When | None:
    """Return the time of a state told at `hit` within `reach`, both offsets of the sentence.

    What is announced for no other day holds from the day it was announced. A time nearer to one of the `others`, the other
    words of state of the sentence, is theirs.
    """
    words, caption = scene.words, scene.document.kind == "caption"
    told = _told_day(scene, reach, hit, others) or (
        _told_day(scene, reach, hit, others, spoken=True) if announced else None
    )
    seen = told or scene.document.published
    lasting = _lasting(words[reach[0] : reach[1]]) or (_lasting(words) if len(scene.clauses) == 1 else None)
    if lasting and seen and seen.start and not (told and told.end is None):
        return _back(seen, *lasting)
    if told is None:
        return seen
    adjective = _NO_ACT.search(words[:hit]) or _OBJECT.match(words, hit)
    is_act = not (caption or adjective or _STILL.search(words, *reach))
    if is_act and told.precision == "day" and told.end == told.start:
        return When(start=told.start, precision="day", text=told.text, approximate=told.approximate)
    return told


def _told_day(
    scene: Scene, reach: tuple[int, int], position: int, others: Sequence[int], *, spoken: bool = False
) -> When | None:
    """Return the time within reach nearest to the word of state, those after it first; else the sentence's only time."""
    times = [m for m in (scene.times if spoken else scene.happening_times) if m.when.start]
    if len(times) == 1 and any(position < other < scene.offset(times[0]) for other in others):
        return None
    own = [m for m in times if reach[0] <= scene.offset(m) < reach[1]] or (times if len(times) == 1 else [])
    return min(own, key=lambda m: (scene.offset(m) < position, abs(scene.offset(m) - position))).when if own else None


def _lasting(words: str) -> tuple[str, int] | None:
    """Return the wording and the days of a duration up to the day told."""
    ordinal = _ORDINAL.search(words)
    if ordinal:
        count = int(ordinal[1]) if ordinal[1] else _ORDINALS.index(ordinal[3].lower()) + 1
        return ordinal[0], (count - 1) * _DAYS[(ordinal[2] or ordinal[4]).lower()]
    match = _LASTING.search(words)
    if match is None:
        return None
    count = 1 if match[1].lower() in ("a", "an") else value_of(match[1]) if next(find_numbers(match[1]), None) else 0
    return (match[0], count * _DAYS[match[2].lower()]) if count else None


def _back(seen: When, words: str, days: int) -> When | None:
    try:
        last = date.fromisoformat(str(seen.end or seen.start)[:10])
        first = last - timedelta(days=days)
    except (ValueError, OverflowError):
        return seen
    return When(
        start=first.isoformat(),
        end=last.isoformat(),
        precision="day" if days < 7 else "week",
        text=f"{words}, {seen.text}".strip(", "),
        approximate=True,
    )
