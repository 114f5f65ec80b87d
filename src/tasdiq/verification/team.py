"""The team that examines a case, and recusal.

Rules (cited by tests as P12 and P13):

P12. A team is assigned after the assessment; each seat is an officer of a member who is not recused. Where the charter's
     team is *joint*, the parties to the case sit together or not at all; where it is *neutral*, nobody sits on a case of
     their own party ([procedure] team).
P13. A mediator or observer recuses itself from a case; a member recuses an officer of its own, a mediator any officer; each
     with reasons. A party cannot leave its own place at the table: nobody else could sign for it.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import steps
from tasdiq.model.case import Case, Recusal

from . import roles
from .decision import decide
from .docket import Docket, Step
from .opening import advance, require_assessment


def check_team(docket: Docket, step: Step, body: steps.TeamAssigned) -> None:
    """Raise unless this team may examine the case (P12)."""
    case = docket.case(body.case)
    roles.require_deciding(docket, step, case)
    require_assessment(docket, case, "P12")
    if not body.team or not all(seat.officer.strip() for seat in body.team):
        raise ProcedureError(
            "a team has at least one seat, each with the name or number of its officer", paragraph="P12"
        )
    if len({(seat.member, seat.officer) for seat in body.team}) < len(body.team):
        raise ProcedureError("an officer has one seat", paragraph="P12")
    for member in {seat.member for seat in body.team}:
        if docket.charter.member(member) is None:
            raise MissingError(f"{member} is no member of this mechanism, and has no officer to send (P12)")
    _check_recused(case, body)
    _check_balance(docket, case, body)


def _check_recused(case: Case, body: steps.TeamAssigned) -> None:
    away = {(item.member, item.officer) for item in case.recusals}
    for seat in body.team:
        if (seat.member, seat.officer) in away or (seat.member, "") in away:
            raise ProcedureError(f"{seat.officer} of {seat.member} is recused from {case.id}", paragraph="P12")


def _check_balance(docket: Docket, case: Case, body: steps.TeamAssigned) -> None:
    parties = set(roles.parties_to(docket.charter, case))
    sitting = {seat.member for seat in body.team} & parties
    if docket.charter.procedure.team == "neutral" and sitting:
        raise ProcedureError(f"nobody sits on a case of their own party: {', '.join(sorted(sitting))}", paragraph="P12")
    if sitting and sitting != parties:
        raise ProcedureError(
            "the parties to the case sit together or not at all; not seated: " + ", ".join(sorted(parties - sitting)),
            paragraph="P12",
        )


def assign(docket: Docket, step: Step, body: steps.TeamAssigned) -> Case:
    """Return the case with its team, where the step decides it."""
    named = ",".join(sorted(f"{seat.member}/{seat.officer}" for seat in body.team))
    case, done = roles.decides(docket, docket.case(body.case), step, f"team={named}")
    return advance(msgspec.structs.replace(case, team=body.team), "team") if done else case


def check_recusal(docket: Docket, step: Step, body: steps.Recused) -> None:
    """Raise unless the recusal is this member's to declare (P13)."""
    case = docket.case(body.case)
    seat = roles.require_seat(docket, step, case)
    named = docket.charter.member(body.member)
    if named is None:
        raise MissingError(f"{body.member} is no member of this mechanism (P13)")
    if not body.reason.strip():
        raise ProcedureError("a recusal gives its reason in words", paragraph="P13")
    if not body.officer and (named.role == "party" or body.member != step.member):
        raise RoleError("a mediator or observer recuses itself; of a party, officers are recused (P13)")
    if body.officer and body.member != step.member and seat.role != "mediator":
        raise RoleError(f"an officer of {body.member} is recused by {body.member} or by a mediator (P13)")


def recuse(docket: Docket, step: Step, body: steps.Recused) -> Case:
    """Return the case without those who are recused: no seat on its team, and no mark that counts."""
    case = docket.case(body.case)
    away = Recusal(member=body.member, officer=body.officer, reason=body.reason, at=step.at)
    team = tuple(
        seat for seat in case.team if seat.member != body.member or (body.officer and seat.officer != body.officer)
    )
    return decide(docket.charter, msgspec.structs.replace(case, recusals=(*case.recusals, away), team=team), step.at)
