"""Clocks: what is due from whom, until when, and what is overdue. Time is always passed in; nothing here looks at a clock.

Rules (cited by tests as T1 to T6); days are those of the charter's [procedure]:

T1. A step says when it was taken, or its entry does: a time in UTC, at most an hour before it is entered by the host's clock,
    and never ahead of it (ten seconds are allowed for clocks that differ): a step dated ahead would keep everyone else's out (T2).
T2. A case's steps follow each other in time: none is dated before the one that stands last.
T3. A deadline is counted from the step that starts it, in the charter's days, and does not change with the charter:
    `competence_days`, `access_days`, `evidence_days`, `reply_days`, `signing_days`, `appeal_days`.
T4. A deadline moves by agreement only: every party to the case enters the same later time for itself.
T5. *Overdue* is a fact about the clock. It is shown as overdue, it is no answer, and it is never consent.
T6. The signing period begins when every notified party has replied or is overdue, or, where the charter's steps are short,
    with the draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from tasdiq.errors import ProcedureError
from tasdiq.model.case import Case, Due, Finding
from tasdiq.model.charter import Charter
from tasdiq.model.hearing import Notice

from .roles import chair_of, marked_by, mediators_of, waiting_for_marks

LATE, AHEAD = timedelta(hours=1), timedelta(seconds=10)
LAST = "9999-12-31T23:59:59Z"
_FORM = "%Y-%m-%dT%H:%M:%SZ"
PENDING_ACCESS = ("no answer yet", "delayed")


def after(at: str, *, days: int = 0, hours: int = 0) -> str:
    """Return the time so many days and hours after another; the end of the calendar, where that lies beyond it."""
    try:
        return (read(at) + timedelta(days=days, hours=hours)).strftime(_FORM)
    except OverflowError:
        return LAST


@lru_cache(maxsize=4096)
def read(at: str) -> datetime:
    """Read a time; raise `ProcedureError` on any form but `YYYY-MM-DDTHH:MM:SSZ` (T1)."""
    try:
        found = datetime.fromisoformat(at).replace(tzinfo=UTC)
    except ValueError as error:
        raise ProcedureError(
            f"a time is written as 2031-05-02T18:00:00Z, in UTC; found {at[:40]!r}", paragraph="T1"
        ) from error
    if found.strftime(_FORM) != at:
        raise ProcedureError(f"a time is written as 2031-05-02T18:00:00Z, in UTC; found {at[:40]!r}", paragraph="T1")
    return found


def require_now(at: str, now: str) -> None:
    """Raise `ProcedureError` unless a step is dated within the last hour by the host's clock (T1)."""
    if not -LATE <= read(at) - read(now) <= AHEAD:
        raise ProcedureError(f"the step is dated {at}, and it is {now} here: date it when it is taken", paragraph="T1")


def require_order(case: Case, at: str) -> None:
    """Raise `ProcedureError` if a step is dated before the one that stands last in its case (T2)."""
    read(at)
    if case.history and at < case.history[-1].at:
        last = case.history[-1]
        raise ProcedureError(f"the step is dated {at}, before {last.kind} of {last.at}", paragraph="T2")


def extended(case: Case, item: str, due: str) -> str:
    """Return when something is due, with what was agreed about it (T4)."""
    return next((found.until for found in reversed(case.extensions) if found.item == item), due)


def signing_opens(charter: Charter, case: Case, finding: Finding) -> str:
    """Return from when on a finding can be signed, `""` while a party still has to be told of the draft (T6)."""
    if charter.procedure.steps != "full":
        return finding.drafted_at
    told = {notice.party: notice for notice in finding.notices}
    asked = [party.id for party in charter.parties if party.id != finding.drafted_by]
    if any(party not in told for party in asked):
        return ""
    return max([finding.drafted_at, *(_heard(case, told[party]) for party in asked)])


def _heard(case: Case, notice: Notice) -> str:
    due = extended(case, notice.id, notice.due)
    return min(notice.replies[0].at, due) if notice.replies else due


def signing_ends(charter: Charter, case: Case, finding: Finding) -> str:
    """Return when the signing period ends, `""` while it has not begun and no end is known."""
    opens = signing_opens(charter, case, finding)
    if not opens:
        return ""
    counted = after(opens, days=finding.signing_days)
    return max(counted, extended(case, finding.id, counted))


def due(charter: Charter, case: Case, now: str) -> list[Due]:
    """Return what is due in a case, from whom and until when, the earliest first; what is past is marked overdue (T5)."""
    found = [*_competence(charter, case), *_access(case), *_evidence(case)]
    for finding in case.findings:
        if finding.decision == "draft":
            found += [*_replies(case, finding), *_marks(charter, case, finding, now)]
        found += _appeals(charter, case, finding)
    return sorted((_as_of(case, item, now) for item in found), key=lambda item: (item.due, item.item, item.owed_by))


def _as_of(case: Case, item: Due, now: str) -> Due:
    until = extended(case, item.item, item.due)
    return Due(
        what=item.what,
        item=item.item,
        owed_by=item.owed_by,
        due=until,
        overdue=bool(now) and now >= until,
        extended=until != item.due,
    )


def _competence(charter: Charter, case: Case) -> Iterator[Due]:
    if case.due and case.competence is None and charter.procedure.steps == "full":
        owing = [mediator.id for mediator in mediators_of(charter, case)] or [party.id for party in charter.parties]
        yield from (Due(what="decide competence", item=case.id, owed_by=who, due=case.due) for who in owing)


def _access(case: Case) -> Iterator[Due]:
    for request in case.access:
        if request.answer in PENDING_ACCESS and request.due:
            yield Due(what="answer the request for access", item=request.id, owed_by=request.asked_of, due=request.due)


def _evidence(case: Case) -> Iterator[Due]:
    for evidence in case.evidence:
        for handover in evidence.handed:
            if handover.answers:
                continue
            what = "answer the evidence" if handover.received_at else "acknowledge and answer the evidence"
            yield Due(what=what, item=evidence.id, owed_by=handover.to, due=handover.due)


def _replies(case: Case, finding: Finding) -> Iterator[Due]:
    for notice in finding.notices:
        if not notice.replies:
            yield Due(what="reply to the draft", item=notice.id, owed_by=notice.party, due=notice.due)


def _marks(charter: Charter, case: Case, finding: Finding, now: str) -> Iterator[Due]:
    opens = signing_opens(charter, case, finding)
    if not opens or (now and now < opens):
        return
    ends = after(opens, days=finding.signing_days)
    for part in finding.parts:
        if part.outcome == "not examined":
            continue
        given = marked_by(charter, case, finding, part.name)
        for member in waiting_for_marks(charter, case):
            if member not in given:
                yield Due(what=f"mark the part {part.name}", item=finding.id, owed_by=member, due=ends)


def _appeals(charter: Charter, case: Case, finding: Finding) -> Iterator[Due]:
    for appeal in finding.appeals:
        if not appeal.dismissed_at and not appeal.granted_at:
            chair = chair_of(charter, case)
            owing = [chair] if chair else [party.id for party in charter.parties]
            what = f"answer the appeal of {appeal.by}"
            yield from (Due(what=what, item=f"{finding.id}/appeal", owed_by=who, due=appeal.due) for who in owing)
