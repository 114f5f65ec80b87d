"""Which rules a step is held against: the procedure of cases, the talks (agreements, minutes, the contact line), or framing.

One place for whoever takes, reviews or folds a step; what may be done is decided by `verification.procedure`, `talks.steps` and,
of propositions, `framing`.
"""

from __future__ import annotations

import dataclasses

from tasdiq import framing
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
    elif type(body) in framing.STEPS:
        framing.check(state, Step(member, body, talks.time_of(body, claimed or now)), now)
    else:
        procedure.check(_binding(state), member, body, now, claimed)


def access_of(state: State, member: str, body: Value, now: str = "") -> str:
    """Return the access with which a step that `check` allows is entered: `public` or `joint`."""
    if type(body) in talks.STEPS:
        return talks.access_of(state, Step(member, body, talks.time_of(body, now)))
    if type(body) in framing.STEPS:
        return "public"
    return procedure.access_of(_binding(state), member, body, now)


def to_open(state: State, member: str, body: Value, now: str = "") -> tuple[str, ...]:
    """Return the ids of the sealed entries that a step opens to everybody: its `openings` carry what opens them; mostly none."""
    if type(body) in talks.STEPS:
        return talks.to_open(state, Step(member, body, talks.time_of(body, now)))
    if type(body) in framing.STEPS:
        return ()
    return procedure.to_open(_binding(state), member, body)


def take(
    state: State, docket: Docket, member: str, claimed_time: str, entry: str, access: str, body: Value
) -> list[str]:
    """Take a step while the record is folded; return the ids it introduces. Raise, and change nothing, where rules refuse it."""
    if type(body) in talks.STEPS:
        return talks.take(state, Step(member, body, talks.time_of(body, claimed_time), entry, access))
    if type(body) in framing.STEPS:
        return framing.take(state, Step(member, body, talks.time_of(body, claimed_time), entry, access))
    docket.charter = state.talks.binding(state.charter)
    procedure.take(docket, Step(member, body, procedure.time_of(body, claimed_time), entry, access))
    return procedure.introduces(body)


def is_step(state: State, body: Value) -> bool:
    """Tell whether rules beyond the record's own decide about a body that may also be none: a correction of a decision is one."""
    return framing.concerns(state, body)


def _binding(state: State) -> State:
    """Return the state under a charter that has the register's commitments too: a case may be held against any of them."""
    charter = state.talks.binding(state.charter)
    return state if charter is state.charter else dataclasses.replace(state, charter=charter)
