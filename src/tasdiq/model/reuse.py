"""Copies: that one passage repeats another, in which words, and where the two differ. Offsets alone, never words."""

from __future__ import annotations

from typing import Literal

from .document import Passage, Span
from .value import Value

How = Literal["same wording", "reworded", "on one point", "one quotation"]


class Run(Value, frozen=True, kw_only=True):
    """A stretch of two passages side by side: the same in both, put otherwise, or only in one of them."""

    kind: Literal["same", "otherwise", "only one", "only other"]
    one: Span | None = None
    other: Span | None = None


class Pair(Value, frozen=True, kw_only=True):
    """Two passages of which one repeats the other; `runs` are both from their first word to their last.

    `likely_ppm` is how likely a copy is by wording alone.
    """

    one: Passage
    other: Passage
    how: How
    likely_ppm: int
    runs: tuple[Run, ...] = ()


class Copy(Value, frozen=True, kw_only=True):
    """That two documents give one statement, or share passages outside of speech: what a person may confirm or refuse.

    `statements` are the first statement each document gives on that occasion; none where a narrator's words are shared.
    `first` is the document that appeared first, None where that cannot be told. `sure` is False where two statements remain
    possible. A refused copy is never proposed again, and its statements are kept apart.
    """

    id: str
    documents: tuple[str, str]
    statements: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    first: str | None = None
    sure: bool = True
    why: tuple[str, ...] = ()
    method: str = ""
