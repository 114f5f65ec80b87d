"""Rounds of talks: held or scheduled, where, when, with which mediators, with which outcome in the words of the text.

Rules:

1. A sentence tells of a session if it names talks and, beside them, a round, a day, mediators, an outcome, or that they are to
   come. A mere mention ("the Doha talks") tells nothing; a weekday is the day somebody spoke, not the day of a session.
2. Mediators are those a text calls so ("mediated by", "brokered by", "under the facilitation of", "X-mediated", "mediators X
   and Y") or who hosted; who merely attends is none.
3. "Next round" and "scheduled" mean to come, unless the sentence tells of it as past.
4. The outcome is kept as the verb of the text, never interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.intake.gazetteer import load_world
from tasdiq.model.told import SessionTold
from tasdiq.model.when import When

_TALKS = re.compile(r"\b(?:talks|negotiations?|dialogue|round(?:s)?(?: of talks)?|peace conference|summit)\b", re.I)
_ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6,
}  # fmt: skip
_ROUND = re.compile(rf"\b({'|'.join(_ORDINAL)})\s+round\b", re.I)
_NEXT = any_of(
    "next round",
    "(?:is|are|was|were) (?:set|due|expected) (?:to (?:be held|meet|resume|take place|begin|start)|for)",
    "scheduled (?:for|to)",
    "will (?:meet|resume|be held)",
    "(?:would|will) meet again",
)
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
_LIST = rf"(?:the )?{_NAME}(?:(?:, and |, | and (?:the )?){_NAME})*"
_MEDIATED = (
    re.compile(
        rf"\b(?:mediated|brokered|facilitated|hosted|co-hosted|sponsored)(?: jointly)? by (?:mediators )?({_LIST})"
    ),
    re.compile(rf"\b(?:mediation|facilitation|good offices|auspices)(?: efforts)? of ({_LIST})"),
    re.compile(rf"\bmediators,? ({_LIST})"),
    re.compile(rf"\b({_NAME})(?:- and |-, | and )({_NAME})[- ](?:mediated|brokered|facilitated|led)\b"),
    re.compile(rf"\b({_NAME})-(?:mediated|brokered|facilitated)\b"),
    re.compile(rf"\b({_NAME}) (?:then |later |also |has |had )?(?:hosted|mediated|brokered|facilitated) "),
)
_OUTCOME = re.compile(
    r"\b(?:concluded|ended|closed|collapsed|failed|broke down|broken down|stalled|resulted|resumed|began|agreed)\b[^.;]{0,90}",
    re.I,
)
_HELD_AT = re.compile(r"\b(?:in|at)\s+$", re.I)


def read(scene: Scene) -> Iterator[SessionTold]:
    """Yield the session a sentence tells of (rule 1)."""
    words = scene.words
    talks = _TALKS.search(words)
    if not talks:
        return
    to_come = bool(_NEXT.search(words))
    number = _ROUND.search(words)
    places = _venues(scene)
    mediators = mediators_in(words)
    when = _days(scene)
    outcome = _OUTCOME.search(words)
    if not (number or mediators or to_come or ((when or outcome) and places)):
        return
    numbered = _nearest(scene, places, number.start()) if number else ""
    for place, name in list(places.items())[:3] or [("", "")]:
        yield SessionTold(
            id="",
            telling=scene.telling(talks.start(), talks.end()),
            when=when if len(places) < 2 else None,
            place=place or name,
            round=_ORDINAL[number[1].lower()] if number and place == numbered else None,
            scheduled=to_come,
            mediators=mediators,
            outcome=outcome[0].strip() if outcome else "",
        )


def mediators_in(words: str) -> tuple[str, ...]:
    """Return the mediators a sentence names, as lower-case ISO codes of states or as written, in the order of the alphabet."""
    found: set[str] = set()
    for pattern in _MEDIATED:
        for match in pattern.finditer(words):
            for group in match.groups():
                found.update(_members(group))
    return tuple(sorted(found))


def _members(listed: str) -> Iterator[str]:
    world = load_world()
    for part in re.split(r", and |, | and ", listed.strip()):
        name = part.removeprefix("the ").strip()
        country = world.by_name(name)
        if country:
            yield country.id.lower()


def _venues(scene: Scene) -> dict[str, str]:
    """Return the towns where talks were: "in X", "X talks", "X round", each once."""
    found: dict[str, str] = {}
    for mention in scene.places:
        if mention.kind not in ("city", "town", "unknown") or mention.crossing:
            continue
        before = scene.text[scene.start : mention.start]
        after = scene.text[mention.end : scene.end]
        held = _HELD_AT.search(before) and not _is_seat(scene, mention.name)
        if (
            held
            or re.match(r" (?:peace )?(?:talks|round|negotiations|process|dialogue|framework)\b", after, re.I)
            or _paired(scene, mention.start, found)
        ):
            found[mention.place] = mention.name
    return found


def _nearest(scene: Scene, venues: dict[str, str], position: int) -> str:
    """Return the venue named nearest to an offset: "the first round in X, while the Y round …"."""
    named = [(abs(m.start - scene.start - position), m.place) for m in scene.places if m.place in venues]
    return min(named)[1] if named else ""


def _paired(scene: Scene, start: int, found: dict[str, str]) -> bool:
    """Tell whether a town continues a list of venues: "in Doha and Istanbul"."""
    return bool(found) and bool(re.search(r"(?:, | and )$", scene.text[scene.start : start]))


def _is_seat(scene: Scene, name: str) -> bool:
    """Tell whether a town is a party's own seat of government, which "in X" mostly means as such."""
    return scene.directory.party_of(name) is not None


def _days(scene: Scene) -> When | None:
    """Return the day or days of a session: the first day the sentence names, joined to a second by "until" or "to"."""
    days = [m for m in scene.times if m.when.precision == "day" and m.when.start and re.search(r"\d", m.when.text)]
    if not days:
        return None
    first = days[0].when
    if len(days) > 1 and days[1].when.start:
        between = scene.text[days[0].end : days[1].start]
        if re.search(r"\b(?:until|till|to|through|and)\b|[–-]", between) and len(between) < 40:
            return When(
                start=first.start,
                end=days[1].when.end or days[1].when.start,
                precision="day",
                text=scene.text[days[0].start : days[1].end],
                approximate=first.approximate,
            )
    return first
