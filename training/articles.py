"""Articles cut into words and pieces, with the tags and links they are taught by.

Decides what a word is (what BERT's pre-tokeniser cuts: letters and digits together, each punctuation mark alone), which
features its pieces carry and how a statement becomes tags. Knows neither torch nor windows.

Rules
1. A span is taught without white space and punctuation at its ends (the scorer does not see them); one of nothing else stays.
2. A word has one tag: source before content before cue, the later wins. Each piece of a span begins anew.
3. A content word is linked to the first word of its cue, the first word of a cue to the first of its source; a cue that has no
   source, or whose source is itself, to itself.
4. The case shape of a word and whether it stands inside quotation marks of its paragraph make its feature.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
TEACHING_ORDER = ("source", "content", "cue")
EDGE = string.whitespace + string.punctuation + "“”‘’–—…"
SHAPES = 7
FEATURES = 2 * SHAPES
NOWHERE = -1


@dataclass(frozen=True)
class Word:
    """A word of the neutral text, its pieces and its feature."""

    start: int
    end: int
    pieces: tuple[int, ...]
    feature: int


@dataclass(frozen=True)
class Article:
    """An article in words; `paragraphs` are ranges of words, `cue_of` and `source_of` numbers of words or NOWHERE."""

    name: str
    text: str
    words: tuple[Word, ...]
    paragraphs: tuple[tuple[int, int], ...]
    tags: tuple[int, ...]
    cue_of: tuple[int, ...]
    source_of: tuple[int, ...]
    stand_ins: tuple[tuple[int, int, int, int], ...]


def read_articles(path: Path, tokenizer: Tokenizer) -> Iterator[Article]:
    """Yield the articles that `prepare.py` wrote."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _article(json.loads(line), tokenizer)


def _article(row: dict[str, Any], tokenizer: Tokenizer) -> Article:
    words: list[Word] = []
    paragraphs: list[tuple[int, int]] = []
    for start, end in row["paragraphs"]:
        first = len(words)
        words.extend(cut_words(row["text"][start:end], start, tokenizer))
        if len(words) > first:
            paragraphs.append((first, len(words)))
    tags, cue_of, source_of = teach(row["text"], words, row["statements"])
    swaps = tuple((here, length, start, end) for here, length, start, end in row["stand_ins"])
    return Article(
        row["name"], row["text"], tuple(words), tuple(paragraphs), tuple(tags), tuple(cue_of), tuple(source_of), swaps
    )


def cut_words(text: str, offset: int, tokenizer: Tokenizer) -> Iterator[Word]:
    """Yield the words of one paragraph that begins at `offset` (rule 4)."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans: list[tuple[int, int, list[int]]] = []
    last = None
    for piece, word, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
        if word != last:
            spans.append((start, end, [piece]))
        else:
            spans[-1] = (spans[-1][0], end, [*spans[-1][2], piece])
        last = word
    inside = False
    for start, end, pieces in spans:
        word = text[start:end]
        inside = word == "“" or (inside and word not in ("”", '"')) or (word == '"' and not inside)
        yield Word(offset + start, offset + end, tuple(pieces), shape(word) + SHAPES * inside)


def shape(word: str) -> int:
    """Return the case shape of a word, 1 to 6; 0 is kept for what is no word."""
    if not any(map(str.isalnum, word)):
        return 1
    if any(map(str.isdigit, word)):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 5 if word[1:].islower() else 6


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without white space and punctuation at its ends; one of nothing else as it is (rule 1)."""
    first, last = start, end
    while first < last and text[first] in EDGE:
        first += 1
    while last > first and text[last - 1] in EDGE:
        last -= 1
    return (first, last) if first < last else (start, end)


def teach(text: str, words: list[Word], statements: list[dict[str, Any]]) -> tuple[list[int], list[int], list[int]]:
    """Return tags, cue and source of each word (rules 2 and 3)."""
    at = {place: number for number, word in enumerate(words) for place in range(word.start, word.end)}
    owner: list[tuple[str, int, int] | None] = [None] * len(words)
    cue_of, source_of = [NOWHERE] * len(words), [NOWHERE] * len(words)
    covered = [
        {role: [_numbers(at, trim(text, *span)) for span in each[role]] for role in ROLES} for each in statements
    ]
    for role in TEACHING_ORDER:
        for number, each in enumerate(covered):
            for part, numbers in enumerate(each[role]):
                for word in numbers:
                    # a source that several statements share is one span
                    owner[word] = (role, numbers[0] if role == "source" else number, part)
    for each in covered:
        cue = next((numbers[0] for numbers in each["cue"] if numbers), NOWHERE)
        source = next((numbers[0] for numbers in each["source"] if numbers), NOWHERE)
        if cue == NOWHERE:
            continue
        source_of[cue] = cue if source == NOWHERE or any(source in numbers for numbers in each["cue"]) else source
        for numbers in each["content"]:
            for word in numbers:
                cue_of[word] = cue
    return _tags(owner), cue_of, source_of


def _numbers(at: dict[int, int], span: tuple[int, int]) -> list[int]:
    return sorted({at[place] for place in range(*span) if place in at})


def _tags(owner: list[tuple[str, int, int] | None]) -> list[int]:
    tags, before = [], None
    for each in owner:
        tags.append(0 if each is None else TAGS.index(("I-" if each == before else "B-") + each[0]))
        before = each
    return tags
