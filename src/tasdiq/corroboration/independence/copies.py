"""Write ties down as copies: which passages repeat each other, word by word, and which document appeared first.

1. A copy is between two documents; what ties two tellings of one document is no copy.
2. The first is the document that appeared on an earlier day, beyond any doubt the dates leave; else it is not told. The order says
   nothing about who copied whom: both may have a third source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tasdiq.model.document import Document
from tasdiq.model.reuse import Copy, How, Pair
from tasdiq.model.state import State

from ..reuse import align
from .judged import copy_id
from .matches import Match, likelihood
from .tellings import Telling
from .ties import Tie

CLOSEST: tuple[How, ...] = ("same wording", "reworded", "one quotation", "on one point")
METHOD = "corroboration.reuse/2"


def copies_of(state: State, found: list[Telling], ties: Iterable[Tie]) -> Iterator[Copy]:
    """Yield the copies that ties between tellings of two documents come to (rule 1)."""
    for tie in ties:
        one, other = found[tie.one], found[tie.other]
        if one.document == other.document:
            continue
        statements = (one.statements[0].id, other.statements[0].id)
        yield Copy(
            id=copy_id(*statements),
            documents=(one.document, other.document),
            statements=statements,
            pairs=pairs_of(tie.matches, one.document, quotation=tie.quotation),
            first=first_of(state, one.document, other.document),
            sure=tie.sure,
            why=(tie.why,),
            method=METHOD,
        )


def pairs_of(matches: Iterable[Match], document: str, *, quotation: bool = False) -> tuple[Pair, ...]:
    """Return pairs of passages, those alike in the closest way first, then as they stand in `document`."""
    pairs = (write_pair(match, document, quotation=quotation) for match in matches)
    return tuple(sorted(pairs, key=lambda pair: (CLOSEST.index(pair.how), pair.one.start, pair.other.start)))


def write_pair(match: Match, document: str, *, quotation: bool = False) -> Pair:
    """Return two passages that repeat each other, that of `document` first."""
    one, other = (match.one, match.other) if match.one.document == document else (match.other, match.one)
    return Pair(
        one=one.passage,
        other=other.passage,
        how="one quotation" if quotation and match.reuse.kind == "on one point" else match.reuse.kind,
        likely_ppm=round(likelihood(match.reuse) * 1_000_000),
        runs=align(one, other),
    )


def first_of(state: State, one: str, other: str) -> str | None:
    """Return which of two documents appeared first, None if that is not certain (rule 2)."""
    a, b = state.documents.get(one), state.documents.get(other)
    if a is None or b is None:
        return None
    if _last(a) and _first(b) and _last(a) < _first(b):
        return one
    return other if _last(b) and _first(a) and _last(b) < _first(a) else None


def _first(document: Document) -> str:
    return ((document.published.start or "") if document.published else "")[:10]


def _last(document: Document) -> str:
    when = document.published
    return ((when.end or when.start or "") if when else "")[:10]
