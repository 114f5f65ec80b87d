"""The trained tagger: sources, cues and contents of a document's statements, as spans of its neutral text.

Decides nothing about acts, tenses or nesting: `attribute` joins what is found here with what the rules find. It reads the text
in which names are neutral words, so that other names of the same kind give the same statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasdiq.model.document import Span

from .decode import Range, best_tags, likelihoods, link, spans
from .model import Model, load_model
from .windows import MARK, cut_windows, with_marks
from .words import Word

__all__ = ["VERSION", "Model", "Tagged", "load_model", "tag"]

VERSION = "attribute.tagger/1"
PPM = 1_000_000


@dataclass(frozen=True)
class Tagged:
    """A statement in offsets of the neutral text; `source` is None where the text names nobody.

    `sure_ppm` is the probability of the tags of its least sure role, words by themselves; not yet a measured confidence.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    sure_ppm: int


def tag(model: Model, text: str, paragraphs: Sequence[Span]) -> list[Tagged]:
    """Return the statements of one document, in the order of its windows; `paragraphs` are ranges of the neutral text."""
    words = [model.vocabulary.words(text, each.start, each.end) for each in paragraphs]
    windows = cut_windows(text, [each for each in words if each])
    return [each for window in windows for each in _tag_window(model, with_marks(window))]


def _tag_window(model: Model, words: Sequence[Word]) -> Iterator[Tagged]:
    scores, cue, source = model.score(words)
    tags = best_tags(scores, model.pairs, model.start, [word is MARK for word in words])
    likely = likelihoods(scores, tags)
    for each in link(spans(tags), cue, source):
        pieces = [each.cue, *each.content, *([each.source] if each.source else [])]
        yield Tagged(
            _span(words, each.source) if each.source else None,
            _span(words, each.cue),
            tuple(_span(words, piece) for piece in each.content),
            int(PPM * min(likely[start:end].mean() for start, end in pieces)),
        )


def _span(words: Sequence[Word], place: Range) -> Span:
    return Span(start=words[place[0]].start, end=words[place[1] - 1].end)
