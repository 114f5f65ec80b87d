"""Turns in the life of a ceasefire, as a sentence tells them: asked for, agreed, begun, extended, holding, violated, ended.

Rules:

1. A turn is told by a wording that joins the ceasefire (truce, armistice, cessation of hostilities) with what became of it; a
   sentence that only mentions one tells nothing. One sentence can tell several turns.
2. Conditions, hopes, aims, refusals and denials tell no turn ("if the truce collapses", "to prolong the ceasefire").
3. *Holding* and *fragile* are states: without a day of their own they are told as of the document's day. Other turns without
   a day stand undated.
4. "Violated" is a word of the text and stands as told: nothing here finds a violation.
5. A truce that one side declares is announced by it, not agreed ("Kestria declared a three-day truce"); so is a unilateral one.
   What both sides or a mediator announce, and a truce announced "with" or "between" sides, is agreed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events import who
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import UNREAL
from tasdiq.model.told import CeasefireTold
from tasdiq.model.when import When

Event = Literal["requested", "announced", "agreed", "began", "extended", "holding", "violated", "ended", "fragile"]
_C = r"(?:cease-?fires?|truces?|armistice|cessation of hostilities)"
_NP = rf"(?:(?:an?|the|this|that|its|their|both|any) )?(?:[“\"]?[\w’'-]+[”\"]? ){{0,5}}?{_C}"
_NAMED = re.compile(rf"\b(?:{_C}|hostilities)\b", re.IGNORECASE)
_AFTER = (
    rf"{_C}(?: (?:agreement|deal|accord|pact|arrangement))?"
    r"(?:,? (?:between|in|along|with|on|brokered|mediated|by|of|at)(?: [\w’'–-]+){1,8}?)?,?"
)
_BE = (
    r"(?:has |have |had )?(?:(?:also |since |now |finally |reportedly |later )?(?:is"
    r"|was|were|are|been) )?(?:\w+ly )?"
)


def _turn(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!-)\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_PAUSE = (
    r"(?:(?:humanitarian|operational|temporary) pauses?"
    r"|(?:pause|halt|suspension) (?:in|of|to) (?:the )?(?:fighting|hostilities))"
)
_DECLARED = r"(?:(?:declar|announc)(?:e[ds]?|ing)|proclaim(?:ed|s|ing)?)"
_BOTH_SIDES = re.compile(
    r"\b(?:both|sides|parties|countries|neighbou?rs|delegations|mediators?|they|jointly|together)\b", re.IGNORECASE
)
_BILATERAL = re.compile(
    r"(?: (?:agreement|deal|accord|pact))?,? (?:with|between|reached|agreed|brokered|mediated)\b", re.IGNORECASE
)
_MENTIONED = re.compile(rf"{_NAMED.pattern}|fighting|{_PAUSE}", re.IGNORECASE)
_ITSELF = re.compile(r"\b(?:it|we|they|its?)\b(?: \w+){0,2} $", re.IGNORECASE)
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (
        "ended",
        _turn(
            rf"{_AFTER} (?:did not (?:hold|last)|{_BE}(?:collapsed|broke down|broken down"
            rf"|broke|ended|expired|over|called off|fell apart"
            rf"|fallen apart|unravell?ed|lapsed|terminated))",
            rf"(?:ended|ending|called off|terminated|abandoned|withdrew from|scrapped) {_NP}",
            rf"(?:collapse|end|breakdown|expiry) of {_NP}",
        ),
    ),
    (
        "holding",
        _turn(
            rf"{_AFTER} (?:(?:continues?|continued) to hold|(?:is|was|are|were|has been|had been) (?:still "
            rf"|largely |now |mostly )?(?:holding|intact|in (?:place|force|effect))"
            rf"|(?:has |have |had )?(?:largely |mostly |broadly )?(?:held|holds)|(?:remains?"
            rf"|remained) (?:\w+ )?(?:in (?:place|force|effect)|intact))",
            rf"(?:observing|respecting|honouring|honoring) {_NP}",
        ),
    ),
    (
        "extended",
        _turn(
            rf"extend(?:ed|s|ing) {_NP}",
            rf"extension (?:of|to) {_NP}",
            rf"{_C} extension",
            rf"{_AFTER} {_BE}(?:extended|prolonged|renewed)",
            rf"(?:agree[ds]?|agreeing|decided) to (?:maintain|continue|extend|prolong|renew|uphold) {_NP}",
            rf"(?:an |the )?extended {_C}",
        ),
    ),
    (
        "violated",
        _turn(
            rf"(?:violat(?:ed|ing|es|ions?(?: of)?)|breach(?:ed|es|ing|es of)?(?: of)?|broke|broken|breaking) {_NP}",
            rf"{_C} (?:violations?|breach(?:es)?)",
            rf"{_AFTER} {_BE}(?:violated|breached|broken)(?! down)",
        ),
    ),
    (
        "requested",
        _turn(
            rf"request(?:ed|s|ing)? (?:for |to have )?{_NP}",
            rf"(?:asked|asking|appeal(?:ed|s)?|pleaded|called|calling|calls) for {_NP}",
            rf"(?:sought|proposed|offered) {_NP}",
            rf"{_AFTER} {_BE}(?:requested|sought|proposed)",
        ),
    ),
    (
        "announced",
        _turn(
            rf"{_DECLARED} (?:{_NP}|(?:an? |the )?(?:[\w’'-]+ ){{0,4}}?{_PAUSE})",
            rf"{_AFTER} {_BE}(?:announced|declared|proclaimed)(?= by)",
            rf"unilateral(?:ly)? (?:[\w’'-]+ ){{0,3}}?(?:{_C}|{_PAUSE})",
        ),
    ),
    (
        "agreed",
        _turn(
            rf"agreed (?:an? |the )(?:[\w’'-]+ ){{0,3}}{_C}",
            rf"(?:agree[ds]?|agreeing|agreement) (?:on|to|upon|for|over) {_NP}",
            rf"(?:reach|sign|conclud|broker|declar|announc|secur|negotiat|clinch|strik)(?:ed"
            rf"|ing|s|es) {_NP}",
            rf"struck {_NP}",
            rf"accept(?:ed|ing|s) (?:[\w’'-]+ ){{0,5}}(?:request|proposal|offer"
            rf"|call) for {_NP}",
            rf"accept(?:ed|ing|s) {_NP}",
            rf"(?:resulted in|led to|produced|culminated in|yielded) {_NP}",
            rf"{_AFTER} {_BE}(?:agreed|reached|signed|announced|declared|brokered|negotiated|concluded|put in place)",
            rf"{_C} (?:brokered|mediated|agreed|reached|signed|facilitated)(?= (?:by|in|on"
            rf"|between|with|last|earlier))",
        ),
    ),
    (
        "began",
        _turn(
            rf"{_AFTER} (?:{_BE}(?:came|come|went|gone|entered) into (?:force|effect)"
            rf"|took (?:effect|hold)|{_BE}(?:began|begun|started))",
            r"(?:hostilities|fighting)\b[^.;,]{0,50}\b(?:ceased|stopped|halted"
            r"|came to an end)",
            r"(?:ceased|halted|stopped|ended) (?:the )?(?:hostilities|fighting)",
        ),
    ),
    (
        "fragile",
        _turn(
            rf"(?:fragile|tenuous|shaky|uneasy|precarious|brittle|strained) (?:[\w-]+ ){{0,2}}{_C}",
            rf"{_AFTER} (?:is|was|remains?|remained) (?:\w+ )?(?:fragile|tenuous|shaky|uneasy"
            rf"|precarious)",
        ),
    ),
)
_STATES = ("holding", "fragile")


def read(scene: Scene) -> Iterator[CeasefireTold]:
    """Yield the turns a sentence tells of, each once (rule 1)."""
    if not _MENTIONED.search(scene.words):
        return
    told: set[Event] = set()
    for event, pattern in _EVENTS:
        for match in pattern.finditer(scene.words):
            if event in told or not _happened(scene, event, match) or _shadowed(event, told):
                continue
            by = _announcer(scene, match) if event == "announced" else None
            if event == "announced" and by is None:
                continue
            told.add(event)
            yield CeasefireTold(
                id="",
                telling=scene.telling(match.start(), match.end()),
                when=_when(scene, event, match),
                event=event,
                by=by,
                words=match[0],
            )


def _announcer(scene: Scene, match: re.Match[str]) -> str | None:
    """Return who announced a truce alone, or None if nobody did or it was two (rule 5)."""
    start, end = scene.clause(match.start())
    before = scene.words[start : match.start()]
    if _BILATERAL.match(scene.words, match.end()):
        return None
    if agent := re.match(r" by (?:the )?", scene.words[match.end() : end]):
        found = who.parties(scene, match.end(), end) or (who.acting(scene, match.end() + agent.end(), end),)
        return found[0] if len(found) == 1 else None
    if len(who.parties(scene, start, match.start())) > 1 or _BOTH_SIDES.search(before):
        return None
    telling = scene.telling(match.start(), match.end())
    itself = telling.party if _ITSELF.search(before) or (telling.statement and not before.strip()) else None
    named = itself or who.acting(scene, start, match.start()) or telling.party
    return named if named in who.members(scene) or (named or "").startswith("group/") else None


def _shadowed(event: Event, told: set[Event]) -> bool:
    """Tell whether a turn only repeats another of the sentence: an extension agreed is an extension, one announced no agreement."""
    return event == "agreed" and bool({"extended", "announced"} & told)


def _happened(scene: Scene, event: Event, match: re.Match[str]) -> bool:
    """Tell whether a turn is told as so (rule 2)."""
    if event == "fragile":
        return True
    start, _ = scene.clause(match.start())
    before = scene.words[start : match.start()]
    aimed = re.search(r"\bto (?:\w+ly )?$", before) and not re.match(r"(?:an?|the) ", match[0])
    if UNREAL.search(before) or aimed:
        return False
    inner = re.search(r"\b(?:if|would|could|might|may|will|whether|should|not|never|no)\b", match[0], re.IGNORECASE)
    if inner and not re.search(r"did not (?:hold|last)", match[0], re.IGNORECASE):
        return False
    return scene.is_told(match.start(), match.end()) or event == "requested"


def _when(scene: Scene, event: Event, match: re.Match[str]) -> When | None:
    when = scene.time_near(match.end())
    if when and when.precision == "year" and re.search(r"\d{4}", match[0]):
        return None
    if event in _STATES:
        recent = when if when and when.precision in ("day", "week") else None
        return recent or scene.document.published
    return when
