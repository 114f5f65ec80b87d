"""Who speaks each attribution of a document: the phrase, what the document adds to it, and which speech it stands in.

Rules
1. An attribution whose cue lies in another's content stands inside that speech; the smallest such speech counts (`nesting`).
2. A source that names somebody is that somebody; else the document decides (`context`).
3. Inside a speech, pronouns mean its speaker (`context`).
4. A missing source, or one that is no more than a preposition, is read from the words before the cue (`quoting`).
5. "Outlet quoted M": M speaks, the outlet is a hand; "attributed to M" likewise (`quoting`).
6. Persons without a side may get one (`context`).
7. "They" after "the delegations of the two countries" in one sentence are both; who speaks together is `joint`'s.
8. An unknown name in a title is nobody: where every word has a capital a name has no end.
9. "Kestria, Vorland agree …", as headlines list them, has both as its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasdiq.model.document import Document, Span
from tasdiq.model.statement import Act, Attribution

from .context import Context, Speech, place_of
from .directory import Directory
from .main_voice import main_voice
from .memory import Memory
from .naming import plain
from .nesting import enclosing
from .phrase import Reading
from .quoting import read_quoting, source_of
from .resolution import Resolution
from .roles import BYSTANDERS, OFFICIALS
from .territory import party_of_dateline

_TITLES = frozenset({"title", "heading"})
_JOINT_BEFORE = re.compile(
    r"(?i:\b(?:both|the two) (?:sides|countries|nations|neighbours|neighbors|parties|delegations)\b)"
)
_OF_THEM = re.compile(rf"(?:{BYSTANDERS.pattern}|{OFFICIALS.pattern})[^.,;]{{0,20}}\b(?:on|in|from|of|at) $")
"""Other people before "both sides": "residents on both sides" are not the sides."""


@dataclass(frozen=True)
class Voice:
    """A resolved speaker. `outer` is the number of the speech this stands in; `source` and `content` may be corrected."""

    resolution: Resolution
    reading: Reading
    outer: int | None
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    quoted_by: str | None = None
    act: Act = "asserts"


@dataclass(frozen=True)
class Heard:
    """What reading a document for its speakers gave: voices by attribution, the main voice."""

    voices: list[Voice]
    main: str | None


def read_voices(document: Document, text: str, attributions: Sequence[Attribution], directory: Directory) -> Heard:
    """Return who speaks each attribution, in their order, and the party that is the document's main voice."""
    words = plain(text)
    dateline = party_of_dateline(document.dateline, directory) if document.dateline else None
    main = main_voice(document, words, attributions, directory)
    context = Context(words, document.start, directory, Memory(main=main, dateline=dateline))
    reader = _Reader(document, attributions, context)
    return Heard(reader.read(), main)


class _Reader:
    def __init__(self, document: Document, attributions: Sequence[Attribution], context: Context) -> None:
        self.document, self.attributions, self.context = document, attributions, context
        self.text, self.directory, self.memory = context.text, context.directory, context.memory
        self.outer = enclosing(attributions, self.text)
        self.done: dict[int, Voice] = {}

    def read(self) -> list[Voice]:
        for number in range(len(self.attributions)):
            self._voice(number, frozenset())
        return [self.done[number] for number in range(len(self.attributions))]

    def _voice(self, number: int, above: frozenset[int]) -> Voice:
        """Return a voice, that of the speech around it first; `above` breaks circles."""
        if number in self.done:
            return self.done[number]
        outer = self.outer[number]
        holder = self._voice(outer, above | {number}) if outer is not None and outer not in above else None
        item = self.attributions[number]
        quoting = read_quoting(item, self.text, self.directory)
        source = quoting.source or source_of(item, self.text, self.directory)
        source = self._with_partner(self._with_name(source), item)
        reading = self._joint_they(self.directory.read(self._words(source)) if source else Reading("other"), item)
        paragraph = self._paragraph(item)
        if reading.kind == "name" and self._in_title(paragraph):
            reading = Reading("other", text=reading.text)
        reading = self.context.joined(reading, item)
        found = self.context.resolve(reading, item, paragraph, self._speech(holder), votes=quoting.outlet is None)
        if holder is None:
            self._note(item, reading, found, paragraph)
        self.done[number] = Voice(
            found, reading, outer, source, quoting.content or item.content, quoting.outlet, item.act
        )
        return self.done[number]

    def _with_name(self, source: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return a source that ends in an office with the person's name that follows it in the text."""
        if not source:
            return source
        last = source[-1]
        following = next(self.directory.table.find(self.text, last.end, min(last.end + 60, len(self.text))), None)
        if following is None or following.sort != "person" or self.text[last.end : following.start].strip(" ,"):
            return source
        if self.directory.read(self._words(source)).kind != "office":
            return source
        return (*source[:-1], Span(start=last.start, end=following.end))

    def _with_partner(self, source: tuple[Span, ...], item: Attribution) -> tuple[Span, ...]:
        """Return a source in a headline's list ("Kestria, Vorland agree …") with the party its sentence opens with (rule 9)."""
        if not source or item.sentence is None or self.directory.party_of(self._words(source)) is None:
            return source
        opening = next(self.directory.table.find(self.text, item.sentence.start, source[0].start), None)
        listed = opening is not None and opening.party and self.text[opening.end : source[0].start] == ", "
        if opening is None or not listed or opening.start != item.sentence.start:
            return source
        return (Span(start=opening.start, end=source[0].end), *source[1:])

    def _speech(self, holder: Voice | None) -> Speech | None:
        if holder is None:
            return None
        around = self.done.get(holder.outer) if holder.outer is not None else None
        return Speech(holder.resolution, holder.reading, holder.content, around.resolution if around else None)

    def _note(self, item: Attribution, reading: Reading, found: Resolution, paragraph: int) -> None:
        if self._in_title(paragraph) or item.act == "gives-no-reply":
            return
        actor = self.directory.actors.get(found.actor or "")
        role = actor.role if actor else ""
        self.memory.note(reading, found, paragraph, role)

    def _in_title(self, paragraph: int) -> bool:
        return paragraph >= 0 and self.document.paragraphs[paragraph].kind in _TITLES

    def _joint_they(self, reading: Reading, item: Attribution) -> Reading:
        """Rule 7."""
        if reading.text != "they" or item.sentence is None or not item.source:
            return reading
        before = self.text[item.sentence.start : item.source[0].start]
        both = _JOINT_BEFORE.search(before)
        others = both and _OF_THEM.search(before, 0, both.start())
        return Reading("joint", text="they") if both and not others else reading

    def _words(self, spans: Sequence[Span]) -> str:
        return " ".join(self.text[span.start : span.end] for span in spans)

    def _paragraph(self, item: Attribution) -> int:
        place = place_of(item)
        return next((n for n, each in enumerate(self.document.paragraphs) if each.start <= place < each.end), -1)
