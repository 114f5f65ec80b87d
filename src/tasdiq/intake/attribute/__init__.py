"""The statement finder: attributed speech acts as raw spans, before anybody is resolved (DESIGN, section 2, "statement").

Decides what was said and in whose words it stands: source, cue and content with offsets into the file's text. A parse and a
lexicon of cue words carry it: `names` and `neutral` hide whose names they are, `stretch` prepares what the parser reads,
`verbs` and `nouns` draft statements, `settle` turns drafts into attributions, `surety` says how sure they are. Who a source
is, and in whose telling, is left to `intake.speakers`.

Rules
1. Title, summary, bullets and body count alike; furniture does not.
2. A post is itself a statement by its author.
3. Names and dates are read as neutral words: other names of the same kind in their place give the same statements.
4. The same text gives the same attributions; no text raises; long paragraphs are cut, so time stays in proportion to length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from spacy.tokens import Doc

from tasdiq.intake.language import load_language
from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.statement import Attribution

from .case import has_bullet, skip_lead
from .gather import Gathering
from .joined import Page, join, quotations
from .names import spellings
from .neutral import NeutralText, neutralise
from .nouns import noun_drafts
from .settle import add_held, put_in_order, to_attribution
from .sharing import separate
from .silence import silences
from .stretch import Stretch, cut, read
from .surety import rated
from .tagger import Model, load_model, tag
from .transcript import turns
from .verbs import verb_drafts

__all__ = ["attribute", "find_statements"]

BATCH = 64
OPENING = 15
BRIEF = frozenset({"title", "heading", "summary", "bullet"})
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
    model = load_model()
    ruled, sentences = _by_rules(text, neutral, document, known)
    found = _joined(model, neutral, document, ruled, sentences) if model else ruled
    found = [neutral.restore(each) for each in found]
    if document.kind == "post":
        found.extend(_post(text, document))
    talk = turns(text, _paragraphs(document))
    return put_in_order([*talk, *found, *silences(text, _paragraphs(document), found)])


def _joined(
    model: Model, neutral: NeutralText, document: Document, ruled: Sequence[Attribution], sentences: Sequence[Span]
) -> list[Attribution]:
    paragraphs = [
        Span(start=neutral.from_file(each.start), end=neutral.from_file(each.end)) for each in _paragraphs(document)
    ]
    page = Page(neutral.text, quotations(neutral.text, paragraphs), tuple(sentences))
    return join(page, tag(model, neutral.text, paragraphs), ruled)


def _by_rules(
    text: str, neutral: NeutralText, document: Document, known: Set[str]
) -> tuple[list[Attribution], list[Span]]:
    """Return what the rules find, and the sentences of what they read; offsets of the neutral text."""
    gathering, sentences = Gathering(neutral.text), []
    for doc, stretch in _parse(_stretches(text, neutral, document, known)):
        if stretch.within is None:
            sentences += [stretch.to_file(each.start_char, each.end_char) for each in doc.sents]
        drafts = verb_drafts(doc)
        drafts += noun_drafts(doc, {number for draft in drafts for number in draft.cue})
        separate(drafts)
        left = add_held(drafts, doc, stretch)
        gathering.add(
            [to_attribution(draft, doc, stretch) for draft in drafts if draft.content or draft.rule == "announced"],
            left,
            stretch,
        )
    return gathering.found, sentences


def _paragraphs(document: Document) -> list[Paragraph]:
    return [each for each in document.paragraphs if each.kind not in SILENT and each.start < each.end]


def _stretches(text: str, neutral: NeutralText, document: Document, known: Set[str]) -> Iterator[Stretch]:
    bodies = 0
    for number, paragraph in enumerate(_paragraphs(document)):
        bodies += paragraph.kind == "body"
        begin = neutral.from_file(skip_lead(text, paragraph.start, paragraph.end, first=bodies <= OPENING))
        brief = paragraph.kind in BRIEF or has_bullet(text, paragraph.start, paragraph.end)
        for start, end in cut(neutral.text, begin, neutral.from_file(paragraph.end)):
            yield from read(neutral.text, start, end, number, known, brief=brief)


def _parse(stretches: Iterable[Stretch]) -> Iterator[tuple[Doc, Stretch]]:
    texts: Iterable[tuple[str, Stretch]] = ((each.text, each) for each in stretches)
    yield from load_language().pipe(texts, as_tuples=True, batch_size=BATCH)


def _post(text: str, document: Document) -> Iterator[Attribution]:
    body = [Span(start=each.start, end=each.end) for each in _paragraphs(document)]
    if not body:
        return
    place = text.find(document.author, document.start, document.end) if document.author else -1
    source = (Span(start=place, end=place + len(document.author or "")),) if place >= 0 else ()
    yield Attribution(
        source=source, content=tuple(body), quote="direct", confidence_ppm=900_000, method="attribute.post/1"
    )
