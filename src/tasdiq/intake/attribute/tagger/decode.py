"""From scores to spans: the best legal row of tags, and the links between the spans it gives.

Rules
1. Tags are the best row under the chain's scores of pairs; of equal ones the first in the order of tags. The mark after a
   paragraph has no tag.
2. A piece of content belongs to the cue to which its words' mean score is highest; pieces of one cue are one content.
3. The source of a cue is the source span whose first word scores highest; the cue itself means that there is none.
4. A cue without content is no statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
UNLIKELY = -1e4
Scores = NDArray[np.float32]
Range = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A statement in words of the window, ranges with open end; `source` is None where the cue has none."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]


def best_tags(scores: Scores, pairs: Scores, start: Scores, marks: Sequence[bool]) -> list[int]:
    """Return the best row of tags by Viterbi's algorithm (rule 1); `scores` [W, 7], `marks` tells what is no word."""
    scores = scores.copy()
    scores[np.asarray(marks, dtype=bool), 1:] = UNLIKELY
    reach, back = start + scores[0], []
    for row in scores[1:]:
        steps = reach[:, None] + pairs
        back.append(steps.argmax(0))
        reach = steps.max(0) + row
    tags = [int(reach.argmax())]
    for before in reversed(back):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


def likelihoods(scores: Scores, tags: Sequence[int]) -> Scores:
    """Return the probability of each word's tag, its neighbours left aside."""
    shares = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(shares[np.arange(len(tags)), tags] / shares.sum(1), dtype=np.float32)


def spans(tags: Sequence[int]) -> dict[str, list[Range]]:
    """Return the ranges of words of each role."""
    found: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
    begins = [place for place, tag in enumerate(tags) if TAGS[tag][0] != "I"]
    for start, end in pairwise([*begins, len(tags)]):
        if tags[start]:
            found[TAGS[tags[start]][2:]].append((start, end))
    return found


def link(found: dict[str, list[Range]], cue_scores: Scores, source_scores: Scores) -> list[Found]:
    """Join the spans of a window to statements, in the order of their cues (rules 2 to 4)."""
    cues, sources = found["cue"], found["source"]
    if not cues:
        return []
    firsts = [start for start, _ in cues]
    contents: dict[Range, list[Range]] = {cue: [] for cue in cues}
    for start, end in found["content"]:
        contents[cues[int(cue_scores[start:end, firsts].mean(0).argmax())]].append((start, end))
    made = []
    for cue, content in contents.items():
        choices = [cue, *sources]
        source = choices[int(source_scores[cue[0], [start for start, _ in choices]].argmax())]
        if content:
            made.append(Found(None if source == cue else source, cue, tuple(content)))
    return made
