"""What is due next, from whom, and what is overdue: commitments, sessions, call-backs, arrangements that run out.

1. Dated things only, the earliest first; what is past its time and still open is overdue, which is a fact about the clock.
2. A programme stays due until every party has rated it fully carried out, each for itself.
3. `asked` lists what waits for a member's own word, without a date: nobody's silence is taken for it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tasdiq.model.agreement import RegisteredCommitment, latest
from tasdiq.model.case import Due
from tasdiq.model.meeting import Meeting
from tasdiq.model.state import State

FULL = 3


def due_next(state: State, now: str) -> list[Due]:
    """Return what is dated and open as of a time, the earliest first."""
    found = [*_commitments(state, now), *_sessions(state, now), *_calls(state, now)]
    marked = (msgspec.structs.replace(item, overdue=now[: len(item.due)] > item.due) for item in found)
    return sorted(marked, key=lambda item: (item.due, item.item, item.owed_by))


def _commitments(state: State, now: str) -> Iterator[Due]:
    for held in state.talks.commitments.values():
        told = held.commitment
        if told.start > now[: len(told.start)]:
            yield Due(what="the commitment begins", item=held.id, owed_by=told.bearer, due=told.start)
        if told.until and told.kind == "programme":
            if not _carried_out(state, held):
                yield Due(what="carry out the programme", item=held.id, owed_by=told.bearer, due=told.until)
        elif told.until and told.until >= now[: len(told.until)]:
            yield Due(what="the commitment ends", item=held.id, owed_by=told.bearer, due=told.until)


def _carried_out(state: State, held: RegisteredCommitment) -> bool:
    level = {rating.member: rating.level for rating in held.ratings}
    return all(level.get(party.id) == FULL for party in state.charter.parties)


def _sessions(state: State, now: str) -> Iterator[Due]:
    for session in state.charter.sessions:
        if not session.held and session.start >= now[: len(session.start)]:
            for party in state.charter.parties:
                yield Due(what=f"session in {session.place}", item=session.id, owed_by=party.id, due=session.start)


def _calls(state: State, now: str) -> Iterator[Due]:
    for call in state.talks.calls.values():
        if call.call_back_by and not call.returned_at:
            yield Due(what="call back", item=call.id, owed_by=call.call_back_from, due=call.call_back_by)
        if call.until > now:
            for party in (call.caller, call.called):
                yield Due(what="the local arrangement runs out", item=call.id, owed_by=party, due=call.until)


def asked(state: State) -> list[Due]:
    """Return what waits for a member's own word: agreements, commitments, readings, measures, lines, calls."""
    return [*_told(state), *_readings(state), *_lines(state), *_unconfirmed(state)]


def _told(state: State) -> Iterator[Due]:
    everybody = tuple(party.id for party in state.charter.parties)
    for agreement in state.talks.agreements.values():
        if not agreement.in_charter:
            yield from _words("agreement", agreement.id, agreement.agreement.parties, set(latest(agreement.words)))
    for held in state.talks.commitments.values():
        if not held.in_charter:
            yield from _words("commitment", held.id, everybody, set(latest(held.words)))
    for measure in state.talks.measures.values():
        said = {measure.claimed_by, *latest(measure.words)}
        yield from _words("claimed measure", measure.id, everybody, said)


def _words(what: str, item: str, parties: tuple[str, ...], said: set[str]) -> Iterator[Due]:
    for party in parties:
        if party not in said:
            yield Due(what=f"acknowledge or deny the {what}", item=item, owed_by=party, due="")


def _readings(state: State) -> Iterator[Due]:
    for held in state.talks.commitments.values():
        said = {reading.party for reading in held.commitment.readings}
        for party in state.charter.parties:
            if party.id not in said:
                yield Due(what="declare a reading of the commitment", item=held.id, owed_by=party.id, due="")


def _lines(state: State) -> Iterator[Due]:
    for meeting in state.talks.meetings.values():
        yield from _unmarked(meeting)


def _unmarked(meeting: Meeting) -> Iterator[Due]:
    for line in meeting.lines:
        for party in meeting.parties:
            if not line.replaced_by and line.answer_of(party) is None:
                yield Due(what=f"mark line {line.number} of {meeting.title}", item=line.id, owed_by=party, due="")


def _unconfirmed(state: State) -> Iterator[Due]:
    for call in state.talks.calls.values():
        if not call.confirmations:
            yield Due(what="confirm or correct the call", item=call.id, owed_by=call.other, due="")
