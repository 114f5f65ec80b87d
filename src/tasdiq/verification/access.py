"""Access to places and persons: asked, answered, refused.

Rules (cited by tests as P2 and P5):

P2. Access is asked of a member, for a place in words, and answered by that member: granted, conditional, delayed, denied; as
    often as things change. Requests, denials and delays are records, and every answer is kept. Where the charter asks for
    every step, a team is there to go ([procedure] steps).
P5. "Access denied" as occurrence needs a request in this case that stands denied, or is overdue without access ([procedure]
    access_days; a delay runs until the day it named), and no later request to the same member for the same place that was
    granted. It is an outcome of its own: it says nothing about what happened.
"""

from __future__ import annotations

from typing import cast, get_args

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model import entries
from tasdiq.model.case import AccessAnswer, AccessRequest, Case, Granting

from . import clocks, roles
from .docket import Docket, Step
from .opening import advance, require_competence


def check_request(docket: Docket, step: Step, body: entries.AccessRequested) -> None:
    """Raise unless access may be asked for so (P2)."""
    case, request = docket.case(body.case), body.request
    roles.require_seat(docket, step, case)
    require_competence(docket, case, "P2")
    if docket.full and not case.team:
        raise ProcedureError(f"a team comes first: tasdiq case team RECORD {case.id} …", paragraph="P2")
    if docket.charter.member(request.asked_of) is None:
        raise ProcedureError(f"access is asked of a member, not of {request.asked_of}", paragraph="P2")
    if docket.knows(request.id):
        raise ProcedureError(f"the id {request.id} is in use already", paragraph="P2")
    if not request.place.strip():
        raise ProcedureError("a request says in words what is to be reached", paragraph="P2")
    bare = AccessRequest(id=request.id, asked_of=request.asked_of, place=request.place, asked_at=request.asked_at)
    if request != bare:
        raise ProcedureError("a request carries no answer: the member that is asked gives it", paragraph="P2")


def ask(docket: Docket, step: Step, body: entries.AccessRequested) -> Case:
    """Return the case with the request; its clock begins."""
    case = docket.case(body.case)
    due = clocks.after(step.at, days=docket.charter.procedure.access_days)
    asked = msgspec.structs.replace(body.request, asked_at=step.at, due=due, asked_by=step.member)
    return advance(msgspec.structs.replace(case, access=(*case.access, asked)), "access")


def check_answer(docket: Docket, step: Step, body: entries.AccessAnswered) -> None:
    """Raise unless the answer is given by the member that was asked (P2)."""
    case = docket.case(body.case)
    asked = _request(case, body.request)
    if asked.asked_of != step.member:
        raise RoleError(f"access was asked of {asked.asked_of}; {step.member} cannot answer for it (P2)")
    if body.answer not in get_args(Granting):
        raise ProcedureError(f"expected one of {', '.join(get_args(Granting))}, found {body.answer!r}", paragraph="P2")
    if body.until and (body.answer != "delayed" or clocks.read(body.until) <= clocks.read(step.at)):
        raise ProcedureError(
            "a delay names the later time until which it lasts; other answers name none", paragraph="P2"
        )


def answer(docket: Docket, step: Step, body: entries.AccessAnswered) -> Case:
    """Return the case with the answer standing, and every earlier one kept."""
    case = docket.case(body.case)
    asked = _request(case, body.request)
    given = cast(Granting, body.answer)
    said = AccessAnswer(answer=given, at=step.at, reason=body.reason, until=body.until, entry=step.entry)
    due = asked.due
    if given == "delayed":
        due = body.until or clocks.after(step.at, days=docket.charter.procedure.access_days)
    answered = msgspec.structs.replace(
        asked, answer=given, answered_at=step.at, reason=body.reason, due=due, answers=(*asked.answers, said)
    )
    access = tuple(answered if item.id == asked.id else item for item in case.access)
    return msgspec.structs.replace(case, access=access)


def was_denied(case: Case, at: str) -> bool:
    """Tell whether access was denied in a case, as of a time (P5)."""
    return any(
        _stands_refused(case, item, at) and not any(_reached(item, later) for later in case.access[number + 1 :])
        for number, item in enumerate(case.access)
    )


def _stands_refused(case: Case, item: AccessRequest, at: str) -> bool:
    overdue = bool(item.due) and at >= clocks.extended(case, item.id, item.due)
    return item.answer == "denied" or (item.answer in clocks.PENDING_ACCESS and overdue)


def _reached(item: AccessRequest, later: AccessRequest) -> bool:
    same = (item.asked_of, item.place.strip().casefold()) == (later.asked_of, later.place.strip().casefold())
    return same and later.answer in ("granted", "conditional")


def _request(case: Case, ident: str) -> AccessRequest:
    found = next((item for item in case.access if item.id == ident), None)
    if found is None:
        raise MissingError(f"case {case.id} has no access request {ident}")
    return found
