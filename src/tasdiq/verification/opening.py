"""The beginning of a case: allegation, competence, preliminary assessment.

Rules (cited by tests as P1, P10, P11):

P1.  A case is opened on an incident or a proposition of this record, on an allegation in words made by a member: a party
     alleges for itself, a mediator may record another's. What it holds is an *alleged* violation.
P10. Competence is decided once: which commitment of the charter the allegation touches, and whose that is. Without a
     commitment only an occurrence can be found. *Not competent* gives its reasons and ends the case ([procedure] steps).
P11. The preliminary assessment comes next, in words: whether there is enough to send a team. *Not pursued* ends the case.

Who decides P10 and P11 is for `roles` (R2) to say.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import entries, steps
from tasdiq.model.agreement import Commitment
from tasdiq.model.case import Assessment, Case, Competence, Stage
from tasdiq.model.state import State

from . import clocks, roles
from .docket import Docket, Step

ENDED: tuple[Stage, ...] = ("not competent", "not pursued", "decided", "appealed")
_ORDER: tuple[Stage, ...] = ("opened", "reopened", "competent", "assessed", "team", "access")


def advance(case: Case, stage: Stage) -> Case:
    """Return the case at a stage before the draft, unless it is further already."""
    further = case.stage not in _ORDER or _ORDER.index(case.stage) > _ORDER.index(stage)
    return case if further else msgspec.structs.replace(case, stage=stage)


def require_under_way(case: Case, paragraph: str) -> None:
    """Raise `ProcedureError` if the case has ended before anything was examined."""
    if case.stage in ("not competent", "not pursued"):
        raise ProcedureError(f"{case.id} ended: {case.stage}; it can be reopened", paragraph=paragraph)


def check_subject(state: State, body: entries.CaseOpened) -> None:
    """Raise `MissingError` unless what the case is opened on stands in the record (P1)."""
    known = state.incidents if body.subject_kind == "incident" else state.propositions
    if body.subject not in known:
        raise MissingError(f"no {body.subject_kind} {body.subject} in this record: a case needs one (P1)")


def check_opening(docket: Docket, step: Step, body: entries.CaseOpened) -> None:
    """Raise unless the case may be opened by this member (P1)."""
    seat = roles.require_seat(docket, step)
    if docket.knows(body.case):
        raise ProcedureError(f"case {body.case} is open already", paragraph="P1")
    if not body.allegation.strip():
        raise ProcedureError("a case needs the allegation in words", paragraph="P1")
    if docket.charter.member(body.alleged_by) is None:
        known = ", ".join(item.id for item in docket.charter.members)
        raise ProcedureError(f"an allegation is made by a member ({known}), not by {body.alleged_by!r}", paragraph="P1")
    if body.alleged_by != step.member and seat.role != "mediator":
        raise RoleError(f"{step.member} cannot allege in the name of {body.alleged_by}; a mediator may record it (P1)")
    if body.commitment:
        _commitment(docket, body.commitment)


def open_case(docket: Docket, step: Step, body: entries.CaseOpened) -> Case:
    """Return the new case."""
    return Case(
        id=body.case,
        subject=body.subject,
        subject_kind="incident" if body.subject_kind == "incident" else "proposition",
        allegation=body.allegation,
        alleged_by=body.alleged_by,
        alleged_against=body.alleged_against,
        commitment=body.commitment,
        opened_at=step.at,
        due=clocks.after(step.at, days=docket.charter.procedure.competence_days),
    )


def check_competence(docket: Docket, step: Step, body: steps.CompetenceDecided) -> None:
    """Raise unless competence may be decided so, now (P10)."""
    case = docket.case(body.case)
    roles.require_deciding(docket, step, case)
    if case.competence is not None:
        raise ProcedureError(f"competence for {case.id} was decided already", paragraph="P10")
    if case.stage not in ("opened", "reopened"):
        raise ProcedureError(f"{case.id} is past that: {case.stage}", paragraph="P10")
    if not body.competent:
        if not body.text.strip():
            raise ProcedureError("not competent is decided with reasons in words", paragraph="P10")
        return
    if not body.commitment:
        if body.bearer:
            raise ProcedureError("a bearer is named with the commitment that binds it", paragraph="P10")
        return
    bound = _commitment(docket, body.commitment).bearer
    if body.bearer != bound:
        raise ProcedureError(
            f"the commitment {body.commitment} is {bound}'s, not {body.bearer or 'nobody'}'s", paragraph="P10"
        )


def decide_competence(docket: Docket, step: Step, body: steps.CompetenceDecided) -> Case:
    """Return the case with its competence, where the step decides it."""
    answer = "yes" if body.competent else "no"
    case, done = roles.decides(docket, docket.case(body.case), step, f"competence={answer} {body.commitment}")
    if not done:
        return case
    decided = Competence(
        competent=body.competent, commitment=body.commitment, bearer=body.bearer, text=body.text, at=step.at
    )
    return msgspec.structs.replace(
        case,
        competence=decided,
        commitment=body.commitment if body.competent else case.commitment,
        stage="competent" if body.competent else "not competent",
    )


def check_assessment(docket: Docket, step: Step, body: steps.CaseAssessed) -> None:
    """Raise unless the case may be assessed now (P11)."""
    case = docket.case(body.case)
    roles.require_deciding(docket, step, case)
    require_competence(docket, case, "P11")
    if case.assessment is not None or case.stage in ENDED:
        raise ProcedureError(f"{case.id} was assessed already, or has ended", paragraph="P11")
    if not body.text.strip():
        raise ProcedureError("the preliminary assessment is given in words", paragraph="P11")


def assess(docket: Docket, step: Step, body: steps.CaseAssessed) -> Case:
    """Return the case with its assessment, where the step decides it."""
    answer = "pursue" if body.pursue else "not pursued"
    case, done = roles.decides(docket, docket.case(body.case), step, f"assessment={answer}")
    if not done:
        return case
    made = Assessment(pursue=body.pursue, text=body.text, at=step.at)
    return msgspec.structs.replace(case, assessment=made, stage="assessed" if body.pursue else "not pursued")


def require_competence(docket: Docket, case: Case, paragraph: str) -> None:
    """Raise `ProcedureError` unless competence was decided, where the charter asks for every step."""
    require_under_way(case, paragraph)
    if docket.full and case.competence is None:
        raise ProcedureError(f"competence comes first: tasdiq case competence RECORD {case.id} …", paragraph=paragraph)


def require_assessment(docket: Docket, case: Case, paragraph: str) -> None:
    """Raise `ProcedureError` unless the case was assessed and is pursued, where the charter asks for every step."""
    require_competence(docket, case, paragraph)
    if docket.full and case.assessment is None:
        raise ProcedureError(
            f"the preliminary assessment comes first: tasdiq case assess RECORD {case.id} …", paragraph=paragraph
        )


def _commitment(docket: Docket, ident: str) -> Commitment:
    found = next((item for item in docket.charter.commitments if item.id == ident), None)
    if found is None:
        raise MissingError(f"the charter has no commitment {ident}")
    return found
