"""Where and when talks were, as the words beside them say. The rules are those of `sessions` (2 and 3)."""

from __future__ import annotations

import re

from tasdiq.intake.events.scene import Scene
from tasdiq.intake.gazetteer import load_gazetteer, name_key
from tasdiq.intake.when import TimeMention
from tasdiq.model.place import PlaceMention
from tasdiq.model.when import When

_WITH_TALKS = re.compile(
    r"(?:’s|'s)? (?:peace |ceasefire |bilateral |recent )?(?:talks|rounds?"
    r"|negotiations|dialogue|meetings?|summit|conference|framework|session)\b",
    re.IGNORECASE,
)
_TALKS_IN = re.compile(
    r"\b(?:talks|rounds?|negotiations?|dialogue|summit|conference|consultations"
    r"|sessions?|met|meet|meeting|held|hosted|convened|gathered"
    r"|resumed?|took place|take place|began|ended|concluded|collapsed|agreement"
    r"|framework|venue)\b[^;]{0,70}?\b(?:in|at)(?: the)?(?: [\w-]+ (?:city|capital"
    r"|town) of)? $",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\b(?:officials?|authorities|sources?|spokes\w+|government|ministry|office"
    r"|analysts|leaders?|reporters|journalists|diplomats"
    r"|said|told|says|visit\w*|return\w*|parliament|embassy|divisions|regime"
    r"|administration|based)\b(?: \w+){0,2} (?:in|at) (?:[A-Z]\w+ and )?$"
)
_PAIRED = re.compile(r"(?:, (?:and )?| and (?:later |then )?(?:in )?)$")
_JOINED = re.compile(r"\b(?:until|till|to|through|and)\b|[–-]")
_HOLDING = re.compile(
    r"\b(?:began|begun|begin|held|opened|started|start|met|meet|convened|took place"
    r"|take place|scheduled for|resumed?|concluded|ended|collapsed|set for|due"
    r"|planned for)\b[^,.;]{0,30}$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:signed|killed|attack\w*|clash\w*|closed|since|ceasefire of|after|following|before)\b[^,;]{0,24}$",
    re.IGNORECASE,
)
_THEN_TALKS = re.compile(
    r" (?:after|during|at|following|in) (?:[\w-]+ ){0,2}(?:talks|negotiations|meeting)\b", re.IGNORECASE
)


def venues_of(scene: Scene) -> list[tuple[str, int]]:
    """Return the places where talks were, each once, with the offset in the sentence that names it; towns before countries."""
    found: dict[str, int] = {}
    last = -1
    for mention in scene.places:
        at, end = scene.offset(mention), mention.end - scene.start
        beside = last >= 0 and bool(_PAIRED.fullmatch(scene.words, last, at))
        if mention.crossing is None and (_is_venue(scene, mention, at, end) or (beside and mention.kind != "country")):
            found.setdefault(_town(mention), at)
            last = end
    countries = {mention.place for mention in scene.places if mention.kind == "country"}
    towns = {place: at for place, at in found.items() if place not in countries}
    return list((towns or dict(list(found.items())[:1])).items())[:4]


def _town(mention: PlaceMention) -> str:
    """Return the place of a mention; talks "in Djibouti" are in the town of that name."""
    if mention.kind != "country":
        return mention.place
    namesakes = load_gazetteer().candidates(name_key(mention.name))
    return next((place.id for place in namesakes if place.kind == "city"), mention.place)


def _is_venue(scene: Scene, mention: PlaceMention, at: int, end: int) -> bool:
    """Tell whether talks are said to be at a place (rule 2)."""
    if scene.is_polity(at, end) and mention.kind != "country":
        return False
    if mention.kind not in ("city", "town", "unknown", "country", "base", "region"):
        return False
    before = scene.words[max(0, at - 110) : at]
    if mention.kind != "country" and _WITH_TALKS.match(scene.words, end):
        return True
    return bool(_TALKS_IN.search(before)) and not _SPEAKING.search(before)


def days_of(scene: Scene, at: int, part: tuple[int, int]) -> When | None:
    """Return the day or days of talks named at an offset (rule 3); a month if no day is told."""
    own = [m for m in scene.happening_times if part[0] <= scene.offset(m) < part[1] and _is_sessions(scene, m)]
    days = [m for m in own if m.when.precision == "day"]
    if not days:
        months = [m for m in own if m.when.precision == "month"]
        return min(months, key=lambda m: abs(scene.offset(m) - at)).when if months else None
    first = min(days, key=lambda m: abs(scene.offset(m) - at))
    following = [m for m in scene.times if m.start >= first.end and m.when.precision == "day" and m.when.end]
    if following:
        between = scene.text[first.end : following[0].start]
        if _JOINED.search(between) and len(between) < 40:
            return When(
                start=first.when.start,
                end=following[0].when.end or following[0].when.start,
                precision="day",
                text=scene.text[first.start : following[0].end],
                approximate=first.when.approximate,
            )
    return first.when


def _is_sessions(scene: Scene, mention: TimeMention) -> bool:
    before = scene.words[: scene.offset(mention)]
    if not mention.when.start or _OF_ANOTHER.search(before):
        return False
    if re.search(r"\d", mention.when.text) or mention.when.precision == "month":
        return True
    behind = scene.words[mention.end - scene.start :]
    return bool(_HOLDING.search(before[-60:]) or _THEN_TALKS.match(behind))
