"""Rounds of talks: held or scheduled, where, when, with which mediators, with which outcome in the words of the text.

Rules:

1. A sentence tells of a session if it names talks and, with them, the number of a round, a day, mediators, that they were held
   or ended in some way at a place, or that they are to come. A mere mention ("the Ostrel talks") tells nothing, and "several
   rounds of talks" are no one session: of them only mediators are kept.
2. A place is where talks were if it stands with them ("talks in X", "the X round", "met in X"); where somebody speaks from is not.
3. A day is the session's if it is the nearest to the talks; a bare weekday only right behind a word of holding or beginning.
4. "Next round", "scheduled", "will be held" mean to come, unless the sentence tells of it as past.
5. The outcome is kept in the words of the text, never interpreted; that talks began or go on is no outcome.
6. Mediators: see `mediators`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tasdiq.intake.events import venues, who
from tasdiq.intake.events.mediators import mediators_in
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import SessionTold

_TALKS = re.compile(
    r"\b(?:talks|negotiations?|dialogue|rounds?(?: of (?:talks|negotiations"
    r"|dialogue))?|peace conference|summit|consultations"
    r"|(?:peace |mediation )(?:process|framework|effort)s?|mediation(?: efforts)?"
    r"|(?:[Cc]ommittee|[Mm]inisterial|[Tt]echnical|follow-up|bilateral|trilateral|high-level|mediated|hosted|brokered) meetings?)\b"
    r"|\b(?:delegations?|sides|negotiators|envoys|representatives|teams"
    r"|ministers)\b[^.;]{0,40}\b(?:met|meet|meeting)\b",
    re.IGNORECASE,
)
_BROKERED = re.compile(
    r"\b(?:framework|process|cease-?fire|truce|deal"
    r"|accord)\b(?=[^.;]{0,30}\b(?:mediated|brokered|facilitated)\b)",
    re.IGNORECASE,
)
_HOSTED = re.compile(
    r"\b(?:mediated|brokered|facilitated|hosted) (?:the |a )?(?:[\w-]+ )?(?:meeting|agreement)\b", re.IGNORECASE
)
_ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10, "opening": 1,
}  # fmt: skip
_ROUND = re.compile(
    rf"\b({'|'.join(_ORDINAL)})(?: and (?:final|last))?(?: [\w-]+){{0,2}}? (?:round|session)\b", re.IGNORECASE
)
_NEXT = any_of(
    "next (?:round|session|meeting)(?! (?:was held|took place|ended|concluded))",
    "(?:is|are|was|were) (?:set|due|expected|scheduled|planned|slated"
    "|to) (?:to )?(?:be held|meet|resume|take place|begin|start|convene|reconvene)",
    "(?:is|are|was|were|been) (?:set|due|scheduled|planned|slated) (?:for|to)",
    "scheduled (?:for|to)",
    "(?:will|would) (?:again |then )?(?:meet|resume|be held|reconvene|take place|begin|start|gather|host)",
    "to be held",
    "meet again",
)
_OF_TALKS = re.compile(r"round|session|meet|talks|negotiat|held|resume|convene|dialogue", re.IGNORECASE)
_HELD = any_of(
    "held",
    "took place",
    "hosted",
    "met",
    "convened",
    "concluded",
    "ended",
    "collapsed",
    "began",
    "opened",
    "started",
    "broke down",
    "failed",
    "resulted in",
    "produced",
    "yielded",
    "culminated",
    "reached",
    "stalled",
    "wrapped up",
    "closed",
)
_OUTCOME = re.compile(
    r"\b(?:conclud(?:ed|ing)|ended|closed|collapsed|failed|broke down|broken down"
    r"|stalled|resulted in|led to|produced|yielded|culminated in"
    r"|made (?:no|little|some) progress|wrapped up|(?:had )?reached (?:an? |no )"
    r"|agreed (?:on|to|upon)|deadlocked|adjourned)\b[^.;]*",
    re.IGNORECASE,
)
_OUTCOME_END = re.compile(
    r", (?:while|but|although|after|as|with|in|which|where|when|and)\b|, \w+ (?:said"
    r"|told)\b| while | after (?:several|two|three|the)\b",
    re.IGNORECASE,
)
_TO_TALKS = re.compile(
    r"(?:agreed|led) (?:to|on) (?:the |a |an |hold |resume |another |\S+-mediated "
    r"|\S+- and \S+ ){0,3}(?:talks|dialogue|negotiations|meet|resume|hold|round)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:several|multiple|many|repeated|successive|numerous|previous|two|three"
    r"|four|five|past|earlier) (?:\w+ ){0,2}(?:rounds|sessions)\b",
    re.IGNORECASE,
)
LONGEST = 120
"""Code points of an outcome; a longer one is cut at a word."""


def read(scene: Scene) -> Iterator[SessionTold]:
    """Yield the sessions a sentence tells of (rule 1)."""
    talks = _TALKS.search(scene.words) or _BROKERED.search(scene.words) or _HOSTED.search(scene.words)
    if not talks:
        return
    mediators = mediators_in(scene)
    found = list(_sessions(scene, talks, mediators))
    if not found and mediators:
        places = venues.venues_of(scene)
        place = places[0][0] if len(places) == 1 else ""
        yield _told(scene, (talks.start(), talks.end()), place=place, mediators=mediators)
    yield from found


def _sessions(scene: Scene, talks: re.Match[str], mediators: tuple[str, ...]) -> Iterator[SessionTold]:
    places = venues.venues_of(scene)
    for start, end in _parts(scene, [at for _, at in places]):
        inside = [(place, at) for place, at in places if start <= at < end] or [("", max(start, talks.start()))]
        for place, at in inside:
            told = _session(scene, (start, end), place, at, mediators)
            if told:
                yield told


def _parts(scene: Scene, venues_at: list[int]) -> list[tuple[int, int]]:
    """Return the parts of a sentence that can each tell of one session: its clauses, or from one numbered round to the next."""
    rounds = [match.start() for match in _ROUND.finditer(scene.words)]
    if len(rounds) > 1:
        edges = [
            0,
            *(max(scene.words.rfind(joint, 0, at) for joint in (",", ";", " and ", " while ")) for at in rounds[1:]),
        ]
        return list(pairwise([*(max(edge, 0) for edge in edges), len(scene.words)]))
    return list(scene.clauses) if len(venues_at) > 1 else [(0, len(scene.words))]


def _session(
    scene: Scene, part: tuple[int, int], place: str, at: int, mediators: tuple[str, ...]
) -> SessionTold | None:
    words, (start, end) = scene.words, part
    several = bool(_SEVERAL.search(words)) and not _ROUND.search(words)
    number = _ROUND.search(words, start, end)
    to_come = _NEXT.search(words, start, end) is not None
    when = None if several else venues.days_of(scene, at, part)
    outcome = "" if to_come or several else _outcome(words, _after_talks(words, start, end, at), end)
    held = bool(_HELD.search(words, start, end)) and not several
    if not (number or when or (to_come and _is_coming(words)) or (place and (outcome or held))):
        return None
    return _told(
        scene,
        (at, at + 1),
        place=place,
        round=_ORDINAL[number[1].lower()] if number else None,
        when=when,
        scheduled=to_come,
        mediators=mediators,
        outcome=outcome,
    )


def _after_talks(words: str, start: int, end: int, at: int) -> int:
    talks = _TALKS.search(words, start, end)
    return min(talks.start() if talks else at, at)


def _is_coming(words: str) -> bool:
    """Tell whether talks, not something else, are to come."""
    found = _NEXT.search(words)
    return bool(found and _OF_TALKS.search(words, max(0, found.start() - 60), found.end() + 40))


def _outcome(words: str, start: int, end: int) -> str:
    """Return how talks ended, in the words of the text, cut at the end of the clause (rule 5)."""
    for match in _OUTCOME.finditer(words, start, end):
        if _TO_TALKS.match(match[0]) or re.match(r"(?:ended|closed|concluded) on\b[^,]*$", match[0]):
            continue
        stop = _OUTCOME_END.search(match[0])
        text = match[0][: stop.start()] if stop else match[0]
        if len(text) > LONGEST:
            text = text[:LONGEST].rsplit(" ", 1)[0] + " …"
        return text.strip(" ,")
    return ""


def _told(scene: Scene, span: tuple[int, int], **fields: object) -> SessionTold:
    return SessionTold(
        id="",
        telling=scene.telling(*span),
        parties=tuple(sorted(set(who.sides(scene, 0, len(scene.words))) & who.members(scene))),
        **fields,  # type: ignore[arg-type]  # fields of SessionTold by name
    )
