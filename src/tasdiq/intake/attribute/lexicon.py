"""The cue lexicon: which word introduces which speech act, and in which construction its content stands.

Reads `intake/lexicon/*.tsv` once, when first asked for. A construction is named by what holds the content: `clause` ("said
that …"), `object` ("rejected the claim"), `to` ("urged X to …"), `ing` ("denied allowing …"), `predicate` ("called it
absurd"), `bare` (", X said"), else a preposition ("accused X *of* …"). Weights are per cent: how often that part is content. The
column of acts begins with the usual one; `to=demands` after it names another for one construction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import cast

from tasdiq.model.statement import Act

LEAST_WEIGHT = 40


@dataclass(frozen=True)
class Cue:
    """One word of saying. `frames` maps a construction to its weight; `acts` holds the acts of single constructions."""

    lemma: str
    act: Act
    frames: dict[str, int]
    acts: dict[str, Act] = field(default_factory=dict)

    def weight(self, *frames: str) -> int:
        """Return how surely one of these constructions holds the content, 0 where none does."""
        return max(self.frames.get(frame, 0) for frame in frames)

    def act_in(self, frame: str) -> Act:
        """Return the act this word performs in a construction ("asked whether" asks, "asked to" demands)."""
        return self.acts.get(frame, self.act)


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
    return {lemma: _cue(lemma, act.split(), frames) for lemma, act, frames in rows}


def _cue(lemma: str, acts: list[str], frames: str) -> Cue:
    special = {frame: cast(Act, act) for frame, _, act in (each.partition("=") for each in acts[1:])}
    return Cue(lemma, cast(Act, acts[0]), _frames(frames), special)


def _frames(cell: str) -> dict[str, int]:
    return {name: int(weight) for name, _, weight in (part.partition("=") for part in cell.split())}
