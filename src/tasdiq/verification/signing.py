"""Signing: each member's mark under each part of a draft.

Rules (cited by tests as P8, P21, P22):

P8.  Parties, mediators and observers sign each part by themselves; a reservation and a dissent carry their text.
P21. Signing opens when every party that was told of the draft has replied or is overdue (T6), and ends with the signing
     period ([procedure] signing_days).
P22. A member may change its mark until the part is decided. After that nobody changes a mark; who has not marked yet still
     may, until the period ends: a late dissent is published too, and changes no outcome.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import ProcedureError
from tasdiq.model import entries
from tasdiq.model.case import Case, Finding, Signature

from . import clocks, roles
from .decision import CARRIED, NOT_COMMON, decide
from .docket import Docket, Step, with_finding

_DECIDED = (CARRIED, NOT_COMMON)


def check_mark(docket: Docket, step: Step, body: entries.FindingSigned) -> None:
    """Raise unless this member may put this mark under this part now (P8, P21, P22)."""
    case, finding = docket.finding(body.finding)
    roles.require_seat(docket, step, case)
    if finding.decision in ("withdrawn", "set aside"):
        raise ProcedureError(f"finding {finding.id} was {finding.decision}", paragraph="P8")
    if body.mark in ("reserves", "dissents") and not body.text.strip():
        raise ProcedureError("a reservation and a dissent carry their text, published with the finding", paragraph="P8")
    _check_period(docket, case, finding, step.at)
    marked = any(mark.member == step.member and mark.part == body.part for mark in finding.signatures)
    if marked and dict(finding.decided).get(body.part) in _DECIDED:
        raise ProcedureError(f"the part {body.part} is decided: its marks stand", paragraph="P22")


def _check_period(docket: Docket, case: Case, finding: Finding, at: str) -> None:
    opens = clocks.signing_opens(docket.charter, case, finding)
    if not opens:
        told = {notice.party for notice in finding.notices} | {finding.drafted_by}
        waiting = ", ".join(party.id for party in docket.charter.parties if party.id not in told)
        raise ProcedureError(f"told of the draft first: {waiting} (tasdiq case notify)", paragraph="P21")
    if at < opens:
        raise ProcedureError(
            f"the parties reply first: signing opens when each has replied, at the latest {opens}", paragraph="P21"
        )
    if at >= (ends := clocks.signing_ends(docket.charter, case, finding)):
        raise ProcedureError(f"the signing period of {finding.id} ended {ends}", paragraph="P21")


def sign(docket: Docket, step: Step, body: entries.FindingSigned) -> Case:
    """Return the case with the mark, and with what the marks come to."""
    case, finding = docket.finding(body.finding)
    mark = Signature(member=step.member, part=body.part, mark=body.mark, text=body.text, at=step.at, entry=step.entry)
    marked = msgspec.structs.replace(
        finding, signatures=(*finding.signatures, mark), entries=(*finding.entries, step.entry)
    )
    if finding.decision != "draft":
        return with_finding(case, marked)
    signing = msgspec.structs.replace(with_finding(case, marked), stage="signing")
    return decide(docket.charter, signing, step.at)
