"""A statement as a line of marked stems, which frames are matched against.

The line of "Kestria said it had rejected Vorland's offer" is `@kes say ; @kes have reject @vor offer`.

Rules:

1. The line is speaker, cue, content. A `;` parts cue from content unless the act itself bears on the content ("refused to
   give guarantees"); nothing is read across it.
2. A content that begins with a verb without a subject ("of sheltering …", "to keep …") gets one: the addressee of an accusation
   or demand, else the speaker.
3. "Its", "their", "our" before a word of territory or dealing, and "it" and "we" as subjects, stand for a party: "we" and "our"
   for the speaker; a subject "it" for the content's first party, else the speaker; a possessive for the party named last
   before it in the sentence, else the speaker.
4. Words inside a speech act that stands inside this one are remembered (`inner`): what another says is not said by this speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasdiq.model.document import Span
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from .mentions import PARTY, Names, mark
from .pattern import word_class
from .words import Word, split

BEARING = frozenset(("offers", "commits", "refuses", "demands", "asks"))
_POSSESSIVES, _SUBJECTS = frozenset(("its", "their", "his", "her")), frozenset(("it",))
_FIRST_PERSON = {"we": True, "our": True, "us": True, "ours": True}
_SUBJECTLESS = frozenset(("of", "to", "for", "not", "from", "against"))
_PASSED = frozenset(("(", ")", "“", "”", '"', "'s", "[", "]", "–", "—"))


@dataclass
class Line:
    """Marked stems of one statement; `inner` flags words of a speech act inside; `content` is where the content begins."""

    stems: list[str]
    inner: list[bool]
    content: int
    party: str | None
    statement: Statement
    empty: bool = False

    @cached_property
    def text(self) -> str:
        """The stems as one text: each with a space after it, one space before all."""
        return " " + " ".join(self.stems) + " "

    @cached_property
    def starts(self) -> list[int]:
        """Where each stem begins in `text`."""
        at, found = 1, []
        for item in self.stems:
            found.append(at)
            at += len(item) + 1
        return found

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The stems as a set, with `@`, `#` and `%` for any party, group and foreign state."""
        return frozenset(self.stems) | {item[0] for item in self.stems if item[0] in "@#%"}

    def place(self, offset: int) -> int:
        """Return the number of the stem at an offset of `text`."""
        return bisect_left(self.starts, offset)


@dataclass
class Reader:
    """Reads statements; keeps each text's words so that a text is cut once."""

    state: State
    names: Names
    _words: dict[str, tuple[list[Word], list[int], dict[int, tuple[int, str]]]] = field(default_factory=dict)

    def read(self, statement: Statement, inside: Sequence[Statement]) -> Line:
        """Return the line of a statement; `inside` are the speech acts within it."""
        speaker = PARTY + statement.party if statement.party in self.names.parties else "someone"
        cue, _ = self._stems(statement, statement.cue)
        content, offsets = self._stems(statement, statement.content)
        inner = [any(_holds(part.content, at) for part in inside) for at in offsets]
        bare = not content
        head = [speaker, *(item for item in cue if item[0] not in "@#%")]
        subject = self._subject(statement, content, speaker)
        barrier = [] if _bears(statement, content) else [";"]
        content, inner = [*subject, *content], [False] * len(subject) + inner
        resolved = self._resolve(content, statement, offsets, len(subject))
        stems = [*head, *barrier, *resolved]
        flags = [False] * (len(head) + len(barrier)) + inner
        start = len(head) + len(barrier)
        return Line(stems=stems, inner=flags, content=start, party=statement.party, statement=statement, empty=bare)

    def mentioned(self, statement: Statement, span: Span) -> list[str]:
        """Return the marks of parties and groups in a span, in order."""
        stems, _ = self._stems(statement, (span,))
        return [item for item in stems if item[0] in "@#%"]

    def stems_in(self, statement: Statement, spans: Sequence[Span]) -> list[str]:
        """Return the marked stems of spans of the statement's document."""
        return self._stems(statement, spans)[0]

    def _stems(self, statement: Statement, spans: Sequence[Span]) -> tuple[list[str], list[int]]:
        words, starts, marks = self._cut(statement.document)
        stems: list[str] = []
        offsets: list[int] = []
        for span in spans:
            at, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
            while at < end:
                past, item = marks.get(at, (at + 1, words[at].stem))
                if item not in _PASSED and not (stems and item == stems[-1] and item[0] == PARTY):
                    stems.append(item)
                    offsets.append(words[at].start)
                at = past
            if stems and stems[-1] != "." and span is not spans[-1]:
                stems.append(",")
                offsets.append(span.end)
        return stems, offsets

    def _cut(self, document: str) -> tuple[list[Word], list[int], dict[int, tuple[int, str]]]:
        if document not in self._words:
            whole = self.state.documents[document]
            text = self.state.text(document) or ""
            words = split(text, whole.start, whole.end)
            marks = {start: (past, kind) for start, past, kind in mark(self.names, words)}
            self._words[document] = (words, [w.start for w in words], marks)
        return self._words[document]

    def _subject(self, statement: Statement, content: list[str], speaker: str) -> list[str]:
        """Rule 2: the party that a content without a subject is about."""
        if not content or not self._begins_with_verb(statement, content):
            return []
        if statement.act in ("accuses", "demands", "asks", "warns"):
            addressee = statement.addressee
            party = addressee and self._party_of(addressee)
            if party or (party := self._between(statement)):
                return [PARTY + party]
        return [speaker] if speaker != "someone" else []

    def _begins_with_verb(self, statement: Statement, content: list[str]) -> bool:
        words, starts, _ = self._cut(statement.document)
        first = words[bisect_left(starts, statement.content[0].start)]
        return content[0] in _SUBJECTLESS or first.raw.endswith("ing") or first.raw.casefold() in ("let", "keep")

    def _between(self, statement: Statement) -> str | None:
        """Return the party named last between cue and content."""
        if not statement.cue or statement.cue[-1].end > statement.content[0].start:
            return None
        gap = Span(start=statement.cue[-1].end, end=statement.content[0].start)
        named = [m for m in self.mentioned(statement, gap) if m[0] == PARTY]
        return named[-1][1:] if named else None

    def _party_of(self, actor: str) -> str | None:
        known = self.state.actors.get(actor)
        party = (known.party if known else None) or actor
        return party if party in self.names.parties else None

    def _resolve(self, content: list[str], statement: Statement, offsets: list[int], shift: int) -> list[str]:
        """Rule 3: put parties in the place of pronouns."""
        own = PARTY + statement.party if statement.party in self.names.parties else None
        before, held = self._named_before(statement), word_class("HELD")
        resolved: list[str] = []
        for at, item in enumerate(content):
            found: str | None = None
            if item in _FIRST_PERSON:
                found = own
            elif item in _POSSESSIVES and any(word in held for word in content[at + 1 : at + 3]):
                found = _last_party(resolved) or before or own
            elif item in _SUBJECTS:
                found = _first_party(resolved) or own
            resolved.append(found or item)
        return resolved

    def _named_before(self, statement: Statement) -> str | None:
        """Return the party named last in the sentence before the content."""
        if statement.sentence is None or not statement.content:
            return None
        if statement.sentence.start >= statement.content[0].start:
            return None
        ahead = Span(start=statement.sentence.start, end=statement.content[0].start)
        named = [m for m in self.mentioned(statement, ahead) if m[0] == PARTY]
        return named[-1] if named else None


def _bears(statement: Statement, content: list[str]) -> bool:
    """Rule 1: whether cue and content are one clause."""
    if statement.act in BEARING:
        return True
    return statement.act == "rejects" and not any(item in word_class("CLAIMING") for item in content[:6])


def _holds(spans: Sequence[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)


def _last_party(stems: list[str]) -> str | None:
    return next((item for item in reversed(stems) if item[0] == PARTY), None)


def _first_party(stems: list[str]) -> str | None:
    return next((item for item in stems if item[0] == PARTY), None)
