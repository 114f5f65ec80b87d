"""Decide which words of each document are shown, and look them up (rules R3 and R4).

1. Only what a published item points at is shown: source, cue and content of statements, and the passages of tellings.
2. No range is shown for longer than the charter's `passage_limit`, and all pieces of a document are together no longer than its
   `passages_share_percent` of the document (a document shorter than the limit may be shown whole).
3. Ranges come in tiers (`wanted`). Before the first of them, the words that matter for its items are chosen: a short stretch
   around the words an item is about. Then the tiers follow; a tier has the room the earlier ones leave. Where it does not fit,
   all its ranges are shortened to one common length, the longest that fits, so that no speaker is preferred; if even the
   shortest is too long, later ranges are left out. A range is cut around the words that matter, and at words.
4. A gap of a few characters between two pieces is closed; every other gap is marked "[…]".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasdiq.model.charter import PublicationRules
from tasdiq.model.document import Document, Passage

from .persons import Mask
from .window import CORE, Wanted, window

GAP = "[…]"
_BRIDGE = 20
_SHORTEST = 24


@dataclass(frozen=True)
class Words:
    """Words as they may be shown. `complete` is False where something is left out or masked text stands."""

    text: str
    complete: bool


@dataclass(frozen=True)
class Piece:
    """A shown range of a document."""

    start: int
    end: int


class Shown:
    """The shown pieces of every document, with masks applied; the only way from here on to a document's words."""

    def __init__(self, texts: Mapping[str, str], pieces: Mapping[str, Sequence[Piece]], mask: Mask) -> None:
        self._texts, self._pieces, self._mask = texts, pieces, mask
        self._hidden = {document: mask.spans(text) for document, text in texts.items()}

    def pieces(self, document: str) -> Sequence[Piece]:
        """Return the shown pieces of a document in order."""
        return self._pieces.get(document, ())

    def length(self, document: str) -> int:
        """Return how many code points of a document are shown."""
        return sum(piece.end - piece.start for piece in self.pieces(document))

    def words(self, passage: Passage) -> Words:
        """Return what of a passage may be shown, gaps marked."""
        parts: list[str] = []
        at, complete = passage.start, True
        for piece in self.pieces(passage.document):
            start, end = max(piece.start, passage.start), min(piece.end, passage.end)
            if start >= end:
                continue
            if start > at:
                parts.append(GAP)
                complete = False
            parts.append(self.text(passage.document, start, end))
            at = end
        if at < passage.end:
            parts.append(GAP)
            complete = False
        return Words(" ".join(parts), complete and not self._masked(passage))

    def text(self, document: str, start: int, end: int) -> str:
        """Return a range of a shown piece with names masked; a mask that crosses the edge is written whole."""
        text, parts, at = self._texts.get(document, ""), [], start
        for begin, finish, pseudonym in self._hidden.get(document, ()):
            if finish <= at or begin >= end:
                continue
            parts += [text[at : max(at, begin)], pseudonym]
            at = finish
        return "".join([*parts, text[at:end] if at < end else ""])

    def _masked(self, passage: Passage) -> bool:
        hidden = self._hidden.get(passage.document, ())
        return any(begin < passage.end and finish > passage.start for begin, finish, _ in hidden)


def choose(document: Document, text: str, tiers: Sequence[Iterable[Wanted]], rules: PublicationRules) -> list[Piece]:
    """Choose the shown pieces of a document from ranges in tiers; ranges outside the text are left out."""
    pieces: list[Piece] = []
    room = _room(document, rules)
    for number, tier in enumerate(tiers):
        ranges = sorted({w.within(len(text)) for w in tier if w.start < min(w.end, len(text))})
        if number == 0:
            pieces = _add(
                text,
                pieces,
                [w for w in ranges if w.keys or w.end - w.start <= CORE],
                min(CORE, rules.passage_limit),
                room,
            )
        pieces = _add(text, pieces, ranges, rules.passage_limit, room)
    return pieces


def count_cut(pieces: Sequence[Piece], ranges: Iterable[Wanted]) -> int:
    """Count the different ranges that are not shown whole."""
    found = {(wanted.start, wanted.end) for wanted in ranges}
    return sum(not any(piece.start <= start and end <= piece.end for piece in pieces) for start, end in found)


def _add(text: str, chosen: list[Piece], ranges: Sequence[Wanted], limit: int, room: int) -> list[Piece]:
    """Return the chosen pieces with a tier added at the longest common length that fits, else with what fits of it."""
    length = max(limit, 0)
    while length > _SHORTEST and _total(_pieces(text, chosen, ranges, length)) > room:
        length = max(_SHORTEST, int(length * 0.95))
    made = _pieces(text, chosen, ranges, length)
    return made if _total(made) <= room else _fit(text, chosen, ranges, length, room)


def _room(document: Document, rules: PublicationRules) -> int:
    length = document.end - document.start
    return min(length, max(rules.passage_limit, length * rules.passages_share_percent // 100))


def _pieces(text: str, chosen: Sequence[Piece], ranges: Iterable[Wanted], limit: int) -> list[Piece]:
    cuts = sorted([(p.start, p.end) for p in chosen] + [window(text, w, limit) for w in ranges])
    merged: list[Piece] = []
    for start, end in cuts:
        if merged and start <= merged[-1].end + _BRIDGE:
            merged[-1] = Piece(merged[-1].start, max(merged[-1].end, end))
        elif end > start:
            merged.append(Piece(start, end))
    return merged


def _total(pieces: Iterable[Piece]) -> int:
    return sum(piece.end - piece.start for piece in pieces)


def _fit(text: str, chosen: list[Piece], ranges: Iterable[Wanted], limit: int, room: int) -> list[Piece]:
    for one in ranges:
        made = _pieces(text, chosen, [one], limit)
        chosen = made if _total(made) <= room else chosen
    return chosen
