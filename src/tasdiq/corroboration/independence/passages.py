"""Which passages stand for a telling when wordings are compared.

Rules:

1. A speaker's own statements are compared by their content: cue and source are the document's words.
2. A statement that continues another's voice is compared by its whole sentence, if no other telling speaks in it: there, source and
   cue ("the other side claimed …, we proposed …") are part of what was said.
3. What is reported inside a statement stands in its content already; nothing is counted twice. Long passages are cut into
   sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasdiq.model.document import Span
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from ..reuse import read_wording
from .tellings import Telling

SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+")

Spans = list[tuple[int, int]]


def read_passages(state: State, found: list[Telling]) -> None:
    """Fill the wordings of the tellings of one document."""
    voices: dict[Span, set[int]] = {}
    for number, telling in enumerate(found):
        for statement in telling.statements:
            if statement.sentence is not None:
                voices.setdefault(statement.sentence, set()).add(number)
    for telling in found:
        text = state.text(telling.document) or ""
        inside = {one.id for one in telling.statements}
        outer = [one for one in telling.statements if one.inside not in inside]
        spans = [span for one in outer for span in _spans(telling, one, voices)]
        cut = [part for span in _outermost(spans) for part in sentences(text, *span)]
        telling.wordings = [wording for part in cut if (wording := read_wording(telling.document, text, part)).forms]


def _spans(telling: Telling, statement: Statement, voices: dict[Span, set[int]]) -> Spans:
    sentence = statement.sentence
    if statement.speaker != telling.speaker and sentence is not None and len(voices[sentence]) == 1:
        return [(sentence.start, sentence.end)]
    return [(span.start, span.end) for span in statement.content]


def _outermost(spans: Spans) -> Spans:
    ordered = sorted(set(spans), key=lambda span: (span[0], -span[1]))
    kept: Spans = []
    for start, end in ordered:
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a stretch of text stand."""
    for found in SENTENCE_END.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    if start < end:
        yield start, end
