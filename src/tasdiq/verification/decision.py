"""Decide what members' marks under a finding come to, by the charter's rule of decision ([procedure] decision, quorum).

Rules (cited by tests as D1 to D9):

D1. Only parties and mediators decide; observers' marks are kept and shown. Marks of the recused count for nobody.
D2. Silence is not consent: while the signing period runs, a part stays open until every party has marked it.
D3. *consensus*: every party concurs or reserves, and no mediator who marked dissents.
D4. *majority with mediator*: more than half of the deciding members concur or reserve, at least one mediator among them.
D5. *chair*: the first mediator of the charter who is not recused concurs or reserves.
D6. A part that is *not examined* asks for no marks; those given are kept and shown, and the other parts decide.
D7. A part is decided when the quorum of marks is there, with a mediator's where the rule needs one (D4: any, D5: the
    chair's), and no mark still to come could change what it comes to: the order of marks changes nothing.
D8. When the signing period has run out every part is decided on the marks that are there. Who did not mark did not concur;
    without the quorum, or the mark the rule needs, nothing is carried.
D9. A decision names its time: that of the mark that made it, or the end of the period.

A part that the rule does not carry is "no common finding": every member's text is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from tasdiq.model.case import Case, Finding, Mark, PartName
from tasdiq.model.charter import Charter

from . import clocks, roles
from .docket import with_finding
from .drafting import NOT_EXAMINED

OPEN, CARRIED, NOT_COMMON = "open", "carried", "no common finding"
_FOR = ("concurs", "reserves")
Marks = Mapping[str, Mark]


def settle(charter: Charter, case: Case, at: str) -> Case:
    """Return the case as of a time: findings whose signing period has run out by then are decided (D8)."""
    for finding in case.findings:
        ends = clocks.signing_ends(charter, case, finding) if finding.decision == "draft" else ""
        if ends and at >= ends:
            case = _decided(charter, case, finding, ends, over=True)
    return case


def decide(charter: Charter, case: Case, at: str) -> Case:
    """Return the case with what the marks under its drafts come to, as a step at a time leaves them (D7)."""
    for finding in case.findings:
        if finding.decision == "draft" and finding.signatures:
            case = _decided(charter, case, finding, at, over=False)
    return case


def _decided(charter: Charter, case: Case, finding: Finding, at: str, *, over: bool) -> Case:
    outcomes = {
        part.name: NOT_EXAMINED
        if part.outcome == NOT_EXAMINED
        else decide_part(charter, case, marks_under(charter, case, finding, part.name), over=over)
        for part in finding.parts
    }
    counted = msgspec.structs.replace(finding, decided=tuple(sorted(outcomes.items())))
    if OPEN in outcomes.values():
        return with_finding(case, counted)
    whole: Literal["signed", "no common finding"] = "no common finding" if NOT_COMMON in outcomes.values() else "signed"
    closed = msgspec.structs.replace(
        counted, decision=whole, decided_at=at, decided_by="end of the signing period" if over else "marks"
    )
    return msgspec.structs.replace(with_finding(case, closed), stage="decided")


def decide_part(charter: Charter, case: Case, marks: Marks, *, over: bool = False) -> str:
    """Return `open`, `carried` or `no common finding` for one part, given each member's latest mark."""
    ready = len(marks) >= charter.procedure.quorum and _has_mediator(charter, case, marks)
    if over:
        return CARRIED if ready and _carries(charter, case, marks) else NOT_COMMON
    if not ready or any(party.id not in marks for party in charter.parties):
        return OPEN
    outcomes = {_carries(charter, case, _completed(charter, case, marks, mark)) for mark in ("concurs", "dissents")}
    if len(outcomes) > 1:
        return OPEN
    return CARRIED if outcomes.pop() else NOT_COMMON


def marks_under(charter: Charter, case: Case, finding: Finding, part: PartName) -> dict[str, Mark]:
    """Return each member's latest mark under a part, of those whose marks count (D1)."""
    return {member: mark.mark for member, mark in roles.marked_by(charter, case, finding, part).items()}


def _completed(charter: Charter, case: Case, marks: Marks, mark: Literal["concurs", "dissents"]) -> Marks:
    """Return the marks as they would be if everybody still to come gave this one (D7)."""
    return dict.fromkeys(roles.waiting_for_marks(charter, case), mark) | dict(marks)


def _has_mediator(charter: Charter, case: Case, marks: Marks) -> bool:
    match charter.procedure.decision:
        case "consensus":
            return True
        case "majority with mediator":
            return any(mediator.id in marks for mediator in roles.mediators_of(charter, case))
        case _:
            return roles.chair_of(charter, case) in marks


def _carries(charter: Charter, case: Case, marks: Marks) -> bool:
    parties = [party.id for party in charter.parties]
    mediators = [mediator.id for mediator in roles.mediators_of(charter, case)]
    inclined = {member for member, mark in marks.items() if mark in _FOR}
    match charter.procedure.decision:
        case "consensus":
            return inclined.issuperset(parties) and not any(marks.get(m) == "dissents" for m in mediators)
        case "majority with mediator":
            deciding = [*parties, *mediators]
            return 2 * len(inclined.intersection(deciding)) > len(deciding) and bool(inclined.intersection(mediators))
        case _:
            return bool(mediators) and mediators[0] in inclined
