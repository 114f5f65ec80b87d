"""The draft of a finding: three parts, a standard of proof, and what it may not say.

Rules (cited by tests as P3, P4, P6, P7, P14 to P17):

P3.  A finding is drafted by a mediator or a party on an open case, in three parts: occurrence, responsibility, breach.
P4.  The standard of proof is one the charter knows ([procedure] standards).
P6.  Responsibility and breach stay "not examined" unless occurrence is proposed as established.
P7.  Breach is examined only against a commitment of the charter, named when the case was opened or competence decided.
P14. Breach is "disputed", never "breach", where the bearer never acknowledged the commitment in its own voice.
P15. Whom responsibility is attributed to, the charter names. An armed group that is not a party is none: where responsibility
     is attributed to it, breach is examined only against a commitment of the kind *duty*, a party's own duty to prevent.
P16. A finding rests only on evidence that stands in the record; on evidence of the case only when every party it was handed
     to has answered it or is overdue.
P17. Where the charter asks for every step, one draft is before the members at a time, the case has its team, and a case that
     was decided is reopened before another finding is drafted.

"Access denied" as occurrence is for `access` to say (P5). A finding says what happened; it never grades a party.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import entries
from tasdiq.model.case import Case, Finding
from tasdiq.model.charter import Charter, Group
from tasdiq.model.state import State

from . import clocks, roles
from .access import was_denied
from .docket import Docket, Step
from .opening import ENDED, require_assessment

NOT_EXAMINED = "not examined"
OCCURRENCES = ("established", "not established", "inconclusive", "access denied")
BREACHES = (NOT_EXAMINED, "breach", "no breach", "inconclusive", "disputed")
PARTS = ("occurrence", "responsibility", "breach")


def check_evidence(state: State, body: entries.FindingDrafted) -> None:
    """Raise `MissingError` unless the draft rests on what stands in the record (P16)."""
    own = {item.id for item in state.cases[body.case].evidence} if body.case in state.cases else set[str]()
    for item in body.evidence:
        if item not in own and item not in state.provenance and item not in state.incidents:
            raise MissingError(f"the draft rests on {item}, which is not in this record (P16)")


def check_draft(docket: Docket, step: Step, body: entries.FindingDrafted) -> None:
    """Raise unless the draft may be put before the members (P3 to P7, P14 to P17)."""
    case = docket.case(body.case)
    _check_drafter(docket, step, case)
    if docket.knows(body.finding):
        raise ProcedureError(f"finding {body.finding} was drafted already", paragraph="P3")
    if tuple(part.name for part in body.parts) != PARTS:
        raise ProcedureError("a finding has three parts in this order: " + ", ".join(PARTS), paragraph="P3")
    known = docket.charter.procedure.standards
    if body.standard not in known:
        raise ProcedureError(
            f"{body.standard!r} is no standard of proof of the charter ({', '.join(known)})", paragraph="P4"
        )
    _check_open(docket, case)
    _check_outcomes(docket.charter, case, step.at, body)
    _check_breach(docket.charter, case, body)
    _check_heard(case, step.at, body)


def _check_drafter(docket: Docket, step: Step, case: Case) -> None:
    seat = roles.require_seat(docket, step, case)
    if seat.role not in ("mediator", "party"):
        raise RoleError("a finding is drafted by a mediator or a party (P3)")
    neutral = docket.charter.procedure.team == "neutral" and roles.mediators_of(docket.charter, case)
    if neutral and seat.role == "party" and docket.full:
        raise RoleError("under this charter's neutral team a mediator drafts (R5)")


def _check_open(docket: Docket, case: Case) -> None:
    require_assessment(docket, case, "P17")
    if not docket.full:
        return
    if not case.team:
        raise ProcedureError(f"a team comes first: tasdiq case team RECORD {case.id} …", paragraph="P17")
    if case.stage in ENDED:
        raise ProcedureError(f"{case.id} is decided: reopen it before another finding is drafted", paragraph="P17")
    if before := [finding.id for finding in case.findings if finding.decision == "draft"]:
        raise ProcedureError(f"{before[0]} is before the members: sign or withdraw it first", paragraph="P17")


def _check_outcomes(charter: Charter, case: Case, at: str, body: entries.FindingDrafted) -> None:
    occurrence, *others = (part.outcome for part in body.parts)
    if occurrence not in OCCURRENCES:
        raise ProcedureError("the occurrence is one of: " + ", ".join(OCCURRENCES), paragraph="P3")
    if not all(other.strip() for other in others):
        raise ProcedureError(f"each part says what it comes to, or {NOT_EXAMINED!r}", paragraph="P3")
    actor = body.parts[1].actor
    if actor and charter.member(actor) is None and actor.removeprefix("group/") not in {g.id for g in charter.groups}:
        raise MissingError(f"the charter names no member or group {actor} (P15)")
    if occurrence == "access denied" and not was_denied(case, at):
        raise ProcedureError("no access request of this case was denied, or left unanswered for long", paragraph="P5")
    if occurrence != "established" and set(others) != {NOT_EXAMINED}:
        raise ProcedureError(f"without an established occurrence the other parts are {NOT_EXAMINED!r}", paragraph="P6")


def _check_breach(charter: Charter, case: Case, body: entries.FindingDrafted) -> None:
    _, responsibility, breach = body.parts
    if breach.outcome not in BREACHES:
        raise ProcedureError("the breach is one of: " + ", ".join(BREACHES), paragraph="P3")
    if breach.outcome == NOT_EXAMINED:
        return
    commitment = next((item for item in charter.commitments if item.id == case.commitment), None)
    if commitment is None:
        raise ProcedureError("a breach is examined against a commitment; this case names none", paragraph="P7")
    if breach.outcome == "breach" and commitment.bearer not in commitment.acknowledged_by:
        raise ProcedureError(
            f"{commitment.bearer} never acknowledged {commitment.id} in its own voice: 'disputed', not 'breach'",
            paragraph="P14",
        )
    named = {responsibility.actor, responsibility.outcome}
    group = next((item for item in charter.groups if item.party is None and _is_named(item, named)), None)
    if group is not None and commitment.kind != "duty":
        raise ProcedureError(
            f"{group.name} is not a party: breach is examined against a party's duty to prevent, if there is one",
            paragraph="P15",
        )


def _is_named(group: Group, named: set[str]) -> bool:
    names = {group.id, f"group/{group.id}", group.name, *(item.text for item in group.designations)}
    return bool({name.casefold() for name in names} & {name.strip().casefold() for name in named})


def _check_heard(case: Case, at: str, body: entries.FindingDrafted) -> None:
    for evidence in case.evidence:
        if evidence.id not in body.evidence:
            continue
        for handover in evidence.handed:
            due = clocks.extended(case, evidence.id, handover.due)
            if not handover.answers and at < due:
                raise ProcedureError(
                    f"{handover.to} has until {due} to answer {evidence.id}: wait, or leave it out", paragraph="P16"
                )


def draft(docket: Docket, step: Step, body: entries.FindingDrafted) -> Case:
    """Return the case with the draft before the members."""
    case = docket.case(body.case)
    kept: Literal["sealed", "embargoed"] = "sealed" if body.sealed else "embargoed"
    drafted = Finding(
        id=body.finding,
        case=case.id,
        standard=body.standard,
        parts=body.parts,
        drafted_at=step.at,
        evidence=body.evidence,
        drafted_by=step.member,
        signing_days=docket.charter.procedure.signing_days,
        release="public" if step.access == "public" else kept,
        entries=(step.entry,),
    )
    return msgspec.structs.replace(case, stage="drafted", findings=(*case.findings, drafted))
