"""Sessions and their minutes, line by line.

Rules (cited by tests as M1 to M8):

M1. A session is recorded by a mediator; where the charter names none, by any party or observer. It says where and when it
    was held, between which parties of the charter, before which of its mediators, and in which languages; one of them is
    authentic.
M2. A delegation is named by its own party, as that party names it; a later naming stands in the place of the earlier one.
M3. Lines are recorded in order, in words, by the member who recorded the session or by a mediator who sat at it.
M4. A delegation marks each line for itself: agreed, not agreed, or its own wording, which it then gives. A mediator does not
    answer for a delegation, nor one party for another.
M5. A mark is for the exact text: it names the SHA-256 of the line in the authentic language.
M6. A line is agreed when every delegation has marked it *agreed*. Silence is not consent. What all have agreed is not marked
    again.
M7. A changed line is a new line, which names the one it stands for and needs new marks. An agreed line is not replaced, and
    a replaced one not marked.
M8. Minutes stay with the members. Agreed lines become public when every party to the session has entered so for itself; the
    last of these entries opens the session's entry, those lines and the marks that agree them, and nothing else. A word given
    before a further line was agreed does not cover it: from then on every party gives its word anew.
"""

from __future__ import annotations

import hashlib
import re

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.case import Assent
from tasdiq.model.meeting import (
    Delegation,
    DelegationNamed,
    LineAnswer,
    Meeting,
    MinuteLine,
    MinuteLineAnswered,
    MinuteLineRecorded,
    SessionHeld,
)
from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.verification.docket import Step

from . import seats

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def text_sha256(text: str) -> str:
    """Return the hex SHA-256 of a line's exact text in UTF-8 (M5)."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_session(state: State, step: Step, body: SessionHeld) -> None:
    """Raise unless this member may record this session (M1)."""
    seat = seats.require_seat(state, step)
    if seat.role != "mediator" and state.charter.mediators:
        raise RoleError("a session is recorded by a mediator (M1)")
    seats.require_new(state, body.session, "M1")
    seats.require_words(body.title, "what a session is called", "M1")
    seats.require_words(body.place, "where a session was held", "M1")
    seats.require_parties(state, body.parties, "M1")
    known = {mediator.id for mediator in state.charter.mediators}
    if strangers := [who for who in body.mediators if who not in known]:
        raise ProcedureError(f"expected mediators of the charter, found {strangers[0]!r}", paragraph="M1")
    _check_times(step, body)
    if wrong := [tag for tag in body.languages if not _LANGUAGE.fullmatch(tag)]:
        raise ProcedureError(f"a language is a tag like ur, ps, fa-AF or en, found {wrong[0][:40]!r}", paragraph="M1")
    if body.authentic not in body.languages:
        raise ProcedureError(
            f"the authentic language is one of the session's ({', '.join(body.languages)}), found {body.authentic[:40]!r}",
            paragraph="M1",
        )


def _check_times(step: Step, body: SessionHeld) -> None:
    for at in filter(None, (body.start, body.end)):
        clocks.read(at)
    if not body.start or body.start > step.at:
        raise ProcedureError("a session is recorded when it has begun: say when", paragraph="M1")
    if body.end and body.end < body.start:
        raise ProcedureError(f"it ends ({body.end}) before it begins ({body.start})", paragraph="M1")


def hold(state: State, step: Step, body: SessionHeld) -> list[str]:
    """Let the session stand, between all parties unless some are named."""
    parties = body.parties or tuple(party.id for party in state.charter.parties)
    _keep(
        state,
        Meeting(
            id=body.session,
            title=body.title,
            place=body.place,
            start=body.start,
            end=body.end,
            round=body.round,
            agenda=body.agenda,
            parties=parties,
            mediators=body.mediators,
            languages=body.languages,
            authentic=body.authentic,
            recorded_by=step.member,
            at=step.at,
            entry=step.entry,
        ),
    )
    return [body.session]


def check_delegation(state: State, step: Step, body: DelegationNamed) -> None:
    """Raise unless this is the party's own delegation (M2)."""
    meeting = _with_party(state, step, body.session, "M2")
    for delegate in (body.head, *body.members):
        seats.require_words(delegate.name, f"who came to {meeting.id}, as the delegation names them,", "M2")


def name_delegation(state: State, step: Step, body: DelegationNamed) -> list[str]:
    """Let the delegation stand as its party names it."""
    meeting = meeting_of(state, body.session)
    named = Delegation(party=step.member, head=body.head, members=body.members, at=step.at, entry=step.entry)
    others = tuple(item for item in meeting.delegations if item.party != step.member)
    _keep(state, msgspec.structs.replace(meeting, delegations=(*others, named)))
    return [f"{meeting.id}/delegation/{step.member}"]


def check_line(state: State, step: Step, body: MinuteLineRecorded) -> None:
    """Raise unless this line comes from whoever keeps the minutes, and replaces nothing that is agreed (M3, M7)."""
    meeting = meeting_of(state, body.session)
    seats.require_seat(state, step)
    if step.member != meeting.recorded_by and step.member not in meeting.mediators:
        raise RoleError(f"{step.member} does not keep the minutes of {meeting.id} (M3)")
    seats.require_after(step, meeting.lines[-1].at if meeting.lines else meeting.at, "the line before it")
    seats.require_new(state, body.line, "M3")
    seats.require_words(body.text, "a line", "M3")
    tags = [item.language for item in body.translations]
    if len(set(tags)) != len(tags) or any(tag == meeting.authentic or tag not in meeting.languages for tag in tags):
        raise ProcedureError("translations are in the session's other languages, each once", paragraph="M3")
    if body.replaces:
        _check_replaced(meeting, line_in(meeting, body.replaces))


def _check_replaced(meeting: Meeting, line: MinuteLine) -> None:
    if meeting.agreed(line):
        raise ProcedureError(
            f"line {line.number} is agreed and stays: record a further line that says otherwise", paragraph="M7"
        )
    if line.replaced_by:
        raise ProcedureError(f"line {line.number} was replaced already, by {line.replaced_by}", paragraph="M7")


def record_line(state: State, step: Step, body: MinuteLineRecorded) -> list[str]:
    """Put the line at the end of the minutes; nobody has marked it yet."""
    meeting = meeting_of(state, body.session)
    line = MinuteLine(
        id=body.line,
        number=len(meeting.lines) + 1,
        text=body.text,
        sha256=text_sha256(body.text),
        translations=body.translations,
        recorded_by=step.member,
        at=step.at,
        entry=step.entry,
        replaces=body.replaces,
    )
    if body.replaces:
        replaced = line_in(meeting, body.replaces)
        meeting = _with_line(meeting, msgspec.structs.replace(replaced, replaced_by=line.id))
    _keep(state, msgspec.structs.replace(meeting, lines=(*meeting.lines, line)))
    state.talks.where[line.id] = meeting.id
    return [line.id]


def check_mark(state: State, step: Step, body: MinuteLineAnswered) -> None:
    """Raise unless this delegation may mark this line so (M4 to M7)."""
    meeting = _with_party(state, step, body.session, "M4")
    line = line_in(meeting, body.line)
    seats.require_after(step, line.at, "the line")
    if body.sha256 != line.sha256:
        raise ProcedureError(
            f"the mark is for a text with SHA-256 {body.sha256[:16]}…, the line has {line.sha256[:16]}…: read it again",
            paragraph="M5",
        )
    if line.replaced_by:
        raise ProcedureError(f"line {line.number} was replaced by {line.replaced_by}: mark that one", paragraph="M7")
    if meeting.agreed(line):
        raise ProcedureError(f"line {line.number} is agreed by all already", paragraph="M6")
    if body.answer == "own wording":
        seats.require_words(body.text, "a delegation's own wording", "M4")


def mark(state: State, step: Step, body: MinuteLineAnswered) -> list[str]:
    """Keep the delegation's mark; its latest one counts, all are kept."""
    meeting = meeting_of(state, body.session)
    line = line_in(meeting, body.line)
    given = LineAnswer(
        party=step.member, answer=body.answer, sha256=body.sha256, text=body.text, at=step.at, entry=step.entry
    )
    marked = msgspec.structs.replace(line, answers=(*line.answers, given))
    # What is agreed only now was not what a party spoke of that wished agreed lines to be opened before (M8).
    assents = () if meeting.agreed(marked) else meeting.assents
    _keep(state, msgspec.structs.replace(_with_line(meeting, marked), assents=assents))
    return [f"{line.id}/{step.member}"]


def always_joint(state: State, step: Step, body: object) -> str:
    """Return who may read the entry: the members (M8)."""
    return "joint"


def standing(meeting: Meeting, line: MinuteLine) -> str:
    """Say in words where a line stands: agreed, replaced, not agreed, own wordings, waiting (M6)."""
    if line.replaced_by:
        return "replaced"
    if meeting.agreed(line):
        return "agreed"
    given = {item.answer for party in meeting.parties if (item := line.answer_of(party))}
    for word in ("not agreed", "own wording"):
        if word in given:
            return word
    return "waiting"


def meeting_of(state: State, ident: str) -> Meeting:
    """Return a session of the register; raise `MissingError` if there is none of that id."""
    if ident not in state.talks.meetings:
        raise MissingError(f"no session {ident} in this record; list them with: tasdiq minutes list RECORD")
    return state.talks.meetings[ident]


def line_in(meeting: Meeting, ident: str) -> MinuteLine:
    """Return a line of a session; raise `MissingError` if there is none of that id."""
    if (line := meeting.line(ident)) is None:
        raise MissingError(f"session {meeting.id} has no line {ident}; see: tasdiq minutes show RECORD {meeting.id}")
    return line


def _with_party(state: State, step: Step, session: str, rule: str) -> Meeting:
    seats.require_party(state, step, rule)
    meeting = meeting_of(state, session)
    if step.member not in meeting.parties:
        raise RoleError(f"{step.member} sent no delegation to {meeting.id} ({rule})")
    seats.require_after(step, meeting.at, "the session's entry")
    return meeting


def _with_line(meeting: Meeting, line: MinuteLine) -> Meeting:
    lines = tuple(line if item.id == line.id else item for item in meeting.lines)
    return msgspec.structs.replace(meeting, lines=lines)


def _keep(state: State, meeting: Meeting) -> None:
    state.talks.meetings[meeting.id] = meeting


def agree_to_open(meeting: Meeting, step: Step) -> tuple[Meeting, bool]:
    """Enter one party's word that the agreed lines become public; tell whether every party has now said so (M8)."""
    kept = tuple(item for item in meeting.assents if item.member != step.member)
    assents = (*kept, Assent(what="open", member=step.member, at=step.at))
    done = {item.member for item in assents}.issuperset(meeting.parties)
    return msgspec.structs.replace(meeting, assents=() if done else assents), done
