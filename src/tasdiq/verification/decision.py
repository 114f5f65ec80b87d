"""Decide what members' marks under a finding come to, by the charter's rule of decision.

Rules (cited by tests as D1 to D6):

D1. Only parties and mediators decide; observers' marks are kept and shown.
D2. Silence is not consent: a part stays open until every party has marked it.
D3. *consensus*: every party concurs or reserves, and no mediator who marked dissents.
D4. *majority with mediator*: more than half of the deciding members concur or reserve, at least one mediator among them.
D5. *chair*: the first mediator of the charter concurs or reserves.
D6. A part that is *not examined* asks for no marks; those given are kept and shown, and the other parts decide.

A part that everyone marked and that the rule does not carry is "no common finding": every member's text is published.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tasdiq.model.case import Finding, Mark, PartName
from tasdiq.model.charter import Charter

OPEN, CARRIED, NOT_COMMON, NOT_EXAMINED = "open", "carried", "no common finding", "not examined"
_FOR = ("concurs", "reserves")


def decide_part(charter: Charter, marks: Mapping[str, Mark]) -> str:
    """Return `open`, `carried` or `no common finding` for one part, given each member's latest mark."""
    if any(party.id not in marks for party in charter.parties):
        return OPEN
    return CARRIED if _carries(charter, marks) else NOT_COMMON


def decide(charter: Charter, finding: Finding) -> Finding:
    """Return the finding with the outcome of each part and of the whole."""
    if finding.decision == "withdrawn":
        return finding
    outcomes = {
        part.name: NOT_EXAMINED
        if part.outcome == NOT_EXAMINED
        else decide_part(charter, marks_under(finding, part.name))
        for part in finding.parts
    }
    whole = "draft"
    if OPEN not in outcomes.values():
        whole = "no common finding" if NOT_COMMON in outcomes.values() else "signed"
    return msgspec.structs.replace(finding, decision=whole, decided=tuple(sorted(outcomes.items())))


def marks_under(finding: Finding, part: PartName) -> dict[str, Mark]:
    """Return each member's latest mark under a part."""
    return {mark.member: mark.mark for mark in finding.signatures if mark.part == part}


def _carries(charter: Charter, marks: Mapping[str, Mark]) -> bool:
    parties = [party.id for party in charter.parties]
    mediators = [mediator.id for mediator in charter.mediators]
    inclined = {member for member, mark in marks.items() if mark in _FOR}
    match charter.procedure.decision:
        case "consensus":
            return inclined.issuperset(parties) and not any(marks.get(m) == "dissents" for m in mediators)
        case "majority with mediator":
            deciding = [*parties, *mediators]
            return 2 * len(inclined.intersection(deciding)) > len(deciding) and bool(inclined.intersection(mediators))
        case _:
            return bool(mediators) and mediators[0] in inclined
