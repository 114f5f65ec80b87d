"""What the outlet tells in its own words: every sentence, or part of one, that no attributed speech holds.

A narrator's claim must be able to stand beside the parties' positions, always marked as told by a third.

Rules
1. Titles and headings are not narration; summaries, bullets, body and captions are.
2. A sentence without any attributed speech is one narrated statement. What "both sides" agreed, refused or welcomed together is
   the narrator's telling too: nobody is quoted, unless their joint paper says it.
3. Of a sentence with attributed speech, what is left is narration if it has at least six words in a row and a verb form, and does
   not merely name the channel ("In a statement issued on Sunday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasdiq.intake.actors import Directory
from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Hand, Statement

METHOD = "intake.narration/1"
TOLD = frozenset({"summary", "body", "bullet", "quote"})
LEAST_WORDS, LEAST_REST = 4, 6
SHARED = frozenset({"commits", "refuses", "acknowledges", "welcomes"})
FAR = 40
"""Code points between a subject and its cue beyond which another verb stands between them."""
_LEADING = re.compile(r"^[\s,;:–—-]*(?:(?:and|but) )?")
_TRAILING = re.compile(
    r"[\s,;:–—-]*(?:\b(?:while|after|where|when|as|and|but|which|that|before|until|because|with))?[\s,;:–—-]*$"
)
_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[—–-]*[^\W\d_a-z]|\s+\d|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Sgt|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|vs|approx|Rev|Sen)"
    r"|\b[A-Z](?:\.[A-Z])*|\b[ap]\.m)\.$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|\w{3,}ed|took|comes|says|remains|began|broke|met|fell|rose|held|led|came)\b"
)
_CHANNEL = re.compile(
    r"^(?i:(?:in|at|during|writing|speaking|responding|according|amid|earlier|separately|meanwhile|however|on) ?[^,]*,?$)"
)


def narrate(document: Document, text: str, statements: Sequence[Statement], directory: Directory) -> list[Statement]:
    """Return the outlet's own sentences as narrated statements `<document id>.n<n>`, in text order."""
    outlet = directory.outlets.get(document.id)
    covered = [span for each in statements if not _is_told_of_both(each) for span in _covers(each)]
    found: list[Statement] = []
    for sentence in _sentences(document, text):
        pieces = _left(sentence, covered, text)
        if pieces:
            found.append(
                Statement(
                    id=f"{document.id}.n{len(found) + 1}",
                    document=document.id,
                    source=(),
                    cue=(),
                    content=tuple(pieces),
                    act="asserts",
                    quote="indirect",
                    speaker=outlet,
                    teller="third",
                    told_by=outlet,
                    chain=(Hand(who=document.outlet or "unnamed outlet", how="told", actor=outlet),),
                    narrated=True,
                    sentence=sentence,
                    confidence_ppm=800_000,
                    method=METHOD,
                )
            )
    return found


def _is_told_of_both(statement: Statement) -> bool:
    """Rule 2."""
    nobodys = statement.speaker is None or bool(statement.parties)
    return nobodys and statement.act in SHARED and statement.teller != "own"


def _covers(statement: Statement) -> tuple[Span, ...]:
    """Return what a statement takes of its sentence; a subject far before its cue has a verb of its own there."""
    source, cue = statement.source, statement.cue
    near = bool(source and cue) and max(cue[0].start - source[-1].end, source[0].start - cue[-1].end) < FAR
    return (*(source if near or not cue else ()), *cue, *statement.content)


def _sentences(document: Document, text: str) -> Iterator[Span]:
    for paragraph in document.paragraphs:
        if paragraph.kind in TOLD:
            yield from split_sentences(text, paragraph.start, paragraph.end)


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of `text[start:end]`; abbreviations and initials do not end one."""
    begin = start
    for match in _END.finditer(text, start, end):
        if match[0].startswith(".") and _ABBREVIATION.search(text, begin, match.start() + 1):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start=start, end=end)


def _left(sentence: Span, covered: Sequence[Span], text: str) -> list[Span]:
    """Return the stretches of a sentence that no speech covers and that tell something (rules 2, 3)."""
    inside = sorted(
        (max(span.start, sentence.start), min(span.end, sentence.end))
        for span in covered
        if span.start < sentence.end and span.end > sentence.start
    )
    if not inside:
        words = text[sentence.start : sentence.end].split()
        return [sentence] if len(words) >= LEAST_WORDS else []
    gaps: list[Span] = []
    place = sentence.start
    for start, end in [*inside, (sentence.end, sentence.end)]:
        if start > place:
            gaps.extend(_trimmed(text, place, start))
        place = max(place, end)
    tidied = (_tidied(gap, text) for gap in gaps)
    return [gap for gap in tidied if _tells(text[gap.start : gap.end])]


def _tidied(gap: Span, text: str) -> Span:
    """Return a stretch without the punctuation and joining words at its ends."""
    words = text[gap.start : gap.end]
    lead, trail = _LEADING.match(words), _TRAILING.search(words)
    start, end = lead.end() if lead else 0, trail.start() if trail else len(words)
    return Span(start=gap.start + start, end=gap.start + max(start, end))


def _tells(words: str) -> bool:
    bare = words.strip(' ,.;:—–-"“”')
    return len(bare.split()) >= LEAST_REST and bool(_VERB.search(bare)) and not _CHANNEL.match(bare)
