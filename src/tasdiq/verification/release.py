"""Who may see what: which steps stay with the members, and when a finding becomes public.

Rules (cited by tests as P27 to P29):

P27. Evidence, requests for access, teams, recusals, notices, replies and deadlines stay with the members (*joint*); so does
     everything about a finding that is not public yet. What the mechanism decided about a case is public.
P28. Where the charter asks for every step, a finding is embargoed from its draft on. A mediator lifts the embargo when the
     charter's hours ([publication] embargo_hours) since the decision have passed; every party together, each for itself, at
     any time after the decision. While an appeal is open nobody lifts it (P24), and a party's word from before it is void.
P29. A sealed finding is opened by every party together only. Lifting opens exactly the entries behind the finding, draft,
     marks, appeals and what came of them, so that anyone can check them; replies and evidence stay with the members.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import ProcedureError, RoleError
from tasdiq.model import entries, steps
from tasdiq.model.case import Case, Finding
from tasdiq.model.value import Value

from . import clocks, roles
from .docket import Docket, Step, with_finding
from .review import DECIDED, under_appeal

WITH_MEMBERS = (
    entries.AccessRequested,
    steps.TeamAssigned,
    steps.Recused,
    steps.EvidenceSubmitted,
    steps.EvidenceAcknowledged,
    steps.EvidenceAnswered,
    steps.PartyNotified,
    steps.PartyResponded,
    steps.DeadlineExtended,
)
_OF_A_FINDING = (
    entries.FindingSigned,
    entries.FindingWithdrawn,
    steps.FindingAppealed,
    steps.AppealDismissed,
)


def access_of(docket: Docket, step: Step) -> str:
    """Return the access a step is entered with: `public` or `joint` (P27, P28)."""
    body: Value = step.body
    if isinstance(body, WITH_MEMBERS):
        return "joint"
    if isinstance(body, entries.FindingDrafted):
        return "joint" if docket.full or body.sealed else "public"
    if isinstance(body, _OF_A_FINDING):
        return "public" if docket.finding(body.finding)[1].release == "public" else "joint"
    if isinstance(body, steps.EmbargoLifted):
        return "public" if lifts(docket, step, body) else "joint"
    return "public"


def check_lifting(docket: Docket, step: Step, body: steps.EmbargoLifted) -> None:
    """Raise unless this member may open the finding, or have its word in it (P28, P29)."""
    case, finding = docket.finding(body.finding)
    seat = roles.require_seat(docket, step, case)
    if finding.release == "public":
        raise ProcedureError(f"finding {finding.id} is public already", paragraph="P28")
    if finding.decision not in DECIDED:
        raise ProcedureError(
            f"finding {finding.id} is {finding.decision}: only a decided one is opened", paragraph="P28"
        )
    if under_appeal(finding):
        raise ProcedureError(f"an appeal against {finding.id} is open", paragraph="P28")
    if seat.role == "party":
        return
    if seat.role != "mediator" or finding.release == "sealed":
        raise RoleError("this finding is opened by every party together, each for itself (P29)")
    until = embargo_ends(docket, finding)
    if step.at < until:
        raise ProcedureError(f"the embargo of {finding.id} lasts until {until}", paragraph="P28")


def embargo_ends(docket: Docket, finding: Finding) -> str:
    """Return from when on a mediator may lift the embargo of a decided finding (P28)."""
    return clocks.after(finding.decided_at, hours=docket.charter.publication.embargo_hours)


def lifts(docket: Docket, step: Step, body: steps.EmbargoLifted) -> bool:
    """Tell whether this step is the one that opens the finding: its entry carries what opens the others (P29)."""
    case, finding = docket.finding(body.finding)
    return roles.decides(docket, case, step, f"lift={finding.id}")[1]


def lift(docket: Docket, step: Step, body: steps.EmbargoLifted) -> Case:
    """Return the case with the finding public, where the step decides it."""
    case, finding = docket.finding(body.finding)
    case, done = roles.decides(docket, case, step, f"lift={finding.id}")
    if not done:
        return case
    if tuple(opening.entry for opening in body.openings) != finding.entries:
        raise ProcedureError("lifting an embargo opens exactly the entries behind the finding", paragraph="P29")
    opened = msgspec.structs.replace(finding, release="public", released_at=step.at)
    return with_finding(case, opened)


def sealed_entries(docket: Docket, finding: str) -> tuple[str, ...]:
    """Return the ids of the entries that lifting the embargo opens, in their order (P29)."""
    return docket.finding(finding)[1].entries


_GONE = ("withdrawn", "set aside")
_INSIDE = ("assessed", "team", "access", "drafted", "notified", "signing", "reopened")


def public_part(case: Case) -> Case:
    """Return what may be public of a case: no evidence, team or notices, no finding under embargo (P27).

    From the assessment to a public finding it is under examination: whether there is a draft yet is not to be seen.
    """
    shown = tuple(finding for finding in case.findings if finding.release == "public")
    pending = any(finding.release != "public" and finding.decision not in _GONE for finding in case.findings)
    inside = case.assessment is not None and case.stage in _INSIDE
    own = {evidence.id for evidence in case.evidence}
    return msgspec.structs.replace(
        case,
        stage="under examination" if pending or inside else case.stage,
        findings=tuple(_public_finding(finding, own) for finding in shown),
        team=(),
        recusals=(),
        evidence=(),
        assents=(),
        extensions=(),
        history=(),
    )


def _public_finding(finding: Finding, own: set[str]) -> Finding:
    rests_on = tuple(item for item in finding.evidence if item not in own)
    return msgspec.structs.replace(finding, notices=(), evidence=rests_on)
