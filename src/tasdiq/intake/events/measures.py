"""Measures of engagement that a party claims or is said to have taken: trade, visas, aid, restraint, diplomacy, refugees, attacks.

Rules:

1. A measure is told where its noun stands with a word of giving, easing or exercising, or in a list of such; a call for
   restraint, a demand for aid or the bare word "trade" tells none.
2. By whom: the party that the sentence names as giver; else, in somebody's own speech, the speaker's party; else nobody. Of
   attacks it is the group or party they are said to come from, never the one who tells of them.
3. The time is that of the sentence; "since …" leaves the end open; "during this period" takes the time last told so.
4. Claimed, dated and attributed; never counted up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events import who
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import MeasureTold
from tasdiq.model.when import When

Kind = Literal["trade", "visas", "aid", "attacks", "restraint", "diplomacy", "refugees", "other"]
_GIVING = re.compile(
    r"\b(?:(?:extend|grant|provid|offer|relax|facilitat|deliver|lower|reduc|waiv"
    r"|lift|allow|exercis|host|shelter|advocat|continu"
    r"|support|includ|pledg|donat|demonstrat|exempt|assist|remov|abolish|show|eas"
    r"|open|issu|suppli)(?:e[dns]?|ing|s|ed)?"
    r"|gave|given|giving|sent|cut|through|despite|advocacy|shown)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "trade",
        any_of(
            r"(?:trade|customs|tariff) (?:concessions?|facilit\w+|agreements?|support"
            r"|preferences?|privileges?|relief|exemptions?)",
            r"(?:tariffs?|duties|customs duty)",
            r"transit trade",
            r"duty-free (?:access|trade|imports?)",
            r"(?:bilateral |economic )?trade (?:ties|relations)(?= (?:were|was|expanded"
            r"|grew))",
            r"market access",
        ),
    ),
    ("visas", any_of(r"visas?(?: facilit\w+| regime| rules| policy| fees)?")),
    (
        "aid",
        any_of(
            r"humanitarian,? (?:assistance|aid|support|relief|supplies)",
            r"(?:economic|food|medical|development|financial|international|emergency) (?:aid"
            r"|assistance|support|relief)",
            r"relief (?:supplies|goods)",
            r"(?:tonn?e?s|trucks|consignments?|shipments?) of (?:wheat|food|medicine|aid"
            r"|relief)",
            r"(?:diplomatic|economic)(?:, (?:economic|diplomatic|and"
            r"|humanitarian))*,? and humanitarian (?:support|assistance|aid)",
        ),
    ),
    ("restraint", any_of(r"(?:maximum |utmost |great |strategic )?restraint")),
    (
        "refugees",
        re.compile(
            r"\b(?:host(?:ed|ing|s)?|shelter(?:ed|ing|s)?|welcom(?:ed|ing)|accommodat(?:ed"
            r"|ing)|taken in|took in) (?:[\w,.’'-]+ ){0,6}refugees\b",
            re.I,
        ),
    ),
    (
        "diplomacy",
        any_of(
            "goodwill(?: gestures?)?",
            r"diplomatic(?:, (?:economic,? )?and humanitarian| and economic)? (?:support"
            r"|outreach|backing|recognition)",
            r"high-level visits?",
            r"(?:advocacy|lobbying) for",
        ),
    ),
    (
        "attacks",
        re.compile(
            r"\b(?:(?:sharp |steep |marked |dramatic )?(?:rise|increase|surge|spike"
            r"|uptick) in (?:[\w-]+ ){0,3}?(?:attacks|incidents|violence|militancy)"
            r"|(?:attacks|violence|militancy"
            r"|terrorist incidents)\b[^.;]{0,60}?\b(?:increased|rose|risen|doubled|tripled"
            r"|surged|growing|declined|fell|decreased|dropped)"
            r"|(?:rising|growing|increasing|surging) (?:[\w-]+ ){0,3}?(?:attacks|incidents|violence))\b",
            re.I,
        ),
    ),
)
_CALL = re.compile(
    r"\b(?:call\w*|urg\w*|appeal\w*|demand\w*|ask\w*|need for|request\w*|seek\w*"
    r"|sought|counsel\w*|denied|refus\w+|suspend\w*|revok\w*|den(?:y"
    r"|ies))\b[^.;]{0,50}$",
    re.I,
)
_FROM = re.compile(
    r"\b(?:by|linked to|of|blamed on|attributed to|claimed by|carried out by"
    r"|from groups like) (?:the |banned |militant |outlawed |group ){0,3}$",
    re.I,
)
_SINCE = re.compile(r"\bsince\b[^.;]{0,90}$", re.I)
_THIS_PERIOD = re.compile(
    r"\b(?:[Dd]uring (?:this|that|the same) (?:period|time)|[Ss]ince then"
    r"|[Ii]n this period|[Oo]ver (?:this|that) period)\b"
)
_RECEIVER = re.compile(
    r"\b(?:to|for|against|towards?|with|from|in|on|of|between|over|like|helped|gave"
    r"|granted|provided|offered) (?:the |neighbouring |all )?(?:[a-z]+ )?$",
    re.I,
)


def read(scene: Scene) -> Iterator[MeasureTold]:
    """Yield the measures a sentence tells of, one of each kind."""
    for kind, pattern in _KINDS:
        match = next((m for m in pattern.finditer(scene.words) if _is_told(scene, kind, m)), None)
        if match is None:
            continue
        yield MeasureTold(
            id="",
            telling=scene.telling(match.start(), match.end()),
            when=_when(scene, match.start()),
            kind=kind,
            by=_attackers(scene, match) if kind == "attacks" else _giver(scene, match.start()),
            words=match[0],
        )


def _is_told(scene: Scene, kind: Kind, match: re.Match[str]) -> bool:
    """Tell whether a noun stands as a measure taken (rule 1)."""
    if _CALL.search(scene.words, 0, match.start()) or not scene.is_told(match.start(), match.end()):
        return False
    if kind in ("attacks", "refugees"):
        return True
    owned = re.search(r"(?:’s|'s|\bits|\btheir) (?:[\w-]+ ){0,2}$", scene.words[: match.start()])
    return bool(owned or _GIVING.search(scene.words, 0, match.start()))


def _giver(scene: Scene, before: int) -> str | None:
    """Return the party that gives: named before the measure and not as the one it reaches, else the speaker's (rule 2)."""
    for mention in reversed(scene.mentions):
        if (
            mention.end <= before
            and mention.party
            and (mention.possessive or not _RECEIVER.search(scene.words, 0, mention.start))
        ):
            return mention.party
    return scene.telling(before, before + 1).party


def _attackers(scene: Scene, match: re.Match[str]) -> str | None:
    """Return whom the attacks are said to come from: named in or behind the words for them (rule 2)."""
    for mention in scene.mentions:
        name = who.name_of(mention)
        inside = match.start() <= mention.start < match.end()
        if name and (
            (inside and not re.search(r"\b(?:in|into|on|against|from) (?:the )?$", scene.words[: mention.start]))
            or (match.start() < mention.start < match.end() + 60 and _FROM.search(scene.words, 0, mention.start))
        ):
            return name
    return None


def _when(scene: Scene, position: int) -> When | None:
    """Return the time of a measure (rule 3)."""
    for time in scene.happening_times:
        if time.when.start and _SINCE.search(scene.words, 0, scene.offset(time)):
            return _open(time.when)
    if scene.happening_times:
        return scene.time_near(position)
    if _THIS_PERIOD.search(scene.words):
        for one in scene.earlier:
            for time in one.times:
                if time.when.start and _SINCE.search(one.words, 0, one.offset(time)):
                    return _open(time.when)
    return None


def _open(when: When) -> When:
    text = when.text if when.text.lower().startswith("since") else f"since {when.text}"
    return When(start=when.start, precision=when.precision, text=text, approximate=when.approximate)
