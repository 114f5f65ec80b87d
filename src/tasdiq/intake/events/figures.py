"""Figures of people killed, injured, displaced or captured, and of attacks, with their bounds and the side they concern.

Rules:

1. A figure needs a number and, in its clause, a word of harm ("killed", "injured") or a kind of attack.
2. "Over 200" is 201 or more; "as many as 23" is 23 at most; "at least 11" is 11 or more; "dozens" is 24 or more.
3. The side is the party, group or demonym that stands with the counted noun; no name, no side.
4. Nothing is added up, averaged or completed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import FigureTold

Measure = Literal["killed", "injured", "killed or injured", "displaced", "captured", "attacks", "other"]
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 3}
_NUMBER = rf"\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_WORDS)}|{'|'.join(_VAGUE)}"
_FIGURE = re.compile(
    rf"(?P<words>(?:(?P<bound>more than|over|at least|as many as|up to|no fewer than|nearly|almost|about|around|some) )?"
    rf"\b(?P<number>{_NUMBER})\b(?! (?:years?|months?|weeks?|days?|hours?|per cent|percent|point|rounds?|-))(?! ?%)(?:-\w+)?"
    rf"(?: of)?)(?=(?P<noun>(?: [\w’'-]+){{0,6}}))",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:soldiers?|troops|fighters?|militants?|civilians?|people|persons|personnel|women|children|men|members|terrorists?"
    r"|policem[ae]n|police|officers?|guards?|insurgents?|residents?|villagers?|refugees?|families|prisoners?|dead)\b",
    re.I,
)
_HARM: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("killed or injured", re.compile(r"\b(?:casualt\w+|killed or (?:injured|wounded)|killed and (?:injured|wounded))\b", re.I)),
    ("killed", any_of("kill(?:ed|ing|s)?", "dead", "died", "death", "martyred", "slain", "lost their lives", "eliminated")),
    ("injured", re.compile(r"\b(?:injur(?:ed|ing)|wound(?:ed|ing)|hurt)\b", re.I)),
    ("displaced", re.compile(r"\b(?:displaced|fled|evacuated|uprooted)\b", re.I)),
    ("captured", re.compile(r"\b(?:captured|detained|arrested|taken prisoner)\b", re.I)),
)  # fmt: skip
_ATTACKS = re.compile(r"^(?: [\w’'-]+){0,4} (?:attacks?|strikes|raids|bombings|incidents|violations)\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOP = re.compile(
    r" (?:that|which|who|in|on|at|by|from|since|with|after|were|was|have|has|had|during|killed|injured|wounded)\b", re.I
)
_CLAUSE = re.compile(r"[;:]|, (?:while|however|but)\b|\bhowever\b")


def read(scene: Scene) -> Iterator[FigureTold]:
    """Yield the figures of a sentence (rule 1)."""
    words = scene.words
    for match in _FIGURE.finditer(words):
        clause_start, clause = _clause(words, match.start())
        measure = _measure(match, clause, match.start() - clause_start)
        if measure is None:
            continue
        low, high = _bounds(match["bound"] or "", match["number"])
        noun = _cut_noun(_STOP.split(match["noun"])[0])
        yield FigureTold(
            id="",
            telling=scene.telling(match.start(), match.start("number") + len(match["number"])),
            when=scene.time_near(match.start()),
            subject=noun.strip(),
            measure=measure,
            side=_side(scene, noun),
            low=low,
            high=high,
            words=f"{match['bound'] + ' ' if match['bound'] else ''}{match['number']}",
            place=next((mention.place for mention in scene.places if mention.role in ("location", "area")), ""),
        )


def _measure(match: re.Match[str], clause: str, position: int) -> Measure | None:
    if _YEAR.fullmatch(match["number"]):
        return None
    noun = _STOP.split(match["noun"])[0]
    if _ATTACKS.search(noun):
        return "attacks" if match["number"].lower() != "one" else None
    if not _PEOPLE.search(noun) and match["number"].lower() not in _VAGUE:
        return None
    found = [(abs(harm.start() - position), name) for name, pattern in _HARM for harm in pattern.finditer(clause)]
    return min(found)[1] if found else None


def _clause(words: str, position: int) -> tuple[int, str]:
    """Return the clause around a position: a figure takes its verb from its own clause."""
    edges = [0, *(match.end() for match in _CLAUSE.finditer(words)), len(words)]
    start = max(edge for edge in edges if edge <= position)
    return start, words[start : min(edge for edge in edges if edge > position)]


def _bounds(bound: str, number: str) -> tuple[int | None, int | None]:
    """Return low and high by rule 2; None is open."""
    text = number.lower().replace(",", "")
    if text in _VAGUE:
        return _VAGUE[text], None
    value = _WORDS.get(text) or int(text)
    match bound.lower():
        case "more than" | "over":
            return value + 1, None
        case "at least" | "no fewer than":
            return value, None
        case "as many as" | "up to":
            return None, value
        case "nearly" | "almost" | "about" | "around" | "some":
            return None, None
        case _:
            return value, value


def _cut_noun(noun: str) -> str:
    """Cut the words after a number behind the counted noun."""
    last = list(_PEOPLE.finditer(noun))
    if not last:
        return noun
    end = last[0].end()
    joined = re.match(r"(?: and (?:\w+ )?\w+)", noun[end:])
    return noun[: end + (joined.end() if joined and len(last) > 1 else 0)]


def _side(scene: Scene, noun: str) -> str | None:
    """Return the party or group that the counted noun names."""
    for word in re.findall(r"[A-Z][\w’-]+(?: [A-Z][\w’-]+)*", noun):
        party = scene.directory.party_of(word)
        if party:
            return party
    return None
