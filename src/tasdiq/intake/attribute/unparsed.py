"""Where the tagger suffices, so that no parse is needed; and the sentences of what is not parsed.

Rules
1. A paragraph is parsed where a word of saying stands in it that no tagged cue covers: it may be a statement inside another,
   or one the tagger does not know. Verbs count from `LEAST_STRONG` on; nouns of saying, and forms that are nouns as often
   ("state", "questions"), before what they can hold.
2. It is parsed where the act of a tagged cue depends on its construction, where it is negated or passive, credits somebody with
   words, names a thing, or has a relative word for its content.
3. Without a parse a sentence ends at its mark; the marks inside a quotation end none, its own last one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasdiq.model.document import Span

from .lexicon import nouns, verbs
from .nouns import HEARSAY
from .source import CONDUITS, RELATIVE
from .tagger import Tagged
from .verbs import CREDITING
from .worded import NAMING, lemmas, worded

WORD = re.compile(r"[^\W\d_]{3,}")
HOLDING = re.compile(r"\s(?:that|of|by|for|to|from)\b")
END = re.compile(r"[.?!…]+[\"”’')]*(?:\s+|$)")
LEAST_STRONG = 60
CORE = frozenset({"say", "claim", "demand", "offer"})
FRAMES = ("clause", "bare", "of")


def needs_parse(text: str, paragraph: Span, tagged: Sequence[Tagged]) -> bool:
    """Tell whether a paragraph of the neutral text has to be parsed (rules 1 and 2); `tagged` are those of the document."""
    own = [each for each in tagged if paragraph.start <= each.cue.start < paragraph.end]
    return any(_is_unclear(text, each) for each in own) or any(
        not any(each.cue.start < end and start < each.cue.end for each in own)
        for start, end in _words_of_saying(text, paragraph)
    )


def _is_unclear(text: str, each: Tagged) -> bool:
    """Rule 2."""
    read = worded(text[each.cue.start : each.cue.end], "")
    known = verbs().get(read.lemma)
    content = {text[piece.start : piece.end].lower() for piece in each.content}
    return (
        (read.negated or read.passive)
        or (known is not None and bool(known.acts))
        or read.lemma in CREDITING | CONDUITS | NAMING
        or content <= RELATIVE
    )


def _words_of_saying(text: str, paragraph: Span) -> Iterator[tuple[int, int]]:
    for word in WORD.finditer(text, paragraph.start, paragraph.end):
        strength = _strength(word.group().lower())
        if strength == "verb" or (strength == "noun" and HOLDING.match(text, word.end(), paragraph.end)):
            yield word.span()


@cache
def _strength(word: str) -> str:
    forms = lemmas(word, "verb")
    strong = any(each in verbs() and verbs()[each].weight(*FRAMES) >= LEAST_STRONG for each in forms)
    if strong or word in HEARSAY or not (CREDITING | CONDUITS).isdisjoint(forms):
        return "noun" if _is_noun_as_often(word, forms) else "verb"
    return "noun" if any(each in nouns() for each in lemmas(word, "noun")) else ""


def _is_noun_as_often(word: str, forms: tuple[str, ...]) -> bool:
    present = word in forms or word.endswith("s")
    return present and bool(lemmas(word, "noun")) and CORE.isdisjoint(forms)


def sentences(text: str, paragraph: Span, quotations: Sequence[Span]) -> list[Span]:
    """Return the sentences of a paragraph, in order and without gaps (rule 3)."""
    found: list[Span] = []
    start = paragraph.start
    for mark in END.finditer(text, paragraph.start, paragraph.end):
        if not any(each.start < mark.start() and mark.end() < each.end for each in quotations):
            found.append(Span(start=start, end=mark.end()))
            start = mark.end()
    return [*found, Span(start=start, end=paragraph.end)] if start < paragraph.end else found
