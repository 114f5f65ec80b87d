"""A statement as a line of marked stems, which frames are matched against.

The line of "Kestria said it had rejected Vorland's offer" is `@kes say ; @kes have reject @vor offer`.

Rules:

1. The line is speaker, cue, content. A `;` parts cue from content unless cue and content are one clause ("refused to give
   guarantees", "called for a mechanism"); nothing is read across it.
2. Subjects left out and pronouns are put in (`referents`).
3. Words inside another side's speech act within this one are remembered (`inner`): they are not said by this speaker. What
   both sides say, as one of them tells it, that one says too.
4. "Called for", "called on", "urged" make a demand, "criticised", "condemned" an accusation, whatever act the cue was given.
5. A content that ends in a thing offered or asked ("… – a proposal") goes on with the clause that says what became of it;
   any content, with what "as well as" adds to it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasdiq.model.document import Span
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from .mentions import GROUP, PARTY, Names, mark
from .pattern import word_class
from .referents import Context, first_party, resolve, subject
from .words import Word, join, split, stem

_SAYING_ACTS = frozenset(("asserts", "denies", "accuses", "warns", "claims-responsibility"))
_PASSED = frozenset(("(", ")", "\u201c", "\u201d", '"', "'s", "[", "]", "\u2013", "\u2014"))
_NOT = frozenset(map(stem, ("not", "no", "never", "without", "neither", "nor")))
_ENDS = frozenset((".", ";", ",", ":", "!", "?", "\u2013", "\u2014"))
_MARKS = ("@", "#", "%")


@dataclass
class Line:
    """Marked stems of one statement; `inner` flags words of another's speech inside; `content` is where the content begins."""

    stems: list[str]
    inner: list[bool]
    content: int
    party: str | None
    act: str
    statement: Statement
    parted: bool = True
    negated: bool = False
    offsets: Sequence[int] = ()
    """Where each stem stands in the text; -1 for what was put in."""

    @property
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

    @property
    def kinds(self) -> frozenset[str]:
        """The stems as a set, with `@`, `#` and `%` for any party, group and foreign state."""
        return frozenset(self.stems) | {item[0] for item in self.stems if item[0] in _MARKS}

    @property
    def said(self) -> list[str]:
        """The stems of the content."""
        return self.stems[self.content :]

    def place(self, offset: int) -> int:
        """Return the number of the stem at an offset of `text`."""
        return bisect_left(self.starts, offset)


@dataclass
class Reader:
    """Reads statements; keeps one document's words so that they are cut once, and what each sentence spoke of."""

    state: State
    names: Names
    _words: dict[str, tuple[list[Word], list[int], dict[int, tuple[int, str]]]] = field(default_factory=dict)
    _topics: dict[tuple[str, int, str | None], str] = field(default_factory=dict)

    def read(self, statement: Statement, inside: Iterable[Statement]) -> Line:
        """Return the line of a statement; `inside` are the speech acts within it."""
        party = self.names.side(statement.party)
        others = [part for part in inside if party not in map(self.names.side, part.parties or (part.party,))]
        content, offsets = self._stems(statement, self._content(statement))
        head, content, offsets = self._head(statement, party, content, offsets)
        cued = [statement.cue[0].start] * len(head) if statement.cue else [-1] * len(head)
        act = _act(statement, head)
        context = self._context(statement, party, act)
        put_in = subject(content, self._first_words(statement), context)
        inner = [False] * len(put_in) + [any(_holds(part.content, at) for part in others) for at in offsets]
        content = resolve([*put_in, *content], context)
        offsets = [*[-1] * len(put_in), *offsets]
        self._remember(statement, content)
        parted = _parts(act, head, content)
        if put_in and not parted and put_in == head[:1]:
            content, inner, offsets = content[1:], inner[1:], offsets[1:]
        stems = [*head, *([";"] if parted else []), *content]
        start = len(stems) - len(content)
        negated = statement.negated or self._negated_before(statement)
        places = array("l", [*cued, *([-1] if parted else []), *offsets])
        return Line(stems, [False] * start + inner, start, party, act, statement, parted, negated, places)

    def _content(self, statement: Statement) -> Sequence[Span]:
        """Rule 5: the spans of the content, the last drawn out to the end of a clause that goes on."""
        last, sentence = (statement.content[-1] if statement.content else None), statement.sentence
        if last is None or sentence is None or last.end >= sentence.end or _cue_after(statement):
            return statement.content
        words, starts, marks = self._cut(statement.document)
        at, end = bisect_left(starts, last.end), bisect_left(starts, sentence.end)
        if not 0 < at < end:
            return statement.content
        ends = _ENDS
        if _adds(words[at : at + 3]):
            ends = _ENDS - {","}
        elif words[at - 1].stem not in word_class("OFFERED_THING") or not _goes_on(words[at], marks.get(at)):
            return statement.content
        stop = next((n for n in range(at + 1, end) if words[n].raw in ends), end) - 1
        return (*statement.content[:-1], Span(start=last.start, end=words[stop].end))

    def _head(
        self, statement: Statement, party: str | None, content: list[str], offsets: list[int]
    ) -> tuple[list[str], list[str], list[int]]:
        """Return speaker and cue; a verb parted from its preposition ("called" | "for") is joined in the cue."""
        cue = [item for item in self._stems(statement, statement.cue)[0] if item[0] not in _MARKS]
        if party:
            speaker = [PARTY + party]
        elif group := self._group(statement):
            speaker = [group]
        else:
            speaker = [item for item in self._stems(statement, statement.source)[0] if item[0] not in _MARKS] or [
                "someone"
            ]
        if cue and content and (joined := join(cue[-1], content[0])):
            return [*speaker, *cue[:-1], joined], content[1:], offsets[1:]
        return [*speaker, *cue], content, offsets

    def _context(self, statement: Statement, party: str | None, act: str) -> Context:
        sentence = statement.sentence
        topic = self._topics.get((statement.document, sentence.start, statement.speaker)) if sentence else None
        return Context(
            speaker=PARTY + party if party else self._group(statement),
            addressee=self._addressee(statement),
            before=self._named_before(statement),
            topic=topic,
            act=act,
        )

    def _group(self, statement: Statement) -> str | None:
        """Return the mark of the armed group that speaks, if one does."""
        speaker = statement.speaker or ""
        return GROUP + speaker.removeprefix("group/") if speaker in self.names.groups else None

    def _addressee(self, statement: Statement) -> str | None:
        actor = self.state.actors.get(statement.addressee or "")
        side = self.names.side((actor.party if actor else None) or statement.addressee)
        return PARTY + side if side else None

    def _named_before(self, statement: Statement) -> str | None:
        """Return the party named last in the sentence before the content."""
        sentence = statement.sentence
        if sentence is None or not statement.content or sentence.start >= statement.content[0].start:
            return None
        ahead = Span(start=sentence.start, end=statement.content[0].start)
        return first_party(self._stems(statement, (ahead,))[0][::-1])

    def _negated_before(self, statement: Statement) -> bool:
        """Whether one of the two words before the cue negates it ("without committing")."""
        if not statement.cue:
            return False
        words, starts, _ = self._cut(statement.document)
        at = bisect_left(starts, statement.cue[0].start)
        return any(word.stem in _NOT for word in words[max(0, at - 2) : at])

    def _remember(self, statement: Statement, content: Sequence[str]) -> None:
        if statement.sentence and (found := first_party(content)):
            self._topics.setdefault((statement.document, statement.sentence.start, statement.speaker), found)

    def _first_words(self, statement: Statement) -> list[str]:
        words, starts, _ = self._cut(statement.document)
        at = bisect_left(starts, statement.content[0].start) if statement.content else 0
        return [word.raw for word in words[at : at + 2]] if statement.content else []

    def _stems(self, statement: Statement, spans: Sequence[Span]) -> tuple[list[str], list[int]]:
        """Return the marked stems of spans and where each stands in the text."""
        words, starts, marks = self._cut(statement.document)
        stems: list[str] = []
        offsets: list[int] = []
        for number, span in enumerate(spans):
            if number and stems and stems[-1] != ".":
                stems.append(",")
                offsets.append(span.start)
            at, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
            while at < end:
                past, item = marks.get(at, (at + 1, words[at].stem))
                if item not in _PASSED and not (stems and item == stems[-1] and item[0] == PARTY):
                    stems.append(item)
                    offsets.append(words[at].start)
                at = past
        return stems, offsets

    def _cut(self, document: str) -> tuple[list[Word], list[int], dict[int, tuple[int, str]]]:
        if document not in self._words:
            self._words.clear()
            whole = self.state.documents[document]
            words = split(self.state.text(document) or "", whole.start, whole.end)
            marks = {start: (past, kind) for start, past, kind in mark(self.names, words)}
            self._words[document] = (words, [word.start for word in words], marks)
        return self._words[document]


def _act(statement: Statement, head: Sequence[str]) -> str:
    """Rule 4: the act that the words of the cue show, where it was given another."""
    if statement.act == "asserts" and word_class("CALLING") & set(head):
        return "demands"
    return "accuses" if statement.act == "rejects" and word_class("BLAMING") & set(head) else statement.act


def _parts(act: str, head: Sequence[str], content: Sequence[str]) -> bool:
    """Rule 1: whether the content stands apart from the cue."""
    if content[:1] == ["that"]:
        return True
    if word_class("DEED") & set(head):
        return act in ("denies", "rejects") and any(item in word_class("CLAIMING") for item in content[:6])
    return act in _SAYING_ACTS or act == "rejects"


def _cue_after(statement: Statement) -> bool:
    return bool(statement.cue) and statement.cue[-1].start >= statement.content[-1].end


def _adds(words: Sequence[Word]) -> bool:
    """Whether words go on with a further object of the same verb ("as well as", "along with")."""
    stems = [word.stem for word in words if word.stem != ","][:2]
    return stems in (["as", "well"], ["along", "with"])


def _goes_on(word: Word, marked: tuple[int, str] | None) -> bool:
    """Whether a word begins a clause on the thing named before: a party, or "which", "that"."""
    return (marked is not None and marked[1][0] == PARTY) or word.stem in ("which", "that")


def _holds(spans: Sequence[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)
