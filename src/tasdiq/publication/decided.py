"""What was agreed and what was verified, as plain data: agreements, commitments with conduct, cases with findings."""

from __future__ import annotations

import re

from tasdiq.model.agreement import Agreement, Commitment
from tasdiq.model.case import Case, Finding

from . import times
from .view import Plain, View

NOT_VERIFIED = "not yet verified"
_RULE = re.compile(r" \([A-Z]\d+\)")
"""The number of a rule of conduct, as its reason cites it: docs name the rules, pages their reasons."""


def agreements(view: View) -> list[Plain]:
    """List the charter's agreements with form, consequence and who says so."""
    return [_agreement(view, agreement) for agreement in view.state.charter.agreements]


def _agreement(view: View, item: Agreement) -> Plain:
    return {
        "id": item.id,
        "title": item.title,
        "form": item.form,
        "date": item.date,
        "date_words": times.day(item.date) if item.date else "",
        "until": item.until,
        "until_words": times.day(item.until) if item.until else "",
        "place": item.place,
        "parties": list(item.parties),
        "said_by": [{"id": who, "name": view.names.actor(who)} for who in item.said_by],
        "text": item.text,
        "consequence": item.consequence or "none agreed",
        "commitments": [c.id for c in view.state.charter.commitments if c.agreement == item.id],
    }


def commitments(view: View) -> list[Plain]:
    """List the charter's commitments with each reading and the conduct they come to."""
    return [_commitment(view, commitment) for commitment in view.state.charter.commitments]


def _commitment(view: View, item: Commitment) -> Plain:
    conduct = view.state.conduct.get(item.id)
    return {
        "id": item.id,
        "agreement": item.agreement,
        "bearer": item.bearer,
        "bearer_name": view.names.actor(item.bearer),
        "text": item.text,
        "kind": item.kind,
        "where": item.where,
        "start": item.start,
        "until": item.until,
        "start_words": times.day(item.start) if item.start else "",
        "until_words": times.day(item.until) if item.until else "",
        "exemptions": list(item.exemptions),
        "readings": [{"party": r.party, "name": view.names.actor(r.party), "text": r.text} for r in item.readings],
        "acknowledged_by": [{"id": who, "name": view.names.actor(who)} for who in item.acknowledged_by],
        "conduct": conduct.status if conduct else NOT_VERIFIED,
        "conduct_why": _RULE.sub("", conduct.why) if conduct else "No finding concerns it.",
        "findings": list(conduct.findings) if conduct else [],
        "allegations": list(conduct.allegations) if conduct else [],
    }


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
