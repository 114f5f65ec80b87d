"""Tellings: what one document gives of one speaker on one occasion.

Rules:

1. Statements of a document by one speaker are one telling, unless their dates or their channels clash. What is said in the name of
   a party as a whole ("Kestria said") may come from many mouths: each such statement is a telling until something ties it.
2. A speech act reported inside another's speech belongs to the telling it is reported in: it reached us through it.
3. A statement in the name of the party as a whole, in own voice, continues the telling of that party's organ or spokesperson
   beside which it stands: in the same or the next paragraph, with nobody else of that party between.
4. Narration is no statement and gets no origin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from tasdiq.model.document import Document
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from ..reuse import Wording, read_wording
from .channels import Channel, channels_of, clash
from .days import Days, compatible, days_of, meet
from .voices import is_whole, relate

NEAR_PARAGRAPHS = 1


@dataclass
class Telling:
    """One document's telling of one speaker on one occasion; `wordings` are the statements' contents, in order."""

    document: str
    speaker: str | None
    days: Days
    channels: list[Channel] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def first(self) -> Statement:
        """The statement the telling starts with."""
        return self.statements[0]


def tellings(state: State) -> list[Telling]:
    """Return the tellings of all documents, in order of documents and text."""
    spoken: dict[str, list[Statement]] = defaultdict(list)
    for statement in state.statements.values():
        if not statement.narrated:
            spoken[statement.document].append(statement)
    order = {document: number for number, document in enumerate(state.documents)}
    documents = sorted(spoken, key=lambda ident: order.get(ident, len(order)))
    return [one for document in documents for one in _of_document(state, document, spoken[document])]


def place_of(statement: Statement) -> int:
    """Return where a statement starts in its document."""
    spans = statement.content or statement.cue or statement.source
    return min((span.start for span in spans), default=0)


def _of_document(state: State, ident: str, statements: list[Statement]) -> list[Telling]:
    document, by_id = state.documents.get(ident), {one.id: one for one in statements}
    outer = sorted((one for one in statements if one.inside not in by_id), key=place_of)
    found: list[Telling] = []
    home: dict[str, Telling] = {}
    for statement in outer:
        home[statement.id] = _join(state, document, found, statement)
    for statement in sorted((one for one in statements if one.inside in by_id), key=place_of):
        home[statement.id] = _add(state, home[_outermost(by_id, statement).id], statement)
    return _continue(state, document, found)


def _outermost(by_id: dict[str, Statement], statement: Statement) -> Statement:
    seen = {statement.id}
    while statement.inside in by_id and statement.inside not in seen:
        seen.add(statement.inside)
        statement = by_id[statement.inside]
    return statement


def _join(state: State, document: Document | None, found: list[Telling], statement: Statement) -> Telling:
    """Put a statement to its speaker's telling, the latest first, or begin another (rule 1)."""
    days, channels = days_of(statement.when, document.published if document else None), channels_of(state, statement)
    same = (
        []
        if is_whole(state.actors.get(statement.speaker or ""))
        else [t for t in found if t.speaker == statement.speaker]
    )
    for telling in reversed(same):
        if telling.speaker and compatible(telling.days, days) and not clash(telling.channels, channels):
            telling.days = meet(telling.days, days)
            telling.channels += [one for one in channels if one not in telling.channels]
            return _add(state, telling, statement)
    found.append(Telling(statement.document, statement.speaker, days, channels))
    return _add(state, found[-1], statement)


def _add(state: State, telling: Telling, statement: Statement) -> Telling:
    telling.statements.append(statement)
    spans = [(span.start, span.end) for span in statement.content]
    telling.wordings.append(read_wording(statement.document, state.text(statement.document) or "", spans))
    return telling


def _continue(state: State, document: Document | None, found: list[Telling]) -> list[Telling]:
    """Give statements in the whole party's name to the telling they stand beside (rule 3)."""
    if document is None:
        return found
    starts = [paragraph.start for paragraph in document.paragraphs]
    for telling in [one for one in found if is_whole(state.actors.get(one.speaker or ""))]:
        others = [one for one in found if one is not telling and relate(state, one.speaker, telling.speaker) == "party"]
        for statement in [one for one in telling.statements if one.teller == "own" and one.inside is None]:
            host = _beside(starts, statement, others)
            if host and _fits(state, document, host, statement):
                _hand_over(telling, host, statement)
    return [one for one in found if one.statements]


def _beside(starts: list[int], statement: Statement, others: list[Telling]) -> Telling | None:
    """Return the nearest telling of the party's organs, if it stands in the same or the next paragraph; what precedes wins."""
    here = bisect_right(starts, place_of(statement))
    best: tuple[tuple[int, bool, int], Telling] | None = None
    for telling in others:
        for one in telling.statements:
            if one.inside is None and one.teller == "own":
                gap = here - bisect_right(starts, place_of(one))
                rank = (abs(gap), place_of(one) > place_of(statement), abs(place_of(one) - place_of(statement)))
                if abs(gap) <= NEAR_PARAGRAPHS and (best is None or rank < best[0]):
                    best = (rank, telling)
    return best[1] if best else None


def _fits(state: State, document: Document, host: Telling, statement: Statement) -> bool:
    days = days_of(statement.when, document.published)
    return compatible(host.days, days) and not clash(host.channels, channels_of(state, statement))


def _hand_over(telling: Telling, host: Telling, statement: Statement) -> None:
    inside = {statement.id}
    for one in telling.statements:
        if one.inside in inside:
            inside.add(one.id)
    for number in reversed(range(len(telling.statements))):
        if telling.statements[number].id in inside:
            host.statements.append(telling.statements.pop(number))
            host.wordings.append(telling.wordings.pop(number))
    order = sorted(range(len(host.statements)), key=lambda number: place_of(host.statements[number]))
    host.statements[:] = [host.statements[number] for number in order]
    host.wordings[:] = [host.wordings[number] for number in order]
    note = "statements in the whole party's name continue the voice of its organ beside them"
    if note not in host.notes:
        host.notes.append(note)
