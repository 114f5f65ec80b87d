"""Roles: who may take which step in a case, and whose word counts.

Rules (cited by tests as R1 to R5):

R1. A step is taken by a party, a mediator or an observer of the charter, with its own key.
R2. What the mechanism decides as such (competence, assessment, team, an appeal, reopening) is decided by a mediator who is
    not recused; or by the parties, when every one of them has entered the same for itself.
R3. Who is recused takes no further step in the case; its marks are kept and shown, and count no more.
R4. A party to a case is one that alleges, is alleged against, or bears the commitment; an armed group that is not a party
    is none. Nobody but the parties agrees in their name.
R5. Under a charter whose team is neutral, a draft comes from a mediator, while one sits on the case.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import RoleError
from tasdiq.model.case import Assent, Case, Finding, PartName, Signature
from tasdiq.model.charter import Charter, Member

from .docket import Docket, Step

SIGNING = ("party", "mediator", "observer")


def require_seat(docket: Docket, step: Step, case: Case | None = None) -> Member:
    """Return the seat of the member who takes a step; raise `RoleError` if it has none here (R1, R3)."""
    seat = docket.charter.member(step.member)
    if seat is None:
        raise RoleError(f"{step.member} is no member of this mechanism (R1)")
    if seat.role not in SIGNING:
        raise RoleError(f"{seat.name} takes no step in a case: parties, mediators and observers do (R1)")
    if case is not None and step.member in recused(case):
        raise RoleError(f"{seat.name} is recused from {case.id} (R3)")
    return seat


def require_deciding(docket: Docket, step: Step, case: Case) -> None:
    """Raise `RoleError` unless a mediator or a party decides for the mechanism (R2)."""
    if require_seat(docket, step, case).role == "observer":
        raise RoleError("this is decided by a mediator, or by every party in an entry of its own (R2)")


def decides(docket: Docket, case: Case, step: Step, what: str) -> tuple[Case, bool]:
    """Return the case and whether the step decides now: a mediator's does, a party's with that of every other (R2)."""
    if any(mediator.id == step.member for mediator in docket.charter.mediators):
        return case, True
    return agreed(case, step, what, tuple(party.id for party in docket.charter.parties))


def agreed(case: Case, step: Step, what: str, parties: tuple[str, ...]) -> tuple[Case, bool]:
    """Enter one party's own word to `what` (`subject=value`); tell whether every one of `parties` has now said the same.

    A party's later word about the same subject stands in place of its earlier one. What all have agreed is used up.
    """
    subject = what.partition("=")[0]
    mine = Assent(what=what, member=step.member, at=step.at)
    kept = [item for item in case.assents if item.member != step.member or item.what.partition("=")[0] != subject]
    done = {item.member for item in (*kept, mine) if item.what == what}.issuperset(parties)
    left = [item for item in kept if item.what.partition("=")[0] != subject] if done else [*kept, mine]
    return msgspec.structs.replace(case, assents=tuple(left)), done


def completes(case: Case, step: Step, what: str, parties: tuple[str, ...]) -> bool:
    """Tell whether a step would be the last word that makes an agreement of `parties`."""
    return agreed(case, step, what, parties)[1]


def recused(case: Case) -> set[str]:
    """Return the members who are recused from a case as a whole."""
    return {item.member for item in case.recusals if not item.officer}


def parties_to(charter: Charter, case: Case) -> tuple[str, ...]:
    """Return the parties a case is between, in the charter's order (R4)."""
    bearer = next((item.bearer for item in charter.commitments if item.id == case.commitment), "")
    concerned = {case.alleged_by, case.alleged_against, case.competence.bearer if case.competence else bearer}
    return tuple(party.id for party in charter.parties if party.id in concerned)


def agreeing(charter: Charter, case: Case) -> tuple[str, ...]:
    """Return the parties whose agreement moves a deadline: those to the case, or all where it names only one."""
    found = parties_to(charter, case)
    return found if len(found) > 1 else tuple(party.id for party in charter.parties)


def mediators_of(charter: Charter, case: Case) -> tuple[Member, ...]:
    """Return the mediators who sit on a case: all who are not recused, in the charter's order."""
    away = recused(case)
    return tuple(mediator for mediator in charter.mediators if mediator.id not in away)


def chair_of(charter: Charter, case: Case) -> str:
    """Return the chair: the charter's first mediator who is not recused; `""` if none is left."""
    return next((mediator.id for mediator in mediators_of(charter, case)), "")


def waiting_for_marks(charter: Charter, case: Case) -> tuple[str, ...]:
    """Return the members whose marks decide: the parties, and the mediators who sit on the case."""
    return tuple(member.id for member in (*charter.parties, *mediators_of(charter, case)))


def marked_by(charter: Charter, case: Case, finding: Finding, part: PartName) -> dict[str, Signature]:
    """Return each member's latest mark under a part, of those whose marks count (R1, R3)."""
    away = recused(case)
    counted = {member.id for member in charter.members if member.role in SIGNING and member.id not in away}
    return {mark.member: mark for mark in finding.signatures if mark.part == part and mark.member in counted}
