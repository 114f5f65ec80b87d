"""What of the talks may be public (rules G6, G11, M8, L8): public entries, and what the parties opened of the minutes.

Calls, delegations, lines nobody agreed or opened, and what stands in sealed entries stay with the members.
"""

from __future__ import annotations

import msgspec

from tasdiq.model.agreement import RegisteredCommitment
from tasdiq.model.meeting import Meeting, MinuteLine
from tasdiq.model.talks import Talks


def public_part(talks: Talks) -> Talks:
    """Return the talks with what anybody may read of them."""
    return Talks(
        agreements={ident: item for ident, item in talks.agreements.items() if item.access == "public"},
        commitments={ident: _commitment(item) for ident, item in talks.commitments.items() if item.access == "public"},
        measures={ident: item for ident, item in talks.measures.items() if item.access == "public"},
        meetings={ident: _meeting(item) for ident, item in talks.meetings.items() if item.opened_at},
        where={
            line.id: item.id
            for item in talks.meetings.values()
            if item.opened_at
            for line in item.lines
            if line.opened_at
        },
    )


def _commitment(held: RegisteredCommitment) -> RegisteredCommitment:
    figures = tuple(figure for figure in held.figures if figure.access == "public")
    return msgspec.structs.replace(held, figures=figures)


def _meeting(meeting: Meeting) -> Meeting:
    """Return an opened session with its opened lines, numbered anew: how many others there are is not to be seen."""
    opened = [line for line in meeting.lines if line.opened_at]
    lines = tuple(_line(meeting, line, number) for number, line in enumerate(opened, 1))
    return msgspec.structs.replace(meeting, lines=lines, delegations=(), assents=())


def _line(meeting: Meeting, line: MinuteLine, number: int) -> MinuteLine:
    answers = tuple(found for party in meeting.parties if (found := line.answer_of(party)))
    return msgspec.structs.replace(line, number=number, answers=answers, replaces="", replaced_by="")
