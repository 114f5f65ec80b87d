"""What the tagger and the rules find, joined: the tagger cuts the spans, the rules say what is done with them.

The tagger knows where words of a statement begin and end better than the rules do; the rules know acts, tenses and statements
inside statements, for the corpus the tagger learned from labels a word once. Figures: docs/design/tagger.md.

Rules
1. A tagged statement stands as tagged. Where a rule found the same cue it gives act, lemma, negation, voice, tense, manner and
   sentence; else they are read from the cue's words (`worded`).
2. A statement by rule whose cue a tagged statement has is that one. One inside the content of a tagged statement stays, its
   content cut to it.
3. Any other statement by rule stays where its kind is sure enough by itself (`LEAST_ALONE_PPM`).
4. Content that reaches a quotation mark takes it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution, Quote

from .surety import surety_ppm
from .tagger import VERSION, Tagged
from .worded import worded

LEAST_ALONE_PPM = 800_000
AGREED, OTHERWISE, ALONE = "agreed", "otherwise", "alone"
MARK_REACH = 3


@dataclass(frozen=True)
class Page:
    """What is known of a document's neutral text: quotations and sentences, each in text order."""

    text: str
    quotations: tuple[Span, ...]
    sentences: tuple[Span, ...]

    def sentence(self, place: int) -> Span | None:
        """Return the sentence that holds a place."""
        return next((each for each in self.sentences if each.start <= place < each.end), None)


def join(page: Page, tagged: Sequence[Tagged], ruled: Sequence[Attribution]) -> list[Attribution]:
    """Return the statements of one document; offsets of its neutral text (rules 1 to 3)."""
    made = [_from_tagged(page, each, _same_cue(each, ruled)) for each in tagged]
    left = [each for each in ruled if not any(_overlap(each.cue, (one.cue,)) for one in tagged)]
    return [*made, *(kept for each in left if (kept := _kept(each, made)) is not None)]


def _from_tagged(page: Page, each: Tagged, ruled: Attribution | None) -> Attribution:
    content = tuple(_with_marks(page, piece) for piece in each.content)
    made = Attribution(
        source=(each.source,) if each.source else (),
        cue=(each.cue,),
        content=content,
        quote=_quote(page, content),
        confidence_ppm=each.sure_ppm,
    )
    if ruled is None:
        return _worded(page, made)
    same = _overlap(made.content, ruled.content) * 2 >= max(_length(made.content), _length(ruled.content))
    return replace(
        made,
        cue_lemma=ruled.cue_lemma,
        act=ruled.act,
        negated=ruled.negated,
        passive=ruled.passive,
        tense=ruled.tense,
        manner=ruled.manner,
        sentence=ruled.sentence,
        method=f"{VERSION} {AGREED if same else OTHERWISE}",
    )


def _worded(page: Page, made: Attribution) -> Attribution:
    cue = made.cue[0]
    after = next((piece for piece in made.content if piece.start >= cue.end), None)
    read = worded(page.text[cue.start : cue.end], page.text[after.start : after.end] if after else "")
    return replace(
        made,
        cue_lemma=read.lemma,
        act=read.act,
        negated=read.negated,
        passive=read.passive,
        tense=read.tense,
        manner=read.manner,
        sentence=page.sentence(cue.start),
        method=f"{VERSION} {ALONE}",
    )


def _same_cue(each: Tagged, ruled: Sequence[Attribution]) -> Attribution | None:
    """Return the statement by rule whose cue, and then content, overlaps the tagged one's most."""
    fitting = [one for one in ruled if _overlap(one.cue, (each.cue,))]
    return max(fitting, key=lambda one: _overlap(one.content, each.content), default=None)


def _kept(each: Attribution, made: Sequence[Attribution]) -> Attribution | None:
    """Rules 2 and 3."""
    place = each.cue[0].start
    around = next((one for one in made if any(piece.start <= place < piece.end for piece in one.content)), None)
    if around is None:
        return each if surety_ppm(each) >= LEAST_ALONE_PPM else None
    content = tuple(
        Span(start=max(piece.start, outer.start), end=min(piece.end, outer.end))
        for piece in each.content
        for outer in around.content
        if piece.start < outer.end and outer.start < piece.end
    )
    return replace(each, content=content) if content else None


def _with_marks(page: Page, piece: Span) -> Span:
    """Rule 4."""
    start, end = piece.start, piece.end
    for each in page.quotations:
        if each.start < start <= each.start + MARK_REACH and _is_bare(page.text[each.start : start]):
            start = each.start
        if end < each.end <= end + MARK_REACH and _is_bare(page.text[end : each.end]):
            end = each.end
    return Span(start=start, end=end)


def _is_bare(words: str) -> bool:
    return not any(map(str.isalnum, words))


def _quote(page: Page, content: Sequence[Span]) -> Quote:
    """Return direct where all words stand between marks, mixed where some do, else indirect."""
    words = sum(_letters(page.text, piece) for piece in content)
    inside = sum(_letters(page.text, both) for both in _common(content, page.quotations))
    if not inside:
        return "indirect"
    return "direct" if inside >= words else "mixed"


def _letters(text: str, span: Span) -> int:
    return sum(map(str.isalnum, text[span.start : span.end]))


def _common(some: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    return [
        Span(start=max(one.start, other.start), end=min(one.end, other.end))
        for one in some
        for other in others
        if one.start < other.end and other.start < one.end
    ]


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> int:
    return _length(_common(some, others))


def _length(pieces: Iterable[Span]) -> int:
    return sum(piece.end - piece.start for piece in pieces)
