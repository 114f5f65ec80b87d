"""Turns of talk: paragraphs that open with a speaker's name and a colon, as in transcripts and interviews.

Rules
1. A paragraph that opens with a name in capitals and a colon is a turn, where at least `LEAST_TURNS` paragraphs of the document
   do so: a dateline in capitals comes once.
2. The name is the source, the colon the cue, the rest of the paragraph the content, in the speaker's own words. "Q" and "A" are
   names here, and a quotation mark may come before a name.
"""

from __future__ import annotations

import re

from tasdiq.model.document import Paragraph, Span
from tasdiq.model.statement import Attribution

TURN = re.compile(r"[\s\"“]*([A-Z][A-Z.'’-]*(?:[ ][A-Z][A-Z.'’-]*){0,3})(:)\s+(?=\S)")
LEAST_TURNS = 3
CONFIDENCE_PPM = 850_000


def turns(text: str, paragraphs: list[Paragraph]) -> list[Attribution]:
    """Return a statement for each turn of talk of a document, none where it is no transcript."""
    found = [(TURN.match(text, each.start, each.end), each) for each in paragraphs]
    opened = [(match, each) for match, each in found if match]
    if len(opened) < LEAST_TURNS:
        return []
    return [_turn(match, each) for match, each in opened]


def _turn(match: re.Match[str], paragraph: Paragraph) -> Attribution:
    content = Span(start=match.end(), end=paragraph.end)
    return Attribution(
        source=(Span(start=match.start(1), end=match.end(1)),),
        cue=(Span(start=match.start(2), end=match.end(2)),),
        content=(content,),
        cue_lemma=":",
        quote="direct",
        tense="past",
        sentence=Span(start=match.start(1), end=paragraph.end),
        confidence_ppm=CONFIDENCE_PPM,
        method="attribute.transcript/1",
    )
