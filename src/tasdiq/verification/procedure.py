"""The procedure of a case: which step is open when, and what each step makes of the case.

Rules (cited by tests as P1 to P9); every refusal names its paragraph:

P1. A case is opened on an incident or a proposition of this record, on an allegation in words made by a member: a party
    alleges for itself, a mediator may record another's. What it holds is an *alleged* violation.
P2. Access is asked of a member and answered by that member. Requests, denials and delays are records.
P3. A finding is drafted by a mediator or a party on an open case, in three parts: occurrence, responsibility, breach.
P4. The standard of proof is one the charter knows.
P5. "Access denied" as occurrence needs a request in this case that was denied, or not answered within the charter's days.
P6. Responsibility and breach stay "not examined" unless occurrence is proposed as established.
P7. Breach is examined only against a commitment of the charter, named when the case was opened.
P8. Parties, mediators and observers sign each part by themselves; a reservation and a dissent carry their text.
P9. In a desk record nobody signs: no party has a key there.

No input, no output: time comes with the body, keys were checked by the record. How marks add up is left to `decision`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import entries
from tasdiq.model.case import Case, Finding, Signature
from tasdiq.model.charter import Charter
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification.decision import NOT_EXAMINED, decide

OCCURRENCES = ("established", "not established", "inconclusive", "access denied")
PARTS = ("occurrence", "responsibility", "breach")


def check(state: State, member: str, body: Value) -> None:
    """Raise `ProcedureError`, `RoleError` or `MissingError` unless `member` may take this step now."""
    if state.charter.form == "desk":
        raise RoleError("a desk record has one author and no signing parties: open cases in a joint record (P9)")
    if state.charter.member(member) is None:
        raise RoleError(f"{member} is no member of this mechanism")
    match body:
        case entries.CaseOpened():
            _check_opening(state, member, body)
        case entries.AccessRequested():
            _case(state, body.case)
            if state.charter.member(body.request.asked_of) is None:
                raise ProcedureError(f"access is asked of a member, not of {body.request.asked_of}", paragraph="P2")
        case entries.AccessAnswered():
            _check_answer(state, member, body)
        case entries.FindingDrafted():
            _check_draft(state, member, body)
        case entries.FindingSigned():
            _check_mark(state, body)
        case entries.FindingWithdrawn():
            finding_of(state.cases, body.finding)


def apply(cases: Mapping[str, Case], charter: Charter, member: str, entry: str, body: Value) -> list[Case]:
    """Return the cases a body changes, in their new form; nothing for bodies that concern no case."""
    match body:
        case entries.CaseOpened():
            return [_opened(body)]
        case entries.AccessRequested() if body.case in cases:
            case = cases[body.case]
            return [msgspec.structs.replace(case, stage="access", access=(*case.access, body.request))]
        case entries.AccessAnswered() if body.case in cases:
            return [_answered(cases[body.case], body)]
        case entries.FindingDrafted() if body.case in cases:
            case = cases[body.case]
            drafted = Finding(
                id=body.finding,
                case=case.id,
                standard=body.standard,
                parts=body.parts,
                drafted_at=body.at,
                evidence=body.evidence,
            )
            return [msgspec.structs.replace(case, stage="drafted", findings=(*case.findings, drafted))]
        case entries.FindingSigned():
            return _marked(cases, charter, member, entry, body)
        case entries.FindingWithdrawn():
            return _withdrawn(cases, body)
        case _:
            return []


def introduces(body: Value) -> list[str]:
    """Return the ids a step brings into the record; an answer stands as `<request>/<answer>`."""
    match body:
        case entries.CaseOpened():
            return [body.case]
        case entries.AccessRequested():
            return [body.request.id]
        case entries.AccessAnswered():
            return [f"{body.request}/{body.answer}"]
        case entries.FindingDrafted():
            return [body.finding]
        case _:
            return []


def finding_of(cases: Mapping[str, Case], finding: str) -> tuple[Case, Finding]:
    """Return a finding and its case; raise `MissingError` if the record has none of that id."""
    for case in cases.values():
        for found in case.findings:
            if found.id == finding:
                return case, found
    raise MissingError(f"no finding {finding} in this record; list them with: tasdiq case list RECORD")


def _case(state: State, ident: str) -> Case:
    if ident not in state.cases:
        raise MissingError(f"no case {ident} in this record; list them with: tasdiq case list RECORD")
    return state.cases[ident]


def _check_opening(state: State, member: str, body: entries.CaseOpened) -> None:
    known = state.incidents if body.subject_kind == "incident" else state.propositions
    if body.subject not in known:
        raise MissingError(f"no {body.subject_kind} {body.subject} in this record: a case needs one (P1)")
    if body.case in state.cases:
        raise ProcedureError(f"case {body.case} is open already", paragraph="P1")
    if not body.allegation.strip():
        raise ProcedureError("a case needs the allegation in words", paragraph="P1")
    _check_alleger(state, member, body)
    if body.commitment and body.commitment not in {c.id for c in state.charter.commitments}:
        raise MissingError(f"the charter has no commitment {body.commitment}")


def _check_alleger(state: State, member: str, body: entries.CaseOpened) -> None:
    seat = state.charter.member(member)
    if state.charter.member(body.alleged_by) is None:
        known = ", ".join(item.id for item in state.charter.members)
        raise ProcedureError(f"an allegation is made by a member ({known}), not by {body.alleged_by!r}", paragraph="P1")
    if body.alleged_by != member and (seat is None or seat.role != "mediator"):
        raise RoleError(f"{member} cannot allege in the name of {body.alleged_by}; a mediator may record it (P1)")


def _check_answer(state: State, member: str, body: entries.AccessAnswered) -> None:
    asked = next((item for item in _case(state, body.case).access if item.id == body.request), None)
    if asked is None:
        raise MissingError(f"case {body.case} has no access request {body.request}")
    if asked.asked_of != member:
        raise RoleError(f"access was asked of {asked.asked_of}; {member} cannot answer for it (P2)")


def _check_draft(state: State, member: str, body: entries.FindingDrafted) -> None:
    case = _case(state, body.case)
    seat = state.charter.member(member)
    if seat is None or seat.role not in ("mediator", "party"):
        raise RoleError("a finding is drafted by a mediator or a party (P3)")
    if any(body.finding == finding.id for other in state.cases.values() for finding in other.findings):
        raise ProcedureError(f"finding {body.finding} was drafted already", paragraph="P3")
    outcomes: dict[str, str] = {part.name: part.outcome for part in body.parts}
    if tuple(part.name for part in body.parts) != PARTS:
        raise ProcedureError("a finding has three parts in this order: " + ", ".join(PARTS), paragraph="P3")
    if body.standard not in state.charter.procedure.standards:
        known = ", ".join(state.charter.procedure.standards)
        raise ProcedureError(f"{body.standard!r} is no standard of proof of the charter ({known})", paragraph="P4")
    if outcomes["occurrence"] not in OCCURRENCES:
        raise ProcedureError("the occurrence is one of: " + ", ".join(OCCURRENCES), paragraph="P3")
    if outcomes["occurrence"] == "access denied" and not _refused(case, body.at, state.charter.procedure.access_days):
        raise ProcedureError("no access request of this case was denied, or left unanswered for long", paragraph="P5")
    if outcomes["occurrence"] != "established" and {outcomes[p] for p in PARTS[1:]} != {NOT_EXAMINED}:
        raise ProcedureError(f"without an established occurrence the other parts are {NOT_EXAMINED!r}", paragraph="P6")
    if outcomes["breach"] != NOT_EXAMINED and not case.commitment:
        raise ProcedureError("a breach is examined against a commitment; this case names none", paragraph="P7")


def _refused(case: Case, at: str, days: int) -> bool:
    return any(
        item.answer == "denied" or (item.answer == "no answer yet" and _days_between(item.asked_at, at) >= days)
        for item in case.access
    )


def _days_between(earlier: str, later: str) -> int:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).days


def _check_mark(state: State, body: entries.FindingSigned) -> None:
    _, finding = finding_of(state.cases, body.finding)
    if finding.decision == "withdrawn":
        raise ProcedureError(f"finding {finding.id} was withdrawn", paragraph="P8")
    if body.mark in ("reserves", "dissents") and not body.text.strip():
        raise ProcedureError("a reservation and a dissent carry their text, published with the finding", paragraph="P8")


def _opened(body: entries.CaseOpened) -> Case:
    return Case(
        id=body.case,
        subject=body.subject,
        subject_kind="incident" if body.subject_kind == "incident" else "proposition",
        allegation=body.allegation,
        alleged_by=body.alleged_by,
        alleged_against=body.alleged_against,
        commitment=body.commitment,
        opened_at=body.at,
    )


def _answered(case: Case, body: entries.AccessAnswered) -> Case:
    access = tuple(
        msgspec.structs.replace(item, answer=body.answer, answered_at=body.at, reason=body.reason)
        if item.id == body.request
        else item
        for item in case.access
    )
    return msgspec.structs.replace(case, access=access)


def _marked(
    cases: Mapping[str, Case], charter: Charter, member: str, entry: str, body: entries.FindingSigned
) -> list[Case]:
    case, finding = finding_of(cases, body.finding)
    mark = Signature(member=member, part=body.part, mark=body.mark, text=body.text, at=body.at, entry=entry)
    marked = decide(charter, msgspec.structs.replace(finding, signatures=(*finding.signatures, mark)))
    return [_with_finding(case, marked, "signing" if marked.decision == "draft" else "decided")]


def _withdrawn(cases: Mapping[str, Case], body: entries.FindingWithdrawn) -> list[Case]:
    case, finding = finding_of(cases, body.finding)
    return [_with_finding(case, msgspec.structs.replace(finding, decision="withdrawn"), case.stage)]


def _with_finding(case: Case, finding: Finding, stage: str) -> Case:
    findings = tuple(finding if item.id == finding.id else item for item in case.findings)
    return msgspec.structs.replace(case, findings=findings, stage=stage)
