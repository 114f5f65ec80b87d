"""Which rules a step is held against: the procedure of cases, or the talks (agreements, minutes, the contact line).

One place for whoever takes, reviews or folds a step; what may be done is decided by `verification.procedure` and `talks.steps`.
"""

from __future__ import annotations

import dataclasses

from tasdiq.model.meeting import MinutesOpened
from tasdiq.model.state import State
from tasdiq.model.steps import EmbargoLifted
from tasdiq.model.value import Value
from tasdiq.talks import steps as talks
from tasdiq.verification import procedure
from tasdiq.verification.docket import Docket, Step

OPENING = (EmbargoLifted, MinutesOpened)
"""Kinds of steps that may open sealed entries to everybody."""


def check(state: State, member: str, body: Value, now: str = "", claimed: str = "") -> None:
    """Raise `ProcedureError`, `RoleError` or `MissingError` unless `member` may take this step now.

    `claimed` is the time that its entry claims: that of a step that says none, and by which it is read ever after.
    """
    if type(body) in talks.STEPS:
        talks.check(state, Step(member, body, talks.time_of(body, claimed or now)), now)
    else:
        procedure.check(_binding(state), member, body, now, claimed)


def access_of(state: State, member: str, body: Value, now: str = "") -> str:
    """Return the access with which a step that `check` allows is entered: `public` or `joint`."""
    if type(body) in talks.STEPS:
        return talks.access_of(state, Step(member, body, talks.time_of(body, now)))
    return procedure.access_of(_binding(state), member, body, now)


def to_open(state: State, member: str, body: Value, now: str = "") -> tuple[str, ...]:
    """Return the ids of the sealed entries that a step opens to everybody: its `openings` carry what opens them; mostly none."""
    if type(body) in talks.STEPS:
        return talks.to_open(state, Step(member, body, talks.time_of(body, now)))
    return procedure.to_open(_binding(state), member, body)


def take(
    state: State, docket: Docket, member: str, claimed_time: str, entry: str, access: str, body: Value
) -> list[str]:
    """Take a step while the record is folded; return the ids it introduces. Raise, and change nothing, where rules refuse it."""
    if type(body) in talks.STEPS:
        return talks.take(state, Step(member, body, talks.time_of(body, claimed_time), entry, access))
    docket.charter = state.talks.binding(state.charter)
    procedure.take(docket, Step(member, body, procedure.time_of(body, claimed_time), entry, access))
    return procedure.introduces(body)


def _binding(state: State) -> State:
    """Return the state under a charter that has the register's commitments too: a case may be held against any of them."""
    charter = state.talks.binding(state.charter)
    return state if charter is state.charter else dataclasses.replace(state, charter=charter)
