"""The cue lexicon: which word introduces which speech act, and in which construction its content stands.

Reads `intake/lexicon/*.tsv` once, when first asked for. A construction is named by what holds the content: `clause` ("said
that …"), `object` ("rejected the claim"), `to` ("urged X to …"), `ing` ("denied allowing …"), `predicate` ("called it
absurd"), `bare` (", X said"), else a preposition ("accused X *of* …"). Weights are per cent: how often that part is content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from tasdiq.model.statement import Act

LEAST_WEIGHT = 40


@dataclass(frozen=True)
class Cue:
    """One word of saying. `frames` maps a construction to its weight in per cent."""

    lemma: str
    act: Act
    frames: dict[str, int]

    def weight(self, frame: str) -> int:
        """Return how surely this construction holds the content, 0 where it never does."""
        return self.frames.get(frame, 0)


@cache
def verbs() -> dict[str, Cue]:
    """Return the verbs of saying by lemma."""
    return _read("verbs.tsv")


@cache
def nouns() -> dict[str, Cue]:
    """Return the nouns of saying ("claim", "demand") by lemma."""
    return _read("nouns.tsv")


def _read(name: str) -> dict[str, Cue]:
    table = resources.files("tasdiq.intake.lexicon").joinpath(name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.split("\n")[1:] if line]
    return {lemma: Cue(lemma, cast(Act, act), _frames(frames)) for lemma, act, frames in rows}


def _frames(cell: str) -> dict[str, int]:
    return {name: int(weight) for name, _, weight in (part.partition("=") for part in cell.split())}
