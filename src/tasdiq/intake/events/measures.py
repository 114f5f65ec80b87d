"""Measures of engagement that a party claims or is said to have taken: trade, visas, aid, restraint, diplomacy, refugees.

Rules: a measure is told where its noun stands with a word of giving or withholding; the measure's author is the party whose
speech it stands in, or the party the sentence names first. Claimed, dated and attributed; never counted up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from tasdiq.intake.events.scene import Scene
from tasdiq.intake.events.wording import any_of
from tasdiq.model.told import MeasureTold

Kind = Literal["trade", "visas", "aid", "attacks", "restraint", "diplomacy", "refugees", "other"]
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("trade", re.compile(r"\b(?:trade (?:concessions?|facilitation|agreement|support)|tariff\w*|transit trade)\b", re.I)),
    ("visas", re.compile(r"\bvisas?\b(?: facilitation)?", re.I)),
    ("aid", any_of("humanitarian (?:assistance|aid|support)", "international aid", "relief supplies", "economic support")),
    ("restraint", re.compile(r"\b(?:maximum |utmost )?restraint\b", re.I)),
    ("refugees", re.compile(r"\b(?:hosted|hosting|sheltered) (?:[\w,]+ )*refugees\b", re.I)),
    ("diplomacy", re.compile(r"\b(?:goodwill|diplomatic (?:support|engagement|outreach))\b", re.I)),
    (
        "attacks",
        re.compile(
            r"\b(?:sharp rise in attacks|attacks?\b[^.;]{0,60}\b(?:increased|rose|risen|growing)|militancy has increased"
            r"|rise in (?:\w+ )?attacks|rising (?:\w+ )*(?:attacks|incidents))\b",
            re.I,
        ),
    ),
)  # fmt: skip


_NAMED = re.compile(r"(?<!to )(?<!from )(?<!in )(?<!with )(?<!against )(?<!of )\b[A-Z][\w-]+")


def read(scene: Scene) -> Iterator[MeasureTold]:
    """Yield the measures a sentence tells of."""
    for kind, pattern in _KINDS:
        match = pattern.search(scene.words)
        if match is None:
            continue
        telling = scene.telling(match.start(), match.end())
        yield MeasureTold(
            id="",
            telling=telling,
            when=scene.time_near(match.start()),
            kind=kind,
            by=telling.party or _first_party(scene, match.start()),
            words=match[0],
        )


def _first_party(scene: Scene, before: int) -> str | None:
    """Return the party named last before the measure and not merely as whom it reaches ("support to X")."""
    for match in reversed(list(_NAMED.finditer(scene.words[:before]))):
        party = scene.directory.party_of(match[0])
        if party:
            return party
    return None
