"""What was verified, as plain data: cases with access requests, findings, marks and dissents."""

from __future__ import annotations

from tasdiq.model.case import Case, Finding

from . import times
from .view import Plain, View


def cases(view: View) -> list[Plain]:
    """List the cases with access requests, findings, marks and dissents."""
    found = sorted(view.state.cases.values(), key=lambda c: (c.opened_at, c.id))
    return [_case(view, case) for case in found]


def _case(view: View, case: Case) -> Plain:
    pool = view.state.incidents if case.subject_kind == "incident" else view.state.propositions
    return {
        "id": case.id,
        "subject": case.subject,
        "subject_kind": case.subject_kind,
        "subject_published": case.subject in pool,
        "allegation": case.allegation,
        "alleged_by": case.alleged_by,
        "alleged_by_name": view.names.actor(case.alleged_by),
        "alleged_against": case.alleged_against,
        "alleged_against_name": view.names.actor(case.alleged_against),
        "commitment": case.commitment,
        "opened_at": case.opened_at,
        "opened_words": times.moment(case.opened_at, view.zones),
        "stage": case.stage,
        "competence": _competence(view, case),
        "assessment": {"pursue": case.assessment.pursue, "text": case.assessment.text} if case.assessment else None,
        "reopened": list(case.reopened),
        "access": [
            {
                "id": a.id,
                "asked_of": a.asked_of,
                "asked_of_name": view.names.actor(a.asked_of),
                "place": a.place,
                "asked_at": a.asked_at,
                "asked_words": times.moment(a.asked_at, view.zones),
                "answer": a.answer,
                "answered_at": a.answered_at,
                "answered_words": times.moment(a.answered_at, view.zones),
                "reason": a.reason,
                "due": a.due,
                "answers": [{"answer": n.answer, "at": n.at, "reason": n.reason, "until": n.until} for n in a.answers],
            }
            for a in case.access
        ],
        "findings": [_finding(view, finding) for finding in case.findings],
        **view.standing(case.id),
    }


def _competence(view: View, case: Case) -> Plain | None:
    found = case.competence
    if found is None:
        return None
    return {
        "competent": found.competent,
        "commitment": found.commitment,
        "bearer": found.bearer,
        "bearer_name": view.names.actor(found.bearer) if found.bearer else "",
        "text": found.text,
        "at": found.at,
    }


def _finding(view: View, finding: Finding) -> Plain:
    decided = dict(finding.decided)
    return {
        "id": finding.id,
        "standard": finding.standard,
        "decision": finding.decision,
        "drafted_at": finding.drafted_at,
        "drafted_words": times.moment(finding.drafted_at, view.zones),
        "evidence": list(finding.evidence),
        "decided_at": finding.decided_at,
        "decided_by": finding.decided_by,
        "released_at": finding.released_at,
        "appeals": [
            {
                "by": a.by,
                "by_name": view.names.actor(a.by),
                "text": a.text,
                "at": a.at,
                "answer": "dismissed" if a.dismissed_at else "granted" if a.granted_at else "open",
                "reasons": a.dismissal,
            }
            for a in finding.appeals
        ],
        "parts": [
            {
                "name": part.name,
                "outcome": part.outcome,
                "text": part.text,
                "decided": decided.get(part.name, "open"),
                "marks": [
                    {
                        "member": s.member,
                        "member_name": view.names.actor(s.member),
                        "mark": s.mark,
                        "text": s.text,
                        "at": s.at,
                        "at_words": times.moment(s.at, view.zones),
                        "entry": s.entry,
                    }
                    for s in finding.signatures
                    if s.part == part.name
                ],
                "missing": [
                    view.names.actor(party) for party in view.parties
                    if part.outcome != "not examined"
                    and party not in {s.member for s in finding.signatures if s.part == part.name}
                ],
            }
            for part in finding.parts
        ],
        **view.standing(finding.id),
    }  # fmt: skip
