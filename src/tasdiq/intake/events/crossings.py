"""Crossings closed, open or with traffic suspended, by kind of traffic, announced or observed.

Rules:

1. A state is told where a clause says of a crossing that it is closed, shut, sealed, suspended, reopened or open. The crossings
   are those of the clause; else those the sentence named before or after; else, of "the crossing" or "it", those last named.
2. Plans, demands, hopes and denials tell no state ("will reopen" without a day, "called for reopening", "has not reopened").
   What is announced for a day, or until further notice, is told as *announced*; so is whatever somebody is said to close,
   order, announce or decide. All else is *observed*.
3. An act ("closed on 12 May", "since 12 May") has no end told. What is seen on a day is told for that day only; a caption
   tells of its own date, never of today's.
4. "For nearly two weeks", "for the fifth consecutive day" reach back from the day told; without any day, from the document's.
5. "Trade resumed at X" is an opening for trade. Traffic is named only where the state is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tasdiq.intake.events import spans
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import UNREAL
from tasdiq.model.told import CrossingTold

State = Literal["closed", "open", "suspended", "partly open"]
_STATES: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        "partly open",
        re.compile(r"\bpart(?:ly|ially) (?:re-?)?open(?:ed)?\b|\b(?:re-?)?opened part(?:ly|ially)\b", re.IGNORECASE),
    ),
    (
        "open",
        re.compile(
            r"\bre-?open(?:ed|s|ing)?\b|\b(?:is|are|was|were|been|remains?|remained|stays?"
            r"|stayed|kept) (?:\w+ly |now |again )?open(?:ed)?\b"
            r"|\bresum(?:ed|es|ption|ing|e)\b|\b(?:restored|allowed (?:again )?through)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "suspended",
        re.compile(
            r"\b(?:suspend(?:ed|s|ing)?|suspension|halt(?:ed|s|ing)?|disrupted|stopped"
            r"|paralysed|paralyzed|at a standstill)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "closed",
        re.compile(
            r"\b(?:clos(?:ed|ure|ures|es|ing)|close(?! to\b)(?=[^.;]{0,30}\b(?:crossing"
            r"|border|gate|until|indefinitely))"
            r"|shut(?:ting|tered|down)?|sealed"
            r"|blocked(?! (?:[\w-]+ ){0,2}(?:aid|relief|humanitarian|convoys?|access|entry)\b))\b(?![- ]door)",
            re.IGNORECASE,
        ),
    ),
)
_ANNOUNCED = re.compile(
    r"\b(?:announce|order|decide|declare|notif|direct)\w*\b|\b(?:has|have"
    r"|had) (?:closed|shut|sealed|reopened|suspended)\b"
    r"|\bto (?:close|shut|seal|re-?open|suspend)\b|\b(?:will|would|to) (?:remain"
    r"|stay|re-?open|be (?:closed|re-?opened|shut))\b",
    re.IGNORECASE,
)
_TRAFFIC = {
    "trade": re.compile(
        r"\b(?:trad(?:e|ing)|cargo|goods|trucks?|freight|commerc\w+|transit|exports?"
        r"|imports?|containers?)\b",
        re.IGNORECASE,
    ),
    "persons": re.compile(
        r"\b(?:movement|people|persons|passengers?|pedestrians?|travell?ers?|travel"
        r"|refugees|returnees|patients)\b",
        re.IGNORECASE,
    ),
}
_FOR_TRAFFIC = re.compile(r"[^,.;]{0,24}\b(?:to|for) ((?:all |both |only )?[^,.;]{0,60})", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:pending [^.;,]*|until (?:further notice|[^.;,]*)|indefinitely)", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:it|they|both|the (?:two |same |key |main |busy )?(?:border "
    r"|trade )?(?:crossings?|gates?|points?|terminals?))\b",
    re.IGNORECASE,
)
_OTHER_GATE = re.compile(
    r"\b[A-Z][\w’-]+ (?:gate|crossing|checkpoint|terminal|pass|border (?:point|post|crossing|gate))\b"
)
"""A crossing that nobody knows as one: the state is its, not that of another crossing of the sentence."""
_SUBJECT = re.compile(
    r"\b(?:trade|traffic|movement|transit|crossings?|operations|activit\w+|border|gates?|trucks?|cargo|clearance)\b",
    re.IGNORECASE,
)
_WAS_PLANNED = re.compile(
    r"\b(?:announced|decided|ordered|declared|agreed|notified|set|scheduled|due)\b", re.IGNORECASE
)
_LIKE = {"closed": "closed", "suspended": "closed", "open": "open", "partly open": "open"}


class _Hit(NamedTuple):
    start: int
    end: int
    state: State


def read(scene: Scene) -> Iterator[CrossingTold]:
    """Yield a telling for every crossing whose state a sentence gives (rule 1)."""
    if not (any(m.crossing for m in scene.places) or _BACK.search(scene.words)):
        return
    seen: set[tuple[str, State]] = set()
    hits = [hit for hit in _hits(scene.words) if _holds(scene, hit)]
    for hit in hits:
        others = [other for other in hits if other.start != hit.start]
        for crossing, name in _crossings(scene, hit, others).items():
            if (crossing, hit.state) not in seen:
                seen.add((crossing, hit.state))
                yield _told(scene, hit, crossing, name, others)


def _hits(words: str) -> list[_Hit]:
    """Return the words of state in order; of two that overlap the more exact counts."""
    found: list[_Hit] = []
    for state, pattern in _STATES:
        for match in pattern.finditer(words):
            if all(match.end() <= hit.start or match.start() >= hit.end for hit in found):
                found.append(_Hit(match.start(), match.end(), state))
    return sorted(found)


def _holds(scene: Scene, hit: _Hit) -> bool:
    """Tell whether a state is told as so, or announced for a day (rule 2)."""
    words = scene.words
    start, end = scene.clause(hit.start)
    resumed = re.match(r"resum|restor|allowed", words[hit.start : hit.end], re.IGNORECASE)
    if (hit.state == "suspended" or resumed) and not _SUBJECT.search(words, start, end):
        return False
    if not scene.is_told(hit.start, hit.end):
        return False
    if not UNREAL.search(words, start, hit.start) and not re.match(
        r"close\b|resume\b|reopen\b|re-open\b", words[hit.start : hit.end]
    ):
        return True
    planned = _WAS_PLANNED.search(words, start, hit.start) or re.search(
        r"\bwill|\bto (?:remain|stay)\b", words[start : hit.start]
    )
    negated = re.search(
        r"\b(?:not|never|no|n['’]t|refus\w+|den\w+|if|unless|whether)\b[^,;]{0,30}$", words[start : hit.start]
    )
    return bool(planned and not negated and (scene.happening_times or _UNTIL.search(words)))


def _crossings(scene: Scene, hit: _Hit, others: list[_Hit]) -> dict[str, str]:
    """Return the crossings a state is told of, with their names as written (rule 1)."""
    start, end = _reach(scene, hit, others)
    named = [m for m in scene.places if m.crossing]
    near = [m for m in named if start <= scene.offset(m) < end]
    if not near and _OTHER_GATE.search(scene.words, start, end):
        return {}
    before = [m for m in named if scene.offset(m) < hit.start]
    chosen = near or before or named
    if not chosen and _BACK.search(scene.words, *scene.clause(hit.start)):
        chosen = next((list(found) for one in scene.earlier if (found := [m for m in one.places if m.crossing])), [])
    return {str(m.crossing): m.name for m in reversed(chosen)}


def _reach(scene: Scene, hit: _Hit, others: list[_Hit]) -> tuple[int, int]:
    """Return the words one state can speak of: its clause, up to "and" before another state of the clause."""
    start, end = scene.clause(hit.start)
    for other in others:
        if other.end <= hit.start and other.start >= start:
            start = max(start, _joint(scene.words, other.end, hit.start))
        elif other.start >= hit.end and other.start < end:
            end = min(end, _joint(scene.words, hit.end, other.start))
    return start, end


def _joint(words: str, start: int, end: int) -> int:
    """Return where the words between two states are parted: at their last "and" or comma."""
    parts = list(re.finditer(r",| and | before | after ", words[start:end]))
    return start + parts[-1].start() if parts else (start + end) // 2


def _told(scene: Scene, hit: _Hit, crossing: str, name: str, others: list[_Hit]) -> CrossingTold:
    start, end = _reach(scene, hit, others)
    until = _UNTIL.search(scene.words, hit.end, end)
    announced = bool(_ANNOUNCED.search(scene.words, start, end))
    return CrossingTold(
        id="",
        telling=scene.telling(hit.start, hit.end),
        when=spans.state_time(
            scene, (start, end), hit.start, announced=announced, others=[other.start for other in others]
        ),
        crossing=crossing,
        name=name,
        state=hit.state,
        traffic=_traffic(scene.words, hit, start, end),
        until=until[0].strip() if until else "",
        basis="announced" if announced else "observed",
    )


def _traffic(words: str, hit: _Hit, start: int, end: int) -> tuple[str, ...]:
    """Return the kinds of traffic a state is said of (rule 5)."""
    after = _FOR_TRAFFIC.match(words, hit.end, end)
    whole = words[hit.start : hit.end].lower()
    of_traffic = hit.state in ("suspended", "partly open") or whole.startswith(("resum", "restor"))
    said = words[start:end] if of_traffic else after[1] if after else ""
    return tuple(sorted(kind for kind, pattern in _TRAFFIC.items() if pattern.search(said)))
