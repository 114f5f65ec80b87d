"""Statements by rules over a parse: what is read of each paragraph, drafted and settled; offsets of the neutral text.

`stretch` prepares what the parser reads, `verbs` and `nouns` draft statements, `settle` turns drafts into attributions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from spacy.tokens import Doc

from tasdiq.intake.language import load_language
from tasdiq.model.document import Paragraph, Span
from tasdiq.model.statement import Attribution

from .case import has_bullet, skip_lead
from .gather import Gathering
from .neutral import NeutralText
from .nouns import noun_drafts
from .settle import add_held, to_attribution
from .sharing import separate
from .stretch import Stretch, cut, read
from .verbs import verb_drafts

BATCH = 64
OPENING = 15
BRIEF = frozenset({"title", "heading", "summary", "bullet"})


def find_by_rules(
    text: str, neutral: NeutralText, paragraphs: Sequence[Paragraph], known: Set[str], wanted: Callable[[int], bool]
) -> tuple[list[Attribution], list[Span]]:
    """Return the statements of the paragraphs whose number is wanted, and the sentences the parser read there.

    `known` are the words the file writes in lower case.
    """
    gathering, sentences = Gathering(neutral.text), []
    stretches = (each for each in _stretches(text, neutral, paragraphs, known) if wanted(each.paragraph))
    for doc, stretch in _parse(stretches):
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


def is_brief(text: str, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a title, heading, summary or bullet."""
    return paragraph.kind in BRIEF or has_bullet(text, paragraph.start, paragraph.end)


def _stretches(text: str, neutral: NeutralText, paragraphs: Iterable[Paragraph], known: Set[str]) -> Iterator[Stretch]:
    bodies = 0
    for number, paragraph in enumerate(paragraphs):
        bodies += paragraph.kind == "body"
        begin = neutral.from_file(skip_lead(text, paragraph.start, paragraph.end, first=bodies <= OPENING))
        brief = is_brief(text, paragraph)
        for start, end in cut(neutral.text, begin, neutral.from_file(paragraph.end)):
            yield from read(neutral.text, start, end, number, known, brief=brief)


def _parse(stretches: Iterable[Stretch]) -> Iterator[tuple[Doc, Stretch]]:
    texts: Iterable[tuple[str, Stretch]] = ((each.text, each) for each in stretches)
    yield from load_language().pipe(texts, as_tuples=True, batch_size=BATCH)
