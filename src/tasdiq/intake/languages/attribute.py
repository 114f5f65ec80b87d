"""Reported speech in a document of another language, by the frames of `<language>.toml`: source, cue and content as spans.

Rules
1. A sentence reports speech where a frame of its language fits it; the first frame that fits decides. What follows a quotation in
   its sentence is read for another.
2. Quoted words are direct speech; words after a particle ("کہ", "چې", "که", "إن") or a colon, to the end of the sentence, are
   indirect, and mixed where they hold a quotation. Quoted words nobody is reported to say are left for a person.
3. The source is what stands before its first adverb of time, place or occasion (in Urdu after the last of them, before its marker),
   without joining words before it. A pronoun, or nothing, is kept as such: `source` decides who is meant.
4. A negated verb of saying reports nothing.
5. In titles and headings "SOURCE: words" and "words: SOURCE" report speech where one side, and only one, names a speaker by office,
   organ or country.
6. Furniture, datelines and bylines say nothing. The same text gives the same attributions, and no text raises.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.statement import Act, Attribution

from .data import Speech, speech
from .fold import Folded, fold
from .quotes import masked, quotations, sentences

METHOD = "intake.languages/1"
SILENT = frozenset({"furniture", "dateline", "byline"})
HEADS = frozenset({"title", "heading", "summary"})
DIRECT, INDIRECT, HEADLINE = 800_000, 600_000, 500_000
"""Conventions, not measured: no labelled text of these languages is at hand."""
LONGEST = 20_000
LONGEST_SENTENCE = 1500
FEWEST = 2
"""Words that a headline needs to say something."""
_HEADLINE = re.compile(r"^(?P<one>[^:]{2,160}?) ?: ?(?P<other>[^:]{2,300})$")
_EDGE = " \t،,؛;:.-–—"
Names = Callable[[str], bool]
"""Tell whether folded words name a speaker by office, organ or country."""


def attribute(text: str, document: Document, names: Names) -> list[Attribution]:
    """Return the attributions of one document in text order, offsets into `text`."""
    rules = speech(document.language)
    found: list[Attribution] = []
    for paragraph in document.paragraphs:
        if paragraph.kind not in SILENT:
            found += _paragraph(text, paragraph, rules, names)
    if document.kind == "post":
        found += _post(text, document)
    return found


def _paragraph(text: str, paragraph: Paragraph, rules: Speech, names: Names) -> Iterator[Attribution]:
    words = text[paragraph.start : min(paragraph.end, paragraph.start + LONGEST)]
    whole = fold(words, offset=paragraph.start, turkish=rules.turkish)
    ranges = [_placed(whole, paragraph.start + start, paragraph.start + end) for start, end in quotations(words)]
    mask = masked(whole.text, ranges)
    for start, end in sentences(mask):
        some = list(_sentence(whole, mask, start, min(end, start + LONGEST_SENTENCE), rules))
        if not some and paragraph.kind in HEADS:
            some = list(_headline(whole, mask, start, end, names))
        yield from some


def _placed(whole: Folded, start: int, end: int) -> tuple[int, int]:
    """Return where a range of the original lies in the folded text."""
    return bisect_left(whole.places, start), bisect_left(whole.places, end)


def _sentence(whole: Folded, mask: str, start: int, end: int, rules: Speech) -> Iterator[Attribution]:
    at = start
    while at < end:
        segment = mask[at:end].rstrip(" .؟?!۔")
        match = next((m for frame in rules.frames if (m := _fitting(frame, segment, rules))), None)
        if match is None:
            return
        yield _made(whole, mask, at, match, rules, whole.span(start, end))
        at += max(match.end(), 1)
        if "Q" not in mask[at:end]:
            return
        while at < end and mask[at] in _EDGE:
            at += 1


def _fitting(frame: re.Pattern[str], segment: str, rules: Speech) -> re.Match[str] | None:
    match = frame.match(segment)
    if match is None or rules.negation.search(segment[: match.start("cue")]):  # rule 4
        return None
    said = match["said"]
    return None if said.strip("Q") == "" and len(said) < 4 else match


def _made(whole: Folded, mask: str, at: int, match: re.Match[str], rules: Speech, sentence: Span) -> Attribution:
    start, end = match.span("said")
    said = mask[at + start : at + end]
    quote = "direct" if not said.strip("Q") else "mixed" if "Q" in said else "indirect"
    cue = whole.span(at + match.start("cue"), at + match.end("cue"))
    lemma = match["cue"].strip()
    return Attribution(
        source=_source(whole, mask, at, match, rules),
        cue=(cue,),
        content=(_content(whole, at + start, at + end),),
        cue_lemma=lemma,
        act=_act(lemma, rules),
        quote=quote,  # type: ignore[arg-type]
        tense="present" if " ".join(lemma.split()) in rules.present else "past",
        sentence=sentence,
        confidence_ppm=DIRECT if quote == "direct" else INDIRECT,
        method=f"{METHOD} {rules.code}",
    )


def _act(lemma: str, rules: Speech) -> Act:
    return rules.acts.get(" ".join(lemma.split()), "asserts")


def _content(whole: Folded, start: int, end: int) -> Span:
    while end > start + 1 and whole.text[end - 1] in _EDGE:
        end -= 1
    while start < end - 1 and whole.text[start] in _EDGE:
        start += 1
    return whole.span(start, end)


def _source(whole: Folded, mask: str, at: int, match: re.Match[str], rules: Speech) -> tuple[Span, ...]:
    """Rule 3."""
    if "source" not in match.re.groupindex or match["source"] is None:
        return ()
    start, end = at + match.start("source"), at + match.end("source")
    while lead := rules.lead.match(mask[start:end]):
        start += lead.end()
    start, end = _cut(mask, start, end, rules)
    while start < end and mask[start] in _EDGE:
        start += 1
    while end > start and mask[end - 1] in _EDGE:
        end -= 1
    return (whole.span(start, end),) if end > start else ()


def _cut(mask: str, start: int, end: int, rules: Speech) -> tuple[int, int]:
    """Return a source without the adverbs around it; one that begins with an adverb ends in what follows its last comma."""
    stops = [match.span() for match in rules.stop.finditer(mask, start, end)]
    if not stops:
        return start, end
    if rules.stop_before:
        return (stops[-1][1], end) if mask[stops[-1][1] : end].strip(_EDGE) else (start, end)
    if stops[0][0] > start:
        return start, stops[0][0]
    comma = max(mask.rfind(mark, start, end - 2) for mark in "،,")
    return (comma + 1, end) if comma > start and mask[comma + 1 : end].strip(_EDGE) else (start, end)


def _headline(whole: Folded, mask: str, start: int, end: int, names: Names) -> Iterator[Attribution]:
    """Rule 5."""
    match = _HEADLINE.match(mask[start:end].rstrip(" .۔"))
    if match is None:
        return
    speaking = [side for side in ("one", "other") if len(match[side].split()) <= 10 and names(match[side])]
    if len(speaking) != 1:
        return
    said = "other" if speaking == ["one"] else "one"
    if len(match[said].split()) < FEWEST and "Q" not in match[said]:
        return
    content = _content(whole, start + match.start(said), start + match.end(said))
    direct = not match[said].strip("Q ")
    place = match.end("one") + match[0][match.end("one") :].index(":") + start
    yield Attribution(
        source=(whole.span(start + match.start(speaking[0]), start + match.end(speaking[0])),),
        cue=(whole.span(place, place + 1),),
        content=(content,),
        cue_lemma=":",
        quote="direct" if direct else "indirect",
        tense="past",
        sentence=whole.span(start, end),
        confidence_ppm=HEADLINE,
        method=f"{METHOD} headline",
    )


def _post(text: str, document: Document) -> Iterator[Attribution]:
    """Yield a post as its author's own words."""
    body = [Span(start=p.start, end=p.end) for p in document.paragraphs if p.kind not in SILENT and p.start < p.end]
    if body:
        place = text.find(document.author, document.start, document.end) if document.author else -1
        source = (Span(start=place, end=place + len(document.author or "")),) if place >= 0 else ()
        yield Attribution(
            source=source, content=tuple(body), quote="direct", confidence_ppm=900_000, method="attribute.post/1"
        )
