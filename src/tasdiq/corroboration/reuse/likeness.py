"""How likely it is that one wording repeats another: what they share, weighted by rarity, against what they do not.

Two translations of one statement share names, numbers and rare words, and differ in the rest; a copy differs in single words; what
the same speaker says of the same matter another day shares much, and turns it.
Rules:

1. The rarer a word is among all wordings, the more it says; numbers say most, frequent words of news and the formulas of
   diplomacy little (`Weights`).
2. What counts is how much of each wording stands in the other: the same word wholly, one of its meaning or its family in part
   (`SYNONYM`, `FAMILY`). Short wordings are trusted less: one rare word more is taken to be missing.
3. A number of the shorter one that the longer lacks speaks strongly against a copy; so do words of opposite meaning in their
   place (`opposites.txt`), a negation in one alone, and words that tell of another time ("again", "no longer"). The weights of
   all this (`ODDS`) were fitted on `tests/data/origins/building.toml` by logistic regression, and rounded.
4. *Same wording*: the word sequences align (`SAME_WORDING`), or nearly all words of the shorter stand in the longer in their order
   (`CONTAINED`). *Reworded*: a copy is likelier than not (`LIKELY`). *On one point*: less, but more than chance (`POSSIBLE`); it
   shows something only where several come together.

Embeddings are not used: they rank "violated" nearer to "respected" than true paraphrases to each other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from .words import Wording, count_opposites, frequent, is_name, is_number

SAME_WORDING = 0.72
CONTAINED, CONTAINED_SHARE = 0.8, 0.6
LIKELY = 0.5
POSSIBLE = 0.15
FEW, FEW_WORDS = 3, 6
SYNONYM, FAMILY = 0.8, 0.7
FREQUENT, NUMBER = 0.4, 1.3
BACKGROUND = 60
"""Wordings about other things that are taken to lie beside those of the record, so that rarity means something in small ones."""
ODDS = {
    "of themselves": -2.9,
    "share of the shorter": 2.0,
    "share of the longer": 7.0,
    "number": 0.3,
    "number missing": -2.0,
    "opposite": -1.2,
    "negation": -1.5,
    "other time": -2.6,
}
MOST = 2
"""Of equal or missing numbers, of opposites, of words of another time, more than this count no further."""
AS_LONG = 0.7
OTHER_TIME = frozenset(
    {"again", "anew", "now", "longer", "another", "further", "final", "correct", "anymor", "already"}
)
NEGATIONS = frozenset({"no", "not", "never", "nobody", "nothing", "none", "neither", "nor", "without", "cannot"})

Kind = Literal["same wording", "reworded", "on one point"]


@dataclass(frozen=True)
class Weights:
    """What each form says; `unit` is what a word says that stands nowhere else."""

    of: Mapping[str, float]
    unit: float

    def total(self, forms: Iterable[str]) -> float:
        """Return what forms say together."""
        return math.fsum(self.of.get(form, self.unit) for form in forms)  # in any order the same


@dataclass(frozen=True)
class Reuse:
    """That two wordings agree, how, and how likely one repeats the other (0 to 1); with what they share, for the reader."""

    kind: Kind
    share: float
    words: int = 0
    of_words: int = 0
    rare: int = 0
    numbers: tuple[str, ...] = ()
    names: int = 0


def weigh(wordings: Sequence[Wording]) -> Weights:
    """Return what each telling form says among all wordings (rule 1)."""
    seen = Counter(form for wording in wordings for form in wording.telling)
    size = len(wordings) + BACKGROUND
    return Weights(
        {form: _kind(form) * math.log(size / (count + 1)) for form, count in seen.items()}, math.log(size / 2)
    )


def _kind(form: str) -> float:
    return NUMBER if is_number(form) else FREQUENT if form in frequent() else 1.0


def compare_wording(one: Wording, other: Wording, weight: Weights) -> Reuse | None:
    """Say whether two wordings reuse one another (rules 2-4)."""
    shared_groups = len(set(one.meanings.values()) & set(other.meanings.values()))
    if shared_groups < FEW - 1 or (shared_groups < FEW and not _aligned(one, other, CONTAINED_SHARE)):
        return None
    if weight.total(one.telling) > weight.total(other.telling):
        one, other = other, one
    credit = _credits(one, other)
    share = _share(one, credit, weight)
    likely = _likely(one, other, credit, share, weight)
    shared = sum(value > 0 for value in credit.values())
    rare = sum(value > 0 for form, value in credit.items() if form not in frequent())
    kind: Kind = "reworded" if likely >= LIKELY and shared > FEW else "on one point"
    if _aligned(one, other, share):
        kind, likely = "same wording", max(likely, share)
    if likely < POSSIBLE:
        return None
    numbers = tuple(form[1:] for form, value in credit.items() if value and is_number(form))
    names = sum(1 for form, value in credit.items() if value and is_name(form))
    return Reuse(kind, likely, shared, len(credit), rare, numbers, names)


def _aligned(one: Wording, other: Wording, share: float) -> bool:
    """Say whether two wordings are the same but for single words, or one stands in the other (rule 4)."""
    if len(one.forms) < FEW_WORDS:
        return False
    if Indel.normalized_similarity(one.forms, other.forms) >= SAME_WORDING:
        return True
    return share >= CONTAINED_SHARE and LCSseq.similarity(one.forms, other.forms) >= CONTAINED * len(one.forms)


def _likely(one: Wording, other: Wording, credit: dict[str, float], share: float, weight: Weights) -> float:
    """Return how likely the lighter wording `one` repeats `other` (rules 2 and 3)."""
    mine, others = frozenset(one.forms), frozenset(other.forms)
    numbers = [value > 0 for form, value in credit.items() if is_number(form)]
    odds = (
        ODDS["of themselves"]
        + ODDS["share of the shorter"] * share
        + ODDS["share of the longer"] * _share(other, _credits(other, one), weight)
        + ODDS["number"] * min(sum(numbers), MOST)
        + ODDS["number missing"] * min(len(numbers) - sum(numbers), MOST)
        + ODDS["opposite"] * min(count_opposites(mine, others), MOST)
        + ODDS["negation"] * _negated_apart(one, other)
        + ODDS["other time"] * min(len((mine ^ others) & OTHER_TIME), MOST)
    )
    return 1 / (1 + math.exp(-odds))


def _negated_apart(one: Wording, other: Wording) -> bool:
    """Say whether one wording alone is negated; a short one may have left a negation of the longer one out."""
    mine, others = not NEGATIONS.isdisjoint(one.forms), not NEGATIONS.isdisjoint(other.forms)
    return mine != others and (mine or len(one.forms) >= AS_LONG * len(other.forms))


def _share(wording: Wording, credit: dict[str, float], weight: Weights) -> float:
    """Return how much of a wording's weight is shared, one rare word more taken to be missing (rule 2)."""
    weighed = sum(value * weight.of.get(form, weight.unit) for form, value in credit.items())
    return weighed / (weight.total(wording.telling) + weight.unit)


def _credits(one: Wording, other: Wording) -> dict[str, float]:
    forms, groups = other.telling, set(other.meanings.values())
    return {form: _credit(form, group, forms, groups) for form, group in one.meanings.items()}


def _credit(form: str, group: str, forms: frozenset[str], groups: set[str]) -> float:
    """Return how much of a form's weight counts as shared (rule 2)."""
    if form in forms:
        return 1.0
    if group not in groups or is_number(form):
        return 0.0
    return SYNONYM if group[:1] in "=@" else FAMILY
