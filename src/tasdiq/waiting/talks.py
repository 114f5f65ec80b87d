"""What the talks ask of members: words on agreements, delegations, lines of minutes, calls.

Rules (cited by tests as W9 to W12):

W9.  An agreement of the register waits for the word of each of its parties that has given none, a commitment for its bearer's.
W10. Of a session, lines that stand unmarked wait for each delegation, together; so does its naming of those who came, and, once
     another party has asked that the agreed lines be opened, its word on that.
W11. A call waits for the side that did not log it to confirm or correct it.
W12. A call-back waits for the side that owes it until the other side was reached; what is past its time is overdue for both to see.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasdiq.model.call import Call
from tasdiq.model.meeting import Meeting
from tasdiq.model.state import State

from .item import Waiting, standing


def waiting(state: State, now: str) -> Iterator[Waiting]:
    """Yield everything that the talks ask of anybody at a time."""
    yield from of_agreements_and_sessions(state)
    for call in state.talks.calls.values():
        yield from of_call(call, now)


def of_agreements_and_sessions(state: State) -> Iterator[Waiting]:
    """Yield what agreements, commitments and sessions ask of anybody (W9, W10)."""
    yield from _agreed(state)
    for meeting in state.talks.meetings.values():
        yield from _session(meeting)


def _agreed(state: State) -> Iterator[Waiting]:
    for agreement in state.talks.agreements.values():
        if agreement.in_charter:
            continue
        given = {word.party for word in agreement.words}
        for party in agreement.agreement.parties:
            if party not in given:
                yield _open(
                    "Acknowledge the agreement or deny it", "AgreementAnswered", "item", agreement.id, party,
                    agreement.recorded_by, agreement.at,
                )  # fmt: skip
    for held in state.talks.commitments.values():
        told = held.commitment
        if not held.in_charter and told.bearer not in {*told.acknowledged_by, *(word.party for word in held.words)}:
            yield _open(
                "Acknowledge the commitment or deny it", "AgreementAnswered", "item", held.id, told.bearer,
                held.recorded_by, held.at,
            )  # fmt: skip


def _session(meeting: Meeting) -> Iterator[Waiting]:
    named = {item.party for item in meeting.delegations}
    asking = {item.member for item in meeting.assents}
    for party in meeting.parties:
        if party not in named:
            yield _open("Name your delegation", "DelegationNamed", "session", meeting.id, party, "", meeting.at)
        lines = [
            line for line in meeting.lines
            if not line.replaced_by and not meeting.agreed(line) and line.answer_of(party) is None
        ]  # fmt: skip
        if lines:
            count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
            yield Waiting(
                f"Mark {count} of the minutes", "MinuteLineAnswered", (("session", meeting.id), ("line", lines[0].id)),
                party, meeting.recorded_by, about=meeting.id, since=lines[-1].at,
            )  # fmt: skip
        if asking and party not in asking:
            said = meeting.assents[0]
            yield _open(
                "Another party asks that the agreed lines be opened", "MinutesOpened", "session", meeting.id, party,
                said.member, said.at,
            )  # fmt: skip


def of_call(call: Call, now: str) -> Iterator[Waiting]:
    """Yield what a call asks of anybody at a time (W11, W12)."""
    if not call.confirmations:
        yield _open(
            "Confirm the call or correct it", "CallConfirmed", "call", call.id, call.other, call.logged_by, call.at
        )
    if call.call_back_by and not call.returned_at:
        asker = call.called if call.call_back_from == call.caller else call.caller
        yield Waiting(
            "Call back", "CallReturned", (("call", call.id),), call.call_back_from, asker, call.call_back_by,
            standing(call.call_back_by, now), about=call.id, since=call.at,
        )  # fmt: skip


def _open(what: str, kind: str, name: str, ident: str, of: str, by: str, since: str) -> Waiting:
    return Waiting(what, kind, ((name, ident),), of, by, about=ident, since=since)
