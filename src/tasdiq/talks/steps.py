"""The steps of the talks as one table: every kind, what it needs, who may read it, and what it changes.

    agreements, commitments, readings     agreements    G1 to G6
    figures, ratings, measures            reports       G7 to G11
    sessions, minutes                     minutes       M1 to M7
    opening the minutes                   opening       M8
    the contact line                      calls         L1 to L9

The rules of roles and clocks that cases have (R1, T1, T2) hold here too, and P30: what the rules refuse changes nothing, however it
came into the record. In a desk record there are no talks (P9). No input, no output: time comes with the step, keys were checked
by the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tasdiq.errors import ProcedureError, RoleError
from tasdiq.model import call, meeting, talks
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.verification import clocks
from tasdiq.verification.docket import Step

from . import agreements, calls, minutes, opening, reports

Check = Callable[[State, Step, Any], None]
Access = Callable[[State, Step, Any], str]
Change = Callable[[State, Step, Any], list[str]]
STEPS: dict[type[Value], tuple[Check, Access, Change]] = {
    talks.AgreementRecorded: (agreements.check_agreement, agreements.access_of_agreement, agreements.record_agreement),
    talks.CommitmentRecorded: (
        agreements.check_commitment,
        agreements.access_of_commitment,
        agreements.record_commitment,
    ),
    talks.AgreementAnswered: (agreements.check_answer, agreements.access_of_answer, agreements.answer),
    talks.ReadingDeclared: (agreements.check_reading, agreements.access_of_reading, agreements.declare),
    talks.QuantityReported: (reports.check_figure, reports.access_of_figure, reports.report_figure),
    talks.ImplementationRated: (reports.check_rating, reports.access_of_rating, reports.rate),
    talks.MeasureClaimed: (reports.check_measure, reports.access_of_measure, reports.claim),
    talks.MeasureAnswered: (reports.check_measure_answer, reports.access_of_measure_answer, reports.answer_measure),
    meeting.SessionHeld: (minutes.check_session, minutes.always_joint, minutes.hold),
    meeting.DelegationNamed: (minutes.check_delegation, minutes.always_joint, minutes.name_delegation),
    meeting.MinuteLineRecorded: (minutes.check_line, minutes.always_joint, minutes.record_line),
    meeting.MinuteLineAnswered: (minutes.check_mark, minutes.always_joint, minutes.mark),
    meeting.MinutesOpened: (opening.check, opening.access_of, opening.open_lines),
    call.CallLogged: (calls.check_call, calls.always_joint, calls.log),
    call.CallConfirmed: (calls.check_confirmation, calls.always_joint, calls.confirm),
    call.CallReturned: (calls.check_return, calls.always_joint, calls.return_call),
}
"""Every kind of step: what it needs, who may read it, and what the state is after it (returning the ids it introduces)."""


def check(state: State, step: Step, now: str = "") -> None:
    """Raise `ProcedureError`, `RoleError` or `MissingError` unless this step may be taken."""
    if state.charter.form == "desk":
        raise RoleError("a desk record has one author and no parties: talks are kept in a joint record (P9)")
    if now:
        clocks.require_now(step.at, now)
    STEPS[type(step.body)][0](state, step, step.body)


def access_of(state: State, step: Step) -> str:
    """Return the access with which a step is entered: `public` or `joint`."""
    return STEPS[type(step.body)][1](state, step, step.body)


def take(state: State, step: Step) -> list[str]:
    """Take a step while the record is folded; return the ids it introduces. Raise, and change nothing, where rules refuse it."""
    check(state, step)
    if step.entry and step.access != access_of(state, step):
        raise ProcedureError(
            f"the step stands in the record as {step.access}, and is one for {access_of(state, step)}", paragraph="P30"
        )
    return STEPS[type(step.body)][2](state, step, step.body)


def to_open(state: State, step: Step) -> tuple[str, ...]:
    """Return the ids of the sealed entries that a step opens to everybody; none unless it is the last word of an opening (M8)."""
    if not isinstance(step.body, meeting.MinutesOpened) or not opening.opens(state, step, step.body):
        return ()
    return opening.entries(minutes.meeting_of(state, step.body.session))


def time_of(body: Value, default: str) -> str:
    """Return the time a step says it was taken at; steps that say none are taken now."""
    return getattr(body, "at", "") or default
