"""What the tagger and the rules find, joined: the tagger cuts the spans, the rules say what is done with them.

The tagger knows where words of a statement begin and end better than the rules do; the rules know acts, tenses and statements
inside statements, for the corpus the tagger learned from labels a word once. Figures: docs/design/tagger.md.

Rules
1. A tagged statement stands as tagged. Where a rule found the same cue it gives act, lemma, negation, voice, tense, manner and
   sentence; else they are read from the cue's words (`worded`).
2. A statement by rule whose cue a tagged statement has is that one. One inside the content of a tagged statement stays, its
   content cut to it; but where the rules have it beside the tagged one, from the same source, the content ends before it.
3. What a speaker thinks or feels inside the own speech ("I think", "we hope") is no statement told in it: an assertion inside
   another statement needs a verb of saying (`LEAST_TOLD_PPM`) and somebody else who says it.
4. Any other statement by rule stays where its kind is sure enough by itself (`LEAST_ALONE_PPM`, for acts `LEAST_ACT_PPM`), a
   noun of saying where it has a source and the surest construction.
5. Who a statement is credited to, hearsay, answers not given, and denials in passing with what they deny, rules know better
   than the tagger (`RULES_FIRST`); so the source of a passive where the tagger's holds it, the source where the tagger has
   none, that of what else somebody is quoted as saying, and what a relative word stands for.
6. In titles, headings, summaries and bullets what rules find goes before what the tagger finds: the corpus has hardly any.
7. A name for a thing ("also termed …", "known as …") that nobody is said to give, or that rules read inside another
   statement, is no statement of its own; the one around it is whole.
8. Content that reaches a quotation mark takes it in. A piece beyond words of the narrator is not the speaker's; a quotation that
   the rules give to the statement, and that no other has, is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from msgspec.structs import replace

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution, Quote

from .source import RELATIVE
from .surety import rule_of, surety_ppm
from .tagger import VERSION, Tagged
from .worded import NAMING, worded

LEAST_ALONE_PPM = 700_000
LEAST_ACT_PPM = 620_000
LEAST_NOUN_PPM = 900_000
LEAST_TOLD_PPM = 700_000
SELF = frozenset({"i", "me", "my", "you", "your"})
PASSING = "passing"
RULES_FIRST = frozenset({"credited", "quoted", "hearsay", "unanswered", PASSING})
AGREED, OTHERWISE, ALONE = "agreed", "otherwise", "alone"
MARK_REACH = 3


@dataclass(frozen=True)
class Page:
    """What is known of a document's neutral text: quotations, sentences and brief paragraphs, each in text order."""

    text: str
    quotations: tuple[Span, ...]
    sentences: tuple[Span, ...]
    brief: tuple[Span, ...] = ()

    def sentence(self, place: int) -> Span | None:
        """Return the sentence that holds a place."""
        return next((each for each in self.sentences if each.start <= place < each.end), None)

    def is_brief(self, place: int) -> bool:
        """Tell whether a place lies in a title, heading, summary or bullet."""
        return any(each.start <= place < each.end for each in self.brief)


def join(page: Page, tagged: Sequence[Tagged], ruled: Sequence[Attribution]) -> list[Attribution]:
    """Return the statements of one document; offsets of its neutral text (rules 1 to 7)."""
    taken = [each for each in page.brief if any(each.start <= one.cue[0].start < each.end for one in ruled)]
    tagged = [one for one in tagged if not any(each.start <= one.cue.start < each.end for each in taken)]
    naming = [each for each in tagged if _is_naming(page, each, ruled)]
    tagged = [each for each in tagged if each not in naming]
    quoted = {one.source for one in ruled if rule_of(one) == "quoted"}
    whole = [*(one.content for one in ruled if rule_of(one) == PASSING), *((one.cue,) for one in naming)]
    same = [_same_cue(each, ruled) for each in tagged]
    made = [_from_tagged(page, each, one, whole, quoted) for each, one in zip(tagged, same, strict=True)]
    made = [_with_quotations(page, each, one, made) if one else each for each, one in zip(made, same, strict=True)]
    made = [_before_next(each, one, ruled) if one else each for each, one in zip(made, same, strict=True)]
    left = [each for each in ruled if not any(_overlap(each.cue, (one.cue,)) for one in tagged)]
    return [*made, *(kept for each in left if (kept := _kept(page, each, made)) is not None)]


def _from_tagged(
    page: Page,
    each: Tagged,
    ruled: Attribution | None,
    whole: Sequence[Sequence[Span]],
    quoted: Set[tuple[Span, ...]],
) -> Attribution:
    content = _adjoining(page, each.cue, [_with_marks(page, piece) for piece in each.content])
    made = Attribution(
        source=(each.source,) if each.source else (),
        cue=(each.cue,),
        content=content,
        quote=_quote(page, content),
        confidence_ppm=each.sure_ppm,
    )
    if ruled is None:
        return _worded(page, made)
    if rule_of(ruled) in RULES_FIRST or any(_overlap(pieces, ruled.content) for pieces in whole):
        return ruled
    if all(page.text[piece.start : piece.end].lower() in RELATIVE for piece in content):
        return ruled
    same = _overlap(content, ruled.content) * 2 >= max(_length(content), _length(ruled.content))
    shorter = ruled.passive and ruled.source and _overlap(ruled.source, made.source) == _length(ruled.source)
    return replace(
        made,
        source=ruled.source if shorter or ruled.source in quoted or not made.source else made.source,
        cue_lemma=ruled.cue_lemma,
        act=ruled.act,
        negated=ruled.negated,
        passive=ruled.passive,
        tense=ruled.tense,
        manner=ruled.manner,
        sentence=ruled.sentence,
        method=f"{VERSION} {AGREED if same else OTHERWISE}",
    )


def _is_naming(page: Page, each: Tagged, ruled: Sequence[Attribution]) -> bool:
    """Rule 7."""
    if worded(page.text[each.cue.start : each.cue.end], "").lemma not in NAMING:
        return False
    return each.source is None or any(_overlap((each.cue,), one.content) for one in ruled)


def _with_quotations(page: Page, each: Attribution, ruled: Attribution, made: Sequence[Attribution]) -> Attribution:
    """Return a statement with the whole quotations that the rule gives it and that no statement has (rule 8)."""
    free = [
        piece
        for piece in ruled.content
        if _overlap([piece], page.quotations) == piece.end - piece.start
        and not any(_overlap([piece], (*one.source, *one.cue, *one.content)) for one in made)
    ]
    content = tuple(sorted((*each.content, *free), key=lambda piece: piece.start))
    return replace(each, content=content, quote=_quote(page, content)) if free else each


def _before_next(each: Attribution, ruled: Attribution, others: Sequence[Attribution]) -> Attribution:
    """Return a statement whose content ends before what its source says next ("… that it was ready but criticized …", rule 2)."""
    for other in others:
        beside = other.source == ruled.source and other.cue[0].start > ruled.cue[0].end and bool(other.source)
        if beside and _overlap(other.cue, each.content) and not _overlap(other.cue, ruled.content):
            return replace(each, content=ruled.content, quote=ruled.quote)
    return each


def _adjoining(page: Page, cue: Span, content: Sequence[Span]) -> tuple[Span, ...]:
    """Return the pieces between which and the cue's sentence no words stand but other pieces (rule 8)."""
    own = page.sentence(cue.start) or cue
    start, end = min(own.start, cue.start), max(own.end, cue.end)
    kept: list[Span] = []
    for piece in sorted(content, key=lambda each: max(start - each.end, each.start - end)):
        if _is_bare(page.text[piece.end : start]) and _is_bare(page.text[end : piece.start]):
            start, end = min(start, piece.start), max(end, piece.end)
            kept.append(piece)
    return tuple(sorted(kept or content, key=lambda each: each.start))


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


def _kept(page: Page, each: Attribution, made: Sequence[Attribution]) -> Attribution | None:
    """Rules 2 to 6."""
    place = each.cue[0].start
    if page.is_brief(place):
        return each
    around = next((one for one in made if any(piece.start <= place < piece.end for piece in one.content)), None)
    if around is None:
        return each if _is_sure(each) else None
    content = tuple(_common(each.content, around.content))
    return replace(each, content=content) if content and _is_told(page.text, each) else None


def _is_sure(each: Attribution) -> bool:
    """Rule 4."""
    if rule_of(each) == "noun":
        return bool(each.source) and each.confidence_ppm >= LEAST_NOUN_PPM
    least = LEAST_ALONE_PPM if each.act == "asserts" else LEAST_ACT_PPM
    return rule_of(each) in RULES_FIRST or surety_ppm(each) >= least


def _is_told(text: str, each: Attribution) -> bool:
    """Rule 3."""
    words = " ".join(text[span.start : span.end] for span in each.source).lower().split()
    if words and words[0] in SELF:
        return False
    return each.act != "asserts" or each.confidence_ppm >= LEAST_TOLD_PPM or rule_of(each) == "noun"


def _with_marks(page: Page, piece: Span) -> Span:
    """Rule 8."""
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
