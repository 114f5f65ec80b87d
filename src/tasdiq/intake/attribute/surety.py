"""How sure a statement is: the share of its kind that a gold standard confirms, not a guess of ours.

`intake/lexicon/surety.tsv` is measured by `benchmarks/surety.py` on PolNeAR, for rules on its training articles, for the tagger
on those it did not learn from: of the statements of one kind that are not nested, how many the annotators have too (contents
overlap with Jaccard of at least 0.5, sources share a word; where we name no source, contents alone). Small cells are drawn
towards the share of their rule.

Rules
1. A kind is the rule that found a statement, whether a source is named, the kind of quotation, the weight of its construction
   (of a tagged one, the tagger's own probability) in steps of ten, and whether the cue is finite. A kind without a cell of its
   own has that of its rule.
2. A nested statement has half the surety of its own kind, or half that of the one that holds it if that is less.
   PolNeAR labels a word once and confirms few nested ones (6 %, against 76 % of the others); hand-labelled reports that do
   label them confirm nearly as many as of the others (37 of 43). Half is the middle of the two.
3. Never below `LEAST_PPM`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from msgspec.structs import replace

from tasdiq.model.statement import Attribution

MEASURED = ("attribute.rules/", "attribute.tagger/")
LEAST_PPM = 50_000
UNMEASURED_PPM = 300_000
STEP_PPM = 100_000
ANY = "*"


@dataclass(frozen=True)
class Kind:
    """What statements are counted by (rule 1); `ANY` everywhere but in `rule` stands for the whole rule."""

    rule: str
    named: str = ANY
    quote: str = ANY
    step: str = ANY
    finite: str = ANY


def rule_of(each: Attribution) -> str:
    """Return the rule that found a statement."""
    return each.method.rpartition(" ")[2]


def kind_of(each: Attribution) -> Kind:
    """Return the kind of a statement whose confidence is still the weight of its construction."""
    return Kind(
        rule=rule_of(each),
        named="source" if each.source else "nobody",
        quote=each.quote,
        step=str(each.confidence_ppm // STEP_PPM),
        finite="finite" if each.tense else "other",
    )


def surety_ppm(each: Attribution) -> int:
    """Return how often statements of this kind are right, in parts per million, nesting left aside."""
    kind, table = kind_of(each), _table()
    return max(table.get(kind) or table.get(Kind(kind.rule)) or UNMEASURED_PPM, LEAST_PPM)


def rated(found: list[Attribution]) -> list[Attribution]:
    """Return the statements of a document with their measured confidence; those by fixed forms keep theirs."""
    plain = [surety_ppm(each) if each.method.startswith(MEASURED) else each.confidence_ppm for each in found]
    return [replace(each, confidence_ppm=_with_nesting(plain, each, n)) for n, each in enumerate(found)]


def _with_nesting(plain: list[int], each: Attribution, number: int) -> int:
    """Rule 2."""
    if each.inside is None:
        return plain[number]
    return max(min(plain[number], plain[each.inside]) // 2, LEAST_PPM)


@cache
def _table() -> dict[Kind, int]:
    table = resources.files("tasdiq.intake.lexicon").joinpath("surety.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.split("\n")[1:] if line]
    return {Kind(*cells[:5]): int(cells[5]) for cells in rows}
