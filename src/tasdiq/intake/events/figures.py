"""Figures of people killed, injured, displaced or captured, and of attacks, with their bounds and the side they concern.

Rules:

1. A figure needs a number (`numbers`), counted people, and a word of harm that belongs to them: right after them ("12 were
   wounded"), else the nearest before them in the clause ("killing 11 officers and two civilians"), else after. Posts and the
   like can be captured.
2. A number of attacks, strikes or raids is a figure by itself; one attack is an incident, not a figure.
3. The side is the party, group or demonym that stands with the counted people; no name, no side.
4. Who caused it is told by "killed by …", or by who does the killing; else nobody is named.
5. Nothing is added up, averaged or completed. Strengths of forces, shares, money and distances are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events import who
from tasdiq.intake.events.numbers import VAGUE, WORDS, Number, find_numbers
from tasdiq.intake.events.reach import reach_of, time_of
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import FigureTold

Measure = Literal["killed", "injured", "killed or injured", "displaced", "captured", "attacks", "other"]
_PEOPLE = re.compile(
    r"\b(?:soldiers?|troops|fighters?|militants?|civilians?|people|persons?"
    r"|personnel|wom[ae]n|child(?:ren)?|boys?|girls?|m[ae]n"
    r"|members|terrorists?|policem[ae]n|police|officers?|officials?|guards?"
    r"|insurgents?|rebels?|residents?|villagers?|refugees?"
    r"|famil(?:y|ies)|prisoners?|captives?|pilgrims?|worshippers?|students?|workers?"
    r"|labou?rers?|drivers?|passengers?|others?"
    r"|commanders?|attackers?|bombers?|gunm[ae]n|servicem[ae]n|recruits?|casualties"
    r"|fatalities|deaths|nationals?|citizens?|victims?"
    r"|infiltrators?|khawarij|cadets?|medics?|journalists?|shepherds?|farmers?"
    r"|conscripts?|paramilitar(?:y|ies)|tribesm[ae]n"
    r"|volunteers?|reservists?|mercenar(?:y|ies)|jihadists?|separatists?|peacekeepers?"
    r"|hostages?|detainees?|migrants?|sailors?|pilots?)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\b(?:posts?|outposts?|checkposts?|checkpoints?|positions|bases|tanks|vehicles|villages)\b", re.IGNORECASE
)
_HARM: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (
        "killed or injured",
        any_of(
            "casualt(?:y|ies)",
            "(?:killed|dead) (?:or|and) (?:injured|wounded)",
            "killed or hurt",
            "killing or (?:injuring|wounding)",
        ),
    ),
    (
        "killed",
        any_of(
            "kill(?:ed|ing|s)?",
            "dead",
            "died",
            "deaths?",
            "death toll",
            "fatalit(?:y|ies)",
            "martyred",
            "slain",
            "perished",
            "lost their lives",
            "eliminat(?:ed|ing)",
            "claimed the lives of",
            "lives",
            "neutrali[sz]ed",
            "shot dead",
            "executed",
        ),
    ),
    ("injured", any_of("injur(?:ed|ing)", "wound(?:ed|ing)", "hurt", "injuries")),
    (
        "displaced",
        any_of(
            "displac(?:ed|ing)",
            "fled",
            "evacuated",
            "uprooted",
            "forced (?:from|to flee|to leave)",
            "(?:left|leaving) homeless",
        ),
    ),
    (
        "captured",
        any_of(
            "captur(?:ed|ing)",
            "detain(?:ed|ing)",
            "arrest(?:ed|ing)",
            "taken (?:prisoner|captive|hostage)",
            "seiz(?:ed|ing)",
        ),
    ),
)
_ATTACKS = re.compile(
    r"(?: [\w’'-]+){0,4}? (?:attacks|air ?strikes|strikes|raids|bombings|blasts"
    r"|explosions|incidents|clashes|assaults|ambushes)\b",
    re.IGNORECASE,
)
_NUMBERS = "|".join([*WORDS, *VAGUE])
_STOP = re.compile(
    r"[,;:.()“”\"]| (?:that|which|who|whom|whose|in|on|at|by|from|since|with|after"
    r"|before|were|was|are|is|have|has|had|during|killed"
    r"|injured|wounded|dead|died|displaced|captured|when|as|and at|and (?:at least "
    rf"|over |some |more than )?(?:\d+|{_NUMBERS})|while|but|fled|arrested|detained"
    r"|to)\b",
    re.IGNORECASE,
)
_RIGHT_AFTER = re.compile(
    r"[\s,]*(?:who |that |have |has |had |were |was |been |are |is |also "
    r"|reportedly |confirmed |feared |left |reported |being "
    r"|including [^,;]{0,60}, |of them |on both sides |from both sides )*",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\s*(?:dead|killed|wounded|injured|displaced|detained|arrested"
    r"|captured)\b[\s.]*",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"(?: of)?(?: the)? (?:two|both) sides\b| of (?:the )?(?:most|largest|main|biggest)\b| countr(?:y|ies)\b| sides\b"
)
_KILLED_BY = re.compile(r"\b(?:killed|wounded|injured|captured|displaced) (?:\w+ ){0,3}by (?:the )?", re.IGNORECASE)
_TOLL = re.compile(r"\b(?:death )?toll\b[^,;.]{0,40}\b(?:to|at|of) $", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|which|who) $", re.IGNORECASE)
_ACTIVE = re.compile(r"\b(?:kill|wound|injur|captur|eliminat|displac)(?:ed|ing)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is)\b[^,;.]{0,20}$", re.IGNORECASE)


def read(scene: Scene) -> Iterator[FigureTold]:
    """Yield the figures of a sentence (rules 1 and 2)."""
    for _, figure in counted(scene):
        yield figure


def counted(scene: Scene) -> Iterator[tuple[int, FigureTold]]:
    """Yield the figures of a sentence, each with the offset of its number."""
    numbers = [n for n in find_numbers(scene.words) if not _is_time(scene, n)]
    for number in numbers:
        noun = _noun(scene.words, number)
        measure = _measure(scene, number, noun)
        if measure is not None and scene.is_told(number.start, number.end):
            yield number.start, _figure(scene, number, noun, measure)


def _figure(scene: Scene, number: Number, noun: str, measure: Measure) -> FigureTold:
    return FigureTold(
        id="",
        telling=scene.telling(number.start, number.end),
        when=time_of(scene, number.start, number.end),
        subject=_subject(noun),
        measure=measure,
        side=_side(scene, number, noun),
        low=number.low,
        high=number.high,
        words=number.words,
        place=_place(scene, number),
        caused_by=_cause(scene, number) if measure != "attacks" else None,
    )


def _is_time(scene: Scene, number: Number) -> bool:
    first, last = scene.start + number.start, scene.start + number.end
    return any(time.start < last and first < time.end for time in scene.times)


def _noun(words: str, number: Number) -> str:
    """Return the words of the counted things behind a number."""
    following = words[number.end : number.end + 80]
    stop = _STOP.search(following, 1)
    noun = following[: stop.start()] if stop else following
    return " ".join(noun.split(" ")[:8])


def _measure(scene: Scene, number: Number, noun: str) -> Measure | None:
    words, plain = scene.words, number.words.lower()
    if _NO_COUNT.match(words, number.end):
        return None
    if _ATTACKS.match(words, number.end) and _ATTACKS.match(noun):
        return None if number.high == 1 else "attacks"
    if _TOLL.search(words, 0, number.start):
        return "killed"
    start, end = scene.clause(number.start)
    found = _harm(words, number.end + len(noun), number.start, start, end)
    counted = _PEOPLE.search(noun) or plain in VAGUE
    if counted or (found and (_bare(words, number, noun) or (found == "captured" and _TAKEN.search(noun)))):
        return found
    return None


def _bare(words: str, number: Number, noun: str) -> bool:
    """Tell whether a number stands without its people: "killed 11 and wounded 20", "11 dead", "20 were injured"."""
    return (
        bool(_HARMED.fullmatch(noun))
        or not noun.strip(" ,.")
        or bool(re.match(r"\s*(?:and\b|of (?:them|whom)\b)", noun))
    )


def _harm(words: str, after: int, before: int, start: int, end: int) -> Measure | None:
    """Return the harm that a count belongs to (rule 1)."""
    gap = _RIGHT_AFTER.match(words, after, end)
    at = gap.end() if gap else after
    found = [(hit.start(), name) for name, pattern in _HARM for hit in pattern.finditer(words, start, end)]
    for position, name in found:
        if position in (at, after) or before <= position < after:
            return name
    earlier = [(before - position, name) for position, name in found if position < before]
    if earlier:
        return min(earlier)[1]
    later = [(position - after, name) for position, name in found if after <= position < after + 80]
    return min(later)[1] if later else None


def _subject(noun: str) -> str:
    """Return the counted things in the words of the text, cut behind the last word for people."""
    first = _PEOPLE.search(noun) or _TAKEN.search(noun)
    if not first:
        return noun.strip(" ,.")
    last = [hit.end() for hit in _PEOPLE.finditer(noun)][-1:] or [first.end()]
    joined = re.match(r" and (?:[\w-]+ )?[\w-]+", noun[first.end() :])
    end = last[0] if joined and not re.search(r"\d", joined[0]) and last[0] > first.end() else first.end()
    return re.sub(r"^\s*(?:of )?(?:the |its |their )?", "", noun[:end]).strip()


def _side(scene: Scene, number: Number, noun: str) -> str | None:
    """Return the party or group that the counted noun names (rule 3)."""
    end = number.end + len(noun)
    for mention in scene.mentions:
        if number.end <= mention.start and mention.end <= end and (name := who.name_of(mention)):
            return name
    return None


def _place(scene: Scene, number: Number) -> str:
    """Return the nearest place the clause puts the figure at."""
    start, end = reach_of(scene, number.start, number.end)
    here = [
        m
        for m in scene.places
        if m.role in ("location", "area") and m.kind != "country" and start <= scene.offset(m) < end
    ]
    return min(here, key=lambda m: abs(scene.offset(m) - number.start)).place if here else ""


_MAIN = re.compile(
    r"\b(?:attacked|raided|ambushed|stormed|shelled|bombed|struck|fired|hit|targeted|launched|carried out|opened fire|crossed)\b"
)
"""The deed of which a participle tells what came of it ("attacked Vorlandish posts, killing five"): its doer is the killer."""


def _cause(scene: Scene, number: Number) -> str | None:
    """Return who is said to have caused it (rule 4)."""
    start, end = scene.clause(number.start)
    passive = _KILLED_BY.search(scene.words, start, end)
    if passive:
        return who.met(scene, passive.end(), min(end, passive.end() + 60))
    verbs = [
        m
        for m in _ACTIVE.finditer(scene.words, start, number.start)
        if not _PASSIVE.search(scene.words, start, m.start())
    ]
    if not verbs or _THAT.search(scene.words[: verbs[-1].start()]):
        return None
    before = verbs[-1].start()
    main = _MAIN.search(scene.words, start, before) if verbs[-1][0].endswith("ing") else None
    return who.acting(scene, start, main.start() if main else before)
