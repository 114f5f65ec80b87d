"""The statement finder: attributed speech acts as raw spans, before anybody is resolved (DESIGN, section 2, "statement").

Decides what was said and in whose words it stands: source, cue and content with offsets into the file's text. `names` and
`neutral` hide whose names they are; `tagger` finds the spans of statements, `by_rules` what a parse and a lexicon of cue words
show, `joined` makes one of both, `surety` says how sure it is. Without the tagger's file the rules do it alone. Who a source
is, and in whose telling, is left to `intake.speakers`.

Rules
1. Title, summary, bullets and body count alike; furniture does not.
2. A post is itself a statement by its author.
3. Names and dates are read as neutral words: other names of the same kind in their place give the same statements.
4. The same text gives the same attributions; no text raises; long paragraphs are cut, so time stays in proportion to length.
5. Only paragraphs for which the tagger does not suffice are parsed (`unparsed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.statement import Attribution

from .by_rules import find_by_rules, is_brief
from .joined import ALONE, Page, join
from .marks import find_quotations
from .names import spellings
from .neutral import NeutralText, neutralise
from .settle import put_in_order
from .silence import silences
from .surety import rated
from .tagger import Model, load_model, tag
from .transcript import turns
from .unparsed import needs_parse, sentences

__all__ = ["attribute", "find_statements"]

ANSWERS = frozenset({"gives-no-reply", "refuses"})
SILENT = frozenset({"furniture", "dateline", "byline"})


def attribute(text: str, documents: Sequence[Document]) -> dict[str, list[Attribution]]:
    """Return the attributions of each document of one file, by document id, in text order, offsets into `text`."""
    return {document: rated(found) for document, found in find_statements(text, documents).items()}


def find_statements(text: str, documents: Sequence[Document]) -> dict[str, list[Attribution]]:
    """Return the same as `attribute`, but as confidence the bare weight of the construction (for `benchmarks/surety.py`)."""
    spelt = spellings(text)
    neutral = neutralise(text, (each for document in documents for each in _paragraphs(document)), spelt)
    return {document.id: _document(text, neutral, document, spelt.lower) for document in documents}


def _document(text: str, neutral: NeutralText, document: Document, known: Set[str]) -> list[Attribution]:
    paragraphs, model = _paragraphs(document), load_model()
    if model is None:
        inside, _ = find_by_rules(text, neutral, paragraphs, known, lambda _: True)
    else:
        inside = _by_both(text, neutral, paragraphs, known, model)
    found = [neutral.restore(each) for each in inside]
    if document.kind == "post":
        found.extend(_post(text, document))
    fixed = turns(text, paragraphs)
    answers = (each for each in found if each.act in ANSWERS and not each.method.endswith(ALONE))
    fixed += silences(text, paragraphs, [*fixed, *answers])
    return put_in_order([*fixed, *(each for each in found if not _has_cue_of(each, fixed))])


def _by_both(
    text: str, neutral: NeutralText, paragraphs: Sequence[Paragraph], known: Set[str], model: Model
) -> list[Attribution]:
    """Return what tagger and rules find together; offsets of the neutral text (rule 5)."""
    places = [Span(start=neutral.from_file(each.start), end=neutral.from_file(each.end)) for each in paragraphs]
    quoted = tuple(quotation for place in places for quotation in _quotations(neutral.text, place))
    tagged = tag(model, neutral.text, places)
    parsed = {
        number
        for number, (place, each) in enumerate(zip(places, paragraphs, strict=True))
        if is_brief(text, each) or needs_parse(neutral.text, place, tagged)
    }
    ruled, read = find_by_rules(text, neutral, paragraphs, known, parsed.__contains__)
    for number, place in enumerate(places):
        read += [] if number in parsed else sentences(neutral.text, place, quoted)
    brief = tuple(place for place, each in zip(places, paragraphs, strict=True) if is_brief(text, each))
    return join(Page(neutral.text, quoted, tuple(read), brief), tagged, ruled)


def _has_cue_of(each: Attribution, others: Sequence[Attribution]) -> bool:
    """Tell whether a statement is one of others, found again by another way."""
    cues = [span for other in others for span in other.cue]
    return any(one.start < cue.end and cue.start < one.end for one in each.cue for cue in cues)


def _quotations(text: str, place: Span) -> Iterator[Span]:
    for each in find_quotations(text[place.start : place.end]):
        yield Span(start=place.start + each.start, end=place.start + each.end)


def _paragraphs(document: Document) -> list[Paragraph]:
    return [each for each in document.paragraphs if each.kind not in SILENT and each.start < each.end]


def _post(text: str, document: Document) -> Iterator[Attribution]:
    body = [Span(start=each.start, end=each.end) for each in _paragraphs(document)]
    if not body:
        return
    place = text.find(document.author, document.start, document.end) if document.author else -1
    source = (Span(start=place, end=place + len(document.author or "")),) if place >= 0 else ()
    yield Attribution(
        source=source, content=tuple(body), quote="direct", confidence_ppm=900_000, method="attribute.post/1"
    )
