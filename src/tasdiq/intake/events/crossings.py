"""Crossings closed, open or with traffic suspended, by kind of traffic, announced or observed.

Rules:

1. A state is told where a sentence names a crossing and says it is closed, shut, sealed, suspended, reopened or open.
2. It is *announced* where somebody is said to close, order, announce or decide; else *observed*.
3. A caption tells of its own date only: an old photograph closes nothing today.
4. "For nearly two weeks" with a day reaches back from that day; without any day the document's own date is the day observed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from tasdiq.intake.events.scene import Scene
from tasdiq.model.told import CrossingTold
from tasdiq.model.when import When

State = Literal["closed", "open", "suspended", "partly open"]
_STATES: tuple[tuple[State, re.Pattern[str]], ...] = (
    ("partly open", re.compile(r"\bpart(?:ly|ially) (?:re)?open(?:ed)?\b", re.I)),
    ("open", re.compile(r"\bre-?open(?:ed|s|ing)?\b|\b(?:is|are|was|were|remains?|remained|stays?) open\b", re.I)),
    (
        "suspended",
        re.compile(r"\b(?:suspend(?:ed|s)?|suspension|halt(?:ed|s)?|disrupted|stopped|paralysed|paralyzed)\b", re.I),
    ),
    ("closed", re.compile(r"\b(?:clos(?:ed|ure|ures|es|ing)|shut(?:ting|down)?|sealed|blocked)\b", re.I)),
)
_ANNOUNCED = re.compile(r"\b(?:announce|order|decide|declar|notif|direct)\w*\b|\bhas closed\b|\bhave closed\b", re.I)
_TRAFFIC = {
    "trade": re.compile(r"\b(?:trade|cargo|goods|trucks?|freight|commerc\w+|transit)\b", re.I),
    "persons": re.compile(r"\b(?:movement|people|passengers?|pedestrian\w*|travell?ers?|refugees|returnees)\b", re.I),
}
_UNTIL = re.compile(r"\b(?:pending|until)\b[^.;]*", re.I)
_NUMBER = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_LASTING = re.compile(
    r"\bfor (?:nearly|almost|about|over|more than|some|at least)? ?(\d{1,3}|"
    + "|".join(_NUMBER)
    + r") (day|week|month)s?\b",
    re.I,
)
_DAYS = {"day": 1, "week": 7, "month": 30}


def read(scene: Scene) -> Iterator[CrossingTold]:
    """Yield a telling for every crossing whose state a sentence gives (rule 1)."""
    named = {mention.crossing: mention for mention in scene.places if mention.crossing}
    state = _state(scene.words)
    if not named or state is None:
        return
    until = _UNTIL.search(scene.words)
    for crossing, mention in named.items():
        yield CrossingTold(
            id="",
            telling=scene.telling(mention.start - scene.start, mention.end - scene.start),
            when=_when(scene),
            crossing=str(crossing),
            name=mention.name,
            state=state,
            traffic=tuple(sorted(kind for kind, pattern in _TRAFFIC.items() if pattern.search(scene.words)))
            if state in ("suspended", "partly open")
            else (),
            until=until[0].strip() if until else "",
            basis="announced" if _ANNOUNCED.search(scene.words) else "observed",
        )


def _state(words: str) -> State | None:
    return next((state for state, pattern in _STATES if pattern.search(words)), None)


def _when(scene: Scene) -> When | None:
    """Return since when and as of when the state is told (rules 3 and 4)."""
    day = next((m.when for m in scene.times if m.when.start and m.when.precision in ("day", "minute", "hour")), None)
    seen = day or scene.document.published
    lasting = _LASTING.search(scene.words)
    if seen is None or seen.start is None:
        return next((m.when for m in scene.times if m.when.start), None)
    if lasting is None:
        return seen
    count = _NUMBER.get(lasting[1].lower()) or int(lasting[1])
    last = date.fromisoformat(seen.start[:10])
    first = last - timedelta(days=count * _DAYS[lasting[2].lower()])
    return When(
        start=first.isoformat(),
        end=last.isoformat(),
        precision="week",
        text=f"{lasting[0]}, {seen.text}",
        approximate=True,
    )
