"""From drafts to attributions: offsets, kind of quotation, quotations nobody claimed yet, order and nesting.

Rules
1. A whole quotation belongs to the draft whose content already touches it; else to the cue nearest to it in its sentence.
2. A quotation left over in the same paragraph continues the statement before it; a quotation that continues one left open in
   the paragraph before belongs to the same statement.
3. A statement is direct when all its content stands between marks, mixed when part of it does, else indirect.
4. Statements are in the order of their first word; `inside` is the smallest statement whose content holds cue and content.
"""

from __future__ import annotations

from msgspec.structs import replace
from spacy.tokens import Doc

from tasdiq.model.document import Span
from tasdiq.model.statement import Attribution, Quote

from .draft import Draft, runs
from .stretch import Stretch

METHOD = "attribute.rules/1"
PPM = 10_000


def to_attribution(draft: Draft, doc: Doc, stretch: Stretch) -> Attribution:
    """Turn a draft into an attribution with the file's offsets."""
    sentence = draft.head.sent
    content = _spans(doc, stretch, draft.content)
    return Attribution(
        source=_spans(doc, stretch, draft.source),
        cue=_spans(doc, stretch, draft.cue),
        content=content,
        cue_lemma=draft.lemma,
        act=draft.act,
        quote=_quote(draft, doc, stretch),
        negated=draft.negated,
        passive=draft.passive,
        tense="present" if any(each.start <= draft.head.idx < each.end for each in stretch.held) else draft.tense,
        manner=draft.manner,
        sentence=stretch.to_file(sentence.start_char, sentence.end_char),
        confidence_ppm=max(draft.weight, 5) * PPM,
        method=f"{METHOD} {draft.rule}",
    )


def _spans(doc: Doc, stretch: Stretch, numbers: set[int]) -> tuple[Span, ...]:
    ranges = [(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in runs(doc, numbers)]
    return tuple(stretch.to_file(*_closed(stretch.text, start, end)) for start, end in ranges)


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the mark or bracket that closes or opens what the range holds one half of."""
    words = text[start:end]
    if words.count('"') % 2:
        if text[start - 1 : start] == '"' and not words.startswith('"'):
            return start - 1, end
        close = next((place for place in range(end, min(end + 3, len(text))) if text[place] == '"'), None)
        return (start, close + 1) if close is not None else (start, end)
    if words.count("(") > words.count(")") and text[end : end + 1] == ")":
        return start, end + 1
    return start, end


def _quote(draft: Draft, doc: Doc, stretch: Stretch) -> Quote:
    words = [doc[i] for i in draft.content if not doc[i].is_punct and not doc[i].is_space]
    marked = [(held.start, held.end) for held in stretch.held if held.quotation] + list(stretch.quoted)
    inside = [any(start <= word.idx < end for start, end in marked) for word in words]
    if inside and all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def add_held(drafts: list[Draft], doc: Doc, stretch: Stretch) -> list[Span]:
    """Give each whole quotation to a draft (rule 1); return those that are left over."""
    left = []
    for held in (each for each in stretch.held if each.quotation):
        numbers = {word.i for word in doc if held.start <= word.idx < held.end}
        touching = [draft for draft in drafts if draft.content & numbers]
        if touching:
            for draft in touching:
                draft.content |= numbers
            continue
        left.append(held.file)
    return left


def put_in_order(found: list[Attribution]) -> list[Attribution]:
    """Sort by first word and set `inside` (rule 4)."""
    ordered = sorted(found, key=_place)
    holders = _holders(ordered)
    return [replace(each, inside=holders[n]) if n in holders else each for n, each in enumerate(ordered)]


def _place(each: Attribution) -> tuple[int, int, int]:
    spans = (*each.source, *each.cue, *each.content)
    return min(span.start for span in spans), each.cue[0].start if each.cue else 0, max(span.end for span in spans)


def _holders(ordered: list[Attribution]) -> dict[int, int]:
    """Return, for each nested statement, the number of the smallest one whose content holds it; one sweep in text order."""
    pieces = sorted((span.start, span.end, number) for number, each in enumerate(ordered) for span in each.content)
    held: dict[int, int] = {}
    cues = sorted((each.cue[0].start, number) for number, each in enumerate(ordered) if each.cue)
    active: list[tuple[int, int, int]] = []
    place = 0
    for start, number in cues:
        while place < len(pieces) and pieces[place][0] <= start:
            active.append(pieces[place])
            place += 1
        active = [piece for piece in active if piece[1] > start]
        fitting = [
            (_length(ordered[other]), other)
            for _, _, other in active
            if other != number and _holds(ordered[other], ordered[number])
        ]
        if fitting:
            held[number] = min(fitting)[1]
    return held


def _length(each: Attribution) -> int:
    return sum(span.end - span.start for span in each.content)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    if _length(outer) <= _length(inner):
        return False
    return all(any(p.start <= s.start and s.end <= p.end for p in outer.content) for s in (*inner.cue, *inner.content))
