"""The hearing: every party is told of a draft and replies before anyone signs; deadlines move by agreement.

Rules (cited by tests as P18 to P20):

P18. A draft is handed to every party but the one that drafted it, by a mediator or the drafter, once each.
P19. The party that was told replies, in words; more than once if it wishes, and late if it is late, until the finding is
     decided. No reply is *overdue*: shown so, and neither agreement nor objection ([procedure] reply_days).
P20. A deadline moves when every party to the case has entered the same later time (T4): of a request, of evidence, of a
     notice, of a finding's signing period, or, by the case's own id, of the decision on competence.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import steps
from tasdiq.model.case import Case, Extension, Finding
from tasdiq.model.hearing import Notice, Reply

from . import clocks, roles
from .docket import Docket, Step, with_finding


def check_notice(docket: Docket, step: Step, body: steps.PartyNotified) -> None:
    """Raise unless this party may be told of the draft now (P18)."""
    case, finding = docket.finding(body.finding)
    seat = roles.require_seat(docket, step, case)
    require_draft(finding, "P18")
    if seat.role != "mediator" and step.member != finding.drafted_by:
        raise RoleError("a draft is handed over by a mediator, or by the party that drafted it (P18)")
    if docket.knows(body.notice):
        raise ProcedureError(f"the id {body.notice} is in use already", paragraph="P18")
    if body.party not in {party.id for party in docket.charter.parties} or body.party == finding.drafted_by:
        raise ProcedureError(
            f"a draft is handed to the parties that did not draft it, not to {body.party}", paragraph="P18"
        )
    if any(notice.party == body.party for notice in finding.notices):
        raise ProcedureError(f"{body.party} was told of {finding.id} already", paragraph="P18")


def notify(docket: Docket, step: Step, body: steps.PartyNotified) -> Case:
    """Return the case with the notice; the party's clock begins."""
    case, finding = docket.finding(body.finding)
    due = clocks.after(step.at, days=docket.charter.procedure.reply_days)
    told = Notice(id=body.notice, party=body.party, due=due, at=step.at)
    noticed = msgspec.structs.replace(finding, notices=(*finding.notices, told))
    stage = "notified" if case.stage == "drafted" else case.stage
    return msgspec.structs.replace(with_finding(case, noticed), stage=stage)


def check_reply(docket: Docket, step: Step, body: steps.PartyResponded) -> None:
    """Raise unless the reply is that of the party that was told, in words (P19)."""
    _, finding = docket.finding(body.finding)
    notice = next((item for item in finding.notices if item.id == body.notice), None)
    if notice is None:
        raise MissingError(f"finding {finding.id} has no notice {body.notice}")
    if notice.party != step.member:
        raise RoleError(f"{notice.party} was told of this draft; {step.member} cannot reply for it (P19)")
    require_draft(finding, "P19")
    if not body.text.strip():
        raise ProcedureError("a reply is given in words", paragraph="P19")


def respond(docket: Docket, step: Step, body: steps.PartyResponded) -> Case:
    """Return the case with the reply."""
    case, finding = docket.finding(body.finding)
    said = Reply(text=body.text, at=step.at, entry=step.entry)
    notices = tuple(
        msgspec.structs.replace(item, replies=(*item.replies, said)) if item.id == body.notice else item
        for item in finding.notices
    )
    return with_finding(case, msgspec.structs.replace(finding, notices=notices))


def check_extension(docket: Docket, step: Step, body: steps.DeadlineExtended) -> None:
    """Raise unless this deadline may move to that time, as far as this party is concerned (P20)."""
    case = docket.case(body.case)
    roles.require_seat(docket, step, case)
    agreeing = roles.agreeing(docket.charter, case)
    if step.member not in agreeing:
        raise RoleError(f"a deadline moves by agreement of {', '.join(agreeing)}; {step.member} is none of them (P20)")
    now = deadline(docket, case, body.item)
    if clocks.read(body.until) <= clocks.read(now):
        raise ProcedureError(f"the deadline of {body.item} is {now}; an extension is later", paragraph="P20")


def extend(docket: Docket, step: Step, body: steps.DeadlineExtended) -> Case:
    """Return the case with the party's word; the deadline moves when it is the last one needed."""
    case = docket.case(body.case)
    what = f"extend {body.item}={body.until}"
    case, done = roles.agreed(case, step, what, roles.agreeing(docket.charter, case))
    if not done:
        return case
    moved = Extension(item=body.item, until=body.until, at=step.at)
    return msgspec.structs.replace(case, extensions=(*case.extensions, moved))


def deadline(docket: Docket, case: Case, item: str) -> str:
    """Return until when an item of a case is due; raise if it has no clock (P20)."""
    dues = {request.id: request.due for request in case.access if request.answer in clocks.PENDING_ACCESS}
    dues |= {evidence.id: evidence.handed[0].due for evidence in case.evidence if evidence.handed}
    for finding in case.findings:
        if finding.decision == "draft":
            dues |= {notice.id: notice.due for notice in finding.notices}
            opens = clocks.signing_opens(docket.charter, case, finding)
            dues[finding.id] = clocks.after(opens, days=finding.signing_days) if opens else ""
    if case.competence is None:
        dues[case.id] = case.due
    if not dues.get(item):
        raise MissingError(f"nothing is due of {item[:80]} in {case.id}; see: tasdiq case show RECORD {case.id}")
    return clocks.extended(case, item, dues[item])


def require_draft(finding: Finding, paragraph: str) -> None:
    """Raise `ProcedureError` unless a finding is still before the members."""
    if finding.decision != "draft":
        raise ProcedureError(f"finding {finding.id} is {finding.decision}", paragraph=paragraph)
