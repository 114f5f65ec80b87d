"""The contact line between the parties' desks.

Rules (cited by tests as L1 to L9):

L1. A call is logged by one of its two sides, both parties of the charter, each for itself.
L2. Its times are in order, and none lies ahead but those for what is to come: tried, then reached, then logged. Where nobody
    was reached, nothing was read back or arranged.
L3. Where somebody was reached, what was asked stands in words. A local arrangement says until when it lasts, beyond the
    call.
L4. The side that did not log a call confirms it or gives its own wording, in one step; nobody does so for it. A call that it
    has said nothing about is *not confirmed*: silence is not consent. A later word stands beside the earlier one.
L5. A call-back names the side that owes it and by when, after the call. That side enters it, when it has tried it, until the
    other side was reached. What is past its time is *overdue*, and both sides see it.
L6. A printed sheet stands for one call: its number is entered once, by whichever side is first; the other confirms or
    corrects.
L7. What is entered more than a day after it was made is marked as entered late.
L8. Calls stay with the members.
L9. An arrangement whose time has passed has *run out*. That is no breach of anything.
"""

from __future__ import annotations

import msgspec

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.call import Call, CallBack, CallConfirmed, CallLogged, CallReturned, Confirmation
from tasdiq.model.state import State
from tasdiq.verification import clocks
from tasdiq.verification.docket import Step

from . import seats

LATE_HOURS = 24


def check_call(state: State, step: Step, body: CallLogged) -> None:
    """Raise unless this side may log this call (L1 to L3, L5, L6)."""
    seats.require_party(state, step, "L1")
    seats.require_parties(state, (body.caller, body.called), "L1")
    if step.member not in (body.caller, body.called):
        raise RoleError(f"{step.member} was on neither end: a call is logged by one of its sides (L1)")
    seats.require_new(state, body.call, "L1")
    _check_times(step, body)
    _check_words(body)
    _check_call_back(body)
    if body.sheet and (known := _by_sheet(state, body.sheet)):
        raise ProcedureError(
            f"sheet {body.sheet} stands as {known.id} already: confirm or correct that", paragraph="L6"
        )


def _check_times(step: Step, body: CallLogged) -> None:
    for at in filter(None, (body.tried_at, body.reached_at, body.until, body.call_back_by)):
        clocks.read(at)
    times = [at for at in (body.tried_at, body.reached_at, step.at) if at]
    if not body.tried_at or times != sorted(times):
        raise ProcedureError("a call is tried, then reached, then logged: its times are in that order", paragraph="L2")
    if not body.reached_at and (body.read_back.strip() or body.arrangement.strip()):
        raise ProcedureError("nobody was reached: nothing was read back or arranged", paragraph="L2")


def _check_words(body: CallLogged) -> None:
    if body.reached_at:
        seats.require_words(body.asked, "what was asked", "L3")
    if bool(body.arrangement.strip()) != bool(body.until):
        raise ProcedureError("an arrangement says until when it lasts, and nothing else does", paragraph="L3")
    if body.until and body.until <= body.reached_at:
        raise ProcedureError(f"the arrangement ends ({body.until}) before it begins", paragraph="L3")


def _check_call_back(body: CallLogged) -> None:
    if bool(body.call_back_by) != bool(body.call_back_from):
        raise ProcedureError("a call-back is owed by one side, by a time: name both", paragraph="L5")
    if body.call_back_by and body.call_back_from not in (body.caller, body.called):
        raise ProcedureError(f"{body.call_back_from} was on neither end", paragraph="L5")
    if body.call_back_by and body.call_back_by <= body.tried_at:
        raise ProcedureError("a call-back comes after the call", paragraph="L5")


def log(state: State, step: Step, body: CallLogged) -> list[str]:
    """Let the call stand as this side tells it."""
    state.talks.calls[body.call] = Call(
        id=body.call,
        caller=body.caller,
        called=body.called,
        tried_at=body.tried_at,
        reached_at=body.reached_at,
        subject=body.subject,
        asked=body.asked,
        read_back=body.read_back,
        arrangement=body.arrangement,
        until=body.until,
        call_back_by=body.call_back_by,
        call_back_from=body.call_back_from,
        sheet=body.sheet,
        logged_by=step.member,
        late=step.at > clocks.after(body.reached_at or body.tried_at, hours=LATE_HOURS),
        at=step.at,
        entry=step.entry,
    )
    return [body.call]


def check_confirmation(state: State, step: Step, body: CallConfirmed) -> None:
    """Raise unless the other side says this, in words where it corrects (L4)."""
    call = call_of(state, body.call)
    seats.require_party(state, step, "L4")
    if step.member != call.other:
        raise RoleError(f"{call.id} is confirmed or corrected by {call.other}, not by {step.member} (L4)")
    seats.require_after(step, call.at, "the call's entry")
    if body.answer == "corrects":
        seats.require_words(body.text, "a correction", "L4")


def confirm(state: State, step: Step, body: CallConfirmed) -> list[str]:
    """Keep the other side's word beside the call as it was logged."""
    call = call_of(state, body.call)
    said = Confirmation(member=step.member, answer=body.answer, text=body.text, at=step.at, entry=step.entry)
    state.talks.calls[call.id] = msgspec.structs.replace(call, confirmations=(*call.confirmations, said))
    return [f"{call.id}/{step.member}"]


def check_return(state: State, step: Step, body: CallReturned) -> None:
    """Raise unless the side that owes the call-back has tried it, and not reached the other side before (L5)."""
    call = call_of(state, body.call)
    seats.require_party(state, step, "L5")
    if not call.call_back_by:
        raise ProcedureError(f"{call.id} asks for no call-back", paragraph="L5")
    if step.member != call.call_back_from:
        raise RoleError(f"the call-back of {call.id} is {call.call_back_from}'s, not {step.member}'s (L5)")
    if call.returned_at:
        raise ProcedureError(f"{call.id} was returned already, at {call.returned_at}", paragraph="L5")
    for at in filter(None, (body.tried_at, body.reached_at)):
        clocks.read(at)
    times = [at for at in (call.tried_at, body.tried_at, body.reached_at, step.at) if at]
    if not body.tried_at or times != sorted(times):
        raise ProcedureError("a call-back is tried after the call, and logged after that", paragraph="L5")


def return_call(state: State, step: Step, body: CallReturned) -> list[str]:
    """Keep the call-back, or the attempt."""
    call = call_of(state, body.call)
    made = CallBack(
        by=step.member,
        tried_at=body.tried_at,
        reached_at=body.reached_at,
        text=body.text,
        at=step.at,
        entry=step.entry,
    )
    state.talks.calls[call.id] = msgspec.structs.replace(call, returns=(*call.returns, made))
    return [f"{call.id}/returned"] if body.reached_at else []


def always_joint(state: State, step: Step, body: object) -> str:
    """Return who may read the entry: the members (L8)."""
    return "joint"


def confirmation(call: Call) -> str:
    """Say where a call stands with the other side: confirmed, corrected, not confirmed (L4)."""
    if not call.confirmations:
        return "not confirmed"
    return "confirmed" if call.confirmations[-1].answer == "confirms" else "corrected"


def call_back(call: Call, now: str) -> str:
    """Say where a call-back stands: none asked, returned, returned late, overdue, due (L5)."""
    if not call.call_back_by:
        return "none asked"
    if call.returned_at:
        return "returned late" if call.returned_at > call.call_back_by else "returned"
    return "overdue" if now and now >= call.call_back_by else "due"


def arrangement(call: Call, now: str) -> str:
    """Say where a local arrangement stands: none, in place, run out (L9)."""
    if not call.until:
        return "none"
    return "run out" if now and now >= call.until else "in place"


def call_of(state: State, ident: str) -> Call:
    """Return a call of the register; raise `MissingError` if there is none of that id."""
    if ident not in state.talks.calls:
        raise MissingError(f"no call {ident} in this record; list them with: tasdiq call list RECORD")
    return state.talks.calls[ident]


def _by_sheet(state: State, sheet: str) -> Call | None:
    return next((call for call in state.talks.calls.values() if call.sheet == sheet), None)
