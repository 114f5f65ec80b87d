"""Windows of consecutive paragraphs and batches of windows, as arrays.

Rules
1. A window holds whole paragraphs of one article, as many as fit; a longer paragraph is cut after a sentence's end.
2. A window is `[CLS] words [SEP] words [SEP]`; each `[SEP]` is a word without a tag, so that no span crosses paragraphs;
   what goes on behind it begins anew.
3. A batch holds windows of like length and at most `BATCH_PIECES` pieces with padding; the order depends on the seed alone.
4. A link that leaves the window is not taught.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from articles import NOWHERE, TAGS, Article
from numpy.typing import NDArray

CLS, SEP, PAD = 101, 102, 0
LONGEST, SHORTEST = 192, 60
BATCH_PIECES = 1536
SENTENCE_ENDS = frozenset(".?!")
Array = NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """Consecutive stretches of an article's words."""

    article: Article
    stretches: tuple[tuple[int, int], ...]

    def words(self) -> list[int]:
        """Return the number of each word, NOWHERE for the mark after each stretch."""
        return [number for start, end in self.stretches for number in (*range(start, end), NOWHERE)]

    def size(self) -> int:
        """Return the number of pieces."""
        return 1 + sum(_pieces(self.article, *each) + 1 for each in self.stretches)


@dataclass(frozen=True)
class Batch:
    """`pieces, features` [B, T]; `first` [B, W]: a word's first piece; `tags, cue_of, source_of` [B, W], NOWHERE if untaught."""

    windows: tuple[Window, ...]
    pieces: Array
    features: Array
    first: Array
    tags: Array
    cue_of: Array
    source_of: Array


def cut_windows(article: Article, limit: int) -> Iterator[Window]:
    """Yield the windows of an article, each of at most `limit` pieces (rule 1)."""
    held: list[tuple[int, int]] = []
    size = 1
    for start, end in article.paragraphs:
        for stretch in _cut(article, start, end, limit - 2):
            more = _pieces(article, *stretch) + 1
            if held and size + more > limit:
                yield Window(article, tuple(held))
                held, size = [], 1
            held.append(stretch)
            size += more
    if held:
        yield Window(article, tuple(held))


def _pieces(article: Article, start: int, end: int) -> int:
    return sum(len(word.pieces) for word in article.words[start:end])


def _cut(article: Article, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    while _pieces(article, start, end) > limit:
        stop, size, sentence = start, 0, start
        while size + len(article.words[stop].pieces) <= limit:
            size += len(article.words[stop].pieces)
            word = article.words[stop]
            stop += 1
            if article.text[word.start : word.end] in SENTENCE_ENDS:
                sentence = stop
        stop = sentence if sentence > start else max(stop, start + 1)
        yield start, stop
        start = stop
    if start < end:
        yield start, end


def epoch_windows(articles: Sequence[Article], seed: int, epoch: int) -> list[Window]:
    """Return all windows of an epoch, from the second on of changing lengths."""
    chance = random.Random(f"{seed}/{epoch}/windows")
    return [
        window
        for article in articles
        for window in cut_windows(article, LONGEST if epoch == 0 else chance.randint(SHORTEST, LONGEST))
    ]


def make_batches(windows: Sequence[Window], seed: int, epoch: int) -> list[list[Window]]:
    """Return the batches of an epoch in the order of training (rule 3)."""
    chance = random.Random(f"{seed}/{epoch}/batches")
    batches: list[list[Window]] = [[]]
    for size, window in sorted(((each.size() + chance.random() * 8, each) for each in windows), key=lambda two: two[0]):
        if batches[-1] and (len(batches[-1]) + 1) * size > BATCH_PIECES:
            batches.append([])
        batches[-1].append(window)
    chance.shuffle(batches)
    return batches


def to_arrays(windows: Sequence[Window]) -> Batch:
    """Lay a batch out in arrays (rules 2 and 4)."""
    words = [each.words() for each in windows]
    pieces = np.full((len(windows), max(each.size() for each in windows)), PAD)
    features = np.zeros_like(pieces)
    first, tags, cue_of, source_of = (np.full((len(windows), max(map(len, words))), NOWHERE) for _ in range(4))
    for row, (window, numbers) in enumerate(zip(windows, words, strict=True)):
        article, place = window.article, 1
        inside = {number: at for at, number in enumerate(numbers) if number != NOWHERE}
        pieces[row, 0] = CLS
        for at, number in enumerate(numbers):
            known = number != NOWHERE
            held = article.words[number].pieces if known else (SEP,)
            pieces[row, place : place + len(held)] = held
            features[row, place : place + len(held)] = article.words[number].feature if known else 0
            first[row, at], tags[row, at] = place, article.tags[number] if known else 0
            if TAGS[tags[row, at]][0] == "I" and (at == 0 or tags[row, at - 1] == 0):
                tags[row, at] -= 1
            if known:
                cue_of[row, at] = inside.get(article.cue_of[number], NOWHERE)
                source_of[row, at] = inside.get(article.source_of[number], NOWHERE)
            place += len(held)
    return Batch(tuple(windows), pieces, features, first, tags, cue_of, source_of)
