"""Opening the minutes: how a session's agreed lines become public (rule M8 of `minutes`)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tasdiq.errors import ProcedureError, RoleError
from tasdiq.model.meeting import Meeting, MinuteLine, MinutesOpened
from tasdiq.model.state import State
from tasdiq.verification.docket import Step

from . import minutes, seats


def check(state: State, step: Step, body: MinutesOpened) -> None:
    """Raise unless this party may have its word in the opening of a session's agreed lines (M8)."""
    seats.require_party(state, step, "M8")
    meeting = minutes.meeting_of(state, body.session)
    if step.member not in meeting.parties:
        raise RoleError(f"{step.member} was no party to {meeting.id} (M8)")
    seats.require_after(step, meeting.at, "the session's entry")
    if not _waiting(meeting):
        raise ProcedureError(f"{meeting.id} has no agreed line that is not public yet", paragraph="M8")


def access_of(state: State, step: Step, body: MinutesOpened) -> str:
    """Return who may read the entry: everybody once it opens the lines, else the members."""
    return "public" if opens(state, step, body) else "joint"


def opens(state: State, step: Step, body: MinutesOpened) -> bool:
    """Tell whether this step is the last word: its entry carries what opens the others."""
    return minutes.agree_to_open(minutes.meeting_of(state, body.session), step)[1]


def entries(meeting: Meeting) -> tuple[str, ...]:
    """Return the ids of the entries that an opening now shows: the session's, of each agreed line, of its marks."""
    return tuple(dict.fromkeys(_entries(meeting)))


def _entries(meeting: Meeting) -> Iterator[str]:
    if not meeting.opened_at:
        yield meeting.entry
    for line in _waiting(meeting):
        yield line.entry
        yield from (found.entry for party in meeting.parties if (found := line.answer_of(party)))


def open_lines(state: State, step: Step, body: MinutesOpened) -> list[str]:
    """Open the agreed lines, where the step is every party's last word."""
    meeting, done = minutes.agree_to_open(minutes.meeting_of(state, body.session), step)
    if done and tuple(item.entry for item in body.openings) != entries(meeting):
        raise ProcedureError("the opening shows exactly the session, its agreed lines and their marks", paragraph="M8")
    if done:
        shown = {line.id for line in _waiting(meeting)}
        lines = tuple(
            msgspec.structs.replace(line, opened_at=step.at) if line.id in shown else line for line in meeting.lines
        )
        meeting = msgspec.structs.replace(meeting, lines=lines, opened_at=meeting.opened_at or step.at)
    state.talks.meetings[meeting.id] = meeting
    return [f"{meeting.id}/opened"] if done else []


def _waiting(meeting: Meeting) -> list[MinuteLine]:
    return [line for line in meeting.lines if meeting.agreed(line) and not line.opened_at]
