"""The same game with the parties exchanged, what the charter allows of its outcome, and its outline."""

from __future__ import annotations

from typing import Any

import msgspec

from tasdiq.model.agreement import Commitment
from tasdiq.model.case import Finding
from tasdiq.model.charter import Charter
from tasdiq.verification import clocks
from verification.play import CHARTER, Play

EXCHANGED = {"kes": "vor", "vor": "kes"}


MIRRORED = msgspec.structs.replace(
    CHARTER,
    commitments=(
        *CHARTER.commitments,
        Commitment(id="k1", agreement="a1", bearer="kes", text="No fire.", acknowledged_by=("kes",)),
    ),
)


def other(who: str) -> str:
    """Return the member in this one's place when the parties are exchanged."""
    return EXCHANGED.get(who, who)


def exchanged(charter: Charter) -> Charter:
    """Return the charter with the parties in each other's place; their order in the file stays, for it has no meaning."""
    commitments = tuple(
        msgspec.structs.replace(
            item, bearer=other(item.bearer), acknowledged_by=tuple(map(other, item.acknowledged_by))
        )
        for item in charter.commitments
    )
    return msgspec.structs.replace(charter, commitments=commitments)


def require_allowed(play: Play, finding: Finding, part: str, outcome: str) -> None:
    """Assert that an outcome is one the charter allows, given who said what."""
    if outcome == "not examined":
        assert next(item.outcome for item in finding.parts if item.name == part) == "not examined"
        return
    rules = play.docket.charter.procedure
    away = {item.member for item in play.case.recusals if not item.officer}
    said = {mark.member: mark.mark for mark in finding.signatures if mark.part == part}
    for_it = {member for member, mark in said.items() if mark in ("concurs", "reserves")}
    # A mediator who was recused after the decision had its mark counted when it was made.
    mediators = {"med", "two"} if finding.decided_by == "marks" else {"med", "two"} - away
    if finding.decided_by == "marks":
        assert {"kes", "vor"} <= said.keys(), "decided over a silent party while the period ran"
        assert len(said.keys() - {"prot", "zzz"}) >= rules.quorum
        if rules.decision != "consensus":
            assert mediators & said.keys(), "decided without the mediator's mark"
    if outcome != "carried":
        return
    assert len(said) >= rules.quorum
    if rules.decision == "consensus":
        assert {"kes", "vor"} <= for_it
    elif rules.decision == "majority with mediator":
        assert for_it & {"med", "two"}
        assert len(for_it & {"kes", "vor", "med", "two"}) >= 2
    else:
        assert for_it & {"med", "two"}


def outline(play: Play) -> dict[str, Any]:
    """Return what can be compared of a game: its stage, answers, outcomes and what is due."""
    case = play.case
    return {
        "stage": case.stage,
        "bearer": case.competence.bearer if case.competence else None,
        "assessment": case.assessment.pursue if case.assessment else None,
        "team": sorted(seat.member for seat in case.team),
        "access": [(item.asked_of, item.answer, item.due) for item in case.access],
        "evidence": sorted((h.to, h.received_at, len(h.answers)) for e in case.evidence for h in e.handed),
        "findings": [
            (item.id, item.decision, item.decided, item.decided_at, item.decided_by, item.release, item.drafted_by)
            for item in case.findings
        ],
        "due": sorted(
            (item.owed_by, item.what, item.due, item.overdue) for item in clocks.due(play.docket.charter, case, play.at)
        ),
    }


def swap(value: Any) -> Any:
    """Exchange the parties in every text; what was sorted is sorted again."""
    match value:
        case str():
            return value.replace("kes", "\0").replace("vor", "kes").replace("\0", "vor")
        case dict():
            return {key: swap(item) for key, item in value.items()} | {
                key: sorted(swap(value[key])) for key in ("team", "evidence", "due") if key in value
            }
        case list() | tuple():
            return type(value)(swap(item) for item in value)
    return value
