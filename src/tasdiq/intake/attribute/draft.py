"""A statement while it is being cut out of a parsed sentence: sets of token numbers, not yet offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from tasdiq.model.statement import Act

EDGE = frozenset({",", ";", ":", ".", "-", "--", "–", "—", "(", ")", "?", "!", "…", "..."})


@dataclass
class Draft:
    """Token numbers of source, cue and content, with what the cue word says about the act."""

    head: Token
    lemma: str
    act: Act
    weight: int
    rule: str
    cue: set[int] = field(default_factory=set)
    source: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)
    passive: bool = False
    negated: bool = False
    tense: str = ""
    manner: tuple[str, ...] = ()


def tree(token: Token, *, without: Iterable[Token] = ()) -> set[int]:
    """Return the numbers of a token's subtree, less the subtrees of the given tokens."""
    left_out = {each.i for top in without for each in top.subtree}
    return {each.i for each in token.subtree} - left_out


def runs(doc: Doc, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the numbers as maximal token ranges, trimmed of punctuation and spaces at the edges, empty ones dropped.

    A gap that holds nothing but punctuation or space does not break a range.
    """
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and all(_empty(doc[i]) for i in range(ranges[-1][1], number)):
            ranges[-1][1] = number + 1
        else:
            ranges.append([number, number + 1])
    trimmed = [_trim(doc, start, end) for start, end in ranges]
    return [(start, end) for start, end in trimmed if start < end]


def _empty(token: Token) -> bool:
    return token.is_space or token.is_punct


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_space or doc[start].text in EDGE):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in EDGE):
        end -= 1
    return start, end
