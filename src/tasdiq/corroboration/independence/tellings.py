"""Tellings: what one document gives of one speaker on one occasion.

Rules:

1. Statements of a document by one speaker are one telling, unless their dates or their channels clash. What is said in the name
   of a party as a whole ("Kestria said") may come from many mouths: each such statement is a telling until something ties it.
2. A speech act reported inside another's speech, or in another's telling, belongs to that telling: it reached us through it.
3. Narration is no statement and gets no origin.

What continues whose voice is decided in `continuing`; which words stand for a telling, in `passages`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tasdiq.model.document import Document
from tasdiq.model.state import State
from tasdiq.model.statement import Statement

from ..reuse import Wording
from .channels import Channel, channels_of, clash
from .days import Days, compatible, days_of, meet
from .voices import is_whole, speaks


@dataclass
class Telling:
    """One document's telling of one speaker on one occasion; `wordings` are the passages that stand for it."""

    document: str
    speaker: str | None
    days: Days
    channels: list[Channel] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def place_of(statement: Statement) -> int:
    """Return where a statement starts in its document."""
    spans = statement.content or statement.cue or statement.source
    return min((span.start for span in spans), default=0)


def spoken(state: State) -> dict[str, list[Statement]]:
    """Return what was spoken in each document, in text order; documents in the order of the state (rule 3)."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in state.statements.values():
        if not statement.narrated and statement.act != "gives-no-reply":
            found[statement.document].append(statement)
    order = {document: number for number, document in enumerate(state.documents)}
    documents = sorted(found, key=lambda ident: order.get(ident, len(order)))
    return {ident: sorted(found[ident], key=lambda one: (place_of(one), one.id)) for ident in documents}


def tellings_of(state: State, document: Document | None, statements: list[Statement]) -> list[Telling]:
    """Put the statements of one document together by speaker and occasion (rules 1 and 2)."""
    by_id = {one.id: one for one in statements}
    found: list[Telling] = []
    home: dict[str, Telling] = {}
    outer = [one for one in statements if one.inside not in by_id]
    for statement in sorted(outer, key=lambda one: _teller(state, one) is not None):
        home[statement.id] = _home(state, document, found, statement)
        home[statement.id].statements.append(statement)
    for statement in statements:
        if statement.id not in home:
            home[_outermost(by_id, statement).id].statements.append(statement)
    return found


def _teller(state: State, statement: Statement) -> str | None:
    """Return in whose telling a document gives a statement, if not the speaker's: the other party's, or a hand's that speaks."""
    if statement.teller == "other-party" and statement.told_by is not None:
        return statement.told_by
    hands = (state.actors.get(hand.actor) for hand in statement.chain if hand.actor and hand.actor != statement.speaker)
    return next((actor.id for actor in hands if actor is not None and speaks(actor)), None)


def _home(state: State, document: Document | None, found: list[Telling], statement: Statement) -> Telling:
    """Return the telling a statement belongs to: its teller's, its speaker's latest, or one begun for it."""
    teller = _teller(state, statement)
    if teller is not None and (host := _nearest(found, statement, teller)) is not None:
        return host
    days, channels = days_of(statement.when, document.published if document else None), channels_of(state, statement)
    if statement.speaker and not is_whole(state.actors.get(statement.speaker)):
        for telling in reversed([one for one in found if one.speaker == statement.speaker]):
            if compatible(telling.days, days) and not clash(telling.channels, channels):
                telling.days = meet(telling.days, days)
                telling.channels += [one for one in channels if one not in telling.channels]
                return telling
    found.append(Telling(statement.document, statement.speaker, days, channels))
    return found[-1]


def _nearest(found: list[Telling], statement: Statement, teller: str) -> Telling | None:
    """Return the telling of whoever tells a statement, nearest before it, else nearest."""
    here = place_of(statement)
    places = [
        (place_of(one) > here, abs(place_of(one) - here), number)
        for number, telling in enumerate(found)
        for one in telling.statements
        if teller in (telling.speaker, one.party)
    ]
    return found[min(places)[2]] if places else None


def _outermost(by_id: dict[str, Statement], statement: Statement) -> Statement:
    seen = {statement.id}
    while statement.inside in by_id and statement.inside not in seen:
        seen.add(statement.inside)
        statement = by_id[statement.inside]
    return statement
