"""Turns in the life of a ceasefire, as a sentence tells them: asked for, agreed, begun, extended, holding, violated, ended.

Rules: for each mention the verb or adjective nearest to the word "ceasefire" (or truce, cessation of hostilities) decides; a
sentence that only mentions one tells nothing. "Violated" is a word of the text and stands as told: nothing here finds a
violation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import CeasefireTold

Event = Literal["requested", "agreed", "began", "extended", "holding", "violated", "ended", "fragile"]
_CEASEFIRE = re.compile(r"\b(?:cease-?fire|truce|cessation of hostilities|hostilities\b[^.;]{0,40}\bceased)\b", re.I)
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (
        "ended",
        any_of("did not hold", "did not last", "collapsed", "broke down", "ended", "expired", "over", "called off"),
    ),
    ("holding", any_of("continues? to hold", "holding", "held", "remains? in (?:place|force)", "intact")),
    (
        "extended",
        any_of("extend(?:ed|s)?", "extension of", "agree[ds]? to (?:maintain|continue)", "ceasefire continues"),
    ),
    ("violated", any_of(r"violat\w+", r"breach\w*", "broke", "broken")),
    ("requested", any_of(r"request\w*", "asked for", "sought", r"appeal\w*", "proposed")),
    (
        "agreed",
        any_of(
            r"agree(?:[ds]|ing|ment)?", r"reach\w*", r"accept\w*", "resulted in", "signed", "brokered", "put in place"
        ),
    ),
    ("began", any_of("began", "came into (?:force|effect)", "took effect", "started", "ceased")),
    ("fragile", any_of("fragile", "tenuous", "shaky", "uneasy")),
)
FARTHEST = 60
"""Code points between the ceasefire and the word that tells its turn."""
_ORDER = tuple(event for event, _ in _EVENTS)


def read(scene: Scene) -> Iterator[CeasefireTold]:
    """Yield the turns a sentence tells of, each once."""
    words = scene.words
    found = [(event, match) for event, pattern in _EVENTS for match in pattern.finditer(words)]
    told: set[Event] = set()
    for named in _CEASEFIRE.finditer(words):
        if not found:
            return
        event, match = min(found, key=lambda item: (_distance(item[1], named), _ORDER.index(item[0])))
        if event in told or _distance(match, named) > FARTHEST:
            continue
        told.add(event)
        yield CeasefireTold(
            id="",
            telling=scene.telling(named.start(), named.end()),
            when=scene.time_near(named.start()),
            event=event,
            words=words[min(match.start(), named.start()) : max(match.end(), named.end())],
        )


def _distance(match: re.Match[str], named: re.Match[str]) -> int:
    if match.start() < named.end() and named.start() < match.end():
        return 0
    return min(abs(named.start() - match.end()), abs(match.start() - named.end()))
