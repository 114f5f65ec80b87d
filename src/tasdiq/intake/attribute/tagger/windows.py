"""Windows of consecutive paragraphs, as the arrays the network reads.

Rules
1. A window holds whole paragraphs of one document, as many as fit; a longer paragraph is cut after a sentence's end.
2. A window is `[CLS] words [SEP] words [SEP]`; each `[SEP]` is a word without a tag, so that no span crosses paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .words import Word

CLS, SEP, PAD = 101, 102, 0
LONGEST = 192
NOWHERE = -1
SENTENCE_ENDS = frozenset(".?!")
Numbers = NDArray[np.int64]
Stretch = tuple[Word, ...]
MARK = Word(NOWHERE, NOWHERE, (SEP,), 0)


@dataclass(frozen=True)
class Arrays:
    """`pieces, features` [B, T]; `first` [B, W]: where each word's first piece stands, NOWHERE after the last word."""

    pieces: Numbers
    features: Numbers
    first: Numbers


def size(words: Sequence[Word]) -> int:
    """Return the number of pieces."""
    return sum(len(word.pieces) for word in words)


def with_marks(window: Sequence[Stretch]) -> list[Word]:
    """Return the words of a window with the mark after each stretch (rule 2)."""
    return [word for stretch in window for word in (*stretch, MARK)]


def cut_windows(text: str, paragraphs: Sequence[Sequence[Word]], limit: int = LONGEST) -> Iterator[tuple[Stretch, ...]]:
    """Yield the windows of a document, each of at most `limit` pieces (rule 1)."""
    held: list[Stretch] = []
    filled = 1
    for paragraph in paragraphs:
        for stretch in _cut(text, paragraph, limit - 2):
            more = size(stretch) + 1
            if held and filled + more > limit:
                yield tuple(held)
                held, filled = [], 1
            held.append(stretch)
            filled += more
    if held:
        yield tuple(held)


def _cut(text: str, words: Sequence[Word], limit: int) -> Iterator[Stretch]:
    start, left = 0, size(words)
    while left > limit:
        stop, filled, sentence = start, 0, start
        while filled + len(words[stop].pieces) <= limit:
            filled += len(words[stop].pieces)
            stop += 1
            if text[words[stop - 1].start : words[stop - 1].end] in SENTENCE_ENDS:
                sentence = stop
        stop = sentence if sentence > start else max(stop, start + 1)
        yield tuple(words[start:stop])
        left -= size(words[start:stop])
        start = stop
    if start < len(words):
        yield tuple(words[start:])


def to_arrays(windows: Sequence[Sequence[Word]]) -> Arrays:
    """Lay windows, given with their marks, out in arrays."""
    pieces = np.full((len(windows), max(1 + size(words) for words in windows)), PAD, dtype=np.int64)
    features = np.zeros_like(pieces)
    first = np.full((len(windows), max(map(len, windows))), NOWHERE, dtype=np.int64)
    for row, words in enumerate(windows):
        lengths = [len(word.pieces) for word in words]
        filled = 1 + sum(lengths)
        pieces[row, :filled] = [CLS, *(piece for word in words for piece in word.pieces)]
        features[row, 1:filled] = np.repeat([word.feature for word in words], lengths)
        first[row, : len(words)] = 1 + np.cumsum([0, *lengths[:-1]])
    return Arrays(pieces, features, first)
