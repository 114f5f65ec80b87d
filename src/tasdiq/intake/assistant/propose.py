"""From a model's answer to proposals: each span found in the document letter for letter, or dropped and counted.

The rules are those of the package; this module cites them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from tasdiq.intake.attribute.lexicon import nouns, verbs
from tasdiq.intake.language import load_language
from tasdiq.intake.languages import READ
from tasdiq.intake.languages.data import speech
from tasdiq.intake.languages.fold import folded
from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.statement import Act, Attribution, Statement

from .endpoint import Assistant, NoAnswer

CONFIDENCE = 150_000
"""A convention that says "look first"; always below what else was found in the document."""
TOGETHER = 6_000
"""Characters of paragraphs in one question."""
MOST_PROPOSED = 60
SHORTEST, LONGEST = 8, 2_000
NEAR = 300
SILENT = frozenset({"furniture", "dateline", "byline"})
_NEGATED = re.compile(r"(?i:\b(?:not|never|no|n['’]t|nor|without)(?:\s+\w+)?\s*)$")
_QUOTED = re.compile(r"^[\"“”«‹‘].*[\"“”»›’]$", re.DOTALL)


class _Item(msgspec.Struct, forbid_unknown_fields=True):
    source: str
    cue: str
    content: str


class _Items(msgspec.Struct, forbid_unknown_fields=True):
    statements: list[msgspec.Raw]


@dataclass(frozen=True)
class Proposal:
    """One proposal: an attribution of the document that `document` names, never resolved to an own voice."""

    document: str
    attribution: Attribution


@dataclass
class Counted:
    """What became of what was proposed, by reason; `failures` are questions without an answer that could be used."""

    proposed: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    def words(self) -> str:
        """Say it in one line."""
        told = [f"{self.proposed} proposed, {self.kept} kept"]
        told += [f"{number} {why}" for why, number in sorted(self.dropped.items())]
        told += [f"{number} questions failed: {why}" for why, number in sorted(self.failures.items())]
        return "; ".join(told)


def propose(
    assistant: Assistant, document: Document, text: str, found: Sequence[Statement], counted: Counted
) -> Iterator[Proposal]:
    """Yield what the model proposes about one document beyond what the rules `found`; what is dropped is `counted`."""
    spoken = [each for each in found if not each.narrated]
    taken = [span for each in spoken for span in each.content]
    sure = min([CONFIDENCE, *(max(each.confidence_ppm - 1, 0) for each in spoken)])
    for some in _questions(document, text):
        if assistant.given_up:
            return
        try:
            answer = assistant.ask([text[each.start : each.end] for each in some])
        except NoAnswer as why:
            counted.failures[str(why)] += 1
            continue
        for item in _items(answer, counted):
            counted.proposed += 1
            placed = _placed(item, document, text, some, taken)
            if isinstance(placed, str):
                counted.dropped[placed] += 1
                continue
            counted.kept += 1
            taken.extend(placed.content)
            method = f"assistant {assistant.model} ({assistant.version})"
            yield Proposal(document.id, msgspec.structs.replace(placed, method=method, confidence_ppm=sure))


def _questions(document: Document, text: str) -> Iterator[list[Paragraph]]:
    some: list[Paragraph] = []
    size = 0
    for paragraph in document.paragraphs:
        length = paragraph.end - paragraph.start
        if paragraph.kind in SILENT or length < SHORTEST or length > TOGETHER:
            continue
        if some and size + length > TOGETHER:
            yield some
            some, size = [], 0
        some.append(paragraph)
        size += length
    if some:
        yield some


def _items(answer: str, counted: Counted) -> Iterator[_Item]:
    """Yield the items of an answer that have the form asked for, and nothing beside it."""
    try:
        listed = msgspec.json.decode(answer.encode("utf-8", "replace"), type=_Items).statements
    except (msgspec.MsgspecError, RecursionError, ValueError):
        counted.failures["an answer that is not the JSON asked for"] += 1
        return
    for number, raw in enumerate(listed):
        try:
            item = msgspec.json.decode(raw, type=_Item)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            item = None
        if item is None or number >= MOST_PROPOSED:
            counted.proposed += 1
            counted.dropped["not of the form asked for" if item is None else "beyond what one answer may propose"] += 1
        else:
            yield item


def _placed(
    item: _Item, document: Document, text: str, some: Sequence[Paragraph], taken: Sequence[Span]
) -> Attribution | str:
    """Return the attribution an item stands for in the text, or why it is dropped (rule 2)."""
    if not (SHORTEST <= len(item.content) <= LONGEST and 0 < len(item.cue) <= 80 and 0 < len(item.source) <= 200):
        return "too short or too long"
    places = [
        (source, cue, content)
        for paragraph in some
        for content in _all(text, item.content, paragraph)
        for cue in _near(text, item.cue, paragraph, content)
        for source in _near(text, item.source, paragraph, cue)
        if not (_overlap(source, cue) or _overlap(source, content) or _overlap(cue, content))
    ]
    if not places:
        return "not in the text, or not together"
    if len({content.start for _, _, content in places}) > 1:
        return "in several places"
    source, cue, content = places[0]
    if any(_overlap(content, each) for each in taken):
        return "found by the rules already"
    act = _act_of(item.cue, document.language)
    if act is None or _NEGATED.search(text[max(0, cue.start - 30) : cue.start]):
        return "negated, or by no word of saying that the rules know"
    quote = "direct" if _QUOTED.match(text[content.start : content.end].strip(" ,.،")) else "indirect"
    return Attribution(
        source=(source,), cue=(cue,), content=(content,), act=act, quote=quote,  # type: ignore[arg-type]
    )  # fmt: skip


def _all(text: str, words: str, paragraph: Paragraph) -> Iterator[Span]:
    at = text.find(words, paragraph.start, paragraph.end)
    while at >= 0:
        if _whole(text, at, at + len(words)):
            yield Span(start=at, end=at + len(words))
        at = text.find(words, at + 1, paragraph.end)


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a range cuts no word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _near(text: str, words: str, paragraph: Paragraph, beside: Span) -> list[Span]:
    """Return the place of words nearest to others, if it is near enough."""
    found = sorted(_all(text, words, paragraph), key=lambda span: _apart(span, beside))
    return [span for span in found[:3] if _apart(span, beside) <= NEAR and not _overlap(span, beside)][:1]


def _apart(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _act_of(cue: str, language: str) -> Act | None:
    """Return the act a cue performs by the rules' own lists, None if it is on none of them."""
    if language in READ:
        rules = speech(language)
        return rules.acts.get(folded(cue, turkish=rules.turkish))
    if language not in ("", "en"):
        return None
    known = [verbs().get(word.lemma_.lower()) or nouns().get(word.lemma_.lower()) for word in load_language()(cue)]
    acts = {each.act for each in known if each is not None}
    return acts.pop() if len(acts) == 1 else None
