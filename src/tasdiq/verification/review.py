"""After the draft: withdrawal, appeal, reopening. Nothing is erased by any of them.

Rules (cited by tests as P23 to P26):

P23. A draft is withdrawn by the member that drafted it or by a mediator, a decided finding by every party, each for itself;
     with reasons. It stays in the record, marked.
P24. A party to the case appeals against a decided finding, in words, within the charter's `appeal_days`, once. While an
     appeal is open the finding counts for nothing and is not released.
P25. An appeal is answered by the mechanism (R2): dismissed with reasons, or granted by reopening the case.
P26. A case that has ended is reopened by the mechanism, for a stated reason. Findings under an open appeal are set aside; the
     others stand until a new one is decided. *Not competent* and *not pursued* are decided afresh.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import entries, steps
from tasdiq.model.case import Case, Finding
from tasdiq.model.hearing import Appeal

from . import clocks, roles
from .docket import Docket, Step, with_finding
from .opening import ENDED

DECIDED = ("signed", "no common finding")


def check_withdrawal(docket: Docket, step: Step, body: entries.FindingWithdrawn) -> None:
    """Raise unless this member may withdraw the finding, or have its word in it (P23)."""
    case, finding = docket.finding(body.finding)
    seat = roles.require_seat(docket, step, case)
    if not body.reason.strip():
        raise ProcedureError("a withdrawal gives its reason in words", paragraph="P23")
    if finding.decision in DECIDED:
        if seat.role != "party":
            raise RoleError("a decided finding is withdrawn by every party, each for itself (P23)")
    elif finding.decision != "draft":
        raise ProcedureError(f"finding {finding.id} is {finding.decision} already", paragraph="P23")
    elif seat.role != "mediator" and step.member != finding.drafted_by:
        raise RoleError(f"a draft is withdrawn by {finding.drafted_by or 'its drafter'} or a mediator (P23)")


def withdraw(docket: Docket, step: Step, body: entries.FindingWithdrawn) -> Case:
    """Return the case with the finding withdrawn, where the step decides it."""
    case, finding = docket.finding(body.finding)
    if finding.decision in DECIDED:
        everyone = tuple(party.id for party in docket.charter.parties)
        case, done = roles.agreed(case, step, f"withdraw={finding.id}", everyone)
        if not done:
            return case
    gone = msgspec.structs.replace(finding, decision="withdrawn", entries=(*finding.entries, step.entry))
    stage = "reopened" if case.stage in ("drafted", "notified", "signing") and docket.full else case.stage
    return msgspec.structs.replace(with_finding(case, gone), stage=stage)


def under_appeal(finding: Finding) -> bool:
    """Tell whether an appeal against a finding is open (P24)."""
    return any(not appeal.dismissed_at and not appeal.granted_at for appeal in finding.appeals)


def check_appeal(docket: Docket, step: Step, body: steps.FindingAppealed) -> None:
    """Raise unless this party may appeal now (P24)."""
    case, finding = docket.finding(body.finding)
    roles.require_seat(docket, step, case)
    concerned = roles.agreeing(docket.charter, case)
    if step.member not in concerned:
        raise RoleError(f"an appeal is made by a party to the case: {', '.join(concerned)} (P24)")
    if finding.decision not in DECIDED:
        raise ProcedureError(f"finding {finding.id} is {finding.decision}: nothing to appeal against", paragraph="P24")
    if not body.text.strip():
        raise ProcedureError("an appeal gives its grounds in words", paragraph="P24")
    if any(appeal.by == step.member for appeal in finding.appeals):
        raise ProcedureError(f"{step.member} appealed against {finding.id} already", paragraph="P24")
    until = clocks.after(finding.decided_at, days=docket.charter.procedure.appeal_days)
    if step.at >= until:
        raise ProcedureError(f"an appeal against {finding.id} was possible until {until}", paragraph="P24")


def appeal(docket: Docket, step: Step, body: steps.FindingAppealed) -> Case:
    """Return the case with the appeal; the mechanism's clock begins."""
    case, finding = docket.finding(body.finding)
    due = clocks.after(step.at, days=docket.charter.procedure.appeal_days)
    made = Appeal(by=step.member, text=body.text, at=step.at, due=due)
    appealed = msgspec.structs.replace(
        finding, appeals=(*finding.appeals, made), entries=(*finding.entries, step.entry)
    )
    # Whoever wished it opened before did not wish the appeal opened, nor knew of it (P28).
    left = tuple(item for item in case.assents if item.what != f"lift={finding.id}")
    return msgspec.structs.replace(with_finding(case, appealed), stage="appealed", assents=left)


def check_dismissal(docket: Docket, step: Step, body: steps.AppealDismissed) -> None:
    """Raise unless the appeal may be dismissed so (P25)."""
    case, finding = docket.finding(body.finding)
    roles.require_deciding(docket, step, case)
    if not any(item.by == body.by and not item.dismissed_at and not item.granted_at for item in finding.appeals):
        raise MissingError(f"no open appeal of {body.by} against {finding.id}")
    if not body.text.strip():
        raise ProcedureError("an appeal is dismissed with reasons in words", paragraph="P25")


def dismiss(docket: Docket, step: Step, body: steps.AppealDismissed) -> Case:
    """Return the case with the appeal dismissed, where the step decides it."""
    case, finding = docket.finding(body.finding)
    case, done = roles.decides(docket, case, step, f"dismiss {finding.id}={body.by}")
    if not done:
        return case
    answered = tuple(
        msgspec.structs.replace(item, dismissed_at=step.at, dismissal=body.text) if item.by == body.by else item
        for item in finding.appeals
    )
    changed = msgspec.structs.replace(finding, appeals=answered, entries=(*finding.entries, step.entry))
    case = with_finding(case, changed)
    left = any(under_appeal(item) for item in case.findings)
    return case if left or case.stage != "appealed" else msgspec.structs.replace(case, stage="decided")


def check_reopening(docket: Docket, step: Step, body: steps.CaseReopened) -> None:
    """Raise unless the case has ended and there is a reason (P26)."""
    case = docket.case(body.case)
    roles.require_deciding(docket, step, case)
    if case.stage not in ENDED:
        raise ProcedureError(f"{case.id} is open: {case.stage}", paragraph="P26")
    if not body.reason.strip():
        raise ProcedureError("a case is reopened for a reason in words", paragraph="P26")


def reopen(docket: Docket, step: Step, body: steps.CaseReopened) -> Case:
    """Return the case open again, where the step decides it."""
    case, done = roles.decides(docket, docket.case(body.case), step, "reopen=yes")
    if not done:
        return case
    afresh = case.stage == "not competent" or (case.competence is not None and not case.competence.competent)
    return msgspec.structs.replace(
        case,
        stage="reopened",
        reopened=(*case.reopened, body.reason),
        competence=None if afresh else case.competence,
        assessment=None if case.stage == "not pursued" else case.assessment,
        due=clocks.after(step.at, days=docket.charter.procedure.competence_days) if afresh else case.due,
        findings=tuple(_set_aside(finding, step.at) for finding in case.findings),
    )


def _set_aside(finding: Finding, at: str) -> Finding:
    if not under_appeal(finding):
        return finding
    granted = tuple(
        item if item.dismissed_at else msgspec.structs.replace(item, granted_at=at) for item in finding.appeals
    )
    return msgspec.structs.replace(finding, decision="set aside", appeals=granted)
